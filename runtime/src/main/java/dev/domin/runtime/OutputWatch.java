package dev.domin.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Measures how long the holder of the script lock has been writing, so that a reader that has stopped reading does not
 * stop the script. Guarded by the mutex of the {@link ScriptLock}. The waiters measure the time, so a writing holder
 * reads no clock.
 */
final class OutputWatch {

    /**
     * How long a write of a callback before its deadline may take until others run; a busy system may need some
     * milliseconds.
     */
    private static final long URGENT_NANOS = 10_000_000;

    /** How long a waiter sleeps that is not the first: it may become the first without being woken. */
    private static final long PAUSE_NANOS = 10_000_000;

    private static final int LONGEST_PAUSE = 10;

    private @Nullable Task task;
    private int write;
    private long sinceNanos;

    /** {@return whether a value of {@link Task#output} means that the task is writing} */
    static boolean isWriting(int output) {
        return (output & 1) != 0;
    }

    /**
     * {@return how long a waiter that is not the first sleeps until its next check; longer the more waiters there are}
     */
    static long pause(int waiters) {
        return Math.min(waiters, LONGEST_PAUSE) * PAUSE_NANOS;
    }

    /**
     * Checks the holder.
     *
     * @param holder the task that holds the lock
     * @param output the value of its {@link Task#output}
     * @param now the time
     * @return how long to wait until the next check; 0 or less if the holder has been in this write for too long
     */
    long check(Task holder, int output, long now) {
        if (!isWriting(output) || holder != task || output != write) {
            task = holder;
            write = output;
            sinceNanos = now;
        }
        long limit = holder.isPatient(now) ? ScriptLock.TURN_NANOS : URGENT_NANOS;
        return sinceNanos + limit - now;
    }
}
