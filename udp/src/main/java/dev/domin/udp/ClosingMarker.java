package dev.domin.udp;

import dev.domin.udp.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A datagram that a closing endpoint sends to itself. It wakes the receiver, and what the socket gives out before it
 * had arrived when the closing began; what comes behind it arrived later.
 *
 * <p>Sent by the thread that closes, and by the receiver; looked for by the receiver only.
 */
final class ClosingMarker {

    private static final long MAGIC = 0x646F6D696E656E64L;

    private final Transport transport;
    private final byte[] payload =
            ByteBuffer.allocate(24).putLong(MAGIC).putLong(System.nanoTime()).array();
    private final AtomicInteger sent = new AtomicInteger();
    private int seen;

    ClosingMarker(Transport transport) {
        this.transport = transport;
    }

    /** {@return whether the system took another one} */
    boolean send() {
        sent.incrementAndGet(); // first: whoever receives it must know that it may be there
        try {
            transport.send(payload, 0, payload.length, transport.localAddress());
            return true;
        } catch (IOException | RuntimeException | Error e) {
            sent.decrementAndGet();
            return false;
        }
    }

    /** {@return whether a packet of the last batch is one} */
    boolean isAt(int index) {
        if (!transport.isOwn(index, payload)) {
            return false;
        }
        seen++;
        return true;
    }

    boolean seen() {
        return seen > 0;
    }

    /** {@return how many the system has lost, once all others have been seen} */
    int lost() {
        return sent.get() - seen;
    }
}
