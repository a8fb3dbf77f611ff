package dev.domin.udp;

import dev.domin.udp.transport.Transport;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The closing of an endpoint: drops packets that wait, counts what is queued in the socket, closes the transport, and
 * releases all resources when the last thread has ended.
 */
final class Shutdown {

    private static final long OPEN = Long.MIN_VALUE;

    /** Less than what the smallest datagram takes of a socket's receive buffer, so a limit for how many fit into it. */
    private static final int MIN_CHARGE = 256;

    private static final int MIN_DRAIN = 1024;
    private static final int MAX_DRAIN_ERRORS = 8;
    private static final int PACKETS_PER_MARKER = 256;
    private static final long MARKER_NANOS = 100_000_000;
    private static final long MARKER_PAUSE_NANOS = 50_000;

    private final Transport transport;
    private final Engine engine;
    private final ReceiveLoop loop;
    private final AdvancedHandler handler;
    private final ClosingMarker marker;
    private final GraceWatch grace = new GraceWatch(this);
    private volatile long lost = OPEN;

    Shutdown(Transport transport, Engine engine, ReceiveLoop loop, AdvancedHandler handler) {
        this.transport = transport;
        this.engine = engine;
        this.loop = loop;
        this.handler = handler;
        this.marker = new ClosingMarker(transport);
    }

    ReceiveLoop loop() {
        return loop;
    }

    Lifecycle lifecycle() {
        return engine.lifecycle();
    }

    /**
     * Closes the endpoint and waits; see {@link UdpEndpoint#shutdown}.
     *
     * @param interruptible whether an interrupt ends the waiting; otherwise the interrupt status is as before
     */
    boolean close(boolean interruptible) throws InterruptedException {
        boolean interrupted = false;
        Worker self = Thread.currentThread() instanceof Worker worker ? worker : null;
        boolean entered = false;
        try {
            boolean first = lifecycle().beginClose();
            if (self != null) { // not before: then others stop waiting for this thread, and must find the endpoint
                // closing
                self.enterShutdown(lifecycle());
                entered = true;
            }
            Worker[] workers = lifecycle().workers();
            if (first) {
                begin();
            }
            while (true) {
                try {
                    await(self, workers);
                    return first;
                } catch (InterruptedException e) {
                    if (interruptible) {
                        cancelRunning();
                        throw e;
                    }
                    interrupted = true;
                }
            }
        } finally {
            grace.start(engine.errors());
            if (self != null && entered) {
                self.leaveShutdown(lifecycle());
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits until all resources are released; see {@link AdvancedEndpoint#awaitTermination}. */
    void awaitTermination() throws InterruptedException {
        try {
            lifecycle().awaitReleased();
        } catch (InterruptedException e) {
            cancelRunning();
            throw e;
        }
    }

    /**
     * {@return how many packets the system has lost, without markers, or -1; final once the transport is closed}
     */
    long lostPackets() {
        long known = lost;
        if (known == OPEN) {
            long read = readLostPackets();
            known = lost;
            return known == OPEN ? read : known;
        }
        return known;
    }

    /**
     * Drops the packets of a batch that was received while the endpoint closes, up to the marker. Called by the
     * receiver.
     */
    void drop(int packets) {
        for (int i = 0; i < packets && !marker.seen(); i++) {
            if (!marker.isAt(i)) {
                engine.accounts().received(1);
                engine.drop(i, Fate.CLOSED);
            }
        }
    }

    /**
     * Counts what is queued and closes the transport. Called once, by the receiver, which then receives nothing more.
     */
    void closeTransport() {
        try {
            drain();
        } catch (Throwable e) {
            engine.errors().report(e);
        }
        closeNow();
    }

    /**
     * Ends the grace period: cancels the handlers that still run, and closes the transport if the receiver still waits
     * in it.
     */
    void endGrace() {
        cancelRunning();
        if (loop.role().forceEnd()) {
            closeNow();
        }
    }

    /** Releases all resources. Called once, when the last thread has ended and the transport is closed. */
    void release() {
        engine.deadlines().release();
        grace.release();
        engine.answers().end();
        engine.pool().clear();
        transport.release();
        try {
            handler.terminated();
        } catch (Throwable e) {
            engine.errors().report(e);
        } finally {
            engine.accounts().observation().closed();
            lifecycle().released();
        }
    }

    private void begin() {
        for (Packet packet : engine.pool().all()) {
            if (packet.state().revoke()) {
                cancel(packet);
            }
        }
        boolean marked = marker.send();
        boolean receiving = loop.role().close();
        if (!receiving) {
            loop.endIfVacant();
        } else if (!marked && loop.role().forceEnd()) {
            closeNow(); // nothing else wakes the receiver
        }
    }

    private void await(@Nullable Worker self, Worker[] workers) throws InterruptedException {
        Lifecycle lifecycle = lifecycle();
        if (!awaitEnd(self, lifecycle.graceEnd())) {
            endGrace();
            awaitEnd(self, Long.MAX_VALUE);
        }
        for (Worker worker : workers) {
            if (lifecycle.hasLeft(worker)) {
                worker.join(); // the thread has left the lifecycle, but may not have ended yet
            }
        }
    }

    /** {@return whether, by a deadline, the threads have ended that this waits for, and the transport is closed} */
    private boolean awaitEnd(@Nullable Worker self, long deadline) throws InterruptedException {
        Lifecycle lifecycle = lifecycle();
        if (!lifecycle.awaitEnd(self, deadline)) {
            return false;
        }
        if (self != null && self.belongsTo(lifecycle)) {
            return true; // it has to finish its own packet first
        }
        abandon(lifecycle.inForeignShutdown());
        return lifecycle.awaitTransportClosed(deadline);
    }

    /** Drops the packets of handlers inside the shutdown of another endpoint, which may be waiting for this one. */
    private void abandon(List<Worker> workers) {
        for (Worker worker : workers) {
            Packet packet = worker.packet;
            if (packet != null && packet.state().abandon()) {
                loop.role().vacate();
                loop.endIfVacant();
            }
        }
    }

    private void cancelRunning() {
        for (Packet packet : engine.pool().all()) {
            if (packet.state().isInHandler()) {
                cancel(packet);
            }
        }
    }

    private void cancel(Packet packet) {
        packet.cancel();
        try {
            handler.cancel(packet);
        } catch (Throwable e) {
            engine.errors().report(e);
        }
    }

    private void closeNow() {
        long read = readLostPackets();
        lost = read <= 0 || !marker.seen() ? read : Math.max(0, read - marker.lost());
        transport.close();
        if (lifecycle().transportClosed()) {
            release();
        }
    }

    private long readLostPackets() {
        try {
            return engine.accounts().received() == 0 ? 0 : transport.lostPackets();
        } catch (Throwable e) {
            return -1;
        }
    }

    /**
     * Counts what is queued in the socket, up to a marker, so that a flood that goes on does not keep the endpoint
     * open. A full queue has lost the marker that was sent when the closing began. So another one is sent each time
     * that some packets have been read, which makes room for it, and when the queue is empty, behind packets that the
     * system has still to deliver. The size of the queue limits how many packets are read.
     */
    private void drain() {
        long most = Math.max(MIN_DRAIN, 2L * transport.receiveBufferBytes() / MIN_CHARGE);
        long waitUntil = 0;
        int unmarked = 0;
        int errors = 0;
        while (!marker.seen() && most > 0 && errors < MAX_DRAIN_ERRORS) {
            int packets = 0;
            try {
                packets = transport.receiveNow();
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                errors++;
                continue;
            }
            if (packets > 0) {
                drop(packets);
                most -= packets;
                unmarked += packets;
                if (unmarked >= PACKETS_PER_MARKER) {
                    unmarked = 0;
                    marker.send();
                }
            } else if (waitUntil == 0) {
                if (!marker.send()) {
                    return;
                }
                waitUntil = lifecycle().machine().nanoTime() + MARKER_NANOS;
            } else if (lifecycle().machine().nanoTime() - waitUntil > 0) {
                return;
            } else {
                LockSupport.parkNanos(this, MARKER_PAUSE_NANOS);
            }
        }
    }
}
