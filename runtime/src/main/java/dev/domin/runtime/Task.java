package dev.domin.runtime;

import dev.domin.spi.Turn;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One thread's claim to run script code: {@code main}, or one run of a callback. Fields without a remark are guarded by
 * the {@link ScriptLock}'s mutex, or belong to the thread that holds the script lock.
 */
final class Task extends TaskList.Link {

    private final boolean main;
    private final boolean alwaysPatient;

    /** Set by anybody, never cleared. */
    private volatile boolean cancelled;

    /**
     * Counts the begins and ends of its writes, so that it is odd during one. A write that takes long is ended here by
     * whoever takes the lock away meanwhile.
     */
    final AtomicInteger output = new AtomicInteger();

    /**
     * When it becomes patient, on the clock of {@link System#nanoTime}. Volatile: waiters time their patience by it.
     */
    volatile long deadlineNanos = Turn.NO_DEADLINE;

    /** When it last got the lock; kept for patient tasks only. */
    volatile long turnStartNanos;

    /** Until when it need not give way, having been passed over for long. */
    volatile long guaranteedUntilNanos;

    /** The thread that runs it; set before it holds or waits for the lock. */
    volatile @Nullable Thread thread;

    /** What a callback runs for; null for {@code main}. Belongs to the thread that runs it. */
    @Nullable
    Turn turn;

    /** What to release if the callback fails; null while nothing is registered. Belongs to the thread that runs it. */
    @Nullable
    Releases releases;

    long waitingSinceNanos;
    boolean granted;

    private Task(boolean main, boolean alwaysPatient) {
        this.main = main;
        this.alwaysPatient = alwaysPatient;
    }

    static Task main() {
        return new Task(true, true);
    }

    static Task callback() {
        return new Task(false, false);
    }

    /** {@return a task for a call from Java, which is not in a hurry and releases on failure what it made} */
    static Task call() {
        return new Task(false, true);
    }

    /**
     * {@return whether it gives way to callbacks that are in time: {@code main} always does, a callback once it is
     * late}
     */
    boolean isPatient(long now) {
        return alwaysPatient || isLate(now);
    }

    /** {@return whether its deadline has passed} */
    boolean isLate(long now) {
        long deadline = deadlineNanos;
        return deadline != Turn.NO_DEADLINE && now - deadline >= 0;
    }

    /** Interrupts the thread that runs it. */
    void interrupt() {
        var running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    boolean isAlwaysPatient() {
        return alwaysPatient;
    }

    boolean isMain() {
        return main;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** For {@link ScriptLock#cancel} only, which also wakes it. */
    void markCancelled() {
        cancelled = true;
    }
}
