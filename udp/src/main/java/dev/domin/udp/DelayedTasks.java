package dev.domin.udp;

import java.util.PriorityQueue;

/**
 * Runs short tasks after a delay, on the watchdog's thread, in the order of their times. Tasks of the same time run in
 * the order in which they were scheduled.
 */
final class DelayedTasks extends Watchdog.Watch {

    private record Task(long time, long number, Runnable work) implements Comparable<Task> {

        @Override
        public int compareTo(Task other) {
            long order = time - other.time; // the clock may wrap
            return order != 0 ? Long.signum(order) : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long lastNumber;
    private boolean started;
    private boolean closed;

    /**
     * Schedules a task. Does nothing once this is closed.
     *
     * @param delayNanos in how many nanoseconds
     * @param work the task, which must not wait
     */
    synchronized void schedule(long delayNanos, Runnable work) {
        if (closed) {
            return;
        }
        if (!started) {
            Watchdog.SHARED.acquire();
            started = true;
        }
        Task task = new Task(System.nanoTime() + delayNanos, ++lastNumber, work);
        tasks.add(task);
        Watchdog.SHARED.schedule(this, task.time);
    }

    /** Discards all scheduled tasks. */
    synchronized void close() {
        closed = true;
        tasks.clear();
        if (started) {
            started = false;
            Watchdog.SHARED.release(this);
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
