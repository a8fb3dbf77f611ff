package dev.domin.udp;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which thread receives: at most one at a time has the role of the receiver, and only it touches what belongs to the
 * receiver. docs/concurrency.md has the whole picture.
 *
 * <table>
 * <caption>The transitions</caption>
 * <tr><th>from</th><th>to</th><th>by</th></tr>
 * <tr><td>VACANT</td><td>HANDLING</td><td>{@link #take}: a worker, or while closing any thread, to end the
 * receiving</td></tr>
 * <tr><td>HANDLING</td><td>RECEIVING</td><td>{@link #startReceiving}: the receiver; not while closing</td></tr>
 * <tr><td>RECEIVING</td><td>HANDLING</td><td>{@link #stopReceiving}: the receiver</td></tr>
 * <tr><td>HANDLING</td><td>VACANT</td><td>{@link #vacate}: whoever has decided that the packet in work is
 * late</td></tr>
 * <tr><td>any</td><td>the same, closing</td><td>{@link #close}: the thread that begins to close</td></tr>
 * <tr><td>HANDLING, closing</td><td>ENDED</td><td>{@link #end}: the receiver, which then closes the transport</td></tr>
 * <tr><td>RECEIVING, closing</td><td>ENDED</td><td>{@link #forceEnd}: whoever then closes the transport under the
 * receiver</td></tr>
 * </table>
 */
final class ReceiverRole {

    private static final int VACANT = 0;
    private static final int HANDLING = 1;
    private static final int RECEIVING = 2;
    private static final int ENDED = 3;
    private static final int CLOSING = 4;

    private final AtomicInteger state = new AtomicInteger(VACANT);

    /** {@return whether this thread is the receiver now; nobody was} */
    boolean take() {
        return move(VACANT, HANDLING);
    }

    /** {@return whether to receive; otherwise the endpoint closes} */
    boolean startReceiving() {
        return state.compareAndSet(HANDLING, RECEIVING);
    }

    /** {@return whether the endpoint is open} */
    boolean stopReceiving() {
        if (state.compareAndSet(RECEIVING, HANDLING)) {
            return true;
        }
        state.compareAndSet(RECEIVING | CLOSING, HANDLING | CLOSING); // unless the end was forced
        return false;
    }

    /** The receiver has lost the role. */
    void vacate() {
        move(HANDLING, VACANT);
    }

    boolean isVacant() {
        return (state.get() & ~CLOSING) == VACANT;
    }

    /**
     * The endpoint closes: from now on nobody starts to receive.
     *
     * @return whether the receiver is receiving, and has to be woken
     */
    boolean close() {
        while (true) { // without a lambda, which would cost the first closing of a process some milliseconds
            int seen = state.get();
            if (state.compareAndSet(seen, seen | CLOSING)) {
                return seen == RECEIVING;
            }
        }
    }

    /** {@return whether this thread, which is the receiver, has to close the transport} The endpoint closes. */
    boolean end() {
        return move(HANDLING, ENDED);
    }

    /** {@return whether this thread has to close the transport, since the receiver does not come back from it} */
    boolean forceEnd() {
        return state.compareAndSet(RECEIVING | CLOSING, ENDED | CLOSING);
    }

    private boolean move(int from, int to) {
        return state.compareAndSet(from, to) || state.compareAndSet(from | CLOSING, to | CLOSING);
    }
}
