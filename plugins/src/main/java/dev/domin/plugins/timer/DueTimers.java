package dev.domin.plugins.timer;

import java.util.Arrays;

/**
 * Timers in the order in which they are due: a binary heap. Each timer has its index in the heap, so that any can be
 * removed. Removing a timer and adding it again allocates no memory. Not safe for use by several threads.
 */
final class DueTimers {

    /** The index of a timer that is not in the heap. */
    static final int OUTSIDE = -1;

    private static final int FIRST_ROOM = 8;

    private Timer[] heap = new Timer[FIRST_ROOM]; // the one at i is not due before the one at (i - 1) / 2
    private int size;

    /** Makes room for a number of timers. */
    void ensureRoom(int timers) {
        if (timers > heap.length) {
            heap = Arrays.copyOf(heap, Math.max(timers, 2 * heap.length));
        }
    }

    /** {@return the timer that is due first, or null} */
    Timer first() {
        return heap[0];
    }

    /** Adds a timer. {@link #ensureRoom} must have been called for it. */
    void add(Timer timer) {
        up(size++, timer);
    }

    /** Removes a timer, if it is in the heap. */
    void remove(Timer timer) {
        int hole = timer.heapIndex;
        if (hole == OUTSIDE) {
            return;
        }
        timer.heapIndex = OUTSIDE;
        var last = heap[--size];
        heap[size] = null;
        if (hole == size) {
            return;
        }
        if (hole > 0 && isBefore(last, heap[(hole - 1) / 2])) {
            up(hole, last);
        } else {
            down(hole, last);
        }
    }

    void clear() {
        for (int i = 0; i < size; i++) {
            heap[i].heapIndex = OUTSIDE;
            heap[i] = null;
        }
        size = 0;
    }

    private void up(int from, Timer timer) {
        int at = from;
        while (at > 0 && isBefore(timer, heap[(at - 1) / 2])) {
            put(at, heap[(at - 1) / 2]);
            at = (at - 1) / 2;
        }
        put(at, timer);
    }

    private void down(int from, Timer timer) {
        int at = from;
        while (true) {
            int child = 2 * at + 1;
            if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (child >= size || !isBefore(heap[child], timer)) {
                put(at, timer);
                return;
            }
            put(at, heap[child]);
            at = child;
        }
    }

    private void put(int index, Timer timer) {
        heap[index] = timer;
        timer.heapIndex = index;
    }

    /** Orders timers by their due times, and those with the same due time by their ids. */
    private static boolean isBefore(Timer a, Timer b) {
        long difference = a.dueNanos - b.dueNanos; // the clock may overflow, differences do not
        return difference < 0 || difference == 0 && a.id < b.id;
    }
}
