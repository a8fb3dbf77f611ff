package dev.domin.udp;

import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that looks after deadlines, for all endpoints together. It exists while an endpoint with a timeout
 * is open, and for as long as others need it: for answers that are held, a grace, or delayed packets.
 *
 * <p>It knows the endpoints that have been busy lately and sleeps until the earliest moment at which one of their
 * packets can be late; since every packet taken up later is late later, nobody has to wake it for a packet. An
 * endpoint that has had no packet for a whole timeout is forgotten, and makes itself known again with its next one.
 */
final class Watchdog implements Runnable {

    static final Watchdog SHARED = new Watchdog();

    /** What {@link Watch#look} answers where there is nothing to look after. */
    static final long NEVER = Long.MAX_VALUE;

    /** Something to look after from time to time. */
    abstract static class Watch implements Comparable<Watch> {
        private long lookAt;
        private boolean queued;
        private boolean released;

        /**
         * Looks after it, on the watchdog's thread.
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

    /** Sees to it that the thread is there until {@link #release}. */
    synchronized void acquire() {
        if (thread == null) {
            Thread fresh = new Thread(null, this, "domin-udp-watchdog", 0, false);
            fresh.setDaemon(true);
            fresh.start();
            thread = fresh;
        }
        users++;
    }

    /** Undoes {@link #acquire} and forgets the watch for good. */
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
     * Looks after the watch at the given time, or earlier if that had been asked for.
     *
     * @param watch whose user has called {@link #acquire}
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
                lookAfter(due);
            } else if (pause == NEVER) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, pause);
            }
            Thread.interrupted(); // else the next sleep would be none
        }
    }

    private void lookAfter(Watch watch) {
        long now = System.nanoTime();
        long next;
        try {
            next = watch.look(now);
        } catch (Throwable e) {
            next = now + 100_000_000; // out of memory, most likely: no endpoint may lose its deadlines over that
        }
        if (next != NEVER) {
            schedule(watch, next);
        }
    }
}
