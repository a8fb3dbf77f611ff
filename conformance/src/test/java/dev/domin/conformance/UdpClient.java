package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A client of a server on loopback. It is not connected: a connected channel does not send empty datagrams. */
final class UdpClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int LARGEST = 65_535;

    private final DatagramChannel channel;
    private final Selector selector;
    private final InetSocketAddress server;
    private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST);
    private SocketAddress lastSender;

    UdpClient(int port) {
        try {
            channel = DatagramChannel.open();
            channel.configureBlocking(false);
            server = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
            channel.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Creates a payload without equal neighbours, so that a shifted or truncated one is detected.
     *
     * @param length the number of bytes
     * @return the bytes
     */
    static byte[] pattern(int length) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8));
        }
        return bytes;
    }

    /** {@return the port that it sends from} */
    int port() {
        return channel.socket().getLocalPort();
    }

    void send(byte[] payload) {
        try {
            channel.send(ByteBuffer.wrap(payload), server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a datagram to where the last one that was received came from. */
    void answer(byte[] payload) {
        try {
            channel.send(ByteBuffer.wrap(payload), lastSender);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the port that the last datagram came from} */
    int lastPort() {
        return ((InetSocketAddress) lastSender).getPort();
    }

    void send(String text) {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return the next datagram; empty if none is received for long} */
    Optional<byte[]> receive() {
        return receive(PATIENCE_MILLIS);
    }

    /** {@return a datagram that has already been received, or empty} */
    Optional<byte[]> poll() {
        return receive(0);
    }

    private Optional<byte[]> receive(int millis) {
        try {
            buffer.clear();
            var sender = channel.receive(buffer);
            if (sender == null) {
                if (millis == 0 || selector.select(millis) == 0) {
                    return Optional.empty();
                }
                selector.selectedKeys().clear();
                sender = channel.receive(buffer);
                if (sender == null) {
                    return Optional.empty();
                }
            }
            lastSender = sender;
            return Optional.of(Arrays.copyOf(buffer.array(), buffer.position()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Executes one step of the client in a script's comments.
     *
     * @param step the step
     */
    void perform(Expectation step) {
        switch (step.kind()) {
            case CLIENT_SENDS -> send(step.text());
            case CLIENT_SENDS_BYTES -> send(pattern(Integer.parseInt(step.text())));
            case CLIENT_GETS ->
                assertThat(new String(next(step), StandardCharsets.UTF_8))
                        .as(step.comment())
                        .isEqualTo(step.text());
            case CLIENT_GETS_BYTES ->
                assertThat(next(step)).as(step.comment()).isEqualTo(pattern(Integer.parseInt(step.text())));
            case CLIENT_GETS_LENGTH -> assertThat(next(step)).as(step.comment()).hasSize(Integer.parseInt(step.text()));
            default -> throw new IllegalArgumentException("unknown step of a client: " + step.comment());
        }
    }

    private byte[] next(Expectation step) {
        var datagram = receive();
        assertThat(datagram).as("an answer for %s", step.comment()).isPresent();
        return datagram.get();
    }

    @Override
    public void close() {
        try {
            selector.close();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
