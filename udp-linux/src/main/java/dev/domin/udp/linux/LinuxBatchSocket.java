package dev.domin.udp.linux;

import dev.domin.udp.transport.BatchSocket;
import dev.domin.udp.transport.PacketBuffer;
import dev.domin.udp.transport.SendReport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A second descriptor of a socket, which receives and sends packets many at a time.
 *
 * <p>One thread at a time receives; answers may be sent by others, so they are guarded by this object's monitor. The
 * descriptor is closed only when no system call uses it, since its number may be reused soon.
 */
final class LinuxBatchSocket implements BatchSocket {

    private static final int CLOSED = -1;

    private final AnswerQueue answers;
    private final boolean offload;
    private @Nullable BatchMemory memory; // null while none is acquired
    private int descriptor;
    private boolean receiving;
    private boolean closed;
    private boolean freed;

    private LinuxBatchSocket(int descriptor, boolean offload) {
        this.descriptor = descriptor;
        this.offload = offload;
        this.answers = new AnswerQueue(new SegmentationOffload(offload));
    }

    /**
     * Creates a second descriptor for a socket.
     *
     * @param original the first one, which must not be closed meanwhile
     * @param offload whether to use segmentation offload
     * @throws IOException if that is not possible
     */
    static LinuxBatchSocket of(SocketDescriptor original, boolean offload) throws IOException {
        if (!original.isSameSocket(original.number())) { // it was found some time ago
            throw new ClosedChannelException();
        }
        int copy = SystemCalls.duplicate(original.number());
        try {
            if (!original.isSameSocket(copy)) {
                throw new IOException("the socket of port " + original.port() + " has moved");
            }
            LinuxBatchSocket socket = new LinuxBatchSocket(copy, offload);
            if (offload) {
                CaptureWatch.acquire();
            }
            return socket;
        } catch (IOException | RuntimeException | Error e) {
            SystemCalls.close(copy);
            throw e;
        }
    }

    @Override
    public int receive(boolean wait) throws IOException {
        int socket = enter();
        int packets = -1;
        int error = 0;
        boolean known = false;
        boolean end = true;
        try {
            if (wait && BatchMemoryPool.isScarce() && waitsWithoutMemory()) {
                // If this fails, the receive below waits, and fails as well.
                SystemCalls.awaitPacket(socket);
            }
            BatchMemory used = memory != null ? memory : acquire();
            int most = BatchMemoryPool.fairShare();
            packets = wait ? used.receive(socket, most) : used.poll(socket, most);
            if (packets >= 0) {
                known = used.hasSender(0);
            } else if (wait) {
                error = used.inError();
            }
        } finally {
            end = leave();
        }
        if (packets > 0 && known) {
            return packets;
        }
        if (end) {
            throw new ClosedChannelException();
        }
        if (!wait && packets < 0) {
            return 0; // if it was an error, the next receive that waits reports it
        }
        if (error == Constants.EAGAIN || error == Constants.EINTR || error == Constants.ECONNREFUSED) {
            return 0;
        }
        throw new IOException(
                packets < 0 ? "receiving failed with error number " + error : "the socket was shut down by someone");
    }

    @Override
    public boolean isFrom(int index, int port, byte[] payload) {
        return memory().isFrom(index, port, payload);
    }

    @Override
    public void take(int index, PacketBuffer into) {
        memory().take(index, into);
    }

    @Override
    public void hold(byte[] bytes, int offset, int length, PacketBuffer to, SendReport report) {
        List<AnswerQueue.Refusal> refused = null;
        synchronized (this) {
            if (!answers.hasRoom(length)) {
                refused = sendHeld(true, report);
            }
            if (!freed) {
                answers.add(memory(), bytes, offset, length, to);
            }
        }
        reportRefused(refused, report);
    }

    @Override
    public void flush(boolean mayWait, SendReport report) {
        List<AnswerQueue.Refusal> refused;
        synchronized (this) {
            if (answers.isEmpty()) {
                return;
            }
            refused = sendHeld(mayWait, report);
        }
        reportRefused(refused, report);
    }

    @Override
    public synchronized void send(byte[] bytes, int offset, int length, InetSocketAddress to) throws IOException {
        if (descriptor == CLOSED) {
            throw new ClosedChannelException();
        }
        BatchMemory own = memory;
        BatchMemory used = own != null ? own : BatchMemoryPool.acquire();
        try {
            used.putExtra(bytes, offset, length, to);
            int error = AnswerQueue.sendExtra(used, descriptor);
            if (error == Constants.ECONNREFUSED) {
                throw new PortUnreachableException();
            }
            if (error != 0) {
                throw AnswerQueue.refusal(error);
            }
        } finally {
            if (own == null) { // the receiver acquires its own
                BatchMemoryPool.release(used);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (receiving) {
            SystemCalls.endReceiving(descriptor);
        } else {
            closeDescriptor();
        }
    }

    @Override
    public synchronized void free() {
        if (!freed) {
            freed = true;
            answers.clear();
            release();
        }
    }

    private synchronized BatchMemory acquire() throws IOException {
        BatchMemory acquired = BatchMemoryPool.acquire();
        memory = acquired;
        return acquired;
    }

    /** {@return the memory, which has the packets of the last batch or held answers} */
    private BatchMemory memory() {
        return Objects.requireNonNull(memory);
    }

    private synchronized boolean waitsWithoutMemory() {
        if (answers.isEmpty()) { // usually it is, unless the system had no room for answers
            release();
        }
        return memory == null;
    }

    private void release() {
        if (memory != null) {
            BatchMemoryPool.release(memory);
            memory = null;
        }
    }

    private synchronized int enter() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        receiving = true;
        return descriptor;
    }

    /** {@return whether this is closed} */
    private synchronized boolean leave() {
        receiving = false;
        if (closed) {
            closeDescriptor();
        }
        return closed;
    }

    private void closeDescriptor() {
        if (descriptor != CLOSED) {
            SystemCalls.close(descriptor);
            descriptor = CLOSED;
            if (offload) {
                CaptureWatch.release();
            }
        }
    }

    private @Nullable List<AnswerQueue.Refusal> sendHeld(boolean mayWait, SendReport report) {
        BatchMemory used = memory;
        if (descriptor == CLOSED || used == null) { // without memory, nothing is held
            answers.clear();
            return null;
        }
        return answers.send(used, descriptor, mayWait, report);
    }

    private static void reportRefused(@Nullable List<AnswerQueue.Refusal> refused, SendReport report) {
        if (refused != null) {
            for (int i = 0; i < refused.size(); i++) {
                refused.get(i).reportTo(report);
            }
        }
    }
}
