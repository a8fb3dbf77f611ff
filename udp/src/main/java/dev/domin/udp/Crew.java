package dev.domin.udp;

import java.util.ArrayList;

/** The threads of one endpoint, and how far its closing has come. */
final class Crew {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ArrayList<Worker> workers = new ArrayList<>(1);
    private volatile boolean closing;
    private long closeBegan;
    private boolean portClosed;

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
    synchronized boolean portClosed() {
        portClosed = true;
        notifyAll();
        return over();
    }

    synchronized boolean isEmpty() {
        return workers.isEmpty();
    }

    synchronized Worker[] members() {
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
     * Waits until the port is closed and all threads have ended, except those that are inside a shutdown themselves.
     *
     * @param deadline when to stop waiting, on the clock of {@link System#nanoTime}; {@link Long#MAX_VALUE}: never
     * @return whether that came about
     */
    synchronized boolean awaitEnd(long deadline) throws InterruptedException {
        while (!settled()) {
            if (deadline == Long.MAX_VALUE) {
                wait();
            } else {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                wait(left / NANOS_PER_MILLI + 1);
            }
        }
        return true;
    }

    /** Waits until the port is closed and all threads have ended, without exception. */
    synchronized void awaitOver() throws InterruptedException {
        while (!over()) {
            wait();
        }
    }

    synchronized boolean isOver() {
        return over();
    }

    private boolean settled() {
        for (int i = 0; i < workers.size(); i++) {
            if (!workers.get(i).inShutdown()) {
                return false;
            }
        }
        return portClosed || !workers.isEmpty();
    }

    private boolean over() {
        return portClosed && workers.isEmpty();
    }
}
