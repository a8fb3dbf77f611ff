package dev.domin.runtime;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Admits one writer at a time, in order of arrival. Not reentrant. The path without contention is short, since it is
 * part of every {@code printf}.
 */
final class WriteOrder {

    private final AtomicBoolean taken = new AtomicBoolean();
    private final ArrayDeque<Thread> waiting = new ArrayDeque<>(); // guarded by itself
    private volatile boolean contended; // whether any thread waits

    /** Waits for the calling thread's turn. */
    void enter() throws InterruptedException {
        if (contended || !taken.compareAndSet(false, true)) {
            enterInTurn();
        }
    }

    /** Ends the calling thread's turn. */
    void leave() {
        taken.set(false);
        if (contended) {
            wake();
        }
    }

    private void enterInTurn() throws InterruptedException {
        var me = Thread.currentThread();
        synchronized (waiting) {
            waiting.add(me);
            // both sides write first and then read: the leaving thread sees us, or we see that it left
            contended = true;
            try {
                while (waiting.peek() != me || !taken.compareAndSet(false, true)) {
                    waiting.wait();
                }
            } finally {
                waiting.remove(me);
                contended = !waiting.isEmpty();
                waiting.notifyAll();
            }
        }
    }

    private void wake() {
        synchronized (waiting) {
            waiting.notifyAll();
        }
    }
}
