package dev.domin.plugins.timer;

import dev.domin.spi.CallbackCall;
import dev.domin.spi.Turn;

/** One schedule of a callback. Its fields belong to the {@link TimerQueue} and are guarded by the queue's lock. */
final class Timer implements Turn {

    final long id;

    /** The id as the key of a map, kept because boxing it allocates memory. */
    final Long key;

    /** The callback's name. */
    final String name;

    final CallbackCall call;

    /** Nanoseconds between two runs; 0 for a schedule that runs once. */
    final long intervalNanos;

    private final TimerQueue queue;

    /** When it is due, on the clock of {@link System#nanoTime}. */
    long dueNanos;

    /** The same moment in milliseconds of the epoch, computed when the timer was scheduled. */
    long dueEpochMs;

    int sequence;

    /** Its index in the heap of waiting timers. */
    int heapIndex = DueTimers.OUTSIDE;

    Timer(TimerQueue queue, long id, String name, CallbackCall call, long intervalNanos) {
        this.queue = queue;
        this.id = id;
        this.key = id;
        this.name = name;
        this.call = call;
        this.intervalNanos = intervalNanos;
    }

    /** Sets the due time to the next multiple of the interval in the future. Missed times are skipped. */
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
