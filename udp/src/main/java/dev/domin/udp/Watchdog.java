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

    private static final long RETRY_NANOS = 100_000_000;

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

    private final Machine machine;
    private final PriorityQueue<Watch> queue = new PriorityQueue<>();
    private volatile @Nullable Thread thread; // written with the monitor held
    private int users;

    Watchdog(Machine machine) {
        this.machine = machine;
    }

    /** Keeps the thread running until {@link #release}. */
    synchronized void acquire() {
        if (thread == null) {
            Thread fresh = new Thread(null, this, "domin-udp-watchdog", 0, false);
            fresh.setDaemon(true);
            machine.start(fresh);
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
            watch.queued = false;
        }
        Watch first = queue.peek();
        boolean sooner = first == null || time - first.lookAt < 0;
        watch.lookAt = time;
        queue.add(watch); // may throw for lack of memory
        watch.queued = true;
        if (sooner && Thread.currentThread() != thread) {
            LockSupport.unpark(thread);
        }
    }

    /** {@return whether the calling thread is the watchdog's, which must not wait} */
    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void run() {
        while (true) {
            long pause;
            try {
                pause = lookAtNext();
            } catch (Throwable e) { // this thread must not end
                pause = RETRY_NANOS;
            }
            if (pause == NEVER) {
                if (hasEnded()) {
                    return;
                }
                LockSupport.park(this);
            } else if (pause > 0) {
                LockSupport.parkNanos(this, pause);
            }
            Thread.interrupted(); // an interrupt would end the next pause at once
        }
    }

    /**
     * Looks at the next watch if its time has come. Called by the thread of the watchdog.
     *
     * @return for how many nanoseconds to pause before the next call; at most 0 if this has looked at a watch; {@link
     *     #NEVER} if there is none
     */
    long lookAtNext() {
        Watch due;
        synchronized (this) {
            Watch first = queue.peek();
            if (first == null) {
                return NEVER;
            }
            long pause = first.lookAt - machine.nanoTime();
            if (pause > 0) {
                return pause;
            }
            due = queue.poll();
            due.queued = false;
        }
        check(due);
        return 0;
    }

    /** {@return whether the thread ends, since nobody uses it} */
    private synchronized boolean hasEnded() {
        if (users > 0 || !queue.isEmpty()) {
            return false;
        }
        thread = null;
        return true;
    }

    private void check(Watch watch) {
        long next;
        try {
            next = watch.look(machine.nanoTime());
        } catch (Throwable e) {
            next = watch.lookAt + RETRY_NANOS; // out of memory, usually; the endpoint must keep its deadlines
        }
        if (next != NEVER) {
            schedule(watch, next);
        }
    }
}
