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
    private boolean closed;

    DelayedTasks(Machine machine) {
        this.machine = machine;
    }

    /**
     * Schedules a task. Does nothing once this is closed.
     *
     * @param delayNanos in how many nanoseconds
     * @param work the task, which must not wait
     * @return the task, or null if this is closed
     */
    synchronized @Nullable Task schedule(long delayNanos, Runnable work) {
        if (closed) {
            return null;
        }
        if (!started) {
            machine.watchdog().acquire();
            started = true;
        }
        Task task = new Task(machine.nanoTime() + Math.min(delayNanos, MAX_DELAY), ++lastNumber, work);
        tasks.add(task);
        machine.watchdog().schedule(this, task.time);
        return task;
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
            Task due;
            synchronized (this) {
                due = tasks.peek();
                if (due == null) {
                    return Watchdog.NEVER;
                }
                if (due.time - now > 0) {
                    return due.time;
                }
                tasks.poll();
            }
            due.work.run();
        }
    }
}
