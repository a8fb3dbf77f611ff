package dev.domin.udp;

import dev.domin.udp.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket on a loopback address, the thread that receives from it, and a handler that answers. It cannot be bound
 * to an address that other machines reach.
 *
 * <pre>{@code
 * try (var echo = UdpEndpoint.open(packet -> packet.reply(packet.payload()))) {
 *     use(echo.address());
 * }
 * }</pre>
 *
 * <p>The handler runs on the receiving thread. A packet whose handler has not returned by its deadline is dropped at
 * that moment, and another thread continues to receive; see {@link DatagramHandler}. The threads are daemons and have
 * the context class loader of the thread that opened the endpoint.
 *
 * <p>All methods may be called from any thread, the handler's own included. The code that opens an endpoint has to
 * close it.
 */
public final class UdpEndpoint implements AutoCloseable {

    private final Transport transport;
    private final Engine engine;
    private final AdvancedEndpoint advanced;

    private UdpEndpoint(Engine engine) {
        this.transport = engine.transport();
        this.engine = engine;
        this.advanced = new AdvancedEndpoint(this, engine, transport);
    }

    /**
     * Opens an endpoint on 127.0.0.1, at a port that the system chooses, without a timeout.
     *
     * @param handler what to do with each packet
     * @return the open endpoint; the caller closes it
     * @throws IOException if the system has no socket or no thread left; nothing is left open then
     */
    public static UdpEndpoint open(DatagramHandler handler) throws IOException {
        return open(UdpOptions.DEFAULTS, handler);
    }

    /**
     * Opens an endpoint and starts to receive.
     *
     * @param options how to behave
     * @param handler what to do with each packet
     * @return the open endpoint; the caller closes it
     * @throws java.net.BindException if the port is taken or not allowed; the message names it
     * @throws IOException if the system has no socket or no thread left, or batches were asked for by {@link
     *     Batching#NOW} and are not available; nothing is left open then, as when {@link UdpObserver#opened} throws
     * @throws IllegalArgumentException if a system property of this package has an invalid value
     */
    public static UdpEndpoint open(UdpOptions options, DatagramHandler handler) throws IOException {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(handler, "handler");
        return open(Engine.openTransport(options), options, AdvancedOptions.DEFAULTS, HandlerKind.simple(handler));
    }

    /**
     * Opens an endpoint for a handler that has to wait before it can work on a packet.
     *
     * @param options how to behave
     * @param advanced what only such a handler needs
     * @param handler what to do with each packet
     * @return the open endpoint; the caller closes it
     * @throws java.net.BindException if the port is taken or not allowed; the message names it
     * @throws IOException if the system has no socket or no thread left, or batches were asked for by {@link
     *     Batching#NOW} and are not available; nothing is left open then, as when {@link UdpObserver#opened} throws
     * @throws IllegalArgumentException if a system property of this package has an invalid value
     */
    public static UdpEndpoint open(UdpOptions options, AdvancedOptions advanced, AdvancedHandler handler)
            throws IOException {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(advanced, "advanced");
        return open(Engine.openTransport(options), options, advanced, HandlerKind.advanced(handler));
    }

    /**
     * Opens an endpoint on a socket that another endpoint has handed over. It receives what is queued in the socket
     * first. The address, the size of the receive buffer and how packets are received are those of the socket; these
     * options are ignored.
     *
     * @param socket the socket, which must be free; it belongs to the endpoint from now on
     * @param options how to behave
     * @param advanced what only such a handler needs
     * @param handler what to do with each packet
     * @return the open endpoint; the caller closes it
     * @throws IllegalStateException if the socket is not free
     * @throws IOException if the system has no thread left; the socket is closed then, as when {@link
     *     UdpObserver#opened} throws
     */
    public static UdpEndpoint open(
            BoundSocket socket, UdpOptions options, AdvancedOptions advanced, AdvancedHandler handler)
            throws IOException {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(advanced, "advanced");
        return open(socket.take(), socket, options, advanced, HandlerKind.advanced(handler), Machine.REAL);
    }

    static UdpEndpoint open(Transport socket, UdpOptions options, AdvancedOptions advanced, HandlerKind handler)
            throws IOException {
        return open(socket, options, advanced, handler, Machine.REAL);
    }

    static UdpEndpoint open(
            Transport socket, UdpOptions options, AdvancedOptions advanced, HandlerKind handler, Machine machine)
            throws IOException {
        return open(socket, null, options, advanced, handler, machine);
    }

    private static UdpEndpoint open(
            Transport socket,
            @Nullable BoundSocket origin,
            UdpOptions options,
            AdvancedOptions advanced,
            HandlerKind handler,
            Machine machine)
            throws IOException {
        UdpEndpoint endpoint;
        try {
            endpoint = new UdpEndpoint(new Engine(socket, origin, options, advanced.headroom(), handler, machine));
        } catch (OutOfMemoryError e) {
            socket.close();
            throw new IOException(
                    "no memory for the endpoint on port "
                            + socket.localAddress().getPort() + ": " + e.getMessage(),
                    e);
        } catch (RuntimeException | Error e) {
            socket.close();
            throw e;
        }
        Engine engine = endpoint.engine;
        Observation observation = engine.accounts().observation();
        try {
            observation.opened(endpoint);
        } catch (Throwable e) {
            engine.abort();
            throw e;
        }
        try {
            engine.start(options, advanced);
        } catch (Throwable e) {
            if (engine.abort()) {
                observation.closed();
            }
            throw e;
        }
        return endpoint;
    }

    /** {@return the bound port, 1 to 65535; also after closing} */
    public int port() {
        return transport.localAddress().getPort();
    }

    /** {@return the bound address with its port, for clients; also after closing} */
    public InetSocketAddress address() {
        return transport.localAddress();
    }

    /** {@return whether the endpoint is open; false as soon as closing begins} */
    public boolean isOpen() {
        return !engine.lifecycle().closing();
    }

    /** {@return a snapshot of all counts; the final counts after closing} Asks the system how many packets it lost. */
    public UdpStats stats() {
        return engine.accounts().snapshot(engine.shutdown().lostPackets());
    }

    /**
     * {@return what hosts of endpoints need besides: single counts, the state of closing, and how packets are received}
     */
    public AdvancedEndpoint advanced() {
        return advanced;
    }

    /**
     * Sends a datagram from this endpoint's port, at any time.
     *
     * @param payload its payload, at most {@value Datagram#MAX_PAYLOAD} bytes; free again when this returns
     * @param to the receiver, a loopback address with a port
     * @throws IllegalArgumentException if the address is not on loopback, or the payload too long
     * @throws IOException if the endpoint is closed or the socket refuses it; a port without a socket is no error
     */
    public void send(byte[] payload, InetSocketAddress to) throws IOException {
        send(payload, 0, payload.length, to);
    }

    /**
     * Sends a part of an array from this endpoint's port, at any time.
     *
     * @param bytes the array with the payload; free again when this returns
     * @param offset where the payload begins
     * @param length its length, 0 to {@value Datagram#MAX_PAYLOAD}
     * @param to the receiver, a loopback address with a port
     * @throws IllegalArgumentException if the address is not on loopback, or the payload too long
     * @throws IOException if the endpoint is closed or the socket refuses it; a port without a socket is no error
     */
    public void send(byte[] bytes, int offset, int length, InetSocketAddress to) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        Packet.checkPayload(length);
        InetAddress address = to.getAddress();
        if (address == null || !address.isLoopbackAddress() || to.getPort() == 0) {
            throw new IllegalArgumentException("datagrams go to a port on a loopback address only, not to " + to);
        }
        if (address.getClass() != address().getAddress().getClass()) {
            throw new IllegalArgumentException(
                    "an endpoint on " + address().getAddress().getHostAddress() + " cannot send to "
                            + address.getHostAddress() + ": one is IPv4, the other IPv6");
        }
        if (engine.lifecycle().hasLeftSocket()) {
            throw new IOException("the endpoint on port " + port() + " is closed");
        }
        Observation observation = engine.accounts().observation();
        if (observation.hasObserver()) {
            observation.sent(0, bytes, offset, length, to);
        }
        try {
            transport.send(bytes, offset, length, to);
            if (!engine.isImpaired()) { // or what gets through has been counted
                engine.accounts().sent(1);
            }
        } catch (PortUnreachableException e) {
            // No socket is bound there, which is no error for UDP.
        } catch (IOException e) {
            IOException problem = e instanceof ClosedChannelException
                    ? new IOException("the endpoint on port " + port() + " is closed", e)
                    : e;
            observation.refused(0, to, problem);
            throw problem;
        }
    }

    /**
     * Closes the endpoint: packets that still wait are dropped, running handlers finish and their answers are sent, the
     * socket is closed, and the threads end. A handler that still runs after {@link UdpOptions#closeGrace} is
     * cancelled. When this returns, no handler runs, the port is free, and no packet is in flight.
     *
     * <p>It does not wait for the handler that calls it: its answer is the last one, and then the port is free.
     * Nor does it wait for handlers that are inside the shutdown of another endpoint, since two endpoints may shut each
     * other down: their packets count as dropped before this returns, and their answers are discarded. Where a listener
     * or an observer is inside the shutdown of another endpoint, this does not wait for it, and the port is free once
     * it has returned.
     *
     * <p>What is queued in the socket when the receiving ends is counted as dropped, up to what had arrived when the
     * shutdown began; what arrives later is not counted.
     *
     * @return whether this call closed the endpoint; {@code false} for a later call, which waits as well
     * @throws InterruptedException if interrupted while waiting: running handlers are cancelled, and the closing
     *     continues
     */
    public boolean shutdown() throws InterruptedException {
        return engine.shutdown().close(true);
    }

    /** Does what {@link #shutdown} does, but cannot be interrupted: the interrupt status is as before. */
    @Override
    public void close() {
        try {
            engine.shutdown().close(false);
        } catch (InterruptedException e) {
            throw new AssertionError(e); // not interruptible
        }
    }
}
