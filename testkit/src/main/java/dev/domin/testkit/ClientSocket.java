package dev.domin.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The socket of a {@link UdpClient}. Other than a {@link java.net.DatagramSocket} it can receive without any wait, and
 * other than a channel that blocks it is not closed when its thread is interrupted.
 */
final class ClientSocket implements AutoCloseable {

    /** A datagram that was received. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Received(InetSocketAddress sender, byte[] payload) {}

    private static final int MAX_DATAGRAM = 65_535;
    private static final long FULL_NANOS = 100_000; // between attempts while the system's buffer is full

    private final DatagramChannel channel;
    private final Selector selector;
    private final InetSocketAddress address;
    private final ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM);

    ClientSocket(InetSocketAddress server, int port) {
        InetAddress loopback =
                server.getAddress() != null && server.getAddress().isLoopbackAddress() ? server.getAddress() : null;
        DatagramChannel opened = null;
        try {
            opened = DatagramChannel.open();
            opened.setOption(StandardSocketOptions.SO_BROADCAST, true);
            opened.bind(new InetSocketAddress(loopback, port));
            opened.configureBlocking(false);
            selector = Selector.open();
            opened.register(selector, SelectionKey.OP_READ);
            address = (InetSocketAddress) opened.getLocalAddress();
            channel = opened;
        } catch (IOException e) {
            close(opened);
            throw new UncheckedIOException("cannot open a client on port " + port + ": " + e.getMessage(), e);
        }
    }

    private static void close(@Nullable DatagramChannel opened) {
        if (opened != null) {
            try {
                opened.close();
            } catch (IOException e) {
                // The caller throws why it could not be opened.
            }
        }
    }

    /** {@return the address, also after closing} */
    InetSocketAddress address() {
        return address;
    }

    void send(byte[] payload, InetSocketAddress to) {
        ByteBuffer source = ByteBuffer.wrap(payload);
        try {
            while (channel.send(source, to) == 0 && source.hasRemaining()) {
                LockSupport.parkNanos(this, FULL_NANOS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot send " + payload.length + " bytes to " + Addresses.text(to) + ": " + reason(e), e);
        }
    }

    /** {@return the next datagram, or null when the time is over} */
    @Nullable
    Received receive(long deadline) {
        boolean interrupted = false;
        try {
            while (true) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return null;
                }
                Received received = receiveNow();
                if (received != null) {
                    return received;
                }
                selector.select(left / 1_000_000 + 1);
                selector.selectedKeys().clear();
                interrupted |= Thread.interrupted(); // else the selector would not wait any more
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot receive on port " + address.getPort() + ": " + reason(e), e);
        } catch (ClosedSelectorException e) {
            throw new UncheckedIOException(
                    "cannot receive on port " + address.getPort() + ": the client is closed", new IOException(e));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Discards what has come. */
    void discard() {
        try {
            buffer.clear();
            while (channel.receive(buffer) != null) {
                buffer.clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot receive on port " + address.getPort() + ": " + reason(e), e);
        }
    }

    @Override
    public void close() {
        try (selector) {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close port " + address.getPort() + ": " + e.getMessage(), e);
        }
    }

    private @Nullable Received receiveNow() throws IOException {
        buffer.clear();
        InetSocketAddress sender = (InetSocketAddress) channel.receive(buffer);
        if (sender == null) {
            return null;
        }
        byte[] payload = new byte[buffer.flip().remaining()];
        buffer.get(payload);
        return new Received(sender, payload);
    }

    private String reason(IOException e) {
        return channel.isOpen() || e.getMessage() != null ? String.valueOf(e.getMessage()) : "the client is closed";
    }
}
