package dev.domin.udp;

import dev.domin.udp.transport.PacketBuffer;
import dev.domin.udp.transport.SendReport;
import dev.domin.udp.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A transport without a socket whose receiver stops before each receive, until it is resumed; see {@link Steps}. A
 * packet is a number, and has a sender of its own.
 */
final class SteppedTransport implements Transport {

    private static final InetSocketAddress ADDRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    private static final int FIRST_PORT = 1000;

    /** The number of a packet whose sender's address is forged. */
    static final int FORGED = -1;

    private static final int OWN = -2;

    /** An answer: the packet that it answers, and what it says. */
    record Answer(int packet, int text) {}

    private final Steps steps;
    private final boolean holding;
    private final Runnable whileSending;
    private final ArrayDeque<int[]> queue = new ArrayDeque<>(); // guarded by the monitor of the steps, as the next ones
    private final List<Answer> held = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private byte[] own = {};
    private boolean closed;
    private int[] batch = {};

    /**
     * Creates a transport.
     *
     * @param holding whether answers are held until they are flushed
     * @param whileSending runs while an answer is sent
     */
    SteppedTransport(Steps steps, boolean holding, Runnable whileSending) {
        this.steps = steps;
        this.holding = holding;
        this.whileSending = whileSending;
    }

    void deliver(int... packets) {
        synchronized (steps.monitor()) {
            queue.add(packets);
            steps.monitor().notifyAll();
        }
    }

    boolean hasQueued() {
        synchronized (steps.monitor()) {
            return !queue.isEmpty();
        }
    }

    /** {@return what has been sent, in order} */
    List<Answer> answers() {
        synchronized (steps.monitor()) {
            return List.copyOf(answers);
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        return ADDRESS;
    }

    @Override
    public int receiveBufferBytes() {
        return 1;
    }

    @Override
    public int receive() {
        steps.stop(Steps.RECEIVING);
        synchronized (steps.monitor()) {
            while (queue.isEmpty()) {
                try {
                    steps.monitor().wait();
                } catch (InterruptedException e) {
                    throw new AssertionError("an interrupt reached the receiver", e);
                }
            }
            return next();
        }
    }

    @Override
    public int receiveNow() {
        synchronized (steps.monitor()) {
            return next();
        }
    }

    private int next() {
        int[] next = queue.poll();
        batch = next == null ? new int[0] : next;
        return batch.length;
    }

    @Override
    public boolean isOwn(int index, byte[] payload) {
        return batch[index] == OWN && Arrays.equals(own, payload);
    }

    @Override
    public void take(int index, PacketBuffer into) {
        int packet = batch[index];
        into.prepare(Integer.BYTES, packet == FORGED ? 0xE0000001 : 0x7F000001, FIRST_PORT + packet);
        ByteBuffer.wrap(into.array()).putInt(into.offset(), packet);
    }

    @Override
    public boolean reply(byte[] bytes, int offset, int length, PacketBuffer to, SendReport report) {
        synchronized (steps.monitor()) {
            held.add(new Answer(
                    to.senderPort() - FIRST_PORT, ByteBuffer.wrap(bytes).getInt(offset)));
        }
        if (!holding) {
            whileSending.run();
            flush(true, report);
        }
        return holding;
    }

    @Override
    public void flush(boolean mayWait, SendReport report) {
        int count;
        synchronized (steps.monitor()) {
            count = held.size();
            answers.addAll(held);
            held.clear();
        }
        if (count > 0) {
            report.sent(count);
        }
    }

    @Override
    public void send(byte[] bytes, int offset, int length, InetSocketAddress to) {
        synchronized (steps.monitor()) {
            own = Arrays.copyOfRange(bytes, offset, offset + length);
            deliver(OWN);
        }
    }

    @Override
    public void reopen() {}

    @Override
    public void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void release() {}
}
