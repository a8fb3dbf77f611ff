package dev.domin.udp;

import dev.domin.udp.transport.Transport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The closing of an endpoint: drops packets that wait, counts what is queued in the socket, closes the transport, and
 * releases all resources when the last thread has ended.
 */
final class Shutdown {

    private static final long OPEN = Long.MIN_VALUE;

    private final Transport transport;
    private final Engine engine;
    private final ReceiveLoop loop;
    private final AdvancedHandler handler;
    private final Drain drain;
    private final GraceWatch grace = new GraceWatch(this);
    private volatile long lost = OPEN;
    private volatile boolean begun;

    Shutdown(Transport transport, Engine engine, ReceiveLoop loop, AdvancedHandler handler) {
        this.transport = transport;
        this.engine = engine;
        this.loop = loop;
        this.handler = handler;
        this.drain = new Drain(transport, engine);
    }

    ReceiveLoop loop() {
        return loop;
    }

    Drain drain() {
        return drain;
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
            if (first || !begun) { // again where the first thread had not enough stack, for example
                begin();
                begun = true;
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
     * Counts what is queued and closes the transport. Called once, by the receiver, which then receives nothing more.
     */
    void closeTransport() {
        try {
            drain.run();
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
        try {
            engine.deadlines().release();
            grace.release();
            engine.answers().end();
            engine.pool().clear();
            engine.releaseTransport();
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
        boolean marked = drain.marker().send();
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
        ClosingMarker marker = drain.marker();
        lost = read <= 0 || !marker.seen() ? read : Math.max(0, read - marker.lost());
        engine.closeTransport();
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
}
