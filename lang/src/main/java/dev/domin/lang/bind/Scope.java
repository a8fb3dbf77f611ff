package dev.domin.lang.bind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The variables that are visible at a point of a function. */
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
     * Closes a block: removes its variables, and makes those visible again that they hid.
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
    @Nullable
    Local find(String name) {
        return visible.get(name);
    }

    /** {@return the variable of that name in the innermost block, or null} */
    @Nullable
    Local findInBlock(String name) {
        var local = visible.get(name);
        return local != null && local.index >= blockStart ? local : null;
    }

    /** Makes a variable visible. Its index differs from that of every other visible or hidden variable. */
    void add(Local local) {
        local.index = declared.size();
        declared.add(local);
        shadowed.add(visible.put(local.name(), local));
    }

    /** {@return the visible names} */
    List<String> names() {
        return new ArrayList<>(visible.keySet());
    }
}
