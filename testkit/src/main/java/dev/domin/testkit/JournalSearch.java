package dev.domin.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds packets in a journal, and waits for them. Calls matches without the journal's lock. */
final class JournalSearch {

    /** An entry, and the packet that it was at the time of the search. */
    private record Seen(Entry entry, Packet packet) {}

    private final JournalStore store;
    private final ReportSources sources;

    JournalSearch(JournalStore store, ReportSources sources) {
        this.store = store;
        this.sources = sources;
    }

    /**
     * {@return the packets that are wanted}
     *
     * @param wanted a short condition of the kit
     */
    List<Packet> packets(Predicate<Entry> wanted) {
        return store.read(
                entries -> entries.stream().filter(wanted).map(Packet::new).toList());
    }

    /**
     * {@return the entries that are wanted}
     *
     * @param wanted a short condition of the kit
     * @param match another condition, or null
     */
    List<Entry> find(Predicate<Entry> wanted, @Nullable Match match) {
        List<Seen> all = store.read(entries -> entries.stream()
                .filter(wanted)
                .map(entry -> new Seen(entry, new Packet(entry)))
                .toList());
        return all.stream()
                .filter(each -> match == null || match.matches(each.packet))
                .map(Seen::entry)
                .toList();
    }

    /** Does what {@link Journal#window} does. */
    List<Packet> window(long from, int count) {
        return store.read(entries -> {
            long start = Math.max(from, entries.first());
            long left = Math.max(0, entries.next() - start);
            List<Packet> found = new ArrayList<>((int) Math.min(count, left));
            for (long at = start; at - start < Math.min(count, left); at++) {
                found.add(new Packet(entries.at(at)));
            }
            return found;
        });
    }

    /** {@return the packets, from now on met as far as {@link Journal#verifyNoMore} is concerned} */
    List<Packet> see(List<Entry> found) {
        return store.read(entries -> {
            found.forEach(Entry::see);
            return found.stream().map(Packet::new).toList();
        });
    }

    /**
     * {@return what is wanted, as soon as there are that many, or what there is when the time is over}
     *
     * @param decided whether to wait for their fates, too
     */
    List<Entry> await(Predicate<Entry> wanted, Match match, int count, Duration within, boolean decided) {
        long deadline = System.nanoTime() + Clock.nanos(within);
        while (true) {
            long version = store.version();
            List<Entry> found = find(wanted, match);
            boolean complete = found.size() >= count && !(decided && anyPending(found));
            if (complete || !store.awaitChange(version, deadline)) {
                return found;
            }
        }
    }

    /**
     * {@return the next entry that is wanted, once its fate is decided or the time is over; now it is taken}
     *
     * @param wanted a short condition of the kit
     */
    @Nullable
    Packet take(Predicate<Entry> wanted, Duration within) {
        long deadline = System.nanoTime() + Clock.nanos(within);
        boolean inTime = true;
        while (true) {
            long version = store.version();
            boolean anyFate = !inTime;
            Packet taken = store.read(entries -> {
                for (Entry entry : entries) {
                    if (!entry.isTaken() && wanted.test(entry)) {
                        return anyFate || entry.fate != Fate.PENDING ? take(entry) : null;
                    }
                }
                return null;
            });
            if (taken != null || !inTime) {
                return taken;
            }
            inTime = store.awaitChange(version, deadline);
        }
    }

    private static Packet take(Entry entry) {
        entry.take();
        return new Packet(entry);
    }

    long forgotten() {
        return store.read(entries -> store.period().forgotten);
    }

    /** {@return whether a packet with this number has arrived, for one that is not there any more} */
    boolean isForgotten(long number) {
        return number > 0 && store.read(entries -> number <= store.period().received);
    }

    /** {@return how many packets nothing took, also forgotten ones} */
    long unmatched() {
        return store.read(entries -> store.period().unmatched);
    }

    /** {@return the first packet that nothing took, also if it was forgotten} */
    @Nullable
    Packet firstUnmatched() {
        return store.read(entries -> {
            Entry first = store.period().firstUnmatched;
            return first == null ? null : new Packet(first);
        });
    }

    JournalReport report() {
        return new JournalReport(packets(entry -> true), store.isOff(), forgotten(), sources);
    }

    private boolean anyPending(List<Entry> found) {
        return store.read(entries -> found.stream().anyMatch(entry -> entry.fate == Fate.PENDING));
    }
}
