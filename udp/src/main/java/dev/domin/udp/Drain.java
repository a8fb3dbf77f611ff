package dev.domin.udp;

import dev.domin.udp.transport.Transport;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Counts the packets that a closing endpoint still gets, up to its marker. Used by the receiver, except the marker. */
final class Drain {

    /** Less than what the smallest datagram takes of a socket's receive buffer, so a limit for how many fit into it. */
    private static final int MIN_CHARGE = 256;

    private static final int MIN_PACKETS = 1024;
    private static final int MAX_ERRORS = 8;
    private static final int PACKETS_PER_MARKER = 256;
    private static final long MARKER_NANOS = 100_000_000;
    private static final long MARKER_PAUSE_NANOS = 50_000;

    private final Transport transport;
    private final Engine engine;
    private final ClosingMarker marker;

    Drain(Transport transport, Engine engine) {
        this.transport = transport;
        this.engine = engine;
        this.marker = new ClosingMarker(transport);
    }

    ClosingMarker marker() {
        return marker;
    }

    /**
     * Drops the packets of a batch that was received while the endpoint closes, up to the marker.
     *
     * @param wakes what else is no packet, or null
     */
    void drop(int packets, @Nullable WakeSignal wakes) {
        for (int i = 0; i < packets && !marker.seen(); i++) {
            if (wakes != null && wakes.isAt(transport, i)) {
                wakes.seen(1);
            } else if (!isMarker(i)) {
                engine.accounts().received(1);
                engine.drop(i, Fate.CLOSED);
            }
        }
    }

    /** What cannot be examined, even when this is tried again, counts as a packet. */
    private boolean isMarker(int index) {
        try {
            return marker.isAt(index);
        } catch (Throwable e) {
            engine.errors().report(e);
        }
        try {
            return marker.isAt(index);
        } catch (Throwable e) {
            return false;
        }
    }

    /**
     * Counts what is queued in the socket, up to a marker, so that a flood that goes on does not keep the endpoint
     * open. A full queue has lost the marker that was sent when the closing began. So another one is sent each time
     * that some packets have been read, which makes room for it, and when the queue is empty, behind packets that the
     * system has still to deliver. The size of the queue limits how many packets are read.
     */
    void run(@Nullable WakeSignal wakes) {
        long most = Math.max(MIN_PACKETS, 2L * transport.receiveBufferBytes() / MIN_CHARGE);
        long waitUntil = 0;
        int unmarked = 0;
        int errors = 0;
        while (!marker.seen() && most > 0 && errors < MAX_ERRORS) {
            int packets = 0;
            try {
                packets = transport.receiveNow();
            } catch (ClosedChannelException e) {
                return;
            } catch (Throwable e) {
                errors++;
                continue;
            }
            if (packets > 0) {
                drop(packets, wakes);
                most -= packets;
                unmarked += packets;
                if (unmarked >= PACKETS_PER_MARKER) {
                    unmarked = 0;
                    marker.send();
                }
            } else if (waitUntil == 0) {
                if (!marker.send()) {
                    return;
                }
                waitUntil = engine.lifecycle().machine().nanoTime() + MARKER_NANOS;
            } else if (engine.lifecycle().machine().nanoTime() - waitUntil > 0) {
                return;
            } else {
                LockSupport.parkNanos(this, MARKER_PAUSE_NANOS);
            }
        }
    }
}
