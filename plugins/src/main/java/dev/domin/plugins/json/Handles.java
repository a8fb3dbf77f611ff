package dev.domin.plugins.json;

import dev.domin.spi.Limit;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values that a script uses by handle. Handles are numbers from 1, which are not used again in a run. When a
 * callback fails, the handles that it has made are freed on its thread, without the script lock; so all methods are
 * synchronized.
 */
final class Handles {

    private final ScriptContext context;
    private final Map<Long, Entry> open = new HashMap<>();
    private long last;

    Handles(ScriptContext context) {
        this.context = context;
    }

    /**
     * A value, its handle, and the handle of the root of its tree, which may be the same. A root has the other handles
     * of its tree.
     */
    private final class Entry implements Runnable {
        final long handle;
        final Object value;
        final long root;

        @Nullable
        Set<Long> inside;

        Entry(long handle, Object value, long root) {
            this.handle = handle;
            this.value = value;
            this.root = root;
        }

        /** Frees the handle, because the callback that made it has failed. */
        @Override
        public void run() {
            release(this);
        }
    }

    /** {@return a new handle of a value that is its own root} */
    synchronized long open(Object value) {
        long handle = nextHandle();
        return keep(new Entry(handle, value, handle));
    }

    /** {@return a new handle of a value inside that of another handle, freed with that one's root at the latest} */
    synchronized long open(Object value, long outer) {
        long handle = nextHandle();
        var root = entry(entry(outer).root);
        if (root.inside == null) {
            root.inside = new HashSet<>();
        }
        root.inside.add(handle);
        return keep(new Entry(handle, value, root.handle));
    }

    private long nextHandle() {
        long most = context.limit(Limit.HANDLES);
        if (open.size() >= most) {
            throw Limit.HANDLES.exceeded(
                    "the script holds " + open.size() + " handles, and the limit is " + most,
                    "free them with json.Free; freeing a handle that json.Parse returned also frees the "
                            + "handles of values inside it");
        }
        return ++last;
    }

    private long keep(Entry entry) {
        context.releaseOnFailure(entry); // first, so that nothing remains if memory runs out here
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

    /** {@return the number of handles} */
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
                context.forgetRelease(entry(each));
            }
        }
        context.forgetRelease(entry);
        remove(entry);
        return true;
    }

    /** Frees all handles, at the end of the run. */
    synchronized void freeAll() {
        open.clear();
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
            Objects.requireNonNull(entry(entry.root).inside).remove(entry.handle);
        }
    }

    /** {@return the entry of a handle that is open} */
    private Entry entry(long handle) {
        return Objects.requireNonNull(open.get(handle));
    }

    private ScriptError missing(long handle) {
        return handle >= 1 && handle <= last
                ? new ScriptError(
                        "handle " + handle + " was freed",
                        "json.Free frees a handle, and when a callback fails, its handles are freed")
                : new ScriptError(
                        "unknown handle " + handle, "json.Parse, json.NewObject and json.NewArray return handles");
    }
}
