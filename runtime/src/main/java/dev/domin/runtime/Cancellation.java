package dev.domin.runtime;

/**
 * Which tasks of a run are cancelled, and which ones are blocked so that only an interrupt wakes them. Thread-safe.
 *
 * <p>The list of blocked tasks is guarded by this object. A thread may enter this monitor while it holds the mutex of
 * the {@link ScriptLock}, but never the reverse.
 */
final class Cancellation {

    private final TaskList blocked = new TaskList();
    private volatile boolean all;

    /** {@return whether every task is cancelled, including future ones} */
    boolean isAll() {
        return all;
    }

    boolean isCancelled(Task task) {
        return all || task.isCancelled();
    }

    /** Throws the error that unwinds the script's code if the task is cancelled. */
    void throwIfCancelled(Task task) {
        if (all || task.isCancelled()) {
            throw ScriptLock.CANCELLED;
        }
    }

    /**
     * Records that the calling thread is about to wait for something other than the script lock.
     *
     * @return false if the task has been cancelled and must not wait
     */
    synchronized boolean enterBlocking(Task task) {
        if (isCancelled(task)) {
            return false;
        }
        task.thread = Thread.currentThread();
        blocked.add(task);
        return true;
    }

    /**
     * Records that a task is blocked in a write, during which it loses the lock, and interrupts it if it is cancelled.
     *
     * @param write the number of the write, see {@link Task#output}
     * @return false if it is no longer in that write
     */
    synchronized boolean blockWriter(Task task, int write) {
        if (!task.output.compareAndSet(write, write + 1)) {
            return false;
        }
        blocked.add(task);
        if (isCancelled(task)) {
            task.interrupt();
        }
        return true;
    }

    /**
     * Ends the wait that {@link #enterBlocking} or {@link #blockWriter} recorded, and clears an interrupt that was
     * meant for it.
     */
    synchronized void exitBlocking(Task task) {
        blocked.remove(task);
        if (isCancelled(task)) {
            Thread.interrupted();
        }
    }

    /** Cancels one task, and interrupts it if it is blocked. */
    synchronized void cancel(Task task) {
        task.markCancelled();
        if (blocked.contains(task)) {
            task.interrupt();
        }
    }

    /** Cancels every task, including future ones, and interrupts those that are blocked. */
    synchronized void cancelAll() {
        all = true;
        for (var task = blocked.first(); task != null; task = blocked.after(task)) {
            task.interrupt();
        }
    }
}
