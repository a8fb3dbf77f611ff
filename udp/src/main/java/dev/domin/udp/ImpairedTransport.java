package dev.domin.udp;

import dev.domin.udp.transport.PacketBuffer;
import dev.domin.udp.transport.SendReport;
import dev.domin.udp.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A transport behind an impairment. Its batches are the packets that the impairment passes. */
final class ImpairedTransport implements Transport {

    /** How many packets {@link #receiveNow} takes at most when the impairment passes none of them. */
    private static final int MAX_RECEIVED = 4096;

    private final Transport inner;
    private final DelayedTasks delayed;
    private final ImpairedArrivals arrivals;
    private final ImpairedSending sending;
    private @Nullable Throwable failure; // why packets behind those of the batch could not be copied

    ImpairedTransport(
            Transport inner,
            UdpImpairment impairment,
            Accounts accounts,
            Errors errors,
            Machine machine,
            WakeSignal wakes) {
        this.delayed = new DelayedTasks(machine, DelayedMemory.SHARED, errors);
        this.inner = inner;
        this.arrivals = new ImpairedArrivals(inner, impairment, delayed, errors, wakes);
        this.sending = new ImpairedSending(inner, impairment, accounts, delayed, errors);
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
        arrivals.clear();
        return impairAll(inner.receive());
    }

    @Override
    public int receiveNow() throws IOException {
        arrivals.clear();
        int taken = 0;
        int packets;
        int left;
        do { // 0 means that nothing is queued, not that the impairment has passed nothing
            packets = inner.receiveNow();
            taken += packets;
            left = impairAll(packets);
        } while (packets > 0 && left == 0 && taken < MAX_RECEIVED);
        return left;
    }

    /**
     * {@return how many packets there are, including those that could not be copied, which have to be counted as well}
     */
    private int impairAll(int packets) {
        int failed = 0;
        for (int i = 0; i < packets; i++) {
            int before = arrivals.size();
            try {
                arrivals.impair(i);
            } catch (Throwable e) {
                if (arrivals.size() == before) {
                    failed++;
                    failure = e;
                }
            }
        }
        arrivals.addReady();
        return arrivals.size() + failed;
    }

    @Override
    public boolean isOwn(int index, byte[] payload) {
        return index < arrivals.size() && arrivals.isOwn(index, payload);
    }

    @Override
    public void take(int index, PacketBuffer into) {
        if (index >= arrivals.size()) {
            throw new IllegalStateException("a packet could not be copied", failure);
        }
        into.copy(arrivals.get(index));
    }

    @Override
    public boolean reply(byte[] bytes, int offset, int length, PacketBuffer to, SendReport report) {
        return sending.reply(bytes, offset, length, to, report);
    }

    @Override
    public void flush(boolean mayWait, SendReport report) {
        inner.flush(mayWait, report);
    }

    @Override
    public void send(byte[] bytes, int offset, int length, InetSocketAddress to) throws IOException {
        sending.send(bytes, offset, length, to);
    }

    @Override
    public void sendMarker(byte[] marker) throws IOException {
        arrivals.wakeUps().end();
        inner.sendMarker(marker);
    }

    @Override
    public int receiveDelayed() {
        arrivals.clear();
        delayed.hurry();
        arrivals.addReady();
        return arrivals.size();
    }

    @Override
    public Transport detach() {
        delayed.close();
        arrivals.wakeUps().close();
        arrivals.clear();
        return inner.detach();
    }

    @Override
    public void reopen() throws IOException {
        inner.reopen();
    }

    @Override
    public void close() {
        delayed.close();
        arrivals.wakeUps().close();
        inner.close();
    }

    @Override
    public void release() {
        arrivals.clear();
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
