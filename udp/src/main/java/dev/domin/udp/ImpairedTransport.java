package dev.domin.udp;

import dev.domin.udp.transport.PacketBuffer;
import dev.domin.udp.transport.SendReport;
import dev.domin.udp.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transport behind an impairment. Its batches are copies of what the impairment lets through. The receiver is woken
 * for a packet that was held back by a datagram that the socket sends to itself.
 */
final class ImpairedTransport implements Transport {

    private static final byte[] WAKE = {'d', 'o', 'm', 'i', 'n', ' ', 'w', 'a', 'k', 'e'};

    /** A packet on its way in. */
    private static final class Arrival {
        final byte[] payload;
        final InetSocketAddress sender;

        Arrival(byte[] payload, InetSocketAddress sender) {
            this.payload = payload;
            this.sender = sender;
        }
    }

    private final Transport inner;
    private final UdpImpairment impairment;
    private final Errors errors;
    private final DelayedTasks delayed = new DelayedTasks();
    private final List<Arrival> ready = new ArrayList<>(); // held back and due now; guarded by itself
    private final Packet view; // what the impairment is shown
    private List<Arrival> batch = List.of(); // belongs to the receiver

    @SuppressWarnings("NullAway") // an impairment is shown payload and sender, which need no engine
    ImpairedTransport(Transport inner, UdpImpairment impairment, Errors errors) {
        this.inner = inner;
        this.impairment = impairment;
        this.errors = errors;
        this.view = new Packet(null, null, new Accounts(null, errors), 0);
    }

    @Override
    public InetSocketAddress localAddress() {
        return inner.localAddress();
    }

    @Override
    public int receiveBufferBytes() {
        return inner.receiveBufferBytes();
    }

    @Override
    public int receive() throws IOException {
        return impair(inner.receive());
    }

    @Override
    public int receiveNow() throws IOException {
        return impair(inner.receiveNow());
    }

    private int impair(int packets) {
        List<Arrival> passed = new ArrayList<>();
        for (int i = 0; i < packets; i++) {
            if (!inner.isOwn(i, WAKE)) {
                inner.take(i, view.buffer());
                InetSocketAddress sender = view.sender();
                if (sender.equals(localAddress())) { // the engine's own, or forged: no network is between us
                    passed.add(new Arrival(view.payload(), sender));
                } else {
                    impair(sender, passed);
                }
            }
        }
        synchronized (ready) {
            passed.addAll(ready);
            ready.clear();
        }
        batch = passed;
        return passed.size();
    }

    private void impair(InetSocketAddress sender, List<Arrival> passed) {
        try {
            impairment.received(view, (bytes, offset, length, delayNanos) -> {
                Packet.checkPayload(length);
                Arrival arrival = new Arrival(Arrays.copyOfRange(bytes, offset, offset + length), sender);
                if (delayNanos <= 0) {
                    passed.add(arrival);
                } else {
                    delayed.schedule(delayNanos, () -> arrive(arrival));
                }
            });
        } catch (Throwable e) {
            errors.report(e);
        }
    }

    private void arrive(Arrival arrival) {
        synchronized (ready) {
            ready.add(arrival);
        }
        try {
            inner.send(WAKE, 0, WAKE.length, localAddress());
        } catch (IOException e) {
            errors.report(e); // it comes with the next packet
        }
    }

    @Override
    public boolean isOwn(int index, byte[] payload) {
        Arrival arrival = batch.get(index);
        return arrival.sender.equals(localAddress()) && Arrays.equals(arrival.payload, payload);
    }

    @Override
    public void take(int index, PacketBuffer into) {
        Arrival arrival = batch.get(index);
        into.prepare(arrival.payload.length, arrival.sender);
        System.arraycopy(arrival.payload, 0, into.array(), into.offset(), arrival.payload.length);
    }

    @Override
    public boolean reply(byte[] bytes, int offset, int length, PacketBuffer to, SendReport report) {
        boolean[] held = {false};
        InetSocketAddress client = to.sender();
        impair(bytes, offset, length, client, (some, start, size, delayNanos) -> {
            Packet.checkPayload(size);
            if (delayNanos <= 0) {
                held[0] |= inner.reply(some, start, size, to, report);
            } else {
                byte[] copy = Arrays.copyOfRange(some, start, start + size);
                delayed.schedule(delayNanos, () -> sendLater(copy, client, report));
            }
        });
        return held[0];
    }

    private void sendLater(byte[] payload, InetSocketAddress to, SendReport report) {
        try {
            inner.send(payload, 0, payload.length, to);
            report.sent(1);
        } catch (IOException e) {
            report.refused(e);
        }
    }

    @Override
    public void flush(boolean mayWait, SendReport report) {
        inner.flush(mayWait, report);
    }

    @Override
    public void send(byte[] bytes, int offset, int length, InetSocketAddress to) throws IOException {
        if (to.equals(localAddress())) { // the engine's own
            inner.send(bytes, offset, length, to);
            return;
        }
        IOException[] problem = {null};
        impair(bytes, offset, length, to, (some, start, size, delayNanos) -> {
            Packet.checkPayload(size);
            if (delayNanos > 0) {
                byte[] copy = Arrays.copyOfRange(some, start, start + size);
                delayed.schedule(delayNanos, () -> sendLate(copy, to));
            } else {
                try {
                    inner.send(some, start, size, to);
                } catch (IOException e) {
                    problem[0] = e;
                }
            }
        });
        if (problem[0] != null) {
            throw problem[0];
        }
    }

    private void sendLate(byte[] payload, InetSocketAddress to) {
        try {
            inner.send(payload, 0, payload.length, to);
        } catch (IOException e) {
            errors.report(e);
        }
    }

    private void impair(byte[] bytes, int offset, int length, InetSocketAddress to, UdpImpairment.Outlet outlet) {
        try {
            impairment.sending(bytes, offset, length, to, outlet);
        } catch (Throwable e) {
            errors.report(e);
        }
    }

    @Override
    public void reopen() throws IOException {
        inner.reopen();
    }

    @Override
    public void close() {
        delayed.close();
        inner.close();
    }

    @Override
    public void release() {
        inner.release();
    }

    @Override
    public long lostPackets() {
        return inner.lostPackets();
    }

    @Override
    public boolean batching() {
        return inner.batching();
    }

    @Override
    public @Nullable String batchingProblem() {
        return inner.batchingProblem();
    }

    @Override
    public long polls() {
        return inner.polls();
    }

    @Override
    public long successfulPolls() {
        return inner.successfulPolls();
    }
}
