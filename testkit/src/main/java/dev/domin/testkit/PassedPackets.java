package dev.domin.testkit;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The packets of one endpoint that the impairment has passed on, once or several times, and that are not all there. */
final class PassedPackets {

    /** One of them. Used by the thread that receives. */
    static final class Passed {
        private final Entry entry;
        private final boolean delayed;
        private int left;
        private boolean delivered;

        private Passed(Entry entry, int copies, boolean delayed) {
            this.entry = entry;
            this.left = copies;
            this.delayed = delayed;
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

    void add(long arrival, Entry entry, int copies, boolean delayed) {
        byArrival.put(arrival, new Passed(entry, copies, delayed));
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
        if (next != null && --next.left == 0) {
            byArrival.remove(arrival);
        }
    }

    /** Removes all, since nothing is delivered any more. */
    void finish(Consumer<Entry> undelivered) {
        byArrival.values().forEach(each -> {
            if (!each.delivered) {
                undelivered.accept(each.entry);
            }
        });
        byArrival.clear();
    }
}
