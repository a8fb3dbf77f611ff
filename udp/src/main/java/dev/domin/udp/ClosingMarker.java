package dev.domin.udp;

import dev.domin.udp.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The datagram that a closing endpoint sends to itself. It wakes the receiver; packets that the socket returns before
 * it had arrived when the closing began, those behind it came later.
 *
 * <p>Each marker has a number, so that a marker that was lost can be distinguished from one that is still queued. Sent
 * by the thread that closes and by the receiver; recognized by the receiver only.
 */
final class ClosingMarker {

    private static final long MAGIC = 0x646F6D696E656E64L;
    private static final int NUMBER_OFFSET = 16;
    private static final int LENGTH = 24;

    private final Transport transport;
    private final ByteBuffer outgoing = ByteBuffer.allocate(LENGTH); // guarded by this object's monitor, as the next
    private int sent; // how many markers the system took; the number of the next one
    private int known; // how many numbers have been used: those of the markers that may arrive

    private final ByteBuffer expected; // belongs to the receiver, as the next
    private int lost = -1; // how many were sent before the one that was received; -1 until then

    ClosingMarker(Transport transport) {
        this.transport = transport;
        outgoing.putLong(0, MAGIC).putLong(Long.BYTES, System.nanoTime());
        expected = ByteBuffer.wrap(outgoing.array().clone());
    }

    /**
     * Sends another marker. Where that fails, the marker may have been sent all the same: an interrupt is noticed after
     * the system has taken it. So its number stays known, and is used again.
     *
     * @return whether the system took it; it may lose it all the same, in a full queue
     */
    synchronized boolean send() {
        known = sent + 1; // before it is sent: the receiver must know every marker that may arrive
        outgoing.putInt(NUMBER_OFFSET, sent);
        try {
            transport.sendMarker(outgoing.array());
            sent++;
            return true;
        } catch (IOException | RuntimeException | Error e) {
            return false;
        }
    }

    /** {@return whether a packet of the last batch is a marker} */
    boolean isAt(int index) {
        for (int number = known() - 1; number >= 0; number--) {
            expected.putInt(NUMBER_OFFSET, number);
            if (transport.isOwn(index, expected.array())) {
                lost = number;
                return true;
            }
        }
        return false;
    }

    /** {@return whether a datagram that an endpoint has sent to itself is a marker} */
    static boolean isMarker(byte[] bytes, int offset, int length) {
        return length == LENGTH && ByteBuffer.wrap(bytes).getLong(offset) == MAGIC;
    }

    boolean seen() {
        return lost >= 0;
    }

    /** {@return how many markers the system has lost, once one has been seen} */
    int lost() {
        return lost;
    }

    private synchronized int known() {
        return known;
    }
}
