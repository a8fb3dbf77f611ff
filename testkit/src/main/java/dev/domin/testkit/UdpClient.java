package dev.domin.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
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
 * <p>{@link #ask} first discards the datagrams that have come and that nobody has received, such as a second copy of
 * the answer to the question before; {@link #await} and {@link #poll} return them. An answer that is still on its way
 * can be excluded with a match only.
 *
 * <p>Only datagrams from the server's address are received, unless {@link #fromAnyPort} is called. For one thread at a
 * time. Whoever creates a client closes it.
 */
public final class UdpClient implements AutoCloseable {

    private final InetSocketAddress server;
    private final ClientSocket socket;
    private boolean anyPort;
    private int attempts = 1;
    private Duration interval = Duration.ZERO; // from the first attempt to the second
    private double factor = 1; // between an interval and the next
    private long received;

    private UdpClient(InetSocketAddress server, int port) {
        this.server = server;
        this.socket = new ClientSocket(server, port);
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
        return retry(times, after, 1);
    }

    /**
     * Lets {@link #ask} send again when no answer has come, after longer and longer times, as many protocols demand:
     * {@code retry(4, ofMillis(500), 2)} sends after 0, 500, 1,500 and 3,500 ms.
     *
     * @param times how often to send at most, at least 1
     * @param first how long to wait for an answer before the second time
     * @param growth by how much each wait is longer than the one before, at least 1
     * @return this client
     */
    public UdpClient retry(int times, Duration first, double growth) {
        if (times < 1 || first.isNegative() || !(growth >= 1)) {
            throw new IllegalArgumentException(
                    "retry takes at least 1 time, no negative interval, and a factor of at least 1, got " + times + ", "
                            + first + " and " + growth);
        }
        attempts = times;
        interval = first;
        factor = growth;
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
        return socket.address();
    }

    /**
     * Sends a text and waits for an answer; discards earlier datagrams before.
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
     * Sends bytes and waits for an answer; discards earlier datagrams before.
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
     * Sends a text and waits for an answer that matches; others are ignored, and earlier datagrams discarded before.
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
     * Sends bytes and waits for an answer that matches; others are ignored, and earlier datagrams discarded before.
     *
     * @param payload the bytes
     * @param match what the answer matches
     * @param within how long to wait, for all attempts together
     * @return the answer
     * @throws AssertionError if none came in time
     */
    public Packet ask(byte[] payload, Match match, Duration within) {
        socket.discard();
        long end = System.nanoTime() + Clock.nanos(within);
        IgnoredAnswers ignored = new IgnoredAnswers();
        double wait = Clock.nanos(interval);
        int sent = 0;
        while (sent < attempts) {
            send(payload);
            sent++;
            long next = System.nanoTime() + (long) Math.min(wait, Long.MAX_VALUE / 4.0);
            Packet answer = receive(match, sent == attempts ? end : Math.min(end, next), ignored);
            if (answer != null) {
                return answer;
            }
            if (end - System.nanoTime() <= 0) {
                break;
            }
            wait *= factor;
        }
        throw ignored.failure(match, within, server, sent);
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
        socket.send(payload, to);
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
        IgnoredAnswers ignored = new IgnoredAnswers();
        Packet answer = receive(match, System.nanoTime() + Clock.nanos(within), ignored);
        if (answer == null) {
            throw ignored.failure(match, within, server, 0);
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
        return Optional.ofNullable(receive(Match.any(), System.nanoTime() + Clock.nanos(within), new IgnoredAnswers()));
    }

    /** Closes the client's port. */
    @Override
    public void close() {
        socket.close();
    }

    /** {@return the addresses of both sides} */
    @Override
    public String toString() {
        return "client " + Addresses.text(address()) + " of " + Addresses.text(server);
    }

    /** {@return the next datagram that matches, or null when the time is over} */
    private @Nullable Packet receive(Match match, long deadline, IgnoredAnswers ignored) {
        for (var next = socket.receive(deadline); next != null; next = socket.receive(deadline)) {
            if (!anyPort && !next.sender().equals(server)) {
                ignored.addStranger(next.sender());
                continue;
            }
            Packet packet = new Packet(new Entry(
                    Direction.OUT,
                    ++received,
                    System.nanoTime(),
                    next.sender(),
                    address(),
                    next.payload(),
                    0,
                    false,
                    null));
            if (match.matches(packet)) {
                return packet;
            }
            ignored.add(packet);
        }
        return null;
    }
}
