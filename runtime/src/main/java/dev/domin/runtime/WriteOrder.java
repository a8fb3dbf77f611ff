package dev.domin.runtime;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One writer at a time, in the order in which they come. Not reentrant. Little code where nobody waits, which is nearly
 * always: this is part of every {@code printf}.
 */
final class WriteOrder {

    private final AtomicBoolean taken = new AtomicBoolean();
    private final ArrayDeque<Thread> waiting = new ArrayDeque<>(); // guarded by itself
    private volatile boolean contended; // whether somebody waits

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
            contended = true; // both sides write first and read then: who leaves finds us, or we find that
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
