package dev.domin.udp;

import dev.domin.udp.transport.Transport;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * Receives packets from the transport and delivers them, one at a time. The thread that runs it is the receiver until
 * the deadline of its packet passes; then another one continues with the batch. Only the receiver uses the fields that
 * change.
 */
final class ReceiveLoop {

    private static final int MAX_PAUSE_MILLIS = 100;

    private final Transport transport;
    private final ReceiverRole role = new ReceiverRole();
    private final Engine engine;

    @SuppressWarnings("NullAway.Init") // set before the first thread starts
    private Delivery delivery;

    @SuppressWarnings("NullAway.Init") // as delivery
    private Shutdown shutdown;

    /** What may be among the packets of this socket without being one; null where there is none. */
    private @Nullable WakeSignal wakes;

    private int batch;
    private int next;
    private int pauseMillis;

    ReceiveLoop(Transport transport, Engine engine) {
        this.transport = transport;
        this.engine = engine;
    }

    /**
     * Sets the parts that are created later.
     *
     * @param inherited the signals that may be queued in the socket, or null if it is a new one
     */
    void connect(Delivery packets, Shutdown end, @Nullable WakeSignal inherited) {
        delivery = packets;
        shutdown = end;
        wakes = inherited;
    }

    ReceiverRole role() {
        return role;
    }

    /** Receives as long as the thread is the receiver. */
    void run(Worker me) {
        try {
            if (takeRole()) {
                while (!isDone(me)) {
                    role.stopReceiving(); // this thread is still the receiver
                }
            }
        } finally {
            try {
                delivery.reportDrops();
            } finally {
                leave(me);
            }
        }
    }

    /**
     * {@return whether the thread has finished receiving; false after a failure, after which it has to receive again}
     */
    private boolean isDone(Worker me) {
        try {
            receiveAll(me);
            return true;
        } catch (Throwable e) {
            engine.errors().report(e);
            engine.lifecycle().pause(MAX_PAUSE_MILLIS);
            return false;
        }
    }

    /** Removes a thread that ends, or that could not be started. */
    void leave(Worker worker) {
        if (engine.lifecycle().leave(worker)) {
            shutdown.release();
        }
    }

    /**
     * Ends the receiving if no thread has the role of the receiver, since the endpoint closes. May be called by any
     * thread.
     */
    void endIfVacant() {
        if (takeRole()) {
            end();
        }
    }

    /** {@return whether the calling thread is the receiver now} */
    private boolean takeRole() {
        if (!role.take()) {
            return false;
        }
        engine.accounts().observation().reportLate();
        return true;
    }

    private void receiveAll(Worker me) {
        Packet packet = null;
        engine.clock().reset();
        delivery.reportDrops(); // also those of the late packet before
        while (next < batch || receive()) {
            if (isWakeAt(next)) {
                next++;
                continue;
            }
            if (packet == null) {
                packet = takePacket();
            }
            int index = next++;
            if (packet == null) {
                drop(null, Fate.NO_BUFFER);
                continue;
            }
            Fate unfit = fill(packet, index);
            if (unfit != null) {
                drop(packet, unfit);
            } else if (!delivery.deliver(me, packet, next < batch)) {
                if (!takeRole()) {
                    engine.pool().putBack(packet);
                    return;
                }
                engine.deadlines().current(packet);
                engine.clock().reset();
            }
        }
        end();
    }

    private boolean isWakeAt(int index) {
        WakeSignal signal = wakes;
        return signal != null && signal.isAt(transport, index);
    }

    /** {@return whether there is a batch; if not, the receiving ends} */
    private boolean receive() {
        engine.answers().endBatch();
        while (role.startReceiving()) {
            int packets = 0;
            Throwable problem = null;
            try {
                packets = transport.receive();
            } catch (PortUnreachableException e) {
                packets = 0; // an answer to a client that has closed its socket
            } catch (Throwable e) {
                problem = e;
            }
            boolean closing = engine.lifecycle().closing(); // read after receiving: true where a marker was received
            Handover handover = engine.lifecycle().handover(); // as closing: not null where its signal was received
            if (handover != null) {
                wakes = handover.wakes();
            }
            if (closing) {
                shutdown.drain().drop(packets, wakes);
            } else if (packets > 0) {
                startBatch(packets);
            }
            if (!role.stopReceiving()) {
                boolean goesOn = !closing && engine.lifecycle().handover() != null; // perhaps only just now
                return goesOn && (packets > 0 || receiveDelayed());
            }
            if (packets > 0) {
                pauseMillis = 0;
                return !closing;
            }
            if (problem != null) {
                recover(problem);
            }
        }
        return receiveDelayed();
    }

    private void startBatch(int packets) {
        WakeSignal signal = wakes;
        engine.accounts().received(signal == null ? packets : packets - signal.count(transport, packets));
        next = 0;
        batch = packets;
        engine.clock().reset();
    }

    /**
     * {@return whether there is a batch of packets that were to be received later, since the socket is handed over}
     */
    private boolean receiveDelayed() {
        if (engine.lifecycle().handover() == null || engine.lifecycle().closing()) {
            return false;
        }
        int packets = transport.receiveDelayed();
        if (packets == 0) {
            return false;
        }
        startBatch(packets);
        return true;
    }

    /** Reports a failure and pauses: a socket that keeps failing must neither end the loop nor occupy a core. */
    private void recover(Throwable problem) {
        boolean closed = problem instanceof ClosedChannelException;
        if (closed && engine.lifecycle().closing()) {
            return; // an interrupt of the closing thread has closed the socket a moment too early
        }
        engine.errors().report(problem);
        if (closed) {
            try {
                transport.reopen();
            } catch (Throwable e) {
                engine.errors().report(e);
            }
        }
        pauseMillis = Math.min(MAX_PAUSE_MILLIS, 2 * pauseMillis + 1);
        engine.lifecycle().pause(pauseMillis);
    }

    private @Nullable Packet takePacket() {
        try {
            Packet packet = engine.pool().take(engine);
            if (packet != null) {
                engine.deadlines().current(packet);
            }
            return packet;
        } catch (Throwable e) { // out of memory, usually; the packet still has to be counted
            engine.errors().report(e);
            engine.clock().reset();
            return null;
        }
    }

    /** {@return why the packet cannot be handled, or null} */
    private @Nullable Fate fill(Packet packet, int index) {
        boolean forged;
        try {
            transport.take(index, packet.buffer());
            forged = engine.isForged(packet.buffer());
        } catch (Throwable e) {
            engine.errors().report(e);
            engine.clock().reset();
            return Fate.NO_BUFFER;
        }
        Observation observation = engine.accounts().observation();
        if (observation.needsNumbers()) {
            observation.received(packet);
        }
        return forged ? Fate.FORGED : null;
    }

    /** Drops a packet that is not handled. */
    private void drop(@Nullable Packet packet, Fate fate) {
        if (packet != null && fate == Fate.FORGED) { // the observer has seen it
            engine.accounts().dropped(packet.buffer().number(), fate);
        } else {
            engine.drop(next - 1, fate);
        }
        delivery.reportDrops();
        engine.clock().reset();
    }

    /** Ends the receiving. Called by the receiver. */
    private void end() {
        engine.answers().endBatch();
        while (next < batch) {
            if (!isWakeAt(next)) {
                engine.drop(next, Fate.CLOSED);
            }
            next++;
        }
        if (role.end()) {
            shutdown.receivingEnded();
        }
    }
}
