package dev.domin.udp;

import dev.domin.udp.transport.Transport;
import java.net.InetSocketAddress;
import java.util.Locale;

/**
 * A socket that an endpoint has handed over: it stays bound, and packets that arrive are queued in it until another
 * endpoint is opened on it by {@link UdpEndpoint#open(BoundSocket, UdpOptions, AdvancedOptions, AdvancedHandler)}. It
 * belongs to whoever has it, who closes it or opens an endpoint on it. Thread-safe.
 */
public final class BoundSocket implements AutoCloseable {

    /** Less than what the smallest datagram takes of a socket's receive buffer. */
    private static final int MIN_CHARGE = 256;

    private static final int MIN_PACKETS = 1024;

    private enum State {
        /** The endpoint that hands it over is still open. */
        ATTACHED,
        FREE,
        /** It belongs to another endpoint. */
        TAKEN,
        CLOSED
    }

    private final Transport transport;
    private final WakeSignal wakes;
    private State state = State.ATTACHED; // guarded by this object's monitor, as the next
    private long lostBefore; // how many packets the system has lost that an endpoint has counted

    BoundSocket(WakeSignal wakes) {
        this.transport = wakes.socket();
        this.wakes = wakes;
    }

    /** {@return the bound address with its port; also after closing} */
    public InetSocketAddress address() {
        return transport.localAddress();
    }

    /** {@return the bound port; also after closing} */
    public int port() {
        return transport.localAddress().getPort();
    }

    /**
     * {@return whether an endpoint can be opened on it: the endpoint that has handed it over has terminated, and it is
     * neither closed nor in use}
     */
    public synchronized boolean isFree() {
        return state == State.FREE;
    }

    /**
     * Closes the socket, unless an endpoint has been opened on it. If the endpoint that hands it over is still open,
     * the socket is closed when that endpoint is.
     */
    @Override
    public void close() {
        discard();
    }

    /**
     * Closes the socket as {@link #close} does.
     *
     * @return how many packets were queued in it, which nobody handles now
     */
    public synchronized int discard() {
        int queued = 0;
        if (state == State.FREE) {
            queued = countQueued();
            closeTransport();
        }
        if (state != State.TAKEN) {
            state = State.CLOSED;
        }
        return queued;
    }

    /**
     * Called when the endpoint that hands it over has terminated.
     *
     * @param lost how many packets the system had lost by then
     */
    synchronized void free(long lost) {
        lostBefore = lost;
        if (state == State.CLOSED) {
            closeTransport();
        } else {
            state = State.FREE;
        }
    }

    /**
     * Takes the socket for an endpoint, which closes it.
     *
     * @throws IllegalStateException if it is not free
     */
    synchronized Transport take() {
        if (state != State.FREE) {
            String why = state == State.ATTACHED
                    ? "the endpoint that hands it over is still open; close that one first"
                    : state == State.TAKEN ? "another endpoint has been opened on it" : "it is closed";
            throw new IllegalStateException("the socket on port " + port() + " is not free: " + why);
        }
        state = State.TAKEN;
        return transport;
    }

    WakeSignal wakes() {
        return wakes;
    }

    synchronized long lostBefore() {
        return lostBefore;
    }

    /** Reads what is queued. The size of the queue limits how many packets are read: others may keep arriving. */
    private int countQueued() {
        long most = Math.max(MIN_PACKETS, 2L * transport.receiveBufferBytes() / MIN_CHARGE);
        int queued = 0;
        try {
            int packets = transport.receiveNow();
            while (packets > 0 && queued < most) {
                queued += packets - wakes.count(transport, packets);
                packets = transport.receiveNow();
            }
        } catch (Exception | OutOfMemoryError e) {
            // The rest is not counted.
        }
        return queued;
    }

    private void closeTransport() {
        try {
            transport.close();
        } finally {
            transport.release();
        }
    }

    @Override
    public synchronized String toString() {
        return "socket on " + address().getAddress().getHostAddress() + ":" + port() + ", "
                + (state == State.ATTACHED ? "handed over" : state.name().toLowerCase(Locale.ROOT));
    }
}
