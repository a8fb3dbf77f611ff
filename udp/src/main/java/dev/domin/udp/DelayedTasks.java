package dev.domin.udp;

import java.util.PriorityQueue;

/**
 * Runs short tasks later, on the watchdog's thread: in the order of their times, and at one time in the order they
 * came.
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
     * Schedules a task; once this is closed it is thrown away.
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

    /** Throws away what is scheduled. */
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
