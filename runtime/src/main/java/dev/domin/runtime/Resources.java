package dev.domin.runtime;

import dev.domin.spi.Limit;
import dev.domin.spi.ScriptResource;
import dev.domin.spi.ScriptServer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The resources that plugins have opened and not yet closed. Thread-safe. */
final class Resources {

    private final Set<ScriptResource> open = new LinkedHashSet<>();
    private final RunOptions options;
    private int calls; // how many of the open resources are calls from Java
    private boolean closed;

    Resources(RunOptions options) {
        this.options = options;
    }

    /**
     * {@return whether it was added; false once the run is ending}
     *
     * @throws dev.domin.spi.ScriptError if the maximum number is already open
     */
    synchronized boolean add(ScriptResource resource) {
        if (closed) {
            return false;
        }
        long limit = options.limits().get(Limit.OPEN);
        if (open.size() - calls >= limit) {
            throw Limit.OPEN.exceeded(
                    "cannot open more servers, clients and the like: the limit of this run is " + limit,
                    "close one first");
        }
        open.add(resource);
        notifyAll();
        return true;
    }

    synchronized void remove(ScriptResource resource) {
        open.remove(resource);
    }

    /** {@return whether a call from Java was added, to which no maximum applies; false once the run is ending} */
    synchronized boolean addCall(FunctionCall call) {
        if (closed) {
            return false;
        }
        open.add(call);
        calls++;
        return true;
    }

    synchronized void removeCall(FunctionCall call) {
        if (open.remove(call)) {
            calls--;
        }
    }

    /** After this no resource can be added. */
    synchronized void stopAccepting() {
        closed = true;
        notifyAll();
    }

    /**
     * Waits for a server.
     *
     * @return the first open server; null if the time elapses first or the run is ending
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

    /** {@return the open resources in the order they were opened} */
    synchronized List<ScriptResource> snapshot() {
        return new ArrayList<>(open);
    }
}
