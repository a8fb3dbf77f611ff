package dev.domin.lang.bind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** The variables in sight at a point of a function. */
final class Scope {

    private final HashMap<String, Local> visible = new HashMap<>();
    private final ArrayList<Local> declared = new ArrayList<>();
    private final ArrayList<Local> shadowed = new ArrayList<>();
    private int blockStart; // the index of the first variable of the innermost block

    /**
     * Opens a block.
     *
     * @return the argument for {@link #close}
     */
    int open() {
        int outerStart = blockStart;
        blockStart = declared.size();
        return outerStart;
    }

    /**
     * Closes a block: its variables go out of sight, those that they hid come back.
     *
     * @param outerStart what {@link #open} returned
     */
    void close(int outerStart) {
        for (int i = declared.size() - 1; i >= blockStart; i--) {
            var hidden = shadowed.removeLast();
            var local = declared.removeLast();
            if (hidden == null) {
                visible.remove(local.name());
            } else {
                visible.put(hidden.name(), hidden);
            }
        }
        blockStart = outerStart;
    }

    /** {@return the variable of that name, or null} */
    Local find(String name) {
        return visible.get(name);
    }

    /** {@return the variable of that name in the innermost block, or null} */
    Local findInBlock(String name) {
        var local = visible.get(name);
        return local != null && local.index >= blockStart ? local : null;
    }

    /** Brings a variable into sight. Its index is that of no other variable in sight or hidden. */
    void add(Local local) {
        local.index = declared.size();
        declared.add(local);
        shadowed.add(visible.put(local.name(), local));
    }

    /** {@return the names in sight} */
    List<String> names() {
        return new ArrayList<>(visible.keySet());
    }
}
