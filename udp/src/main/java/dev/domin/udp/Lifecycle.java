package dev.domin.udp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The threads of one endpoint, and how far its closing has come. The lock order is in docs/concurrency.md. */
final class Lifecycle {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ArrayList<Worker> workers = new ArrayList<>(1);
    private final long timeoutNanos;
    private final long graceNanos;
    private volatile boolean closing;
    private long closeBegan;
    private boolean transportClosed;
    private boolean released;

    Lifecycle(long timeoutNanos, long graceNanos) {
        this.timeoutNanos = timeoutNanos;
        this.graceNanos = graceNanos;
    }

    /** {@return how long a packet may take, in nanoseconds, or -1} */
    long timeoutNanos() {
        return timeoutNanos;
    }

    boolean closing() {
        return closing;
    }

    /** {@return whether this call is the one that begins the closing} */
    synchronized boolean beginClose() {
        if (closing) {
            return false;
        }
        closeBegan = System.nanoTime();
        closing = true;
        notifyAll();
        return true;
    }

    synchronized long closeBegan() {
        return closeBegan;
    }

    /** {@return until when handlers may go on, on the clock of {@link System#nanoTime}} */
    synchronized long graceEnd() {
        return closeBegan + graceNanos;
    }

    /** {@return whether the worker may start; not any more, once the endpoint closes} */
    synchronized boolean join(Worker worker) {
        return !closing && workers.add(worker);
    }

    /** {@return whether everything is over} */
    synchronized boolean leave(Worker worker) {
        workers.remove(worker);
        notifyAll();
        return over();
    }

    /** {@return whether everything is over} */
    synchronized boolean transportClosed() {
        transportClosed = true;
        notifyAll();
        return over();
    }

    synchronized boolean hasWorkers() {
        return !workers.isEmpty();
    }

    synchronized Worker[] workers() {
        return workers.toArray(new Worker[0]);
    }

    synchronized boolean hasLeft(Worker worker) {
        return !workers.contains(worker);
    }

    /** Waits a moment, or until the endpoint closes. */
    synchronized void pause(long millis) {
        long end = System.nanoTime() + millis * NANOS_PER_MILLI;
        try {
            long left = millis * NANOS_PER_MILLI;
            while (!closing && left > 0) {
                wait(left / NANOS_PER_MILLI + 1);
                left = end - System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until all threads have ended that can be waited for: not the calling one, nor those that are inside the
     * shutdown of another endpoint, which may be waiting for this one, nor, for a thread of this endpoint, those that
     * are inside its shutdown as well.
     *
     * @param self the calling thread, if it belongs to any endpoint, or null
     * @param deadline when to stop waiting, on the clock of {@link System#nanoTime}; {@link Long#MAX_VALUE}: never
     * @return whether that came about
     */
    synchronized boolean awaitEnd(@Nullable Worker self, long deadline) throws InterruptedException {
        while (!settled(self)) {
            if (!awaitChange(deadline)) {
                return false;
            }
        }
        return true;
    }

    /** What the endpoint held has been given back, and its handler has been told. */
    synchronized void released() {
        released = true;
        notifyAll();
    }

    /** Waits until everything has been given back. */
    synchronized void awaitReleased() throws InterruptedException {
        while (!released) {
            wait();
        }
    }

    synchronized boolean isTerminated() {
        return over();
    }

    /** {@return the threads that are inside the shutdown of another endpoint} */
    synchronized List<Worker> inForeignShutdown() {
        List<Worker> found = new ArrayList<>();
        for (Worker worker : workers) {
            if (worker.inForeignShutdown()) {
                found.add(worker);
            }
        }
        return found;
    }

    /**
     * Waits until the transport is closed, but not for a thread that is inside the shutdown of another endpoint without
     * having a packet that could be taken from it: a listener or an observer has called that, and it may be waiting for
     * this endpoint.
     *
     * @param deadline when to stop waiting, as in {@link #awaitEnd}
     * @return whether that came about
     */
    synchronized boolean awaitTransportClosed(long deadline) throws InterruptedException {
        while (!transportClosed && !anyInForeignShutdownOutsideHandler()) {
            if (!awaitChange(deadline)) {
                return false;
            }
        }
        return true;
    }

    private boolean anyInForeignShutdownOutsideHandler() {
        for (int i = 0; i < workers.size(); i++) {
            Worker worker = workers.get(i);
            if (worker.inForeignShutdown() && !worker.isInHandler()) {
                return true;
            }
        }
        return false;
    }

    /**
     * {@return whether something has changed, or may have; otherwise the deadline has passed} Called with the monitor
     * held.
     */
    @SuppressWarnings("WaitNotInLoop") // its callers have the loop
    private boolean awaitChange(long deadline) throws InterruptedException {
        if (deadline == Long.MAX_VALUE) {
            wait();
            return true;
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        wait(left / NANOS_PER_MILLI + 1);
        return true;
    }

    private boolean settled(@Nullable Worker self) {
        boolean own = self != null && self.belongsTo(this);
        for (int i = 0; i < workers.size(); i++) {
            Worker worker = workers.get(i);
            boolean free = worker == self || worker.inForeignShutdown() || own && worker.inShutdown();
            if (!free) {
                return false;
            }
        }
        return true;
    }

    private boolean over() {
        return transportClosed && workers.isEmpty();
    }
}
