package dev.domin.udp;

import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread that watches the deadlines of all endpoints. It exists while an endpoint with a timeout is open, and while
 * it is needed for held answers, a grace period or delayed packets.
 *
 * <p>It knows the endpoints that have been busy lately and sleeps until the earliest moment at which one of their
 * packets can be late; since later packets are late later, no packet has to wake it. An endpoint without a packet for a
 * whole timeout is removed, and schedules itself again with its next packet.
 */
final class Watchdog implements Runnable {

    static final Watchdog SHARED = new Watchdog();

    /** What {@link Watch#look} returns where there is nothing to watch. */
    static final long NEVER = Long.MAX_VALUE;

    /** Something to look at from time to time. */
    abstract static class Watch implements Comparable<Watch> {
        private long lookAt;
        private boolean queued;
        private boolean released;

        /**
         * Looks at it, on the watchdog's thread.
         *
         * @param now the time, on the clock of {@link System#nanoTime}
         * @return when to look again, or {@link #NEVER}
         */
        abstract long look(long now);

        @Override
        public final int compareTo(Watch other) {
            return Long.signum(lookAt - other.lookAt);
        }
    }

    private final PriorityQueue<Watch> queue = new PriorityQueue<>();
    private volatile @Nullable Thread thread; // written with the monitor held
    private int users;

    private Watchdog() {}

    /** Keeps the thread running until {@link #release}. */
    synchronized void acquire() {
        if (thread == null) {
            Thread fresh = new Thread(null, this, "domin-udp-watchdog", 0, false);
            fresh.setDaemon(true);
            fresh.start();
            thread = fresh;
        }
        users++;
    }

    /** Undoes {@link #acquire} and removes the watch for good. */
    synchronized void release(Watch watch) {
        watch.released = true;
        if (watch.queued) {
            queue.remove(watch);
            watch.queued = false;
        }
        users--;
        if (users == 0) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Schedules a look at the watch, unless an earlier one is scheduled.
     *
     * @param watch the watch, for which {@link #acquire} has been called
     * @param time when, on the clock of {@link System#nanoTime}
     */
    synchronized void schedule(Watch watch, long time) {
        if (watch.released) {
            return;
        }
        if (watch.queued) {
            if (watch.lookAt - time <= 0) {
                return;
            }
            queue.remove(watch);
        }
        Watch first = queue.peek();
        boolean sooner = first == null || time - first.lookAt < 0;
        watch.lookAt = time;
        watch.queued = true;
        queue.add(watch);
        if (sooner && Thread.currentThread() != thread) {
            LockSupport.unpark(thread);
        }
    }

    /** {@return whether the calling thread is the watchdog's, which must not wait} */
    static boolean isCurrentThread() {
        return Thread.currentThread() == SHARED.thread;
    }

    /**
     * Runs something that may wait, so that no deadline waits for it. Where no thread can be started, it runs on the
     * calling one.
     *
     * @param work what to run
     * @param name the name of the thread
     * @param loader the thread's context class loader, or null
     */
    static void runOnOtherThread(Runnable work, String name, @Nullable ClassLoader loader) {
        try {
            Thread other = new Thread(null, work, name, 0, false);
            other.setDaemon(true);
            other.setContextClassLoader(loader);
            other.start();
        } catch (OutOfMemoryError e) {
            work.run();
        }
    }

    @Override
    public void run() {
        while (true) {
            Watch due = null;
            long pause = NEVER;
            synchronized (this) {
                Watch first = queue.peek();
                if (first != null) {
                    pause = first.lookAt - System.nanoTime();
                    if (pause <= 0) {
                        due = queue.poll();
                        due.queued = false;
                    }
                } else if (users == 0) {
                    thread = null;
                    return;
                }
            }
            if (due != null) {
                check(due);
            } else if (pause == NEVER) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, pause);
            }
            Thread.interrupted(); // an interrupt would end the next pause at once
        }
    }

    private void check(Watch watch) {
        long now = System.nanoTime();
        long next;
        try {
            next = watch.look(now);
        } catch (Throwable e) {
            next = now + 100_000_000; // out of memory, usually; the endpoint must keep its deadlines
        }
        if (next != NEVER) {
            schedule(watch, next);
        }
    }
}
