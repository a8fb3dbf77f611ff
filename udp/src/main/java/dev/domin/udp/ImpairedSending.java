package dev.domin.udp;

import dev.domin.udp.transport.PacketBuffer;
import dev.domin.udp.transport.SendReport;
import dev.domin.udp.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sends datagrams through an impairment. Answers are sent by the receiver, other datagrams by any thread. */
final class ImpairedSending {

    private final Transport inner;
    private final UdpImpairment impairment;
    private final Accounts accounts;
    private final Errors errors;
    private final DelayedTasks delayed;
    private final AfterNext<LateDatagram> afterNext;
    private final Reply reply = new Reply(); // belongs to the receiver

    ImpairedSending(Transport inner, UdpImpairment impairment, Accounts accounts, DelayedTasks delayed, Errors errors) {
        this.inner = inner;
        this.impairment = impairment;
        this.accounts = accounts;
        this.delayed = delayed;
        this.errors = errors;
        this.afterNext = new AfterNext<>(delayed, this::sendLate);
    }

    /** A copy of a datagram that is sent later. */
    private static final class LateDatagram {
        final byte[] payload;
        final InetSocketAddress to;
        final long number; // of the packet that it answers, or 0
        final UdpImpairment.Later later;

        LateDatagram(byte[] payload, InetSocketAddress to, long number, UdpImpairment.Later later) {
            this.payload = payload;
            this.to = to;
            this.number = number;
            this.later = later;
        }
    }

    /** The part of the outlets that does not send at once. */
    private abstract class Outlet implements UdpImpairment.Outlet {

        @Override
        public final boolean pass(byte[] bytes, int offset, int length, long delayNanos, UdpImpairment.Later later) {
            if (delayNanos > 0) {
                LateDatagram late = copy(bytes, offset, length, later);
                return delayed.schedule(new DelayedTasks.Task(length, () -> sendLate(late), later), delayNanos);
            }
            Packet.checkPayload(length);
            sendNow(bytes, offset, length);
            later.passed();
            return true;
        }

        @Override
        public final boolean passAfterNext(
                byte[] bytes, int offset, int length, long maxDelayNanos, UdpImpairment.Later later) {
            return maxDelayNanos <= 0
                    ? pass(bytes, offset, length, 0, later)
                    : afterNext.keep(copy(bytes, offset, length, later), length, maxDelayNanos, later);
        }

        private LateDatagram copy(byte[] bytes, int offset, int length, UdpImpairment.Later later) {
            Packet.checkPayload(length);
            return new LateDatagram(Arrays.copyOfRange(bytes, offset, offset + length), to(), number(), later);
        }

        abstract void sendNow(byte[] bytes, int offset, int length);

        abstract InetSocketAddress to();

        abstract long number();
    }

    /** For answers. */
    private final class Reply extends Outlet {
        private @Nullable PacketBuffer answered;
        private @Nullable SendReport report;
        private boolean held;

        void begin(PacketBuffer packet, SendReport to) {
            answered = packet;
            report = to;
            held = false;
        }

        /** {@return whether an answer is held} */
        boolean end() {
            answered = null;
            report = null;
            return held;
        }

        @Override
        void sendNow(byte[] bytes, int offset, int length) {
            held |= inner.reply(bytes, offset, length, answered(), Objects.requireNonNull(report));
        }

        @Override
        InetSocketAddress to() {
            return answered().sender();
        }

        @Override
        long number() {
            return answered().number();
        }

        private PacketBuffer answered() {
            return Objects.requireNonNull(
                    answered, "an outlet is valid only during the call that it is a parameter of");
        }
    }

    /** For what the users of the endpoint send. */
    private final class Send extends Outlet {
        private final InetSocketAddress to;
        private @Nullable IOException problem;

        Send(InetSocketAddress to) {
            this.to = to;
        }

        @Override
        void sendNow(byte[] bytes, int offset, int length) {
            try {
                inner.send(bytes, offset, length, to);
                accounts.sent(1);
            } catch (IOException e) {
                problem = e;
            }
        }

        @Override
        InetSocketAddress to() {
            return to;
        }

        @Override
        long number() {
            return 0;
        }
    }

    /** See {@link Transport#reply}. */
    boolean reply(byte[] bytes, int offset, int length, PacketBuffer to, SendReport report) {
        List<AfterNext.Kept<LateDatagram>> before = afterNext.take();
        reply.begin(to, report);
        impair(to.number(), bytes, offset, length, to.sender(), reply);
        boolean held = reply.end();
        if (before.isEmpty()) {
            return held;
        }
        inner.flush(true, report); // what is sent at once is sent before what is held
        afterNext.release(before, this::sendLate);
        return false;
    }

    /** See {@link Transport#send}. */
    void send(byte[] bytes, int offset, int length, InetSocketAddress to) throws IOException {
        List<AfterNext.Kept<LateDatagram>> before = afterNext.take();
        Send outlet = new Send(to);
        impair(0, bytes, offset, length, to, outlet);
        afterNext.release(before, this::sendLate);
        IOException problem = outlet.problem;
        if (problem != null) {
            throw problem;
        }
    }

    private void impair(
            long number, byte[] bytes, int offset, int length, InetSocketAddress to, UdpImpairment.Outlet outlet) {
        try {
            impairment.sending(number, bytes, offset, length, to, outlet);
        } catch (Throwable e) {
            errors.report(e);
        }
    }

    /** Sends what was delayed or kept. Called by the watchdog, or behind the next datagram. */
    private void sendLate(LateDatagram datagram) {
        boolean passed = false;
        try {
            passed = sendNow(datagram);
        } finally {
            delayed.release(datagram.payload.length);
            if (passed) {
                datagram.later.passed();
            } else {
                datagram.later.discarded();
            }
        }
    }

    /** {@return false if the endpoint has closed} */
    private boolean sendNow(LateDatagram datagram) {
        try {
            inner.send(datagram.payload, 0, datagram.payload.length, datagram.to);
            accounts.sent(1);
        } catch (ClosedChannelException e) {
            return false;
        } catch (PortUnreachableException e) {
            // That no socket is bound there is no error.
        } catch (IOException e) {
            accounts.observation().refused(datagram.number, datagram.to, e);
            errors.report(e);
        }
        return true;
    }
}
