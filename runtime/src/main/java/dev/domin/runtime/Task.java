package dev.domin.runtime;

import dev.domin.spi.Turn;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A unit of script code that one thread runs or waits to run: {@code main}, one run of a callback, or a call from Java.
 * Fields without a remark are guarded by the {@link ScriptLock}'s mutex, or used only by the thread that holds the
 * script lock.
 */
final class Task extends TaskList.Link {

    private final boolean main;
    private final boolean alwaysPatient;

    /** Set by any thread, never cleared. */
    private volatile boolean cancelled;

    /**
     * Counts the starts and ends of its writes, so it is odd during a write. When a write takes long, the thread that
     * takes the lock away ends it here.
     */
    final AtomicInteger output = new AtomicInteger();

    /**
     * When it becomes patient, in terms of {@link System#nanoTime}. Volatile, since waiters read it.
     */
    volatile long deadlineNanos = Turn.NO_DEADLINE;

    /** When it last got the lock; set for patient tasks only. */
    volatile long turnStartNanos;

    /** Until when it need not yield, after it had to wait for long. */
    volatile long guaranteedUntilNanos;

    /** The thread that runs it; set before it holds or waits for the lock. */
    volatile @Nullable Thread thread;

    /** The event that a callback runs for; null for {@code main}. Used only by the thread that runs it. */
    @Nullable
    Turn turn;

    /**
     * What to release if the callback fails; null while nothing is registered. Used only by the thread that runs it.
     */
    @Nullable
    Releases releases;

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

    /** {@return a task for a call from Java, which is always patient, and runs its registered releases on failure} */
    static Task call() {
        return new Task(false, true);
    }

    /**
     * {@return whether it yields to callbacks before their deadline: {@code main} always does, a callback once it is
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
