package dev.domin.runtime;

import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptResource;
import dev.domin.spi.ScriptServer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What plugins have opened and not yet closed. Safe for use by several threads. */
final class Resources {

    private final Set<ScriptResource> open = new LinkedHashSet<>();
    private final int limit;
    private boolean closed;

    Resources(int limit) {
        this.limit = limit;
    }

    /**
     * {@return whether it was added; false once the run is ending}
     *
     * @throws ScriptError if as many are open as may be
     */
    synchronized boolean add(ScriptResource resource) {
        if (closed) {
            return false;
        }
        if (open.size() >= limit) {
            throw new ScriptError(
                    "more than " + limit + " things such as servers would be open, which is this run's limit",
                    "close one first, or run the script with a higher limit");
        }
        open.add(resource);
        notifyAll();
        return true;
    }

    synchronized void remove(ScriptResource resource) {
        open.remove(resource);
    }

    /** From now on nothing can be added. */
    synchronized void refuseMore() {
        closed = true;
        notifyAll();
    }

    /**
     * Waits for a server.
     *
     * @return the first one that is open; null if the time is over first, or nothing can be added any more
     */
    synchronized @Nullable ScriptServer awaitServer(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        while (true) {
            for (var resource : open) {
                if (resource instanceof ScriptServer server && server.isOpen()) {
                    return server;
                }
            }
            long left = end - System.nanoTime();
            if (closed || left <= 0) {
                return null;
            }
            wait(left / 1_000_000 + 1);
        }
    }

    /** {@return what is open now, in the order it was opened} */
    synchronized List<ScriptResource> snapshot() {
        return new ArrayList<>(open);
    }
}
