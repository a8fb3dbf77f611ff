package dev.domin.testkit.capture;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A thread that flushes a buffer a fixed time after the first byte was put into it. While the buffer is empty, the
 * thread sleeps without waking up. All methods are called with the lock held.
 */
final class FlushTimer {

    /** Half of what {@link CaptureWriter} promises, for a machine whose cores are busy. */
    private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ReentrantLock lock;
    private final Condition wakeUp;
    private final Runnable flush;
    private final Thread thread;

    private boolean pending;
    private long pendingSince;

    /** Whether the thread sleeps until it is woken up. */
    private boolean idle;

    private boolean stopped;

    /**
     * Creates a timer; {@link #start} starts it.
     *
     * @param name the name of the thread
     * @param lock guards the buffer
     * @param flush writes the buffer, with the lock held, and calls {@link #flushed}; it must not throw
     */
    FlushTimer(String name, ReentrantLock lock, Runnable flush) {
        this.lock = lock;
        this.wakeUp = lock.newCondition();
        this.flush = flush;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Something was put into the buffer. */
    void pending() {
        if (!pending) {
            pending = true;
            pendingSince = System.nanoTime();
            if (idle) {
                wakeUp.signal();
            }
        }
    }

    /** The buffer is empty. */
    void flushed() {
        pending = false;
    }

    /** Ends the thread, as soon as the lock is free. */
    void stop() {
        stopped = true;
        wakeUp.signal();
    }

    /** Waits until the thread has ended; called without the lock. */
    void join() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        lock.lock();
        try {
            while (!stopped) {
                // What was pending may have been flushed, and something else be pending, when the wait is over.
                long rest = pending ? pendingSince + DELAY_NANOS - System.nanoTime() : Long.MAX_VALUE;
                if (rest <= 0) {
                    flush.run();
                    continue;
                }
                idle = !pending;
                try {
                    var unused = wakeUp.awaitNanos(rest);
                } catch (InterruptedException e) {
                    // Nobody has this thread but a debugger; it looks again at once.
                }
                idle = false;
            }
        } finally {
            lock.unlock();
        }
    }
}
