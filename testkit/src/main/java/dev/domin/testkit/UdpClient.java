package dev.domin.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client for tests of servers: sends, waits for answers, and asks again.
 *
 * <pre>{@code
 * try (var client = UdpClient.to(server.address())) {
 *     assertThat(client.ask("hello", Duration.ofSeconds(1)).text()).isEqualTo("HELLO");
 * }
 * }</pre>
 *
 * <p>Only datagrams from the server's address are received, unless {@link #fromAnyPort} is called. For one thread at a
 * time. Whoever creates a client closes it.
 */
public final class UdpClient implements AutoCloseable {

    private static final int MAX_DATAGRAM = 65_535;

    private final InetSocketAddress server;
    private final DatagramSocket socket;
    private boolean anyPort;
    private int attempts = 1;
    private Duration interval = Duration.ZERO;
    private long received;

    private UdpClient(InetSocketAddress server, int port) {
        this.server = server;
        try {
            InetAddress loopback =
                    server.getAddress() != null && server.getAddress().isLoopbackAddress() ? server.getAddress() : null;
            this.socket = new DatagramSocket(new InetSocketAddress(loopback, port));
        } catch (SocketException e) {
            throw new UncheckedIOException("cannot open a client on port " + port + ": " + e.getMessage(), e);
        }
    }

    /**
     * Opens a client, on a port that the system chooses.
     *
     * @param server the address of the server
     * @return the client
     * @throws UncheckedIOException if the system has no socket left
     */
    public static UdpClient to(InetSocketAddress server) {
        return new UdpClient(server, 0);
    }

    /**
     * Opens a client on a port.
     *
     * @param server the address of the server
     * @param port the client's port
     * @return the client
     * @throws UncheckedIOException if the port is taken, or the system has no socket left
     */
    public static UdpClient to(InetSocketAddress server, int port) {
        return new UdpClient(server, port);
    }

    /**
     * Lets {@link #ask} send again when no answer has come.
     *
     * @param times how often to send at most, at least 1
     * @param after how long to wait for an answer before the next time
     * @return this client
     */
    public UdpClient retry(int times, Duration after) {
        if (times < 1 || after.isNegative()) {
            throw new IllegalArgumentException(
                    "retry takes at least 1 time and no negative interval, got " + times + " and " + after);
        }
        attempts = times;
        interval = after;
        return this;
    }

    /**
     * Receives datagrams from any address, for servers that answer from another port.
     *
     * @return this client
     */
    public UdpClient fromAnyPort() {
        anyPort = true;
        return this;
    }

    /** {@return the client's address} */
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /**
     * Sends a text and waits for an answer.
     *
     * @param text the text, sent in UTF-8
     * @param within how long to wait, for all attempts together
     * @return the answer
     * @throws AssertionError if none came in time
     */
    public Packet ask(String text, Duration within) {
        return ask(text.getBytes(UTF_8), within);
    }

    /**
     * Sends bytes and waits for an answer.
     *
     * @param payload the bytes
     * @param within how long to wait, for all attempts together
     * @return the answer
     * @throws AssertionError if none came in time
     */
    public Packet ask(byte[] payload, Duration within) {
        return ask(payload, Match.any(), within);
    }

    /**
     * Sends a text and waits for an answer that matches; others are ignored.
     *
     * @param text the text, sent in UTF-8
     * @param match what the answer matches
     * @param within how long to wait, for all attempts together
     * @return the answer
     * @throws AssertionError if none came in time
     */
    public Packet ask(String text, Match match, Duration within) {
        return ask(text.getBytes(UTF_8), match, within);
    }

    /**
     * Sends bytes and waits for an answer that matches; others are ignored.
     *
     * @param payload the bytes
     * @param match what the answer matches
     * @param within how long to wait, for all attempts together
     * @return the answer
     * @throws AssertionError if none came in time
     */
    public Packet ask(byte[] payload, Match match, Duration within) {
        long end = System.nanoTime() + Clock.nanos(within);
        List<Packet> ignored = new ArrayList<>();
        int sent = 0;
        while (sent < attempts) {
            send(payload);
            sent++;
            long wait = sent == attempts ? end : Math.min(end, System.nanoTime() + Clock.nanos(interval));
            Packet answer = receive(match, wait, ignored);
            if (answer != null) {
                return answer;
            }
            if (end - System.nanoTime() <= 0) {
                break;
            }
        }
        throw missing(match, ", which got " + sent + (sent == 1 ? " datagram" : " datagrams"), within, ignored);
    }

    /**
     * Sends a text.
     *
     * @param text the text, sent in UTF-8
     */
    public void send(String text) {
        send(text.getBytes(UTF_8));
    }

    /**
     * Sends bytes.
     *
     * @param payload the bytes
     * @throws UncheckedIOException if the system refuses them; nobody at the port is no error
     */
    public void send(byte[] payload) {
        send(payload, server);
    }

    /**
     * Sends bytes to another address, such as the port from which a server has answered.
     *
     * @param payload the bytes
     * @param to the address, such as {@link Packet#server} of an answer
     * @throws UncheckedIOException if the system refuses them; nobody at the port is no error
     */
    public void send(byte[] payload, InetSocketAddress to) {
        try {
            socket.send(new DatagramPacket(payload, payload.length, to));
        } catch (PortUnreachableException e) {
            // As with a server that does not answer.
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot send " + payload.length + " bytes to " + Addresses.text(to) + ": " + e.getMessage(), e);
        }
    }

    /**
     * Waits for the next datagram.
     *
     * @param within how long to wait
     * @return the datagram
     * @throws AssertionError if none came in time
     */
    public Packet await(Duration within) {
        return await(Match.any(), within);
    }

    /**
     * Waits for a datagram that matches; others are ignored.
     *
     * @param match what it matches
     * @param within how long to wait
     * @return the datagram
     * @throws AssertionError if none came in time
     */
    public Packet await(Match match, Duration within) {
        List<Packet> ignored = new ArrayList<>();
        Packet answer = receive(match, System.nanoTime() + Clock.nanos(within), ignored);
        if (answer == null) {
            throw missing(match, "", within, ignored);
        }
        return answer;
    }

    /**
     * Waits for the next datagram.
     *
     * @param within how long to wait
     * @return the datagram, or empty if none came in time
     */
    public Optional<Packet> poll(Duration within) {
        return Optional.ofNullable(receive(Match.any(), System.nanoTime() + Clock.nanos(within), new ArrayList<>()));
    }

    /** Closes the client's port. */
    @Override
    public void close() {
        socket.close();
    }

    /** {@return the next datagram that matches, or null when the time is over} */
    private @Nullable Packet receive(Match match, long deadline, List<Packet> ignored) {
        DatagramPacket datagram = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
        while (true) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            try {
                socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, left / 1_000_000 + 1));
                socket.receive(datagram);
            } catch (SocketTimeoutException | PortUnreachableException e) {
                continue;
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "cannot receive on port " + socket.getLocalPort() + ": " + e.getMessage(), e);
            }
            InetSocketAddress sender = (InetSocketAddress) datagram.getSocketAddress();
            if (anyPort || sender.equals(server)) {
                byte[] payload = Arrays.copyOf(datagram.getData(), datagram.getLength());
                Packet packet = new Packet(new Entry(
                        Direction.OUT, ++received, System.nanoTime(), sender, address(), payload, 0, false, null));
                if (match.matches(packet)) {
                    return packet;
                }
                ignored.add(packet);
            }
        }
    }

    private AssertionError missing(Match match, String sent, Duration within, List<Packet> ignored) {
        StringBuilder text = new StringBuilder("expected an answer: " + match + "; none came within "
                + Clock.text(within) + " from " + Addresses.text(server) + sent);
        ignored.forEach(packet -> text.append("\ncame: ")
                .append(Hex.excerpt(packet.bytes()))
                .append('\n')
                .append(match.explain(packet).indent(2)));
        return new AssertionError(text.toString().stripTrailing());
    }
}
