package dev.domin.udp;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Runs short tasks after a delay, on the watchdog's thread, in the order of their times. Tasks of the same time run in
 * the order in which they were scheduled.
 */
final class DelayedTasks extends Watchdog.Watch {

    /** Longer delays would wrap the differences of times. */
    private static final long MAX_DELAY = Long.MAX_VALUE / 4;

    /** A scheduled task. */
    record Task(long time, long number, Runnable work) implements Comparable<Task> {

        @Override
        public int compareTo(Task other) {
            long order = time - other.time; // the clock may wrap
            return order != 0 ? Long.signum(order) : Long.compare(number, other.number);
        }
    }

    private final Machine machine;
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long lastNumber;
    private boolean started;
    private boolean hurries;
    private boolean closed;
    private final Object running = new Object(); // held while a task runs

    DelayedTasks(Machine machine) {
        this.machine = machine;
    }

    /**
     * Schedules a task. Does nothing once this is closed.
     *
     * @param delayNanos in how many nanoseconds
     * @param work the task, which must not wait
     * @return the task, or null if it has run already or never will
     */
    @Nullable
    Task schedule(long delayNanos, Runnable work) {
        synchronized (this) {
            if (closed) {
                return null;
            }
            if (!hurries) {
                if (!started) {
                    machine.watchdog().acquire();
                    started = true;
                }
                Task task = new Task(machine.nanoTime() + Math.min(delayNanos, MAX_DELAY), ++lastNumber, work);
                tasks.add(task);
                machine.watchdog().schedule(this, task.time);
                return task;
            }
        }
        work.run();
        return null;
    }

    /** Runs all tasks now, and from now on those that are scheduled, each in {@link #schedule}. */
    void hurry() {
        synchronized (this) {
            hurries = true;
        }
        synchronized (running) { // behind the one that the watchdog runs
            Task next = poll(Long.MAX_VALUE);
            while (next != null) {
                next.work.run();
                next = poll(Long.MAX_VALUE);
            }
        }
    }

    /** {@return whether the task had not begun, and never will now} */
    synchronized boolean cancel(Task task) {
        return tasks.remove(task);
    }

    /** Discards all scheduled tasks. */
    synchronized void close() {
        closed = true;
        tasks.clear();
        if (started) {
            started = false;
            machine.watchdog().release(this);
        }
    }

    @Override
    long look(long now) {
        while (true) {
            synchronized (running) {
                Task due = poll(now);
                if (due == null) {
                    return next();
                }
                due.work.run();
            }
        }
    }

    private synchronized long next() {
        Task next = tasks.peek();
        return next == null ? Watchdog.NEVER : next.time;
    }

    /** {@return the next task if its time has come, removed from the queue; {@link Long#MAX_VALUE}: any} */
    private synchronized @Nullable Task poll(long now) {
        Task next = tasks.peek();
        return next == null || now != Long.MAX_VALUE && next.time - now > 0 ? null : tasks.poll();
    }
}
