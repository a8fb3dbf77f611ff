package dev.domin.udp;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Flushes answers that have been held back for a millisecond while a later packet of their batch is in work. The
 * receiver says when answers are held; the watchdog flushes, and is used only while there are batches in which answers
 * are held.
 */
final class HeldAnswers extends Watchdog.Watch {

    private static final long LONGEST_NANOS = 1_000_000;

    private final Answers answers;
    private final AtomicBoolean watched = new AtomicBoolean();
    private boolean usesWatchdog;
    private boolean ended;

    private volatile boolean holding;

    /** When the oldest of the last batch was held, on the clock of {@link System#nanoTime}. */
    private volatile long since;

    private long lastSince;

    HeldAnswers(Answers answers) {
        this.answers = answers;
    }

    /** An answer is held and another packet of the batch comes first. Called by the receiver. */
    void hold() {
        if (holding) {
            return;
        }
        since = System.nanoTime();
        holding = true;
        if (!watched.get() && watched.compareAndSet(false, true)) {
            try {
                acquire();
                Watchdog.SHARED.schedule(this, since + LONGEST_NANOS);
            } catch (OutOfMemoryError e) {
                watched.set(false);
                endHolding();
                answers.flush(true);
            }
        }
    }

    /** The batch is over. Called by the receiver, which sends what is held. */
    void endHolding() {
        if (holding) {
            holding = false;
        }
    }

    /** There will be no answers any more. */
    synchronized void end() {
        ended = true;
        if (usesWatchdog) {
            usesWatchdog = false;
            Watchdog.SHARED.release(this);
        }
    }

    @Override
    long look(long now) {
        boolean held = holding;
        long oldest = since;
        if (held && now - oldest >= LONGEST_NANOS) {
            answers.flush(false);
        } else if (held) {
            lastSince = oldest;
            return oldest + LONGEST_NANOS;
        } else if (oldest == lastSince) {
            return rest();
        }
        lastSince = oldest;
        return now + LONGEST_NANOS;
    }

    /** No answer has been held for a while: asks to be woken by the next one. */
    private long rest() {
        watched.set(false);
        return holding && watched.compareAndSet(false, true) ? since + LONGEST_NANOS : Watchdog.NEVER;
    }

    private synchronized void acquire() {
        if (!usesWatchdog && !ended) {
            Watchdog.SHARED.acquire();
            usesWatchdog = true;
        }
    }
}
