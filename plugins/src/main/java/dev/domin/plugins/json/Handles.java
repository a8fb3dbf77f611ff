package dev.domin.plugins.json;

import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The values that a script holds by number. Numbers start at 1, grow by one and are never used again in a run. A handle that a
 * callback has made is freed when that run of the callback fails, on whose thread the script lock is not held then; so all
 * methods are synchronized.
 */
final class Handles {

    /** More than a script holds on purpose; one that frees nothing is told before memory runs out. */
    static final int MAXIMUM_OPEN = 1_000_000;

    private final ScriptContext context;
    private final Map<Long, Entry> open = new HashMap<>();
    private long last;

    Handles(ScriptContext context) {
        this.context = context;
    }

    /** A value, and the handle of the root whose tree it belongs to, which may be its own. A root knows the others of its tree. */
    private final class Entry implements Runnable {
        final long handle;
        final Object value;
        final long root;
        Set<Long> inside;

        Entry(long handle, Object value, long root) {
            this.handle = handle;
            this.value = value;
            this.root = root;
        }

        /** The callback that made it has failed. */
        @Override
        public void run() {
            release(this);
        }
    }

    /** {@return the handle of a value that belongs to nothing else} */
    synchronized long open(Object value) {
        long handle = nextHandle();
        return keep(new Entry(handle, value, handle));
    }

    /** {@return the handle of a value inside another handle's, freed with the root of that one at the latest} */
    synchronized long open(Object value, long outer) {
        long handle = nextHandle();
        var root = open.get(open.get(outer).root);
        if (root.inside == null) {
            root.inside = new HashSet<>();
        }
        root.inside.add(handle);
        return keep(new Entry(handle, value, root.handle));
    }

    private long nextHandle() {
        if (open.size() >= MAXIMUM_OPEN) {
            throw new ScriptError(
                    "the script holds " + open.size() + " handles, which is as many as there can be",
                    "free them with json.Free; freeing what json.Parse gave frees the handles taken out of it too");
        }
        return ++last;
    }

    private long keep(Entry entry) {
        context.releaseOnFailure(entry); // first: should memory end here, nothing is left behind
        open.put(entry.handle, entry);
        return entry.handle;
    }

    synchronized Object value(long handle) {
        var entry = open.get(handle);
        if (entry == null) {
            throw missing(handle);
        }
        return entry.value;
    }

    /** {@return how many handles there are} */
    synchronized int count() {
        return open.size();
    }

    /**
     * Frees a handle. If it is a root, the handles of its tree are freed too.
     *
     * @return whether it was not free already
     */
    synchronized boolean free(long handle) {
        var entry = open.get(handle);
        if (entry == null) {
            if (handle < 1 || handle > last) {
                throw missing(handle);
            }
            return false;
        }
        if (entry.inside != null) {
            for (long each : entry.inside) {
                context.forgetRelease(open.get(each));
            }
        }
        context.forgetRelease(entry);
        remove(entry);
        return true;
    }

    private synchronized void release(Entry entry) {
        if (open.containsKey(entry.handle)) {
            remove(entry);
        }
    }

    private void remove(Entry entry) {
        open.remove(entry.handle);
        if (entry.inside != null) {
            open.keySet().removeAll(entry.inside);
        } else if (entry.root != entry.handle) {
            open.get(entry.root).inside.remove(entry.handle);
        }
    }

    private ScriptError missing(long handle) {
        return handle >= 1 && handle <= last
                ? new ScriptError(
                        "handle " + handle + " was freed",
                        "json.Free frees a handle, and the failure of a callback frees those that it has made")
                : new ScriptError(
                        "unknown handle " + handle, "json.Parse, json.NewObject and json.NewArray give handles");
    }
}
