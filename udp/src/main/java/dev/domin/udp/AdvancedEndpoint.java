package dev.domin.udp;

import dev.domin.udp.transport.Transport;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What hosts of endpoints, such as plugins, need of an endpoint besides {@link UdpEndpoint}. Its methods may be called
 * from any thread, also after closing; the counts are then final.
 */
public final class AdvancedEndpoint {

    private final UdpEndpoint endpoint;
    private final Engine engine;
    private final Transport transport;

    AdvancedEndpoint(UdpEndpoint endpoint, Engine engine, Transport transport) {
        this.endpoint = endpoint;
        this.engine = engine;
        this.transport = transport;
    }

    /**
     * {@return how many packets have been taken from the socket} Cheaper than {@link UdpEndpoint#stats}, as the next
     * three.
     */
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
            throw new IllegalArgumentException(
                    "packets that are " + fate.label() + " are not dropped: see UdpEndpoint.stats()");
        }
        return engine.accounts().count(fate);
    }

    /**
     * Hands over the socket, so that another endpoint can go on where this one has stopped, without closing the port:
     * everything that this endpoint has taken from the socket is handled, its answers are sent, packets that an
     * impairment has delayed are handled at once, and the receiver ends. What arrives from now on stays queued in the
     * socket. When this returns, no handler runs. Until it is closed, the endpoint can still send; closing it leaves
     * the socket open.
     *
     * <p>A handler that still runs after {@link UdpOptions#closeGrace} is cancelled, and what waits behind it is
     * dropped: the endpoint is then closed.
     *
     * <p>If the endpoint is closed meanwhile, the packets that wait are dropped as in each shutdown, but the socket
     * stays open all the same. A packet is counted by exactly one of the endpoints of a socket, and so is a packet that
     * the system has lost.
     *
     * @return the socket, which the caller closes or opens another endpoint on; empty if this endpoint closes or has
     *     handed over its socket before, or if it had to be closed because the system did not let it wake its receiver
     * @throws InterruptedException if interrupted while waiting; then the endpoint and the socket are closed
     * @throws IllegalStateException if called by a handler of this endpoint
     */
    public Optional<BoundSocket> handOver() throws InterruptedException {
        return Optional.ofNullable(engine.shutdown().handOver());
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
        return endpoint.isOpen() ? 0 : engine.lifecycle().closingNanos();
    }

    /**
     * {@return whether the endpoint is closed and no handler runs, not even one that called {@link
     * UdpEndpoint#shutdown}}
     */
    public boolean isTerminated() {
        return engine.lifecycle().isTerminated();
    }

    /**
     * Waits until no handler runs, including those that {@link UdpEndpoint#shutdown} does not wait for, and {@link
     * AdvancedHandler#terminated} has returned. A handler that still runs after the grace period is cancelled. Must not
     * be called by handlers of this endpoint, and only when it closes.
     *
     * @throws InterruptedException if interrupted while waiting: running handlers are cancelled
     */
    public void awaitTermination() throws InterruptedException {
        engine.shutdown().awaitTermination();
    }
}
