package dev.domin.udp;

import dev.domin.udp.transport.PacketBuffer;
import dev.domin.udp.transport.SendReport;
import dev.domin.udp.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A transport and a machine of which one operation fails once, at its nth call. */
final class Failing implements Transport {

    /** What can fail. */
    enum Operation {
        RECEIVE,
        RECEIVE_NOW,
        IS_OWN,
        TAKE,
        REPLY,
        FLUSH,
        SEND,
        REOPEN,
        CLOSE,
        RELEASE,
        LOST_PACKETS,
        START_THREAD,
        CLOCK
    }

    private final Transport inner;
    private final Operation operation;
    private final int nth;
    private final boolean after; // whether it fails when it has done its work
    private final Supplier<Throwable> failure;
    private final AtomicInteger calls = new AtomicInteger();
    private final Machine machine = new Machine() {
        @Override
        long nanoTime() {
            before(Operation.CLOCK);
            return super.nanoTime();
        }

        @Override
        void start(Thread thread) {
            before(Operation.START_THREAD);
            super.start(thread);
        }
    };

    Failing(Transport inner, Operation operation, int nth, boolean after, Supplier<Throwable> failure) {
        this.inner = inner;
        this.operation = operation;
        this.nth = nth;
        this.after = after;
        this.failure = failure;
    }

    Machine machine() {
        return machine;
    }

    boolean hasFailed() {
        return calls.get() >= nth;
    }

    private void before(Operation called) {
        if (!after) {
            count(called);
        }
    }

    private void after(Operation called) {
        if (after) {
            count(called);
        }
    }

    private void count(Operation called) {
        if (called == operation && calls.incrementAndGet() == nth) {
            Failing.<RuntimeException>rethrow(failure.get());
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void rethrow(Throwable failure) throws T {
        throw (T) failure;
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
        before(Operation.RECEIVE);
        return inner.receive();
    }

    @Override
    public int receiveNow() throws IOException {
        before(Operation.RECEIVE_NOW);
        return inner.receiveNow();
    }

    @Override
    public boolean isOwn(int index, byte[] payload) {
        before(Operation.IS_OWN);
        return inner.isOwn(index, payload);
    }

    @Override
    public void take(int index, PacketBuffer into) {
        before(Operation.TAKE);
        inner.take(index, into);
        after(Operation.TAKE);
    }

    @Override
    public boolean reply(byte[] bytes, int offset, int length, PacketBuffer to, SendReport report) {
        before(Operation.REPLY);
        boolean held = inner.reply(bytes, offset, length, to, report);
        after(Operation.REPLY);
        return held;
    }

    @Override
    public void flush(boolean mayWait, SendReport report) {
        before(Operation.FLUSH);
        inner.flush(mayWait, report);
        after(Operation.FLUSH);
    }

    @Override
    public void send(byte[] bytes, int offset, int length, InetSocketAddress to) throws IOException {
        before(Operation.SEND);
        inner.send(bytes, offset, length, to);
        after(Operation.SEND);
    }

    @Override
    public void reopen() throws IOException {
        before(Operation.REOPEN);
        inner.reopen();
        after(Operation.REOPEN);
    }

    @Override
    public void close() {
        before(Operation.CLOSE);
        inner.close();
        after(Operation.CLOSE);
    }

    @Override
    public void release() {
        before(Operation.RELEASE);
        inner.release();
        after(Operation.RELEASE);
    }

    @Override
    public long lostPackets() {
        before(Operation.LOST_PACKETS);
        return inner.lostPackets();
    }

    @Override
    public boolean batching() {
        return inner.batching();
    }
}
