package dev.domin.udp.transport;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides when to poll for the next packet instead of sleeping: waking a sleeping core takes longer than the whole
 * answer to a small packet. Polling occupies a core, so it is short, and done only where the last packets have come
 * that soon. Used by the receiver only, except for the counts.
 */
public final class Polling {

    /** The system property that sets the time where the options do not, in microseconds. */
    public static final String PROPERTY = "dev.domin.udp.pollMicros";

    private static final long AUTO_NANOS = 50_000;

    /** How much longer the receiver sleeps than the packet takes, since it has to be woken. */
    private static final long WAKE_NANOS = 50_000;

    private static final int MAX_CREDIT = 16;
    private static final int MIN_CREDIT = 4;
    private static final int FAILURE_COST = 4;

    private final long nanos;
    private int credit;
    private final AtomicLong polls = new AtomicLong();
    private final AtomicLong successes = new AtomicLong();

    /**
     * Creates the decision for one socket.
     *
     * @param maxNanos for how long to poll at most, in nanoseconds; 0 never polls; -1 uses the system property
     *     {@value #PROPERTY}, and without that polls for a short time where there is more than one core
     */
    public Polling(long maxNanos) {
        int property = maxNanos < 0 ? Integer.getInteger(PROPERTY, -1) : -1;
        if (maxNanos >= 0) {
            nanos = maxNanos;
        } else if (property >= 0) {
            nanos = property * 1000L;
        } else {
            nanos = Runtime.getRuntime().availableProcessors() > 1 ? AUTO_NANOS : 0;
        }
    }

    /** {@return for how long to poll now, in nanoseconds; 0: not at all} */
    long nanosNow() {
        return credit >= MIN_CREDIT ? nanos : 0;
    }

    /** Records that polling has received packets. */
    void succeeded() {
        credit = Math.min(MAX_CREDIT, credit + 1);
        count(polls);
        count(successes);
    }

    /** Records that polling has received nothing. */
    void failed() {
        credit -= FAILURE_COST;
        count(polls);
    }

    /** Records how long the receiver has slept without polling before. */
    void slept(long sleptNanos) {
        if (sleptNanos <= nanos + WAKE_NANOS) {
            credit = Math.min(MAX_CREDIT, credit + 1);
        } else {
            credit = 0;
        }
    }

    long polls() {
        return polls.get();
    }

    long successfulPolls() {
        return successes.get();
    }

    /** Only one thread at a time writes, so this need not be atomic. */
    private static void count(AtomicLong counter) {
        counter.setRelease(counter.getPlain() + 1);
    }
}
