package dev.domin.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Times the write that the holder of the script lock is in, so that a reader that has stopped reading does not stop the
 * script. Guarded by the mutex of the {@link ScriptLock}, whose waiters look here: so a holder that writes reads no
 * clock.
 */
final class OutputWatch {

    /**
     * How long a write of a callback in time may take before others run; a busy system may need some milliseconds for
     * it.
     */
    private static final long URGENT_NANOS = 10_000_000;

    /** How long a waiter sleeps that is not the first: it may become the first while nobody wakes it. */
    private static final long PAUSE_NANOS = 10_000_000;

    private static final int LONGEST_PAUSE = 10;

    private @Nullable Task task;
    private int write;
    private long sinceNanos;

    /** {@return whether a value of {@link Task#output} means that the task is writing} */
    static boolean isWriting(int output) {
        return (output & 1) != 0;
    }

    /** {@return how long a waiter who is not the first sleeps until its next look; the more there are, the longer} */
    static long pause(int waiters) {
        return Math.min(waiters, LONGEST_PAUSE) * PAUSE_NANOS;
    }

    /**
     * Looks at the holder.
     *
     * @param holder who holds the lock
     * @param output the value of its {@link Task#output}
     * @param now the time
     * @return how long to wait until the next look; not above 0 where it has been in this write for too long
     */
    long look(Task holder, int output, long now) {
        if (!isWriting(output) || holder != task || output != write) {
            task = holder;
            write = output;
            sinceNanos = now;
        }
        long limit = holder.isPatient(now) ? ScriptLock.TURN_NANOS : URGENT_NANOS;
        return sinceNanos + limit - now;
    }
}
