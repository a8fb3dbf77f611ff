package dev.domin.udp;

import dev.domin.udp.transport.Transport;
import java.io.IOException;

/**
 * The datagram that an endpoint sends to itself to wake its receiver while it stays open: for delayed packets, and when
 * its socket is handed over. It is no packet: it is neither handled nor counted. One that is still queued when the
 * socket is handed over is recognized by the next endpoint, so this belongs to the socket. Sent by any thread,
 * recognized by the receiver.
 */
final class WakeSignal {

    private static final byte[] PAYLOAD = {'d', 'o', 'm', 'i', 'n', ' ', 'w', 'a', 'k', 'e'};

    private final Transport socket;
    private int sent; // guarded by this object's monitor, as the next
    private int seen;

    WakeSignal(Transport socket) {
        this.socket = socket;
    }

    /** {@return the transport of the socket, without an impairment} */
    Transport socket() {
        return socket;
    }

    /** Wakes the receiver. A full queue loses the datagram, but then the receiver does not wait. */
    synchronized void send() throws IOException {
        socket.send(PAYLOAD, 0, PAYLOAD.length, socket.localAddress());
        sent++;
    }

    /** {@return whether a datagram of the last batch is one that wakes the receiver} */
    boolean isAt(Transport batch, int index) {
        return batch.isOwn(index, PAYLOAD);
    }

    /** {@return how many datagrams of the last batch are no packets} Called once for each batch. */
    int count(Transport batch, int size) {
        int found = 0;
        for (int i = 0; i < size; i++) {
            if (isAt(batch, i)) {
                found++;
            }
        }
        if (found > 0) {
            seen(found);
        }
        return found;
    }

    /** Records that datagrams have been recognized. */
    synchronized void seen(int datagrams) {
        seen += datagrams;
    }

    /** {@return how many have not been recognized: they are queued, or the system has lost them} */
    synchronized int unseen() {
        return Math.max(0, sent - seen);
    }
}
