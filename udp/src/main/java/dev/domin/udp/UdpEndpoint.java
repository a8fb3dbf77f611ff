package dev.domin.udp;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;

/**
 * A UDP socket on 127.0.0.1, the thread that receives from it, and a handler that answers. It cannot be bound to
 * another address.
 *
 * <p>The handler runs on the receiving thread. A packet that is not done by its deadline is dropped at that moment, and
 * another thread goes on receiving; see {@link DatagramHandler}. The threads are daemons
 * and have the context class loader of the one that opened the endpoint.
 *
 * <p>All methods may be called from any thread, the handler's own included.
 */
public final class UdpEndpoint implements AutoCloseable {

    private final DatagramPort port;
    private final Counters counters = new Counters();
    private final Crew crew = new Crew();
    private final Reception reception;

    private UdpEndpoint(DatagramPort port, DatagramHandler handler, UdpOptions options) {
        this.port = port;
        this.reception = new Reception(port, handler, options, counters, crew);
    }

    /**
     * Binds a port on 127.0.0.1 and begins to receive.
     *
     * @param options how to behave
     * @param handler what to do with each packet
     * @return the open endpoint; the caller closes it
     * @throws java.net.BindException if the port is taken or not allowed; the message names it
     * @throws IOException if there is no socket or no thread to be had, or batches were asked for by {@link
     *     Batching#NOW} and are not to be had; nothing is left open then
     * @throws IllegalArgumentException if the system property {@value Batching#PROPERTY} has no meaning
     */
    public static UdpEndpoint open(UdpOptions options, DatagramHandler handler) throws IOException {
        Objects.requireNonNull(handler, "handler");
        return open(openPort(options), options, handler);
    }

    private static DatagramPort openPort(UdpOptions options) throws IOException {
        Batching batching = options.batching().resolve();
        ChannelDatagramPort channel = ChannelDatagramPort.open(options.port(), options.wantedReceiveBuffer());
        if (batching == Batching.OFF) {
            return channel;
        }
        BatchingDatagramPort port = new BatchingDatagramPort(channel, new Spin(options.spinMicros()));
        if (batching == Batching.NOW) {
            port.startBatching();
            if (!port.batching()) {
                port.close();
                port.release();
                throw new IOException(
                        "no batches of packets on port " + port.localPort() + ": " + port.batchingProblem());
            }
        }
        return port;
    }

    static UdpEndpoint open(DatagramPort port, UdpOptions options, DatagramHandler handler) throws IOException {
        try {
            UdpEndpoint endpoint = new UdpEndpoint(port, handler, options);
            endpoint.reception.start();
            return endpoint;
        } catch (OutOfMemoryError e) {
            port.close();
            throw new IOException(
                    "no thread to be had for port " + port.localPort() + " on 127.0.0.1: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            port.close();
            throw e;
        }
    }

    /** {@return the bound port, 1 to 65535; also after closing} */
    public int port() {
        return port.localPort();
    }

    /** {@return whether the endpoint is open; no longer from the moment that closing begins} */
    public boolean isOpen() {
        return !crew.closing();
    }

    /**
     * {@return how much has been counted so far; the final count after closing}
     *
     * @param counter what
     */
    public long count(Counter counter) {
        return counters.get(counter);
    }

    /**
     * {@return how many packets have been dropped for a reason; all reasons together make {@link Counter#DROPPED}}
     *
     * @param fate the reason
     */
    public long count(Fate fate) {
        return counters.get(fate);
    }

    /** {@return how many packets are received but neither handled nor dropped; never negative, 0 once all has ended} */
    public long inFlight() {
        return counters.inFlight();
    }

    /** {@return the size in bytes of the socket's receive buffer, as the system granted it} */
    public int receiveBufferBytes() {
        return port.receiveBufferBytes();
    }

    /** {@return whether packets come in batches by now; see {@link Batching}} */
    public boolean batching() {
        return port.batching();
    }

    /** {@return why packets can never come in batches, in words, or null where they do, may still, or are switched off} */
    public String batchingProblem() {
        return port.batchingProblem();
    }

    /** {@return how often the receiver has polled before it would have slept; see {@link UdpOptions#spinMicros}} */
    public long polls() {
        return port.polls();
    }

    /** {@return how many times that has brought a packet} */
    public long pollsPaid() {
        return port.pollsPaid();
    }

    /** {@return for how long the endpoint has been closing, in nanoseconds; 0 while it is open} */
    public long closingNanos() {
        return isOpen() ? 0 : System.nanoTime() - crew.closeBegan();
    }

    /**
     * {@return how many packets the system lost for want of room in the receive buffer, or -1 where it does not tell
     * (it does on Linux); after closing, the final number} An endpoint that has received nothing has lost nothing.
     */
    public long kernelDrops() {
        return reception.kernelDrops();
    }

    /**
     * Sends a datagram from this endpoint's port, unasked.
     *
     * @param bytes the array with the payload; free again when this returns
     * @param offset where the payload begins
     * @param length its length, 0 to {@value Datagram#MAX_PAYLOAD}
     * @param to the receiver, an IPv4 loopback address with a port
     * @throws IllegalArgumentException if the address is not on loopback, or the payload too long
     * @throws IOException if the endpoint is closed or the socket refuses; a receiver that is not there is no error
     */
    public void send(byte[] bytes, int offset, int length, InetSocketAddress to) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        Datagram.checkPayload(length);
        InetAddress address = to.getAddress();
        if (!(address instanceof Inet4Address) || !address.isLoopbackAddress() || to.getPort() == 0) {
            throw new IllegalArgumentException("datagrams go to a port on 127.0.0.1 only, not to " + to);
        }
        try {
            port.send(bytes, offset, length, to);
            counters.sent(1);
        } catch (PortUnreachableException e) {
            // Nobody listens there. UDP promises nothing else.
        } catch (ClosedChannelException e) {
            throw new IOException("the endpoint on port " + port() + " is closed", e);
        }
    }

    /**
     * Closes the endpoint: packets that still wait are dropped, running handlers end their work and their answers go
     * out, the socket is closed, the threads end. What still runs after {@link UdpOptions#closeGraceMillis} is
     * cancelled. When this returns no handler runs any more, the port is free, and nothing is in flight.
     *
     * <p>It does not wait for the handler it is called from, whose answer is the last one; the port is free after that. Nor
     * does it wait for handlers that are inside the shutdown of another endpoint, since two may shut each other down: their
     * packets count as dropped before this returns, and their answers are thrown away.
     *
     * <p>What is queued in the socket when the receiving ends is counted as dropped, up to what had arrived when the shutdown
     * began; what comes later was never received.
     *
     * @return whether this call closed the endpoint; {@code false} for a later one, which waits just the same
     * @throws InterruptedException if interrupted while waiting: what still runs is cancelled, and the closing goes
     *     on by itself
     */
    public boolean shutdown() throws InterruptedException {
        Worker self = enter();
        try {
            boolean first = crew.beginClose();
            Worker[] members = crew.members();
            if (first) {
                reception.end();
            }
            try {
                awaitEnd(self, members);
            } catch (InterruptedException e) {
                reception.cancelRunning();
                throw e;
            }
            return first;
        } finally {
            exit(self);
        }
    }

    /** Does what {@link #shutdown} does, but does not let itself be interrupted: the interrupt status is as before. */
    @Override
    public void close() {
        boolean interrupted = false;
        Worker self = enter();
        try {
            boolean first = crew.beginClose();
            Worker[] members = crew.members();
            if (first) {
                reception.end();
            }
            while (true) {
                try {
                    awaitEnd(self, members);
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            exit(self);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * {@return whether everything is over: it is closed, and no handler runs any more, nor the one that closed it}
     */
    public boolean isTerminated() {
        return crew.isOver();
    }

    /**
     * Waits until everything is over, also handlers that {@link #shutdown} does not wait for, and {@link
     * DatagramHandler#terminated} has returned. What still runs when the grace of the closing is over is cancelled. To be called
     * by none of its own handlers, and only when it closes.
     *
     * @throws InterruptedException if interrupted while waiting: what still runs is cancelled
     */
    public void awaitTermination() throws InterruptedException {
        try {
            crew.awaitReleased();
        } catch (InterruptedException e) {
            reception.cancelRunning();
            throw e;
        }
    }

    private void awaitEnd(Worker self, Worker[] members) throws InterruptedException {
        if (!crew.awaitEnd(self, reception.graceEnd())) {
            reception.endGrace();
            crew.awaitEnd(self, Long.MAX_VALUE);
        }
        boolean own = self != null && self.belongsTo(crew);
        if (!own) { // else its own packet comes to its end first
            reception.abandon(crew.inForeignShutdown());
            crew.awaitPortClosed();
        }
        for (Worker worker : members) {
            if (crew.hasLeft(worker)) {
                worker.join(); // at its very end: so that the thread is gone, too
            }
        }
    }

    private Worker enter() {
        if (Thread.currentThread() instanceof Worker worker) {
            worker.enterShutdown(crew);
            return worker;
        }
        return null;
    }

    private void exit(Worker self) {
        reception.watchGrace();
        if (self != null) {
            self.leaveShutdown(crew);
        }
    }
}
