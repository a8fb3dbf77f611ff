package dev.domin.testkit;

import dev.domin.udp.UdpImpairment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The packets of one endpoint that the impairment has passed on, once or several times, and that are not all there. */
final class PassedPackets {

    /** One of them. Used by the thread that receives. */
    static final class Passed {
        private final Entry entry;
        private final boolean delayed;
        private final boolean reserved; // its memory
        private int left;
        private boolean delivered;

        private Passed(Entry entry, int copies, boolean delayed, boolean reserved) {
            this.entry = entry;
            this.left = copies;
            this.delayed = delayed;
            this.reserved = reserved;
        }

        private void release() {
            if (reserved) {
                DelayedMemory.release(entry.length());
            }
        }

        Entry entry() {
            return entry;
        }

        /** {@return whether this is the first delivery} */
        boolean deliver() {
            boolean first = !delivered;
            delivered = true;
            return first;
        }
    }

    private final ConcurrentHashMap<Long, Passed> byArrival = new ConcurrentHashMap<>();

    /** Adds a packet that is passed on at once. */
    void add(long arrival, Entry entry) {
        byArrival.put(arrival, new Passed(entry, 1, false, false));
    }

    /**
     * Passes a packet on.
     *
     * @return how many copies are accepted
     */
    int pass(long arrival, Entry entry, FaultOutcome outcome, UdpImpairment.Outlet outlet) {
        boolean reserved = outcome.isLater();
        if (reserved && !DelayedMemory.reserve(entry.length())) {
            return 0;
        }
        Passed packet = new Passed(entry, outcome.copies(), outcome.isDelayed(), reserved);
        byArrival.put(arrival, packet);
        int copies = outcome.pass(outlet, UdpImpairment.Later.NONE);
        packet.left = copies;
        if (copies == 0 && byArrival.remove(arrival, packet)) {
            packet.release();
        }
        return copies;
    }

    /** {@return whether nothing is on its way but what faults have delayed} */
    boolean hasDelayedOnly() {
        return byArrival.values().stream().allMatch(each -> each.delayed);
    }

    /** {@return the packet that is delivered now, or null if the impairment has not seen it} */
    @Nullable
    Passed next(long arrival) {
        return byArrival.get(arrival);
    }

    /** Counts a delivery. Called once the packet has its number of the engine. */
    void delivered(long arrival) {
        Passed next = byArrival.get(arrival);
        if (next != null && --next.left == 0 && byArrival.remove(arrival, next)) {
            next.release();
        }
    }

    /** Removes all, since nothing is delivered any more. */
    void finish(Consumer<Entry> undelivered) {
        List<Entry> lost = new ArrayList<>();
        byArrival.forEach((arrival, each) -> {
            if (byArrival.remove(arrival, each)) { // not where it is delivered at this moment
                each.release();
                if (!each.delivered) {
                    lost.add(each.entry);
                }
            }
        });
        Sinks.forAll(lost, undelivered);
    }
}
