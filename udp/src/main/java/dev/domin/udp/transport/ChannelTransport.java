package dev.domin.udp.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A blocking {@link DatagramChannel} with one buffer outside the heap, for both receiving and answering. */
public final class ChannelTransport implements Transport {

    private static final int BUFFER_SIZE = 65_536;
    private static final int MIN_RECEIVE_BUFFER = 65_536;

    /**
     * Memory outside the heap is freed late, by the garbage collector; so later endpoints reuse that of earlier ones.
     */
    private static final int MAX_SPARES = 4;

    private static final ArrayDeque<ByteBuffer> SPARES = new ArrayDeque<>(MAX_SPARES);

    private final int requestedReceiveBuffer;
    private final InetSocketAddress localAddress;
    private final int receiveBufferBytes;
    private volatile DatagramChannel channel;
    private ByteBuffer buffer;
    private @Nullable InetSocketAddress sender;
    private @Nullable Error lost; // why the sender of the last packet is unknown; null if it is known

    private ChannelTransport(DatagramChannel channel, int requestedReceiveBuffer) throws IOException {
        this.channel = channel;
        this.requestedReceiveBuffer = requestedReceiveBuffer;
        this.localAddress = (InetSocketAddress) channel.getLocalAddress();
        this.receiveBufferBytes = channel.getOption(StandardSocketOptions.SO_RCVBUF);
        this.buffer = takeBuffer();
    }

    /**
     * Binds a socket.
     *
     * @param address the address to bind, on loopback; port 0 lets the system choose one
     * @param requestedReceiveBuffer the size of the receive buffer to ask for, in bytes
     * @return the transport, which the caller closes
     * @throws BindException if the port is taken or not allowed; the message names it
     * @throws IOException if the system has no socket or no memory left; nothing is left open then
     */
    public static ChannelTransport open(InetSocketAddress address, int requestedReceiveBuffer) throws IOException {
        DatagramChannel channel = bind(address, requestedReceiveBuffer);
        try {
            return new ChannelTransport(channel, requestedReceiveBuffer);
        } catch (OutOfMemoryError e) {
            channel.close();
            throw new IOException("no memory for the packets of " + text(address) + ": " + e.getMessage(), e);
        } catch (Throwable e) { // an error too must not leave the socket open
            channel.close();
            throw e;
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    @Override
    public int receive() throws IOException {
        buffer.clear();
        sender = null;
        lost = null;
        try {
            sender = (InetSocketAddress) channel.receive(buffer);
        } catch (Error e) { // out of memory, usually
            if (buffer.position() == 0) {
                throw e;
            }
            lost = e; // the packet was received, but not its sender's address; it still has to be counted
        }
        buffer.flip();
        return sender == null && lost == null ? 0 : 1;
    }

    @Override
    public int receiveNow() throws IOException {
        if (channel.isBlocking()) {
            channel.configureBlocking(false);
        }
        return receive();
    }

    @Override
    public boolean isOwn(int index, byte[] payload) {
        if (sender == null || !sender.equals(localAddress) || buffer.limit() != payload.length) {
            return false;
        }
        for (int i = 0; i < payload.length; i++) { // without a view, for which there may be no memory
            if (buffer.get(i) != payload[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void take(int index, PacketBuffer into) {
        if (lost != null) {
            throw lost;
        }
        into.prepare(buffer.limit(), Objects.requireNonNull(sender));
        buffer.get(0, into.array(), into.offset(), into.length());
    }

    @Override
    public boolean reply(byte[] bytes, int offset, int length, PacketBuffer to, SendReport report) {
        buffer.clear();
        buffer.put(0, bytes, offset, length);
        buffer.limit(length);
        try {
            send(buffer, to.sender());
            report.sent(1);
        } catch (PortUnreachableException e) {
            // The client has closed its socket, which is no error.
        } catch (IOException e) {
            report.refused(to.number(), to.sender(), e);
        }
        return false;
    }

    @Override
    public void flush(boolean mayWait, SendReport report) {
        // Nothing is held here.
    }

    @Override
    public void send(byte[] bytes, int offset, int length, InetSocketAddress to) throws IOException {
        // A channel closes itself when its thread is interrupted; an interrupt of the caller must not close the
        // endpoint.
        boolean interrupted = Thread.interrupted();
        try {
            send(ByteBuffer.wrap(bytes, offset, length), to);
        } catch (ClosedByInterruptException e) {
            throw new IOException("interrupted while sending to " + to, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Once {@link #receiveNow} has been called, the channel does not wait for room: it returns 0 instead. */
    private void send(ByteBuffer packet, InetSocketAddress to) throws IOException {
        int length = packet.remaining();
        if (channel.send(packet, to) < length) {
            throw new IOException("the system has no room for a packet to " + to);
        }
    }

    @Override
    public void reopen() throws IOException {
        channel = bind(localAddress, requestedReceiveBuffer);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is closed all the same.
        }
    }

    @Override
    public long lostPackets() {
        return LostPackets.of(localAddress);
    }

    @Override
    public void release() {
        releaseBuffer();
    }

    /** Releases the buffer, since another socket receives and answers from now on. Called by the receiver. */
    void stopReceiving(BatchSupport support) {
        ByteBuffer unused = releaseBuffer();
        if (unused != null) {
            support.discard(unused); // the garbage collector may free it much later
        }
    }

    /** {@return the buffer, if it is not kept for a later endpoint} */
    @SuppressWarnings("NullAway") // no thread receives any more
    private @Nullable ByteBuffer releaseBuffer() {
        ByteBuffer spare = buffer;
        buffer = null;
        if (spare == null) {
            return null;
        }
        synchronized (SPARES) {
            if (SPARES.size() < MAX_SPARES) {
                SPARES.push(spare);
                return null;
            }
        }
        return spare;
    }

    private static ByteBuffer takeBuffer() {
        synchronized (SPARES) {
            ByteBuffer spare = SPARES.poll();
            if (spare != null) {
                return spare;
            }
        }
        return ByteBuffer.allocateDirect(BUFFER_SIZE);
    }

    private static DatagramChannel bind(InetSocketAddress address, int requestedReceiveBuffer) throws IOException {
        boolean version6 = address.getAddress() instanceof Inet6Address;
        DatagramChannel channel =
                DatagramChannel.open(version6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            requestReceiveBuffer(channel, requestedReceiveBuffer);
            channel.bind(address);
            return channel;
        } catch (BindException e) {
            channel.close();
            throw explain(address, e);
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /** Some systems refuse a size that is too large instead of granting a smaller one. */
    private static void requestReceiveBuffer(DatagramChannel channel, int wanted) throws IOException {
        int size = wanted;
        while (true) {
            try {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, size);
                return;
            } catch (IOException e) {
                if (size <= MIN_RECEIVE_BUFFER) {
                    return;
                }
                size /= 2;
            }
        }
    }

    private static BindException explain(InetSocketAddress address, BindException cause) {
        String reason = cause.getMessage();
        boolean taken = reason != null && reason.contains("in use");
        BindException explained = new BindException(text(address) + " "
                + (taken ? "is taken: another socket is bound to it" : "cannot be bound: " + reason));
        explained.initCause(cause);
        return explained;
    }

    private static String text(InetSocketAddress address) {
        return "port " + address.getPort() + " on " + address.getAddress().getHostAddress();
    }
}
