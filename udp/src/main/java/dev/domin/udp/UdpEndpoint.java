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

    private UdpEndpoint(Engine engine) {
        this.transport = engine.transport();
        this.engine = engine;
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
     *     Batching#NOW} and are not available; nothing is left open then
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
     *     Batching#NOW} and are not available; nothing is left open then
     * @throws IllegalArgumentException if a system property of this package has an invalid value
     */
    public static UdpEndpoint open(UdpOptions options, AdvancedOptions advanced, AdvancedHandler handler)
            throws IOException {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(advanced, "advanced");
        return open(Engine.openTransport(options), options, advanced, HandlerKind.advanced(handler));
    }

    static UdpEndpoint open(Transport socket, UdpOptions options, AdvancedOptions advanced, HandlerKind handler)
            throws IOException {
        try {
            return new UdpEndpoint(Engine.start(socket, options, advanced, handler));
        } catch (OutOfMemoryError e) {
            socket.close();
            throw new IOException(
                    "cannot start a thread for port " + socket.localAddress().getPort() + ": " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            socket.close();
            throw e;
        }
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

    /** {@return how many packets have been taken from the socket} Cheaper than {@link #stats}, as the next three. */
    public long received() {
        return engine.accounts().received();
    }

    /** {@return how many packets' handlers have returned in time} */
    public long handled() {
        return engine.accounts().handled();
    }

    /** {@return how many packets have been dropped} */
    public long dropped() {
        return engine.accounts().dropped();
    }

    /** {@return how many datagrams the socket took for sending, answers and others} */
    public long sent() {
        return engine.accounts().sent();
    }

    /**
     * {@return how many packets have been dropped for a reason; the sum over all reasons is {@link UdpStats#dropped}}
     *
     * @param fate the reason
     * @throws IllegalArgumentException if packets of that fate are not dropped; {@link UdpStats#handled} counts them
     */
    public long count(Fate fate) {
        if (!fate.isDropped()) {
            throw new IllegalArgumentException("packets that are " + fate.label() + " are not dropped: see stats()");
        }
        return engine.accounts().count(fate);
    }

    /** {@return the size in bytes of the socket's receive buffer, as the system granted it} */
    public int receiveBufferBytes() {
        return transport.receiveBufferBytes();
    }

    /** {@return whether packets are received in batches now; see {@link Batching}} */
    public boolean batching() {
        return transport.batching();
    }

    /**
     * {@return a sentence why packets cannot be received in batches; null if they can, or if batches are switched off}
     */
    @SuppressWarnings("exports") // of Nullable, which callers can do without
    public @Nullable String batchingProblem() {
        return transport.batchingProblem();
    }

    /**
     * {@return how often the receiver has polled before it would have slept; see {@link UdpOptions.Builder#polling}}
     */
    public long polls() {
        return transport.polls();
    }

    /** {@return how often such polling has received a packet} */
    public long successfulPolls() {
        return transport.successfulPolls();
    }

    /** {@return how long ago closing began, in nanoseconds; 0 while the endpoint is open} */
    public long closingNanos() {
        return isOpen() ? 0 : System.nanoTime() - engine.lifecycle().closeBegan();
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
        try {
            transport.send(bytes, offset, length, to);
            engine.accounts().sent(1);
            if (engine.accounts().observed()) {
                engine.accounts().showSent(0, bytes, offset, length, to);
            }
        } catch (PortUnreachableException e) {
            // No socket is bound there, which is no error for UDP.
        } catch (ClosedChannelException e) {
            throw new IOException("the endpoint on port " + port() + " is closed", e);
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

    /**
     * {@return whether the endpoint is closed and no handler runs, not even one that called {@link #shutdown}}
     */
    public boolean isTerminated() {
        return engine.lifecycle().isTerminated();
    }

    /**
     * Waits until no handler runs, including those that {@link #shutdown} does not wait for, and {@link
     * AdvancedHandler#terminated} has returned. A handler that still runs after the grace period is cancelled. Must not
     * be called by handlers of this endpoint, and only when it closes.
     *
     * @throws InterruptedException if interrupted while waiting: running handlers are cancelled
     */
    public void awaitTermination() throws InterruptedException {
        engine.shutdown().awaitTermination();
    }
}
