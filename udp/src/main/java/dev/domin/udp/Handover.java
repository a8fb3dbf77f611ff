package dev.domin.udp;

import java.io.IOException;

/**
 * The handing over of an endpoint's socket. The receiver ends when everything that it has taken from the socket is
 * handled; what is queued in the socket stays there. Then the endpoint rests: it can still send, until it is closed,
 * which leaves the socket open for {@link BoundSocket}. The states are described in docs/concurrency.md.
 */
final class Handover {

    private static final long WAKE_NANOS = 20_000_000;

    private final Shutdown shutdown;
    private final Lifecycle lifecycle;
    private final WakeSignal wakes;
    private final BoundSocket socket;
    private boolean detached; // guarded by this object's monitor

    /**
     * Prepares it.
     *
     * @param wakes the signals that may be queued in the socket
     */
    Handover(Shutdown shutdown, WakeSignal wakes) {
        this.shutdown = shutdown;
        this.lifecycle = shutdown.lifecycle();
        this.wakes = wakes;
        this.socket = new BoundSocket(wakes);
    }

    WakeSignal wakes() {
        return wakes;
    }

    BoundSocket socket() {
        return socket;
    }

    /** {@return whether the calling thread has to leave the socket to its new owner, as the first one} */
    synchronized boolean detach() {
        boolean first = !detached;
        detached = true;
        return first;
    }

    /**
     * Ends the receiving and waits until everything that was received is handled. At the end of the grace period, the
     * endpoint is closed, which cancels handlers.
     *
     * @return whether the socket is kept; false if it had to be closed, since nothing else wakes the receiver
     * @throws InterruptedException if interrupted while waiting; then the endpoint and its socket are closed
     */
    boolean await() throws InterruptedException {
        ReceiveLoop loop = shutdown.loop();
        boolean receiving = loop.role().close(); // where no thread has the role, the next one that takes it ends it
        long graceEnd = lifecycle.graceEnd();
        try {
            while (true) {
                if (receiving) {
                    wake();
                }
                long now = lifecycle.machine().nanoTime();
                boolean last = graceEnd - now <= WAKE_NANOS;
                if (lifecycle.awaitRest(last ? graceEnd : now + WAKE_NANOS)) {
                    return true;
                }
                if (last || lifecycle.isTerminated()) {
                    break;
                }
                receiving = loop.role().stillReceives();
            }
            shutdown.close(true);
            return lifecycle.rests();
        } catch (InterruptedException e) {
            shutdown.close(false);
            socket.close();
            throw e;
        }
    }

    private void wake() {
        try {
            wakes.send();
        } catch (IOException | RuntimeException e) {
            // It is tried again.
        }
    }
}
