package dev.domin.udp;

import java.io.IOException;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Passes on datagrams after a delay, on the watchdog's thread, in the order of their times; those of the same time in
 * the order in which they were scheduled. What the datagrams need in memory is limited, until they are passed on.
 */
final class DelayedTasks extends Watchdog.Watch {

    /** Longer delays would wrap the differences of times. */
    private static final long MAX_DELAY = Long.MAX_VALUE / 4;

    /** Passes on one datagram. To be scheduled once. */
    static final class Task implements Comparable<Task> {
        private final int length;
        private final Runnable work;
        private final UdpImpairment.Later later;
        private long time; // this and the next are set when it is scheduled
        private long number;

        /**
         * Creates a task.
         *
         * @param length the length of the datagram's payload
         * @param work passes it on, and says so; must not wait. Once the datagram is needed no more, {@link #release}
         *     must be called
         * @param later is notified if it is discarded instead
         */
        Task(int length, Runnable work, UdpImpairment.Later later) {
            this.length = length;
            this.work = work;
            this.later = later;
        }

        @Override
        public int compareTo(Task other) {
            long order = time - other.time; // the clock may wrap
            return order != 0 ? Long.signum(order) : Long.compare(number, other.number);
        }
    }

    private final Machine machine;
    private final DelayedMemory memory;
    private final Errors errors;
    private final AtomicBoolean full = new AtomicBoolean();
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long lastNumber;
    private boolean started;
    private boolean hurries;
    private boolean closed;
    private final ReentrantLock running = new ReentrantLock(); // held while the watchdog runs a task

    DelayedTasks(Machine machine, DelayedMemory memory, Errors errors) {
        this.machine = machine;
        this.memory = memory;
        this.errors = errors;
    }

    /**
     * Schedules a task. Discards it once this is closed.
     *
     * @param delayNanos in how many nanoseconds
     * @return whether there is memory for the datagram; otherwise the task will not run, and the first time this is
     *     reported as an error
     */
    boolean schedule(Task task, long delayNanos) {
        if (!memory.reserve(task.length)) {
            if (!full.getAndSet(true)) {
                errors.report(new IOException("a delayed packet is lost: delayed packets take up "
                        + memory.limit() / 1024 + " KiB, all that they may, an eighth of the heap (-Xmx)"));
            }
            return false;
        }
        boolean accepted = false;
        boolean waits;
        try {
            synchronized (this) {
                waits = !closed && !hurries;
                if (waits) {
                    enqueue(task, delayNanos);
                }
                accepted = !closed;
            }
        } finally {
            if (!accepted) {
                memory.release(task.length);
            }
        }
        if (!accepted) {
            task.later.discarded();
        } else if (!waits) {
            task.work.run();
        }
        return true;
    }

    private void enqueue(Task task, long delayNanos) {
        if (!started) {
            machine.watchdog().acquire();
            started = true;
        }
        task.time = machine.nanoTime() + Math.min(delayNanos, MAX_DELAY);
        task.number = ++lastNumber;
        tasks.add(task);
        try {
            machine.watchdog().schedule(this, task.time);
        } catch (Throwable e) { // no memory
            tasks.remove(task);
            throw e;
        }
    }

    /** Runs all tasks now, and from now on those that are scheduled, each in {@link #schedule}. */
    void hurry() {
        running.lock(); // behind the task that the watchdog runs, if any; it runs none any more
        try {
            synchronized (this) {
                hurries = true;
            }
        } finally {
            running.unlock();
        }
        Task next = poll(0, true);
        while (next != null) {
            run(next);
            next = poll(0, true);
        }
    }

    /** {@return whether the task had not begun, and never will now: the caller does its work instead} */
    synchronized boolean cancel(Task task) {
        return tasks.remove(task);
    }

    /**
     * Gives back the memory of a datagram that a task, or who has cancelled it, has passed on.
     *
     * @param length the length of its payload
     */
    void release(int length) {
        memory.release(length);
    }

    private void run(Task task) {
        try {
            task.work.run();
        } catch (Throwable e) { // no memory, usually; the others go on
            errors.report(e);
        }
    }

    /** Discards all scheduled tasks, and from now on those that come. */
    void close() {
        List<Task> discarded;
        running.lock(); // behind the task that the watchdog runs, if any
        try {
            discarded = end();
        } finally {
            running.unlock();
        }
        for (Task each : discarded) {
            memory.release(each.length);
        }
        for (Task each : discarded) {
            try {
                each.later.discarded();
            } catch (Throwable e) { // no memory, usually; the others have to be notified as well
                errors.report(e);
            }
        }
    }

    private synchronized List<Task> end() {
        closed = true;
        List<Task> waiting = List.copyOf(tasks);
        tasks.clear();
        if (started) {
            started = false;
            machine.watchdog().release(this);
        }
        return waiting;
    }

    @Override
    long look(long now) {
        while (true) {
            running.lock();
            try {
                Task due = poll(now, false);
                if (due == null) {
                    return next();
                }
                run(due);
            } finally {
                running.unlock();
            }
        }
    }

    private synchronized long next() {
        Task next = tasks.peek();
        return next == null || hurries ? Watchdog.NEVER : next.time;
    }

    /** {@return the next task if its time has come, or anyhow, removed from the queue} */
    private synchronized @Nullable Task poll(long now, boolean early) {
        Task next = tasks.peek();
        if (next == null || !early && (hurries || next.time - now > 0)) {
            return null;
        }
        tasks.remove();
        return next;
    }
}
