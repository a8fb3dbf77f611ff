package dev.domin.runtime;

/**
 * Which tasks of a run are cancelled, and which ones wait where only an interrupt reaches them. Safe for use by several
 * threads.
 *
 * <p>The list of blocked tasks is guarded by this object. A thread may enter this monitor while it holds the mutex of
 * the {@link ScriptLock}, never the other way round.
 */
final class Cancellation {

    private final TaskList blocked = new TaskList();
    private volatile boolean all;

    /** {@return whether every task is cancelled, also those to come} */
    boolean isAll() {
        return all;
    }

    boolean isCancelled(Task task) {
        return all || task.isCancelled();
    }

    /** Throws what unwinds the script's code if the task is cancelled. */
    void throwIfCancelled(Task task) {
        if (all || task.isCancelled()) {
            throw ScriptLock.CANCELLED;
        }
    }

    /**
     * Marks that the calling thread is about to wait for something else than the script lock.
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
     * Marks that a task is blocked in a write, in which it loses the lock, and interrupts it if it is cancelled.
     *
     * @param write the number of the write, see {@link Task#output}
     * @return false if it is not in that write any more
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
     * Ends what {@link #enterBlocking} or {@link #blockWriter} began; an interrupt that was meant for the wait does not
     * outlive it.
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

    /** Cancels every task, also those to come, and interrupts those that are blocked. */
    synchronized void cancelAll() {
        all = true;
        for (var task = blocked.first(); task != null; task = blocked.after(task)) {
            task.interrupt();
        }
    }
}
