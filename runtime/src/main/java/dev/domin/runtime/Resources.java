package dev.domin.runtime;

import dev.domin.spi.ScriptResource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What plugins have opened and not yet closed. Safe for use by several threads. */
final class Resources {

    private final Set<ScriptResource> open = new LinkedHashSet<>();
    private boolean closed;

    /** {@return whether it was added; false once the run is ending} */
    synchronized boolean add(ScriptResource resource) {
        if (closed) {
            return false;
        }
        open.add(resource);
        return true;
    }

    synchronized void remove(ScriptResource resource) {
        open.remove(resource);
    }

    /** From now on nothing can be added. */
    synchronized void refuseMore() {
        closed = true;
    }

    /** {@return what is open now, in the order it was opened} */
    synchronized List<ScriptResource> snapshot() {
        return new ArrayList<>(open);
    }
}
