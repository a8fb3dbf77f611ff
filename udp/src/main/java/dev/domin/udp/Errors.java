package dev.domin.udp;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reports what a handler threw and what the socket refused. What the listener throws itself is ignored.
 *
 * <p>The listener is called on the thread where the error happened, except for the watchdog's: a listener that waits
 * there would keep all endpoints from noticing that packets are late. Such errors are reported on a thread of their
 * own.
 */
final class Errors implements Runnable {

    /**
     * How many errors of the watchdog may wait for the listener; what comes while there are so many is not reported.
     */
    private static final int MAX_QUEUED = 256;

    private final @Nullable Consumer<? super Throwable> listener; // null: the system's logger
    private final int port;
    private final Machine machine;
    private final @Nullable ClassLoader contextClassLoader =
            Thread.currentThread().getContextClassLoader();
    private @Nullable ArrayDeque<Runnable> queue; // calls for the watchdog; null while no thread makes them

    /**
     * Creates the reporter of an endpoint.
     *
     * @param port its port, for the log
     */
    Errors(@Nullable Consumer<? super Throwable> listener, int port, Machine machine) {
        this.machine = machine;
        this.listener = listener;
        this.port = port;
    }

    void report(Throwable problem) {
        try {
            if (!machine.watchdog().isCurrentThread()) {
                callListener(problem);
            } else {
                callLater(() -> callListener(problem), MAX_QUEUED);
            }
        } catch (Throwable e) {
            // The listener failed: the endpoint must go on, and this cannot be reported.
        }
    }

    /**
     * Calls something that may wait, on this thread, or on another one if this is the watchdog's. It must not throw.
     */
    void call(Runnable call) {
        if (machine.watchdog().isCurrentThread()) {
            callLater(call, Integer.MAX_VALUE);
        } else {
            call.run();
        }
    }

    private void callLater(Runnable call, int mostQueued) {
        if (enqueue(call, mostQueued)) {
            machine.runOnOtherThread(this, "domin-udp-errors", contextClassLoader);
        }
    }

    /** Makes the calls of the watchdog until there are none left. */
    @Override
    public void run() {
        Runnable call = dequeue();
        while (call != null) {
            try {
                call.run();
            } catch (Throwable e) {
                // As above.
            }
            call = dequeue();
        }
    }

    private void callListener(Throwable problem) {
        if (listener != null) {
            listener.accept(problem);
        } else {
            Log.LOGGER.log(System.Logger.Level.WARNING, "error on port " + port + "; the endpoint continues", problem);
        }
    }

    /** {@return whether a thread is needed that makes the calls of the queue} */
    private synchronized boolean enqueue(Runnable call, int most) {
        if (queue != null) {
            if (queue.size() < most) {
                queue.add(call);
            }
            return false;
        }
        ArrayDeque<Runnable> started = new ArrayDeque<>();
        started.add(call);
        queue = started;
        return true;
    }

    private synchronized @Nullable Runnable dequeue() {
        Runnable call = queue == null ? null : queue.poll();
        if (call == null) {
            queue = null;
        }
        return call;
    }

    /** Loads a logger when the first error comes, not before. */
    private static final class Log {
        static final System.Logger LOGGER = System.getLogger("dev.domin.udp");

        private Log() {}
    }
}
