package dev.domin.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Every packet that arrived at a server or left it, with its fate. Waits for packets and verifies them; what was
 * expected and did not come is an {@link AssertionError} whose message shows the journal, the nearest miss, the faults
 * with their seed, and the errors of the server.
 *
 * <p>{@link #take}, {@link #await}, {@link #never}, {@link #verify} and {@link #verifyNoMore} are about packets that
 * clients have sent, also those that a fault has lost, and count a packet that a fault has duplicated once. Waiting is
 * for a condition, without polling; an interrupt ends it with an AssertionError, and the interrupt status stays set.
 *
 * <p>The journal is bounded: the oldest packets are forgotten, and {@link #forgotten} counts them. From then on a check
 * whose result could depend on them fails, whatever they were: {@link #never}, {@link #verifyNoMore}, {@link #verify}
 * unless there are already too many packets, and {@link #await} unless there are enough. If the journal is off, all of
 * them fail, and {@link #take}. May be used from any thread.
 */
public final class Journal {

    private static final String KEEP_MORE = "keep more with keep(...)";

    private final JournalStore store;
    private final JournalSearch search;

    Journal(JournalStore store, JournalSearch search) {
        this.store = store;
        this.search = search;
    }

    /** {@return all packets, in the order in which they arrived or were sent} */
    public List<Packet> packets() {
        return search.packets(entry -> true);
    }

    /** {@return the packets that have arrived, in their order} */
    public List<Packet> received() {
        return search.packets(entry -> entry.direction() == Direction.IN);
    }

    /** {@return the packets that were sent, also those that a fault has lost, in their order} */
    public List<Packet> sent() {
        return search.packets(entry -> entry.direction() == Direction.OUT);
    }

    /** {@return the packets that arrived at the handler and that neither a stub nor another source of answers took} */
    public List<Packet> unmatched() {
        return search.packets(Entry::isUnmatched);
    }

    /** {@return the packets that met an injected fault; {@link Packet#faults} names it} */
    public List<Packet> faulted() {
        return search.packets(entry -> !entry.faults.isEmpty());
    }

    /**
     * {@return the position of the oldest packet, or {@link #next} if there is none} Positions begin at 0, and no two
     * packets have the same one; {@link Packet#position} is that of a packet.
     */
    public long first() {
        return store.read(EntryRing::first);
    }

    /** {@return the position that the next packet gets} */
    public long next() {
        return store.read(EntryRing::next);
    }

    /**
     * Returns a part of the journal, which takes time for these packets only.
     *
     * @param from the position of the first one; the oldest packet comes instead if that is forgotten
     * @param count how many at most
     * @return the packets, in their order
     * @throws IllegalArgumentException if the number is negative
     */
    public List<Packet> window(long from, int count) {
        if (count < 0) {
            throw new IllegalArgumentException("the number of packets must not be negative, got " + count);
        }
        return search.window(from, count);
    }

    /** {@return how many packets it keeps at most; 0 if it is off} */
    public int maxPackets() {
        return store.limits().packets();
    }

    /** {@return how many bytes it keeps at most, payloads and what it needs for itself} */
    public long maxBytes() {
        return store.limits().bytes();
    }

    /** {@return how many packets were forgotten to keep the journal within its limits} */
    public long forgotten() {
        return search.forgotten();
    }

    /**
     * Waits for the next packet that was not taken yet, and for its fate.
     *
     * @param within how long to wait
     * @return the packet; its fate is pending if it was not decided in time
     * @throws AssertionError if no packet came in time
     */
    public Packet take(Duration within) {
        checkOn("take a packet");
        Packet next = search.take(Journal::isRequest, within);
        if (next == null) {
            throw fail("expected a packet; none came within " + Clock.text(within) + lacking(), null);
        }
        return next;
    }

    /**
     * Waits until a number of packets have come that match, from the beginning of the journal, and for their fates.
     *
     * @param count how many at least
     * @param match what they match
     * @param within how long to wait
     * @return all that match; the fate of some is pending if they were not decided in time
     * @throws AssertionError if fewer came in time
     * @throws IllegalArgumentException if the number is negative
     */
    public List<Packet> await(int count, Match match, Duration within) {
        checkArguments(count, match);
        checkOn("await " + packets(count) + ": " + match);
        List<Entry> found = search.await(Journal::isRequest, match, count, within, true);
        if (found.size() < count) {
            throw fail(
                    "expected " + packets(count) + ": " + match + "; " + came(found.size()) + " within "
                            + Clock.text(within) + lacking(),
                    match);
        }
        return search.see(found);
    }

    /**
     * Waits and checks that no packet matches, neither before nor meanwhile.
     *
     * @param match what must not come
     * @param during how long to wait
     * @throws AssertionError as soon as there is one, or at the end if packets were forgotten
     */
    public void never(Match match, Duration during) {
        checkArguments(0, match);
        checkOn("check for no packet: " + match);
        List<Entry> found = search.await(Journal::isRequest, match, 1, during, false);
        if (!found.isEmpty()) {
            throw fail(
                    "expected no packet: " + match + "; there is "
                            + search.see(found).get(0),
                    null);
        }
        checkComplete("no packet: " + match);
    }

    /**
     * Checks how many packets have come so far that match.
     *
     * @param times how many exactly
     * @param match what they match
     * @throws AssertionError if it is another number, or if packets were forgotten
     * @throws IllegalArgumentException if the number is negative
     */
    public void verify(int times, Match match) {
        checkArguments(times, match);
        checkOn("verify " + packets(times) + ": " + match);
        List<Entry> found = search.find(Journal::isRequest, match);
        if (found.size() != times) {
            boolean few = found.size() < times;
            throw fail(
                    "expected " + packets(times) + ": " + match + "; " + came(found.size()) + (few ? lacking() : ""),
                    few ? match : null);
        }
        checkComplete(packets(times) + ": " + match);
        search.see(found);
    }

    /**
     * Checks that {@link #take}, {@link #await} or {@link #verify} has met every packet that came.
     *
     * @throws AssertionError if there is another one, or if packets were forgotten
     */
    public void verifyNoMore() {
        checkOn("verify that there are no other packets");
        List<Entry> more = search.find(entry -> isRequest(entry) && !entry.isSeen(), null);
        if (!more.isEmpty()) {
            throw fail(
                    "expected no other packets; " + more.size() + " came, the first is "
                            + search.see(List.of(more.get(0))).get(0),
                    null);
        }
        checkComplete("no other packets");
    }

    /**
     * Measures how much later one packet came than another, on the clock of the journal.
     *
     * @param first the number of the one, from 1
     * @param second the number of the other
     * @return the time between them, negative if the second was earlier
     * @throws AssertionError if the journal does not have both, or not any more
     */
    public Duration gapBetween(long first, long second) {
        return Duration.ofNanos(request(second).nanos() - request(first).nanos());
    }

    private Entry request(long number) {
        List<Entry> found = search.find(entry -> isRequest(entry) && entry.number() == number, null);
        if (found.isEmpty()) {
            checkOn("find packet " + number);
            throw fail(
                    "expected a packet with number " + number
                            + (search.isForgotten(number) ? ", which was forgotten: " + KEEP_MORE : ""),
                    null);
        }
        return found.get(0);
    }

    /** Forgets all packets; the next one gets number 1 again. */
    public void clear() {
        store.clear();
    }

    /** {@return the packets in a table, the faults, and the errors of the server} */
    @Override
    public String toString() {
        return search.report().toString();
    }

    private AssertionError fail(String headline, @Nullable Match missed) {
        return search.report().failure(headline, missed);
    }

    private static boolean isRequest(Entry entry) {
        return entry.direction() == Direction.IN && !entry.duplicate();
    }

    private static void checkArguments(int count, Match match) {
        Objects.requireNonNull(match, "match");
        if (count < 0) {
            throw new IllegalArgumentException("the number of packets must not be negative, got " + count);
        }
    }

    private void checkOn(String wanted) {
        if (store.isOff()) {
            throw fail("cannot " + wanted + ": the journal is off (keep(0, ...))", null);
        }
    }

    private void checkComplete(String wanted) {
        String lacking = lacking();
        if (!lacking.isEmpty()) {
            throw fail("expected " + wanted + lacking, null);
        }
    }

    /** {@return that packets are lacking which the result could depend on; empty if there are none} */
    private String lacking() {
        long forgotten = search.forgotten();
        return forgotten == 0
                ? ""
                : "; " + packets(forgotten) + (forgotten == 1 ? " was" : " were")
                        + " forgotten, so this cannot be checked: " + KEEP_MORE;
    }

    private static String packets(long count) {
        return count == 1 ? "1 packet" : count + " packets";
    }

    private String came(int count) {
        if (count > 0) {
            return count + " came";
        }
        int all = search.find(Journal::isRequest, null).size();
        return all == 0 ? "none came" : "none of " + all + " matched";
    }
}
