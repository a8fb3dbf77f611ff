package dev.domin.udp;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The role of the receiver: at most one thread has it at a time, and only that thread uses what belongs to the
 * receiver. See docs/concurrency.md.
 *
 * <table>
 * <caption>The transitions</caption>
 * <tr><th>from</th><th>to</th><th>by</th></tr>
 * <tr><td>VACANT</td><td>HANDLING</td><td>{@link #take}: a worker; while closing any thread, which then ends
 * the receiving</td></tr>
 * <tr><td>HANDLING</td><td>RECEIVING</td><td>{@link #startReceiving}: the receiver; not while closing</td></tr>
 * <tr><td>RECEIVING</td><td>HANDLING</td><td>{@link #stopReceiving}: the receiver</td></tr>
 * <tr><td>HANDLING</td><td>VACANT</td><td>{@link #vacate}: the thread that has taken the packet from
 * the receiver</td></tr>
 * <tr><td>any</td><td>the same, closing</td><td>{@link #close}: the thread that begins to close</td></tr>
 * <tr><td>HANDLING, closing</td><td>ENDED</td><td>{@link #end}: the receiver, which then closes the transport</td></tr>
 * <tr><td>RECEIVING, closing</td><td>ENDED</td><td>{@link #forceEnd}: the thread that then closes the
 * transport, although the receiver uses it</td></tr>
 * </table>
 */
final class ReceiverRole {

    private static final int VACANT = 0;
    private static final int HANDLING = 1;
    private static final int RECEIVING = 2;
    private static final int ENDED = 3;
    private static final int CLOSING = 4;

    private final AtomicInteger state = new AtomicInteger(VACANT);

    /** {@return whether the calling thread has become the receiver, since the role was vacant} */
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

    /** Takes the role from the receiver. */
    void vacate() {
        move(HANDLING, VACANT);
    }

    /** {@return whether the receiver is receiving although the role is closed, and has to be woken} */
    boolean stillReceives() {
        return state.get() == (RECEIVING | CLOSING);
    }

    boolean isVacant() {
        return (state.get() & ~CLOSING) == VACANT;
    }

    /**
     * Closes the role, since the endpoint closes: from now on no thread starts to receive.
     *
     * @return whether the receiver is receiving, and has to be woken
     */
    boolean close() {
        while (true) { // without a lambda, which would take milliseconds at the first closing of a process
            int seen = state.get();
            if (state.compareAndSet(seen, seen | CLOSING)) {
                return seen == RECEIVING;
            }
        }
    }

    /** {@return whether the calling thread, the receiver of a closing endpoint, has to close the transport} */
    boolean end() {
        return move(HANDLING, ENDED);
    }

    /** {@return whether the calling thread has to close the transport, since the receiver still waits in it} */
    boolean forceEnd() {
        return state.compareAndSet(RECEIVING | CLOSING, ENDED | CLOSING);
    }

    private boolean move(int from, int to) {
        return state.compareAndSet(from, to) || state.compareAndSet(from | CLOSING, to | CLOSING);
    }
}
