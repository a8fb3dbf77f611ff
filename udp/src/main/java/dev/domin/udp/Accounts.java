package dev.domin.udp;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The counts of one endpoint. Written by the thread that decides the fate of a packet, readable from
 * any thread. {@link PacketState} decides the fate of packets that a handler gets; {@link #dropped} counts the others.
 */
final class Accounts {

    private final AtomicLong received = new AtomicLong();
    private final AtomicLong handled = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLongArray drops = new AtomicLongArray(Fate.values().length);
    private final AtomicInteger newDrops = new AtomicInteger();
    private final Observation observation;

    Accounts(Observation observation) {
        this.observation = observation;
    }

    Observation observation() {
        return observation;
    }

    void received(int packets) {
        received.addAndGet(packets);
    }

    void handled(long number, Fate fate) {
        handled.incrementAndGet();
        observation.decided(number, fate);
    }

    void dropped(long number, Fate fate) {
        dropped(1, fate);
        observation.decided(number, fate);
    }

    /** Counts a late packet whose receiver is replaced; see {@link Observation#decidedLate}. */
    void droppedLate(long number) {
        dropped(1, Fate.LATE);
        observation.decidedLate(number);
    }

    /** Counts packets that no observer has seen. */
    void dropped(int packets, Fate fate) {
        if (packets > 0) {
            dropped.addAndGet(packets);
            if (drops.getAndAdd(fate.ordinal(), packets) == 0) {
                markNewDrop(1 << fate.ordinal());
            }
        }
    }

    /** Without a lambda: creating one can fail when the heap is full, and nothing may fail here. */
    private void markNewDrop(int bit) {
        int seen;
        do {
            seen = newDrops.get();
        } while (!newDrops.compareAndSet(seen, seen | bit));
    }

    void sent(int datagrams) {
        sent.addAndGet(datagrams);
    }

    boolean hasNewDrops() {
        return newDrops.get() != 0;
    }

    /** {@return the fates, as bits by ordinal, that have had their first packet since the last call} */
    int takeNewDrops() {
        return newDrops.getAndSet(0);
    }

    long count(Fate fate) {
        return drops.get(fate.ordinal());
    }

    long received() {
        return received.get();
    }

    long handled() {
        return handled.get();
    }

    long dropped() {
        return dropped.get();
    }

    long sent() {
        return sent.get();
    }

    UdpStats snapshot(long lost) {
        // The decided packets first: a packet that is decided between the reads is then still in flight.
        long sentNow = sent.get();
        long handledNow = handled.get();
        long droppedNow = dropped.get();
        return new UdpStats(
                received.get(),
                handledNow,
                droppedNow,
                sentNow,
                lost < 0 ? OptionalLong.empty() : OptionalLong.of(lost));
    }
}
