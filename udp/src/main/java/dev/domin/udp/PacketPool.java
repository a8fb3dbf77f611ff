package dev.domin.udp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The packets of one endpoint, created when first needed, up to a limit. The receiver keeps one as long as it is in
 * time; late handlers keep theirs.
 */
final class PacketPool {

    private final int most;
    private Packet[] all = {};
    private Packet[] free = {};
    private int made;
    private int freeCount;
    private boolean closed;

    PacketPool(int most) {
        this.most = most;
    }

    /** Creates a packet for the pool. */
    interface Maker {
        Packet make();
    }

    /** {@return a packet, or null if all are in use} */
    synchronized @Nullable Packet take(Maker maker) {
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
        Packet packet = maker.make();
        all[made++] = packet;
        return packet;
    }

    synchronized void putBack(Packet packet) {
        if (freeCount < free.length) {
            free[freeCount++] = packet;
        }
    }

    /** {@return all packets created so far, in a new array} */
    synchronized Packet[] all() {
        return Arrays.copyOf(all, made);
    }

    /** Removes all packets. From now on there are none. */
    synchronized void clear() {
        all = new Packet[0];
        free = all;
        made = 0;
        freeCount = 0;
        closed = true;
    }
}
