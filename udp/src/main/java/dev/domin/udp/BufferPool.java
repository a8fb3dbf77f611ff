package dev.domin.udp;

import java.util.Arrays;

/**
 * The packet buffers of one endpoint, made when first needed, at most so many. The receiver keeps one while it is in
 * time.
 */
final class BufferPool {

    private final int most;
    private Datagram[] all = {};
    private Datagram[] free = {};
    private int made;
    private int freeCount;
    private boolean closed;

    BufferPool(int most) {
        this.most = most;
    }

    /** {@return a buffer, or null if all are in use} */
    synchronized Datagram take(Reception reception, int headroom) {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        if (closed || made == most) {
            return null;
        }
        if (made == all.length) {
            int size = Math.min(most, Math.max(2, 2 * made));
            all = Arrays.copyOf(all, size);
            free = Arrays.copyOf(free, size);
        }
        Datagram datagram = new Datagram(reception, headroom);
        all[made++] = datagram;
        return datagram;
    }

    synchronized void giveBack(Datagram datagram) {
        if (freeCount < free.length) {
            free[freeCount++] = datagram;
        }
    }

    /** {@return all buffers made so far, in a fresh array} */
    synchronized Datagram[] all() {
        return Arrays.copyOf(all, made);
    }

    /** Lets all buffers go; there will be no packet any more. */
    synchronized void clear() {
        all = new Datagram[0];
        free = all;
        made = 0;
        freeCount = 0;
        closed = true;
    }
}
