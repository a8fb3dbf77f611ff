package dev.domin.udp;

import dev.domin.udp.transport.PacketBuffer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the packets of an endpoint and notifies its observer, if there is one. What the observer throws is reported
 * as an error.
 */
final class Observation {

    private final @Nullable UdpObserver observer;
    private final boolean impaired;
    private final Errors errors;
    private long lastNumber; // belongs to the receiver
    private volatile long lateNumber; // a late packet whose fate the observer does not know yet, or 0

    /**
     * Creates the observation of an endpoint.
     *
     * @param impaired whether there is an impairment, which numbers the arrivals
     */
    Observation(@Nullable UdpObserver observer, boolean impaired, Errors errors) {
        this.observer = observer;
        this.impaired = impaired;
        this.errors = errors;
    }

    /** {@return whether there is an observer} */
    boolean hasObserver() {
        return observer != null;
    }

    boolean isImpaired() {
        return impaired;
    }

    /** {@return whether someone needs the numbers of packets: an observer, or an impairment} */
    boolean needsNumbers() {
        return observer != null || impaired;
    }

    /** Notifies the observer of the endpoint, which may throw. */
    void opened(UdpEndpoint endpoint) {
        if (observer != null) {
            observer.opened(endpoint);
        }
    }

    void closed() {
        if (observer != null) {
            try {
                observer.closed();
            } catch (Throwable e) {
                errors.report(e);
            }
        }
    }

    /** Numbers a received packet and shows it to the observer. Called by the receiver. */
    void received(Packet packet) {
        PacketBuffer buffer = packet.buffer();
        long number = ++lastNumber;
        buffer.number(number);
        if (observer != null) {
            try {
                observer.received(number, impaired ? buffer.arrival() : number, new ReadOnlyDatagram(buffer));
            } catch (Throwable e) {
                errors.report(e);
            }
        }
    }

    /** Counts a packet that is not shown to anyone. Called by the receiver. */
    void skip() {
        lastNumber++;
    }

    /** Reports that the handler begins to work on a packet. Called by its thread. */
    void begun(long number) {
        if (observer != null) {
            try {
                observer.begun(number);
            } catch (Throwable e) {
                errors.report(e);
            }
        }
    }

    void decided(long number, Fate fate) {
        if (observer != null) {
            try {
                observer.decided(number, fate);
            } catch (Throwable e) {
                errors.report(e);
            }
        }
    }

    /**
     * Keeps the fate of a late packet whose receiver is replaced until {@link #reportLate}, since an observer that
     * waits must not keep the watchdog from replacing receivers. Called by the watchdog, before the role of the
     * receiver becomes vacant.
     */
    void decidedLate(long number) {
        if (observer != null) {
            lateNumber = number;
        }
    }

    /** Reports the fate of the packet that made the role of the receiver vacant. Called by the new receiver. */
    void reportLate() {
        long number = lateNumber;
        if (number != 0) {
            lateNumber = 0;
            decided(number, Fate.LATE);
        }
    }

    /** Reports a datagram that is to be sent. Called where there is an observer. */
    void sent(long number, byte[] bytes, int offset, int length, InetSocketAddress to) {
        try {
            Objects.requireNonNull(observer).sent(number, bytes, offset, length, to);
        } catch (Throwable e) {
            errors.report(e);
        }
    }

    /** Reports that the system has refused a datagram. An observer that waits does not keep the watchdog waiting. */
    void refused(long number, InetSocketAddress to, IOException problem) {
        UdpObserver notified = observer;
        if (notified != null) {
            errors.call(() -> {
                try {
                    notified.refused(number, to, problem);
                } catch (Throwable e) {
                    errors.report(e);
                }
            });
        }
    }
}
