package dev.domin.testkit;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The packets of a {@link Journal}, within limits, and the waiting for them. Its lock guards all entries. */
final class JournalStore {

    /** What an entry takes besides its payload, roughly, in bytes. */
    private static final int OVERHEAD = 150;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final JournalLimits limits;
    private final ReportSources sources;
    private final long[] numbers = new long[2]; // the last number of each direction
    private long bytes;
    private long forgotten;
    private long version; // of the packets and their fates
    private int waiting;

    JournalStore(JournalLimits limits, ReportSources sources) {
        this.limits = limits;
        this.sources = sources;
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
            long number = original != null ? original.number() : ++numbers[0];
            return add(new Entry(Direction.IN, number, now, local, peer, payload, 0, original != null));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds a packet that is about to be sent.
     *
     * @param answerTo the number of the packet that it answers, or 0
     * @param engineNumber that packet's number for the engine, or 0
     */
    Entry sending(InetSocketAddress local, InetSocketAddress peer, byte[] payload, long answerTo, long engineNumber) {
        long now = System.nanoTime();
        lock.lock();
        try {
            Entry entry = new Entry(Direction.OUT, ++numbers[1], now, local, peer, payload, answerTo, false);
            entry.engineNumber = engineNumber;
            return add(entry);
        } finally {
            lock.unlock();
        }
    }

    void decide(Entry entry, Fate fate, String reason) {
        lock.lock();
        try {
            entry.decide(fate, reason);
            signal();
        } finally {
            lock.unlock();
        }
    }

    /** Records the reason of a fate that the engine decides, earlier or later. */
    void explain(Entry entry, String reason) {
        locked(() -> entry.reason = reason);
    }

    void addFaults(Entry entry, List<String> words) {
        locked(() -> {
            words.forEach(entry::addFault);
            return entry;
        });
    }

    /** Records what takes a packet, or that nothing does. */
    void handledBy(Entry entry, String words) {
        locked(() -> entry.handledBy = words);
    }

    /** {@return fate, reason and faults of a packet in words, where they are not plain; otherwise null} */
    @Nullable
    String comment(Entry entry) {
        lock.lock();
        try {
            boolean plain = entry.fate == Fate.HANDLED || entry.fate == Fate.SILENT || entry.fate == Fate.SENT;
            if (plain && entry.faults.isEmpty()) {
                return null;
            }
            String fate = entry.fate == Fate.PENDING ? "not decided when this was written" : entry.fate.label();
            String why = entry.reason.isEmpty() || entry.faults.contains(entry.reason) ? "" : ": " + entry.reason;
            return "fate: " + fate + why
                    + String.join(
                            "", entry.faults.stream().map(fault -> "; " + fault).toList());
        } finally {
            lock.unlock();
        }
    }

    /** {@return the newest packet of those that were sent to a client, as an answer to a packet of the engine} */
    @Nullable
    Entry lastSent(InetSocketAddress local, InetSocketAddress peer, long engineNumber) {
        lock.lock();
        try {
            for (var newest = entries.descendingIterator(); newest.hasNext(); ) {
                Entry entry = newest.next();
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

    List<Packet> packets(Predicate<Entry> wanted) {
        return locked(() -> entries.stream().filter(wanted).map(Packet::new).toList());
    }

    Packet packet(Entry entry) {
        return locked(() -> new Packet(entry));
    }

    /** {@return the packets that are wanted} Calls the condition without the lock: it may be a test's own function. */
    List<Entry> find(Predicate<Entry> wanted) {
        List<Entry> all = locked(() -> new ArrayList<>(entries));
        return all.stream().filter(wanted).toList();
    }

    /** {@return the packets, from now on met as far as {@link Journal#verifyNoMore} is concerned} */
    List<Packet> see(List<Entry> found) {
        return locked(() -> {
            found.forEach(entry -> entry.seen = true);
            return found.stream().map(Packet::new).toList();
        });
    }

    /**
     * {@return what is wanted, as soon as there are that many, or what there is when the time is over}
     *
     * @param decided whether to wait for their fates, too
     */
    List<Entry> await(Predicate<Entry> wanted, int count, Duration within, boolean decided) {
        long deadline = System.nanoTime() + Clock.nanos(within);
        while (true) {
            long seen = version();
            List<Entry> found = find(wanted);
            boolean complete = found.size() >= count && !(decided && anyPending(found));
            if (complete || !awaitChange(seen, deadline)) {
                return found;
            }
        }
    }

    Packet take(Duration within) {
        long deadline = System.nanoTime() + Clock.nanos(within);
        lock.lock();
        try {
            Entry next = nextRequest();
            while ((next == null || next.fate == Fate.PENDING) && waitUntil(deadline)) {
                next = nextRequest();
            }
            if (next == null) {
                throw report().failure("expected a packet; none came within " + Clock.text(within), null);
            }
            next.taken = true;
            next.seen = true;
            return new Packet(next);
        } finally {
            lock.unlock();
        }
    }

    long forgotten() {
        return locked(() -> forgotten);
    }

    void clear() {
        lock.lock();
        try {
            entries.clear();
            bytes = 0;
            forgotten = 0;
            numbers[0] = 0;
            numbers[1] = 0;
        } finally {
            lock.unlock();
        }
    }

    JournalReport report() {
        return new JournalReport(packets(entry -> true), forgotten(), sources.faults(), sources.errors());
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private Entry add(Entry entry) {
        if (limits.packets() > 0) {
            entries.add(entry);
            bytes += entry.payload().length + OVERHEAD;
            while (entries.size() > limits.packets() || bytes > limits.bytes()) {
                bytes -= entries.remove().payload().length + OVERHEAD;
                forgotten++;
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

    private boolean anyPending(List<Entry> found) {
        return locked(() -> found.stream().anyMatch(entry -> entry.fate == Fate.PENDING));
    }

    private long version() {
        return locked(() -> version);
    }

    /** {@return whether anything has changed since; false once the time is over} */
    private boolean awaitChange(long seen, long deadline) {
        lock.lock();
        try {
            while (version == seen) {
                if (!waitUntil(deadline)) {
                    return false;
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Entry nextRequest() {
        for (Entry entry : entries) {
            if (entry.direction() == Direction.IN && !entry.duplicate() && !entry.taken) {
                return entry;
            }
        }
        return null;
    }

    /** {@return whether something may have changed; false once the time is over} */
    @SuppressWarnings("WaitNotInLoop") // its callers have the loop
    private boolean waitUntil(long deadline) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        waiting++;
        try {
            changed.awaitNanos(left);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for packets", e);
        } finally {
            waiting--;
        }
    }
}
