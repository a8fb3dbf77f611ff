package dev.domin.udp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The threads of one endpoint, and the progress of its closing. The lock order is in docs/concurrency.md. */
final class Lifecycle {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ArrayList<Worker> workers = new ArrayList<>(1);
    private final Machine machine;
    private final long timeoutNanos;
    private final long graceNanos;
    private volatile boolean closing;
    private long closeBegan;
    private volatile @Nullable Handover handover;
    private boolean resting;
    private boolean transportClosed;
    private boolean released;

    Lifecycle(long timeoutNanos, long graceNanos, Machine machine) {
        this.machine = machine;
        this.timeoutNanos = timeoutNanos;
        this.graceNanos = graceNanos;
    }

    Machine machine() {
        return machine;
    }

    /** {@return how long a packet may take, in nanoseconds, or -1} */
    long timeoutNanos() {
        return timeoutNanos;
    }

    boolean closing() {
        return closing;
    }

    /** {@return whether this is the first call, which begins the closing} */
    synchronized boolean beginClose() {
        if (closing) {
            return false;
        }
        if (handover == null) {
            closeBegan = machine.nanoTime();
        }
        closing = true;
        notifyAll();
        return true;
    }

    /** {@return whether this call begins the handing over; false if it has begun, or the endpoint closes} */
    synchronized boolean beginHandover(Handover next) {
        if (closing || handover != null) {
            return false;
        }
        closeBegan = machine.nanoTime();
        handover = next;
        return true;
    }

    /** {@return the handing over of the socket that has begun, or null} */
    @Nullable
    Handover handover() {
        return handover;
    }

    /** {@return whether the socket belongs to another owner, or will soon} */
    boolean hasLeftSocket() {
        return handover != null && closing;
    }

    /**
     * Records that the receiving has ended and the socket is kept.
     *
     * @return whether the endpoint closes
     */
    synchronized boolean rest() {
        resting = true;
        notifyAll();
        return closing;
    }

    /** {@return whether the receiving has ended and the socket is kept} */
    synchronized boolean rests() {
        return resting;
    }

    /** Waits until the receiving has ended with the socket kept, and all threads have ended. */
    synchronized boolean awaitRest(long deadline) throws InterruptedException {
        while (!resting || !workers.isEmpty()) {
            if (!awaitChange(deadline)) {
                return false;
            }
        }
        return true;
    }

    /** {@return for how many nanoseconds it has been closing} */
    synchronized long closingNanos() {
        return machine.nanoTime() - closeBegan;
    }

    /** {@return when the grace period ends, on the clock of {@link System#nanoTime}} */
    synchronized long graceEnd() {
        return closeBegan + graceNanos;
    }

    /** {@return whether the worker may start; false once the endpoint closes} */
    synchronized boolean join(Worker worker) {
        return !closing && workers.add(worker);
    }

    /** {@return whether the endpoint has terminated} */
    synchronized boolean leave(Worker worker) {
        workers.remove(worker);
        notifyAll();
        return terminated();
    }

    /** {@return whether the endpoint has terminated} */
    synchronized boolean transportClosed() {
        transportClosed = true;
        notifyAll();
        return terminated();
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

    /** Waits for some time, or until the endpoint closes. */
    synchronized void pause(long millis) {
        long end = machine.nanoTime() + millis * NANOS_PER_MILLI;
        try {
            long left = millis * NANOS_PER_MILLI;
            while (!closing && left > 0) {
                wait(left / NANOS_PER_MILLI + 1);
                left = end - machine.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until all threads have ended, except for those that may be waiting for the caller: the calling thread,
     * threads inside the shutdown of another endpoint, and, if the caller is a thread of this endpoint, other threads
     * inside its shutdown.
     *
     * @param self the calling thread, if it belongs to any endpoint, or null
     * @param deadline when to stop waiting, on the clock of {@link System#nanoTime}; {@link Long#MAX_VALUE}: never
     * @return whether the condition holds
     */
    synchronized boolean awaitEnd(@Nullable Worker self, long deadline) throws InterruptedException {
        while (!allOthersEnded(self)) {
            if (!awaitChange(deadline)) {
                return false;
            }
        }
        return true;
    }

    /** Records that all resources are released and the handler has been notified. */
    synchronized void released() {
        released = true;
        notifyAll();
    }

    /** Waits until all resources are released. */
    synchronized void awaitReleased() throws InterruptedException {
        while (!released) {
            wait();
        }
    }

    synchronized boolean isTerminated() {
        return terminated();
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
     * Waits until the transport is closed, or until a thread is inside the shutdown of another endpoint without a
     * packet that could be taken from it: a listener or an observer has called that shutdown, which may be waiting for
     * this endpoint.
     *
     * @param deadline when to stop waiting, as in {@link #awaitEnd}
     * @return whether the condition holds
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
     * {@return whether something may have changed; otherwise the deadline has passed} Called with the monitor held.
     */
    @SuppressWarnings("WaitNotInLoop") // its callers have the loop
    private boolean awaitChange(long deadline) throws InterruptedException {
        if (deadline == Long.MAX_VALUE) {
            wait();
            return true;
        }
        long left = deadline - machine.nanoTime();
        if (left <= 0) {
            return false;
        }
        wait(left / NANOS_PER_MILLI + 1);
        return true;
    }

    private boolean allOthersEnded(@Nullable Worker self) {
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

    private boolean terminated() {
        return transportClosed && workers.isEmpty();
    }
}
