package dev.domin.udp;

import dev.domin.udp.transport.PacketBuffer;
import dev.domin.udp.transport.Transport;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The packets that come through an impairment, in batches. When a delayed packet is due, a datagram that the socket
 * sends to itself wakes the receiver. All fields belong to the receiver but {@link #wakeUps}.
 */
final class ImpairedArrivals implements UdpImpairment.Outlet {

    /** How many arrivals are kept for later packets: as many as a batch usually has at most. */
    private static final int MAX_SPARE = 64;

    private final Transport inner;
    private final UdpImpairment impairment;
    private final Errors errors;
    private final DelayedTasks delayed;
    private final AfterNext<Arrival> afterNext;
    private final WakeUps wakeUps;
    private final ArrayList<Arrival> batch = new ArrayList<>(MAX_SPARE);
    private final ArrayDeque<Arrival> spare = new ArrayDeque<>(MAX_SPARE);
    private @Nullable Arrival current; // the packet that the impairment sees now
    private long arrivals;

    ImpairedArrivals(
            Transport inner, UdpImpairment impairment, DelayedTasks delayed, Errors errors, WakeSignal signal) {
        this.inner = inner;
        this.impairment = impairment;
        this.delayed = delayed;
        this.errors = errors;
        this.wakeUps = new WakeUps(signal, delayed, errors);
        this.afterNext = new AfterNext<>(delayed, wakeUps::arrive);
    }

    /** Forgets the packets of the last batch. */
    void clear() {
        for (int i = 0; i < batch.size(); i++) {
            recycle(batch.get(i));
        }
        batch.clear();
    }

    WakeUps wakeUps() {
        return wakeUps;
    }

    int size() {
        return batch.size();
    }

    PacketBuffer get(int index) {
        return batch.get(index).buffer();
    }

    boolean isOwn(int index, byte[] payload) {
        PacketBuffer packet = get(index);
        int end = packet.offset() + packet.length();
        return isOwn(packet) && Arrays.equals(packet.array(), packet.offset(), end, payload, 0, payload.length);
    }

    /** {@return whether the sender is the endpoint itself, or the address is forged so} */
    private boolean isOwn(PacketBuffer packet) {
        InetSocketAddress own = inner.localAddress();
        return packet.senderPort() == own.getPort() && packet.sender().equals(own);
    }

    /**
     * Adds to the batch what the impairment passes of a packet that the socket has received.
     *
     * @param index its place in the socket's batch
     */
    void impair(int index) {
        if (wakeUps.isSignal(index)) {
            return;
        }
        arrivals++;
        Arrival arrival = take();
        inner.take(index, arrival.buffer());
        arrival.buffer().arrival(arrivals);
        if (isOwn(arrival.buffer())) { // the engine's own, or forged: no network to impair
            if (ClosingMarker.isMarker(
                    arrival.view().array(),
                    arrival.view().offset(),
                    arrival.view().length())) {
                arrivals--; // it has no number
            }
            add(arrival);
            return;
        }
        List<AfterNext.Kept<Arrival>> before = afterNext.take();
        current = arrival;
        try {
            impairment.received(arrivals, arrival.view(), this);
        } catch (Exception e) { // the impairment's own; the packet is lost, as others that it does not pass
            errors.report(e);
        } finally {
            current = null;
            if (!arrival.isPassed()) {
                recycle(arrival);
            }
            if (!before.isEmpty()) {
                afterNext.release(before, this::addKept);
            }
        }
    }

    @Override
    public boolean pass(byte[] bytes, int offset, int length, long delayNanos, UdpImpairment.Later later) {
        Arrival from = current();
        if (delayNanos > 0) {
            Arrival kept = keep(bytes, offset, length, from, later);
            return delayed.schedule(new DelayedTasks.Task(length, () -> wakeUps.arrive(kept), later), delayNanos);
        }
        if (from.has(bytes, offset, length) && !from.isPassed()) {
            add(from);
        } else {
            Packet.checkPayload(length);
            Arrival copy = take();
            copy.set(bytes, offset, length, from.buffer());
            add(copy);
        }
        later.passed();
        return true;
    }

    @Override
    public boolean passAfterNext(byte[] bytes, int offset, int length, long maxDelayNanos, UdpImpairment.Later later) {
        return maxDelayNanos <= 0
                ? pass(bytes, offset, length, 0, later)
                : afterNext.keep(keep(bytes, offset, length, current(), later), length, maxDelayNanos, later);
    }

    private Arrival current() {
        return Objects.requireNonNull(current, "an outlet is valid only during the call that it is a parameter of");
    }

    /** Adds delayed packets that are due. */
    void addReady() {
        try {
            wakeUps.addTo(batch);
        } catch (OutOfMemoryError e) {
            errors.report(e); // they stay for a later batch
        }
    }

    private void addKept(Arrival arrival) {
        boolean added = false;
        try {
            add(arrival);
            added = true;
        } finally {
            if (added) {
                arrival.later().passed();
            } else { // no memory
                delayed.release(arrival.buffer().length());
                arrival.later().discarded();
            }
        }
    }

    private void add(Arrival arrival) {
        batch.add(arrival);
        arrival.passed(true);
    }

    /** {@return a copy that does not use the memory of a spare arrival, which may be much larger} */
    private static Arrival keep(byte[] bytes, int offset, int length, Arrival from, UdpImpairment.Later later) {
        Packet.checkPayload(length);
        Arrival copy = Arrival.later(length, later);
        copy.set(bytes, offset, length, from.buffer());
        return copy;
    }

    private Arrival take() {
        Arrival arrival = spare.poll();
        return arrival != null ? arrival : new Arrival();
    }

    private void recycle(Arrival arrival) {
        if (arrival.isDelayed()) {
            delayed.release(arrival.buffer().length());
            return;
        }
        arrival.clear();
        if (spare.size() < MAX_SPARE) {
            spare.push(arrival);
        }
    }
}
