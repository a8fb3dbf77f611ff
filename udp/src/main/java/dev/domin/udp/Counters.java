package dev.domin.udp;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** The counters of one endpoint, written by whichever thread decides over a packet, readable from any thread. */
final class Counters {

    private final AtomicLong received = new AtomicLong();
    private final AtomicLong handled = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLongArray fates = new AtomicLongArray(Fate.values().length);

    void received(int packets) {
        received.addAndGet(packets);
    }

    void handled() {
        handled.incrementAndGet();
    }

    /** {@return whether these are the first of their kind} */
    boolean dropped(int packets, Fate fate) {
        if (packets == 0) {
            return false;
        }
        dropped.addAndGet(packets);
        return fates.getAndAdd(fate.ordinal(), packets) == 0;
    }

    void sent(int packets) {
        sent.addAndGet(packets);
    }

    long get(Fate fate) {
        return fates.get(fate.ordinal());
    }

    long get(Counter counter) {
        return cell(counter).get();
    }

    long inFlight() {
        // The ends first: a packet that ends between the reads then counts as still under way, never as less than none.
        long ended = handled.get() + dropped.get();
        return received.get() - ended;
    }

    private AtomicLong cell(Counter counter) {
        if (counter == Counter.RECEIVED) {
            return received;
        }
        if (counter == Counter.HANDLED) {
            return handled;
        }
        return counter == Counter.DROPPED ? dropped : sent;
    }
}
