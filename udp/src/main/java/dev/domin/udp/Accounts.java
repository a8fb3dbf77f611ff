package dev.domin.udp;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one endpoint, and its observer. Written by the thread that decides the fate of a packet, readable from
 * any thread. {@link PacketState} decides the fate of packets that a handler gets; {@link #dropped} counts the others.
 */
final class Accounts {

    private final AtomicLong received = new AtomicLong();
    private final AtomicLong handled = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLongArray drops = new AtomicLongArray(Fate.values().length);
    private final AtomicInteger newDrops = new AtomicInteger();
    private final @Nullable UdpObserver observer;
    private final Errors errors;
    private long lastNumber; // belongs to the receiver
    private volatile long lateNumber; // a late packet whose fate the observer does not know yet, or 0

    Accounts(@Nullable UdpObserver observer, Errors errors) {
        this.observer = observer;
        this.errors = errors;
    }

    boolean observed() {
        return observer != null;
    }

    void received(int packets) {
        received.addAndGet(packets);
    }

    /**
     * Reports a received packet to the observer. Called by the receiver, where there is an observer.
     */
    void show(Packet packet) {
        packet.state().number(++lastNumber);
        try {
            Objects.requireNonNull(observer).received(lastNumber, new ReadOnlyDatagram(packet));
        } catch (Throwable e) {
            errors.report(e);
        }
    }

    void handled(long number, Fate fate) {
        handled.incrementAndGet();
        if (observer != null) {
            decided(number, fate);
        }
    }

    void dropped(long number, Fate fate) {
        dropped(1, fate);
        if (observer != null) {
            decided(number, fate);
        }
    }

    /**
     * Counts a late packet whose receiver is replaced. Its fate is reported to the observer by {@link #reportLate},
     * since an observer that waits must not keep the watchdog from replacing receivers. Called by the watchdog, before
     * the role of the receiver becomes vacant.
     */
    void droppedLate(long number) {
        dropped(1, Fate.LATE);
        if (observer != null) {
            lateNumber = number;
        }
    }

    /** Reports the fate of the packet that made the role of the receiver vacant. Called by the new receiver. */
    void reportLate() {
        long number = lateNumber;
        if (number != 0) {
            lateNumber = 0;
            decided(number, Fate.LATE);
        }
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

    void showSent(long number, byte[] bytes, int offset, int length, InetSocketAddress to) {
        try {
            Objects.requireNonNull(observer).sent(number, bytes, offset, length, to);
        } catch (Throwable e) {
            errors.report(e);
        }
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

    private void decided(long number, Fate fate) {
        try {
            Objects.requireNonNull(observer).decided(number, fate);
        } catch (Throwable e) {
            errors.report(e);
        }
    }
}
