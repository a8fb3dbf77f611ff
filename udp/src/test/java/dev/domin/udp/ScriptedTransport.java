package dev.domin.udp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.domin.udp.transport.PacketBuffer;
import dev.domin.udp.transport.SendReport;
import dev.domin.udp.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A transport without a socket: the test defines packets, batches and failures. */
final class ScriptedTransport implements Transport {

    private static final InetSocketAddress ADDRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    private static final String OWN = "own ";

    final List<String> replies = new CopyOnWriteArrayList<>();
    final List<String> sent = new CopyOnWriteArrayList<>();
    final AtomicInteger reopened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger released = new AtomicInteger();

    /** What is thrown once when the receiver looks for the closing marker. */
    volatile Error failOnce;

    /** What is thrown when a datagram to itself has been sent. */
    volatile IOException failAfterSendingToItself;

    /** What is thrown when the size of the buffer is read. */
    volatile Error failBufferSize;

    /** How many datagrams to itself the system loses, since the queue is full. */
    final AtomicInteger sendsToLose = new AtomicInteger();

    private final AtomicInteger lost = new AtomicInteger();

    /** Whether a packet arrives for each one that is read without waiting. */
    volatile boolean flooded;

    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final List<Held> held = new ArrayList<>();
    private final boolean holding;
    private List<String> batch = List.of();

    private record Held(long number, InetSocketAddress to, String reply) {}

    private record Event(List<String> batch, Throwable failure) {}

    /**
     * Creates a transport.
     *
     * @param holding whether answers are held until they are flushed
     */
    ScriptedTransport(boolean holding) {
        this.holding = holding;
    }

    void deliver(String... packets) {
        events.add(new Event(List.of(packets), null));
    }

    void fail(Throwable failure) {
        events.add(new Event(List.of(), failure));
    }

    @Override
    public InetSocketAddress localAddress() {
        return ADDRESS;
    }

    @Override
    public int receiveBufferBytes() {
        Error error = failBufferSize;
        if (error != null) {
            throw error;
        }
        return 1;
    }

    @Override
    public int receive() throws IOException {
        Event event;
        try {
            event = events.take();
        } catch (InterruptedException e) {
            throw new AssertionError("an interrupt reached the receiver", e);
        }
        if (event.failure instanceof IOException failure) {
            throw failure;
        }
        if (event.failure instanceof Error failure) {
            throw failure;
        }
        batch = event.batch;
        return batch.size();
    }

    @Override
    public int receiveNow() {
        if (flooded) {
            deliver("flood");
        }
        Event event = events.poll();
        batch = event == null ? List.of() : event.batch;
        return batch.size();
    }

    @Override
    public boolean isOwn(int index, byte[] payload) {
        Error error = failOnce;
        if (error != null) {
            failOnce = null;
            throw error;
        }
        return batch.get(index).equals(own(payload));
    }

    private static String own(byte[] payload) {
        return OWN + HexFormat.of().formatHex(payload);
    }

    private static byte[] bytes(String packet) {
        return packet.startsWith(OWN)
                ? HexFormat.of().parseHex(packet.substring(OWN.length()))
                : packet.getBytes(UTF_8);
    }

    @Override
    public void take(int index, PacketBuffer into) {
        if (batch.get(index).equals("too large")) {
            throw new OutOfMemoryError("too large");
        }
        if (batch.get(index).equals("unreadable")) {
            throw new UnsatisfiedLinkError("unreadable");
        }
        byte[] payload = bytes(batch.get(index));
        switch (batch.get(index)) {
            case "from elsewhere" -> into.prepare(payload.length, 0xE0000001, 9);
            case "from itself" -> into.prepare(payload.length, 0x7F000001, ADDRESS.getPort());
            default -> into.prepare(payload.length, batch.get(index).startsWith(OWN) ? ADDRESS : CLIENT);
        }
        System.arraycopy(payload, 0, into.array(), into.offset(), payload.length);
    }

    @Override
    public synchronized boolean reply(byte[] bytes, int offset, int length, PacketBuffer to, SendReport report) {
        held.add(new Held(to.number(), to.sender(), new String(bytes, offset, length, UTF_8)));
        if (!holding) {
            flush(true, report);
        }
        return holding;
    }

    @Override
    public synchronized void flush(boolean mayWait, SendReport report) {
        for (Held answer : held) {
            if (answer.reply.startsWith("unsendable")) {
                report.refused(answer.number, answer.to, new IOException(answer.reply));
            } else {
                replies.add(answer.reply);
                report.sent(1);
            }
        }
        held.clear();
    }

    @Override
    public void send(byte[] bytes, int offset, int length, InetSocketAddress to) throws IOException {
        if (!to.equals(ADDRESS)) {
            String text = new String(bytes, offset, length, UTF_8);
            if (text.startsWith("unsendable")) {
                throw new IOException(text);
            }
            sent.add(text);
            return;
        }
        if (sendsToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            lost.incrementAndGet();
            return;
        }
        deliver(own(Arrays.copyOfRange(bytes, offset, offset + length)));
        IOException failure = failAfterSendingToItself;
        if (failure != null) {
            LockSupport.parkNanos(1_000_000); // the receiver gets it first, usually
            throw failure;
        }
    }

    @Override
    public long lostPackets() {
        return lost.get();
    }

    @Override
    public void reopen() {
        reopened.incrementAndGet();
    }

    @Override
    public void close() {
        closed.incrementAndGet();
        fail(new AsynchronousCloseException());
    }

    @Override
    public void release() {
        released.incrementAndGet();
    }
}
