package dev.domin.testkit;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The packets of one endpoint that the impairment has passed on, once or several times, and that are not all there. */
final class PassedPackets {

    /** One of them. Used by the thread that receives. */
    static final class Passed {
        private final Entry entry;
        private int left;
        private boolean delivered;

        private Passed(Entry entry, int copies) {
            this.entry = entry;
            this.left = copies;
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

    void add(long arrival, Entry entry, int copies) {
        byArrival.put(arrival, new Passed(entry, copies));
    }

    /** {@return the packet that is delivered now, or null if the impairment has not seen it} */
    @Nullable
    Passed next(long arrival) {
        Passed next = byArrival.get(arrival);
        if (next != null && --next.left == 0) {
            byArrival.remove(arrival);
        }
        return next;
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
