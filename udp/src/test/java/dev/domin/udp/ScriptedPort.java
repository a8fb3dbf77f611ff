package dev.domin.udp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A port without a socket: packets, batches and failures come as the test says. */
final class ScriptedPort implements DatagramPort {

    final List<String> replies = new CopyOnWriteArrayList<>();
    final AtomicInteger reopened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger released = new AtomicInteger();

    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private List<String> batch = List.of();

    private record Event(List<String> batch, Throwable failure) {}

    void deliver(String... packets) {
        events.add(new Event(List.of(packets), null));
    }

    void fail(Throwable failure) {
        events.add(new Event(List.of(), failure));
    }

    @Override
    public int localPort() {
        return 1;
    }

    @Override
    public int receiveBufferBytes() {
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
    public void take(int index, Datagram into) {
        byte[] payload = batch.get(index).getBytes(UTF_8);
        into.prepare(payload.length, new InetSocketAddress(InetAddress.getLoopbackAddress(), 9));
        System.arraycopy(payload, 0, into.bytes(), into.offset(), payload.length);
    }

    @Override
    public void reply(byte[] bytes, int offset, int length, InetSocketAddress to) throws IOException {
        String reply = new String(bytes, offset, length, UTF_8);
        if (reply.startsWith("unsendable")) {
            throw new IOException(reply);
        }
        replies.add(reply);
    }

    @Override
    public void send(byte[] bytes, int offset, int length, InetSocketAddress to) {
        throw new UnsupportedOperationException();
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
