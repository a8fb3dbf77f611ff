package dev.domin.udp;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Flushes answers that have been held back for a millisecond while a later packet of their batch is handled. The
 * receiver records when it holds an answer; the watchdog flushes. It is used only while there are batches in which
 * answers are held.
 */
final class HeldAnswers extends Watchdog.Watch {

    private static final long MAX_HELD_NANOS = 1_000_000;

    private final Answers answers;
    private final Machine machine;
    private final AtomicBoolean watched = new AtomicBoolean();
    private boolean usesWatchdog;
    private boolean ended;

    private volatile boolean holding;

    /** When the oldest held answer of the last batch was added, on the clock of {@link System#nanoTime}. */
    private volatile long since;

    private long lastSince;

    HeldAnswers(Answers answers, Machine machine) {
        this.answers = answers;
        this.machine = machine;
    }

    /** Records that an answer is held, and another packet of the batch follows. Called by the receiver. */
    void hold() {
        if (holding) {
            return;
        }
        since = machine.nanoTime();
        holding = true;
        if (!watched.get() && watched.compareAndSet(false, true)) {
            try {
                acquire();
                machine.watchdog().schedule(this, since + MAX_HELD_NANOS);
            } catch (Throwable e) { // no thread, usually
                watched.set(false);
                endHolding();
                answers.flush(true);
            }
        }
    }

    /** Records that the batch has ended. Called by the receiver, which sends what is held. */
    void endHolding() {
        if (holding) {
            holding = false;
        }
    }

    /** Ends the watching. */
    synchronized void end() {
        ended = true;
        if (usesWatchdog) {
            usesWatchdog = false;
            machine.watchdog().release(this);
        }
    }

    @Override
    long look(long now) {
        boolean held = holding;
        long oldest = since;
        if (held && now - oldest >= MAX_HELD_NANOS) {
            answers.flush(false);
        } else if (held) {
            lastSince = oldest;
            return oldest + MAX_HELD_NANOS;
        } else if (oldest == lastSince) {
            return rest();
        }
        lastSince = oldest;
        return now + MAX_HELD_NANOS;
    }

    /** Stops watching, since no answer has been held for a while; the next one schedules this again. */
    private long rest() {
        watched.set(false);
        return holding && watched.compareAndSet(false, true) ? since + MAX_HELD_NANOS : Watchdog.NEVER;
    }

    private synchronized void acquire() {
        if (!usesWatchdog && !ended) {
            machine.watchdog().acquire();
            usesWatchdog = true;
        }
    }
}
