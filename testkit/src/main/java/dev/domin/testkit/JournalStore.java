package dev.domin.testkit;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The packets of a {@link Journal}, within limits. Its lock guards all entries. Calls nobody else's code with it. */
final class JournalStore {

    /** What an entry takes besides its payload, roughly, in bytes. */
    private static final int OVERHEAD = 250;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final EntryRing entries = new EntryRing();
    private final JournalLimits limits;
    private Period period = new Period(0);
    private long version; // of the packets and their fates
    private int waiting;

    JournalStore(JournalLimits limits) {
        this.limits = limits;
    }

    /**
     * Adds a packet.
     *
     * @param payload its bytes, which now belong to the journal
     * @param original the entry of the packet that this one duplicates, or null
     */
    Entry arrived(InetSocketAddress local, InetSocketAddress peer, byte[] payload, @Nullable Entry original) {
        long now = System.nanoTime();
        lock.lock();
        try {
            long number = original != null ? original.number() : ++period.received;
            return add(new Entry(Direction.IN, number, now, local, peer, payload, 0, original != null, period));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds a packet that is about to be sent.
     *
     * @param answered the packet that it answers, or null
     * @param engineNumber that packet's number for the engine, or 0
     */
    Entry sending(
            InetSocketAddress local,
            InetSocketAddress peer,
            byte[] payload,
            @Nullable Entry answered,
            long engineNumber) {
        long now = System.nanoTime();
        lock.lock();
        try {
            long answerTo = answered != null && answered.period() == period ? answered.number() : 0;
            Entry entry = new Entry(Direction.OUT, ++period.sent, now, local, peer, payload, answerTo, false, period);
            entry.engineNumber = engineNumber;
            add(entry);
            if (answered != null && answerTo > 0) {
                answered.progress.addAnswer(entry.progress.position);
            }
            return entry;
        } finally {
            lock.unlock();
        }
    }

    /** Decides the fate of a packet, unless it is decided. */
    void decide(Entry entry, Fate fate, String reason) {
        lock.lock();
        try {
            if (entry.isUndecided()) {
                entry.fate = fate;
                entry.progress.decidedNanos = System.nanoTime();
                if (!reason.isEmpty()) {
                    entry.reason = reason;
                }
                signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Records the reason of a fate that the engine decides, earlier or later. */
    void explain(Entry entry, String reason) {
        change(() -> entry.reason = reason);
    }

    void addFaults(Entry entry, List<String> words) {
        change(() -> words.forEach(entry::addFault));
    }

    /**
     * Records that the engine takes up a packet.
     *
     * @param words what handles it; empty if the handler says it
     */
    void turn(Entry entry, String words) {
        long now = System.nanoTime();
        change(() -> {
            entry.progress.turnNanos = now;
            if (!words.isEmpty()) {
                entry.handledBy = words;
            }
        });
    }

    /** Records that the handler begins to work on a packet. */
    void begun(Entry entry) {
        long now = System.nanoTime();
        change(() -> entry.progress.begunNanos = now);
    }

    /** Records what takes a packet. */
    void handledBy(Entry entry, String words) {
        change(() -> entry.handledBy = words);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    /** Records that nothing takes a packet. */
    void unmatched(Entry entry, @Nullable Miss miss) {
        lock.lock();
        try {
            entry.handledBy = "";
            entry.miss = miss;
            if (entry.period() == period) {
                period.unmatched++;
                if (period.firstUnmatched == null) {
                    period.firstUnmatched = entry;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Does what {@link Entry#comment} does. */
    @Nullable
    String comment(Entry entry) {
        return read(any -> entry.comment());
    }

    /** {@return the newest packet of those that were sent to a client, as an answer to a packet of the engine} */
    @Nullable
    Entry lastSent(InetSocketAddress local, InetSocketAddress peer, long engineNumber) {
        lock.lock();
        try {
            for (long at = entries.next() - 1; at >= entries.first(); at--) {
                Entry entry = entries.at(at);
                if (entry.direction() == Direction.OUT
                        && entry.fate == Fate.SENT
                        && entry.engineNumber == engineNumber
                        && entry.peer().equals(peer)
                        && entry.local().equals(local)) {
                    return entry;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    Packet packet(Entry entry) {
        return read(all -> new Packet(entry));
    }

    /** {@return what a short function of the kit computes from all entries, with the lock held} */
    <T extends @Nullable Object> T read(Function<EntryRing, T> work) {
        lock.lock();
        try {
            return work.apply(entries);
        } finally {
            lock.unlock();
        }
    }

    JournalLimits limits() {
        return limits;
    }

    /** {@return whether this keeps nothing} */
    boolean isOff() {
        return limits.packets() == 0;
    }

    /** {@return the counts since the journal was last cleared, to be read by {@link #read} only} */
    Period period() {
        return period;
    }

    /** Forgets all packets, and counts from 1 again. */
    void clear() {
        clear(false);
    }

    /** Does what {@link #clear} does. Packets that have arrived so far are obsolete from now on. */
    void reset() {
        clear(true);
    }

    private void clear(boolean newRun) {
        lock.lock();
        try {
            entries.clear();
            period = new Period(period.run + (newRun ? 1 : 0));
            signal();
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether a packet arrived before the server was last reset} */
    boolean isObsolete(Entry entry) {
        lock.lock();
        try {
            Period own = entry.period();
            return own != null && own.run != period.run;
        } finally {
            lock.unlock();
        }
    }

    long version() {
        lock.lock();
        try {
            return version;
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether anything has changed since a version; false once the time is over} */
    boolean awaitChange(long seen, long deadline) {
        lock.lock();
        try {
            while (version == seen) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                waiting++;
                try {
                    var unused = changed.awaitNanos(left);
                } finally {
                    waiting--;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for packets", e);
        } finally {
            lock.unlock();
        }
    }

    private Entry add(Entry entry) {
        if (limits.packets() > 0) {
            entries.add(entry);
            period.bytes += entry.payload().length + OVERHEAD;
            while (entries.size() > limits.packets() || period.bytes > limits.bytes()) {
                period.bytes -= entries.removeOldest().payload().length + OVERHEAD;
                period.forgotten++;
            }
            signal();
        }
        return entry;
    }

    private void signal() {
        version++;
        if (waiting > 0) {
            changed.signalAll();
        }
    }
}
