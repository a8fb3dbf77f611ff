package dev.domin.udp;

import dev.domin.udp.transport.PacketBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The state of the packet in one buffer. The fate of every packet that a handler gets is decided here, exactly once, by
 * the transition that counts it.
 *
 * <table>
 * <caption>The transitions</caption>
 * <tr><th>from</th><th>to</th><th>by</th><th>counts</th></tr>
 * <tr><td>IDLE</td><td>WAITING or RUNNING</td><td>{@link #start}</td><td></td></tr>
 * <tr><td>WAITING</td><td>RUNNING</td><td>{@link #begin}, in time</td><td></td></tr>
 * <tr><td>WAITING</td><td>GIVEN_UP</td><td>{@link #begin}, too late; {@link #revoke}</td><td>dropped</td></tr>
 * <tr><td>WAITING</td><td>MISSED</td><td>{@link #expire}, {@link #abandon}</td><td>dropped</td></tr>
 * <tr><td>WAITING</td><td>IDLE</td><td>{@link #finish}</td><td>dropped</td></tr>
 * <tr><td>RUNNING</td><td>LATE</td><td>{@link #expire}, {@link #abandon}</td><td>dropped</td></tr>
 * <tr><td>RUNNING</td><td>IDLE</td><td>{@link #finish}</td><td>handled or dropped</td></tr>
 * <tr><td>GIVEN_UP</td><td>MISSED</td><td>{@link #expire}, {@link #abandon}</td><td></td></tr>
 * <tr><td>GIVEN_UP, MISSED, LATE</td><td>IDLE</td><td>{@link #finish}</td><td></td></tr>
 * </table>
 *
 * <p>See docs/concurrency.md. In WAITING, RUNNING and GIVEN_UP the packet's thread is the receiver;
 * in MISSED and LATE another thread may be. The bits above the state count the packets in this buffer, so that no
 * thread decides the fate of a later packet by mistake.
 */
final class PacketState {

    private static final int IDLE = 0;
    private static final int WAITING = 1;
    private static final int RUNNING = 2;
    private static final int GIVEN_UP = 3;
    private static final int MISSED = 4;
    private static final int LATE = 5;

    private static final int STATE_BITS = 3;
    private static final int STATE_MASK = (1 << STATE_BITS) - 1;

    /** How the work on a packet ended. */
    enum End {
        /** It counts as handled, and its answer may be sent; this thread is still the receiver. */
        HANDLED,
        /** It counts as dropped; this thread is still the receiver. */
        DROPPED,
        /** It counts as dropped, and this thread is no longer the receiver. */
        REPLACED
    }

    private final AtomicLong word = new AtomicLong();
    private final Accounts accounts;
    private final PacketBuffer buffer; // which has the number of the packet
    private final Machine machine;
    private long deadline = AdvancedDatagram.NO_DEADLINE;

    PacketState(Accounts accounts, PacketBuffer buffer, Machine machine) {
        this.accounts = accounts;
        this.buffer = buffer;
        this.machine = machine;
    }

    long deadlineNanos() {
        return deadline;
    }

    /** {@return the word, to be compared later} */
    long word() {
        return word.get();
    }

    /**
     * Starts the handling. The deadline is written first, so that a thread that reads the word sees the right one.
     *
     * @param waits whether the handler has to call {@link #begin}
     */
    void start(boolean waits, long deadlineNanos) {
        deadline = deadlineNanos;
        word.set(with(word.getPlain() + (1 << STATE_BITS), waits ? WAITING : RUNNING));
    }

    /**
     * Begins the work, since the turn of the handler has come.
     *
     * @param lifecycle whether the endpoint closes
     * @return whether to go on
     */
    boolean begin(Lifecycle lifecycle) {
        while (true) {
            long seen = word.get();
            int state = of(seen);
            if (state != WAITING) {
                return state == RUNNING;
            }
            boolean closing = lifecycle.closing();
            if (closing || deadline != AdvancedDatagram.NO_DEADLINE && isLateAt(machine.nanoTime())) {
                if (word.compareAndSet(seen, with(seen, GIVEN_UP))) {
                    accounts.dropped(buffer.number(), closing ? Fate.CLOSED : Fate.LATE);
                    return false;
                }
            } else if (word.compareAndSet(seen, with(seen, RUNNING))) {
                accounts.observation().begun(buffer.number());
                return true;
            }
        }
    }

    /** {@return whether the receiver has the packet of a word, and receives nothing meanwhile} */
    static boolean isWithReceiver(long seen) {
        int state = of(seen);
        return state == WAITING || state == RUNNING || state == GIVEN_UP;
    }

    /**
     * Drops the packet, since its deadline has passed. Called by the watchdog.
     *
     * @param seen the word of the packet that is late
     * @return whether the thread of the packet is no longer the receiver; otherwise another transition came first
     */
    boolean expire(long seen) {
        int state = of(seen);
        if (!isWithReceiver(seen) || !word.compareAndSet(seen, with(seen, state == RUNNING ? LATE : MISSED))) {
            return false;
        }
        if (state != GIVEN_UP) {
            accounts.droppedLate(buffer.number());
        }
        return true;
    }

    /**
     * Drops the packet if it still waits, since the endpoint closes.
     *
     * @return whether there is a handler that has not begun and has to be asked to return
     */
    boolean revoke() {
        while (true) {
            long seen = word.get();
            int state = of(seen);
            if (state != WAITING) {
                return state == GIVEN_UP || state == MISSED;
            }
            if (word.compareAndSet(seen, with(seen, GIVEN_UP))) {
                accounts.dropped(buffer.number(), Fate.CLOSED);
                return true;
            }
        }
    }

    /**
     * Drops the packet, since the endpoint closes and does not wait for its handler.
     *
     * @return whether the thread of the packet is no longer the receiver, by this call
     */
    boolean abandon() {
        while (true) {
            long seen = word.get();
            int state = of(seen);
            if (!isWithReceiver(seen)) {
                return false;
            }
            if (word.compareAndSet(seen, with(seen, state == RUNNING ? LATE : MISSED))) {
                if (state != GIVEN_UP) {
                    accounts.dropped(buffer.number(), Fate.CLOSED);
                }
                return true;
            }
        }
    }

    /** {@return whether a handler has the packet} */
    boolean isInHandler() {
        return of(word.get()) != IDLE;
    }

    /**
     * Decides the fate of the packet, unless it is decided, since the handler has returned.
     *
     * @param now the time, where there is a deadline
     * @param answered whether there is an answer
     * @param failure why the work failed, or null
     * @param closing whether the endpoint closes
     */
    End finish(long now, boolean answered, @Nullable Fate failure, boolean closing) {
        while (true) {
            long seen = word.get();
            int state = of(seen);
            if (!word.compareAndSet(seen, with(seen, IDLE))) {
                continue;
            }
            boolean late = isLateAt(now);
            if (state == RUNNING && failure == null && !late) {
                accounts.handled(buffer.number(), answered ? Fate.HANDLED : Fate.SILENT);
                return End.HANDLED;
            }
            if (state == RUNNING || state == WAITING) {
                accounts.dropped(buffer.number(), why(state, late, failure, closing));
            }
            return state == LATE || state == MISSED ? End.REPLACED : End.DROPPED;
        }
    }

    private static Fate why(int state, boolean late, @Nullable Fate failure, boolean closing) {
        if (late) {
            return Fate.LATE;
        }
        if (state == WAITING && closing) {
            return Fate.CLOSED;
        }
        return failure != null ? failure : Fate.FAILED;
    }

    private boolean isLateAt(long now) {
        return deadline != AdvancedDatagram.NO_DEADLINE && now - deadline >= 0;
    }

    private static int of(long word) {
        return (int) word & STATE_MASK;
    }

    private static long with(long word, int state) {
        return (word & ~STATE_MASK) | state;
    }
}
