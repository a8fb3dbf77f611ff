package dev.domin.udp.transport;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides when to poll for the next packet instead of sleeping: waking a sleeping core takes longer than the whole
 * answer to a small packet. Polling costs a core for its time, so it is short, and done only where packets have come
 * that soon lately. Belongs to the receiver, but for the counts.
 */
public final class Polling {

    /** The system property that decides where the choice is left to the engine, in microseconds. */
    public static final String PROPERTY = "dev.domin.udp.pollMicros";

    private static final long AUTO_NANOS = 50_000;

    /** By so much later a packet appears to come that has to wake the receiver. */
    private static final long WAKE_NANOS = 50_000;

    private static final int MOST_CREDIT = 16;
    private static final int LEAST_CREDIT = 4;
    private static final int FAILURE_COST = 4;

    private final long nanos;
    private int credit;
    private final AtomicLong polls = new AtomicLong();
    private final AtomicLong successes = new AtomicLong();

    /**
     * Makes the decision for one socket.
     *
     * @param maxNanos for how long to poll at most, in nanoseconds; 0 never polls; -1 leaves it to the system property
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
        return credit >= LEAST_CREDIT ? nanos : 0;
    }

    /** Polling has brought packets. */
    void succeeded() {
        credit = Math.min(MOST_CREDIT, credit + 1);
        count(polls);
        count(successes);
    }

    /** Polling has brought nothing in its time. */
    void failed() {
        credit -= FAILURE_COST;
        count(polls);
    }

    /** The receiver has slept for so long, without polling before. */
    void slept(long sleptNanos) {
        if (sleptNanos <= nanos + WAKE_NANOS) {
            credit = Math.min(MOST_CREDIT, credit + 1);
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

    /** One thread at a time writes, so this need not be one step. */
    private static void count(AtomicLong counter) {
        counter.setRelease(counter.getPlain() + 1);
    }
}
