package dev.domin.plugins.json;

import dev.domin.spi.ScriptError;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The values that a script holds by number. Numbers start at 1, grow by one and are never used again in a run. */
final class Handles {

    /** More than a script holds on purpose; one that frees nothing is told before memory runs out. */
    static final int MAXIMUM_OPEN = 1_000_000;

    private final Map<Long, Entry> open = new HashMap<>();
    private long last;

    /** A value, the handle it was taken out of (0 for none), and the handles that were taken out of it. */
    private static final class Entry {
        final Object value;
        final long parent;
        Set<Long> children;

        Entry(Object value, long parent) {
            this.value = value;
            this.parent = parent;
        }
    }

    /** {@return the handle of a value that belongs to nothing else} */
    long open(String function, Object value) {
        return open(function, value, 0);
    }

    /** {@return the handle of a value inside another handle's, freed with it at the latest} */
    long open(String function, Object value, long parent) {
        if (open.size() >= MAXIMUM_OPEN) {
            throw new ScriptError(
                    function + ": the script holds " + open.size() + " handles, which is as many as there can be",
                    "give them back with json.Free; freeing a handle frees those taken out of it too");
        }
        long handle = ++last;
        open.put(handle, new Entry(value, parent));
        if (parent != 0) {
            var owner = open.get(parent);
            if (owner.children == null) {
                owner.children = new HashSet<>();
            }
            owner.children.add(handle);
        }
        return handle;
    }

    Object value(String function, long handle) {
        var entry = open.get(handle);
        if (entry == null) {
            throw missing(function, handle);
        }
        return entry.value;
    }

    /**
     * Frees a handle and all that were taken out of it.
     *
     * @return whether it was not free already
     */
    boolean free(String function, long handle) {
        var entry = open.get(handle);
        if (entry == null) {
            if (handle < 1 || handle > last) {
                throw missing(function, handle);
            }
            return false;
        }
        if (entry.parent != 0) {
            open.get(entry.parent).children.remove(handle);
        }
        var waiting = new ArrayDeque<Long>();
        waiting.add(handle);
        while (!waiting.isEmpty()) {
            var freed = open.remove(waiting.remove());
            if (freed.children != null) {
                waiting.addAll(freed.children);
            }
        }
        return true;
    }

    private ScriptError missing(String function, long handle) {
        return handle >= 1 && handle <= last
                ? new ScriptError(function + ": handle " + handle + " was freed")
                : new ScriptError(
                        function + ": unknown handle " + handle,
                        "json.Parse, json.NewObject and json.NewArray give handles");
    }
}
