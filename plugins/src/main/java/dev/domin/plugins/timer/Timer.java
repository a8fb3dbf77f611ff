package dev.domin.plugins.timer;

import dev.domin.spi.CallbackCall;
import dev.domin.spi.Turn;

/** One schedule of a callback. Its fields belong to the {@link TimerQueue} and are guarded by the queue's lock. */
final class Timer implements Turn {

    final long id;

    /** The id as the key of a map, kept since making one takes memory. */
    final Long key;

    final CallbackCall call;

    /** Nanoseconds between two runs; 0 for a schedule that runs once. */
    final long intervalNanos;

    private final TimerQueue queue;

    /** When it is due, on the clock of {@link System#nanoTime}. */
    long dueNanos;

    /** The same moment in milliseconds of the epoch, as it was foreseen when the schedule was made. */
    long dueEpochMs;

    int sequence;

    /** Its place among the timers that wait. */
    int heapIndex = DueTimers.OUTSIDE;

    Timer(TimerQueue queue, long id, CallbackCall call, long intervalNanos) {
        this.queue = queue;
        this.id = id;
        this.key = id;
        this.call = call;
        this.intervalNanos = intervalNanos;
    }

    /** Puts the due time to the next multiple of the interval that is still to come: missed ones do not pile up. */
    void advance(long nowNanos) {
        long steps = Math.max(0, nowNanos - dueNanos) / intervalNanos + 1;
        dueNanos += steps * intervalNanos;
        dueEpochMs += steps * (intervalNanos / TimerQueue.NANOS_PER_MS);
        sequence++;
    }

    @Override
    public long deadlineNanos() {
        return NO_DEADLINE;
    }

    @Override
    public boolean begin() {
        return queue.begin(this);
    }

    @Override
    public String origin() {
        return "timer " + id;
    }
}
