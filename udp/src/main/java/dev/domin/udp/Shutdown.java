package dev.domin.udp;

import dev.domin.udp.transport.Transport;
import java.util.List;
import java.util.Objects;
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
    private final @Nullable WakeSignal wakes;
    private final long lostBefore;
    private final GraceWatch grace = new GraceWatch(this);
    private volatile long lost = OPEN;
    private volatile boolean begun;

    /**
     * Creates the closing of an endpoint.
     *
     * @param wakes the signals that may be queued in the socket, or null
     * @param lostBefore how many packets the system has lost that an earlier endpoint of this socket has counted
     */
    Shutdown(
            Transport transport,
            Engine engine,
            ReceiveLoop loop,
            AdvancedHandler handler,
            @Nullable WakeSignal wakes,
            long lostBefore) {
        this.wakes = wakes;
        this.lostBefore = lostBefore;
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
            if (self != null) {
                // Not before: others stop waiting for this thread then, and must find the endpoint closing.
                self.enterShutdown(lifecycle());
                entered = true;
            }
            Worker[] workers = lifecycle().workers();
            if (first || !begun) { // again where the first thread had not enough stack, for example
                begin();
                begun = true;
                if (lifecycle().rests()) {
                    leaveSocket();
                }
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

    /** See {@link AdvancedEndpoint#awaitTermination}. */
    void awaitTermination() throws InterruptedException {
        try {
            lifecycle().awaitReleased();
        } catch (InterruptedException e) {
            cancelRunning();
            throw e;
        }
    }

    /**
     * Hands over the socket; see {@link AdvancedEndpoint#handOver}.
     *
     * @return the socket, or null if the endpoint closes, is handing it over already, or could not keep it
     */
    @Nullable
    BoundSocket handOver() throws InterruptedException {
        if (Thread.currentThread() instanceof Worker worker && worker.belongsTo(lifecycle())) {
            throw new IllegalStateException("a handler cannot hand over the socket of its own endpoint");
        }
        // An impaired transport has a signal, so that without one the transport is that of the socket.
        Handover handover = new Handover(this, wakes != null ? wakes : new WakeSignal(transport));
        return lifecycle().beginHandover(handover) && handover.await() ? handover.socket() : null;
    }

    /** Called once, by the receiver. */
    void receivingEnded() {
        if (lifecycle().handover() == null) {
            closeTransport();
        } else if (lifecycle().rest()) {
            leaveSocket();
        }
    }

    /** {@return how many packets the system has lost, without markers, or -1; final once the transport is closed} */
    long lostPackets() {
        long known = lost;
        if (known == OPEN) {
            long read = readLostPackets();
            known = lost == OPEN ? read : lost; // it never becomes OPEN again
        }
        return known;
    }

    /** Counts what is queued and closes the transport. */
    private void closeTransport() {
        try {
            drain.run(wakes);
        } catch (Throwable e) {
            engine.errors().report(e);
        }
        closeNow();
    }

    /** Ends the grace period: cancels running handlers, and closes the transport if the receiver waits in it. */
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
            if (!lifecycle().rests()) {
                engine.releaseTransport();
            }
            handler.terminated();
        } catch (Throwable e) {
            engine.errors().report(e);
        } finally {
            freeSocket();
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
        boolean handsOver = lifecycle().handover() != null; // which wakes the receiver, and leaves no marker behind
        boolean marked = handsOver || drain.marker().send();
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
        if (read > 0 && marker.seen()) { // what has been sent before the marker and was not received is lost
            read = Math.max(0, read - marker.lost() - (wakes == null ? 0 : wakes.unseen()));
        }
        lost = read;
        engine.closeTransport();
        if (lifecycle().transportClosed()) {
            release();
        }
    }

    /** Closes a resting endpoint: its socket stays open. */
    private void leaveSocket() {
        Handover handover = Objects.requireNonNull(lifecycle().handover());
        if (handover.detach()) {
            lost = readLostPackets();
            engine.detachTransport();
            if (lifecycle().transportClosed()) {
                release();
            }
        }
    }

    private void freeSocket() {
        Handover handover = lifecycle().handover();
        if (handover != null && lifecycle().rests()) {
            handover.socket().free(lostBefore + Math.max(0, lost));
        }
    }

    private long readLostPackets() {
        try { // with an impairment, for which there are signals, packets may arrive and none be received
            long read = wakes == null && engine.accounts().received() == 0 ? 0 : transport.lostPackets();
            return read <= 0 ? read : Math.max(0, read - lostBefore);
        } catch (Throwable e) {
            return -1;
        }
    }
}
