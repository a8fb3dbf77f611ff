package dev.domin.udp;

import dev.domin.udp.transport.PacketBuffer;
import dev.domin.udp.transport.SendReport;
import dev.domin.udp.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transport behind an impairment. Its batches are copies of the packets that the impairment passes. When a delayed
 * packet is due, a datagram that the socket sends to itself wakes the receiver.
 */
final class ImpairedTransport implements Transport {

    private static final byte[] WAKE = {'d', 'o', 'm', 'i', 'n', ' ', 'w', 'a', 'k', 'e'};

    /** A packet on its way in. */
    private static final class Arrival {
        final byte[] payload;
        final InetSocketAddress sender;
        final long number;

        Arrival(byte[] payload, InetSocketAddress sender, long number) {
            this.payload = payload;
            this.sender = sender;
            this.number = number;
        }
    }

    private static final int INITIAL_CAPACITY = 64;

    /** How many packets {@link #receiveNow} takes at most when the impairment passes none of them. */
    private static final int MAX_RECEIVED = 4096;

    private final Transport inner;
    private final UdpImpairment impairment;
    private final Accounts accounts;
    private final Errors errors;
    private final DelayedTasks delayed = new DelayedTasks();
    private final List<Arrival> ready = new ArrayList<>(); // delayed packets that are due; guarded by itself
    private final Packet view; // what the impairment sees
    private List<Arrival> batch = List.of(); // belongs to the receiver, as the next
    private long arrivals;
    private @Nullable Throwable failure; // why packets behind those of the batch could not be copied

    @SuppressWarnings("NullAway") // an impairment uses payload and sender only, which need no engine
    ImpairedTransport(Transport inner, UdpImpairment impairment, Accounts accounts, Errors errors) {
        this.inner = inner;
        this.impairment = impairment;
        this.accounts = accounts;
        this.errors = errors;
        this.view = new Packet(null, null, accounts, 0);
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
        List<Arrival> passed = new ArrayList<>(INITIAL_CAPACITY); // before packets are taken: it may fail
        return impairAll(inner.receive(), passed);
    }

    @Override
    public int receiveNow() throws IOException {
        List<Arrival> passed = new ArrayList<>(INITIAL_CAPACITY);
        int taken = 0;
        int packets;
        int left;
        do { // 0 means that nothing is queued, not that the impairment has passed nothing
            packets = inner.receiveNow();
            taken += packets;
            left = impairAll(packets, passed);
        } while (packets > 0 && left == 0 && taken < MAX_RECEIVED);
        return left;
    }

    /**
     * {@return how many packets there are, including those that could not be copied, which have to be counted as well}
     */
    private int impairAll(int packets, List<Arrival> passed) {
        int failed = 0;
        for (int i = 0; i < packets; i++) {
            int before = passed.size();
            try {
                impair(i, passed);
            } catch (Throwable e) {
                if (passed.size() == before) {
                    failed++;
                    failure = e;
                }
            }
        }
        batch = passed;
        addReady(passed);
        return passed.size() + failed;
    }

    private void addReady(List<Arrival> passed) {
        try {
            synchronized (ready) {
                passed.addAll(ready);
                ready.clear();
            }
        } catch (OutOfMemoryError e) {
            errors.report(e); // they stay for a later batch
        }
    }

    private void impair(int index, List<Arrival> passed) {
        if (inner.isOwn(index, WAKE)) {
            return;
        }
        long number = ++arrivals;
        inner.take(index, view.buffer());
        InetSocketAddress sender = view.sender();
        if (sender.equals(localAddress())) { // the engine's own, or forged: no network to impair
            if (ClosingMarker.isMarker(view.array(), view.offset(), view.length())) {
                arrivals--; // it has no number
            }
            passed.add(new Arrival(view.payload(), sender, number));
            return;
        }
        try {
            impairment.received(number, new ReadOnlyDatagram(view), (bytes, offset, length, delayNanos) -> {
                Packet.checkPayload(length);
                Arrival arrival = new Arrival(Arrays.copyOfRange(bytes, offset, offset + length), sender, number);
                if (delayNanos <= 0) {
                    passed.add(arrival);
                } else {
                    delayed.schedule(delayNanos, () -> arrive(arrival));
                }
            });
        } catch (Exception e) { // the impairment's own; the packet is lost, as others that it does not pass
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
            errors.report(e); // the packet stays for the next batch
        }
    }

    @Override
    public boolean isOwn(int index, byte[] payload) {
        if (index >= batch.size()) {
            return false;
        }
        Arrival arrival = batch.get(index);
        return arrival.sender.equals(localAddress()) && Arrays.equals(arrival.payload, payload);
    }

    @Override
    public void take(int index, PacketBuffer into) {
        if (index >= batch.size()) {
            throw new IllegalStateException("a packet could not be copied", failure);
        }
        Arrival arrival = batch.get(index);
        into.prepare(arrival.payload.length, arrival.sender);
        System.arraycopy(arrival.payload, 0, into.array(), into.offset(), arrival.payload.length);
        into.arrival(arrival.number);
    }

    @Override
    public boolean reply(byte[] bytes, int offset, int length, PacketBuffer to, SendReport report) {
        boolean[] held = {false};
        long number = to.number();
        InetSocketAddress client = to.sender();
        impair(number, bytes, offset, length, client, (some, start, size, delayNanos) -> {
            Packet.checkPayload(size);
            if (delayNanos <= 0) {
                held[0] |= inner.reply(some, start, size, to, report);
            } else {
                byte[] copy = Arrays.copyOfRange(some, start, start + size);
                delayed.schedule(delayNanos, () -> sendLater(number, copy, client));
            }
        });
        return held[0];
    }

    /** Sends a delayed answer. Called by the watchdog. */
    private void sendLater(long number, byte[] payload, InetSocketAddress to) {
        try {
            inner.send(payload, 0, payload.length, to);
            accounts.sent(1);
        } catch (IOException e) {
            refused(number, to, e);
        }
    }

    private void refused(long number, InetSocketAddress to, IOException problem) {
        boolean lost = problem instanceof ClosedChannelException || problem instanceof PortUnreachableException;
        if (!lost) { // when the endpoint closes, or no socket is bound there
            accounts.observation().refused(number, to, problem);
            errors.report(problem);
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
        impair(0, bytes, offset, length, to, (some, start, size, delayNanos) -> {
            Packet.checkPayload(size);
            if (delayNanos > 0) {
                byte[] copy = Arrays.copyOfRange(some, start, start + size);
                delayed.schedule(delayNanos, () -> sendCounted(copy, to));
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

    /** Sends a delayed datagram, which is already counted as sent. Called by the watchdog. */
    private void sendCounted(byte[] payload, InetSocketAddress to) {
        try {
            inner.send(payload, 0, payload.length, to);
        } catch (IOException e) {
            refused(0, to, e);
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
