package dev.domin.inspector.packets;

import dev.domin.testkit.Direction;
import dev.domin.testkit.Fate;
import dev.domin.testkit.Journal;
import dev.domin.testkit.Packet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The packets of a journal that match a filter. Each is tested once, when it has come, and again while its fate may
 * change. Safe for use by several threads.
 *
 * <p>A packet that is sent in answer to another one has no row of its own and is not tested.
 */
final class MatchIndex {

    /** How many packets are read from the journal at a time. */
    private static final int CHUNK = 256;

    /** How long the fate of a packet that was sent may change, since the system refuses it. */
    private static final Duration SETTLING = Duration.ofSeconds(1);

    /** A packet whose fate may change. */
    private record Open(long position, long gap) {}

    /** A row of the list: its index, position, and the nanoseconds since the row before it in the journal. */
    record Match(long index, long position, long gap) {}

    /**
     * A part of the matches.
     *
     * @param first the index of the first match that can be read
     * @param next the index behind the last one
     * @param isComplete whether every packet so far has been tested
     * @param matches the matches
     */
    record Part(long first, long next, boolean isComplete, List<Match> matches) {}

    /** What {@link Match#gap} is for the first row. */
    static final long NO_GAP = -1;

    private final Filter filter;
    private final Journal journal;
    private final Matches matches = new Matches();
    private List<Open> open = new ArrayList<>();
    private long scanned; // the position up to which packets were tested
    private @Nullable Instant lastTime; // of the newest row

    MatchIndex(Filter filter, Journal journal) {
        this.filter = filter;
        this.journal = journal;
    }

    boolean isFor(Journal other) {
        return journal.equals(other);
    }

    /**
     * Tests what is new, for a limited time, and returns a part.
     *
     * @param from the index of the first match; negative for the last ones
     * @param count how many at most
     * @param nanos how long to test
     */
    synchronized Part read(long from, int count, long nanos) {
        boolean isComplete = update(nanos);
        long start = from < 0 ? matches.next() - count : from;
        start = Math.clamp(start, matches.first(), matches.next());
        var found = new ArrayList<Match>();
        for (long index = start; index < Math.min(start + count, matches.next()); index++) {
            found.add(new Match(index, matches.position(index), matches.gap(index)));
        }
        return new Part(matches.first(), matches.next(), isComplete, found);
    }

    private boolean update(long nanos) {
        long end = System.nanoTime() + nanos;
        testOpen();
        while (scanned < journal.next()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            var packets = journal.window(scanned, CHUNK);
            for (var packet : packets) {
                test(packet);
            }
            scanned = packets.isEmpty()
                    ? Math.max(scanned, journal.first())
                    : packets.getLast().position() + 1;
            if (packets.isEmpty() && scanned >= journal.first()) {
                break; // cleared meanwhile
            }
        }
        matches.removeBefore(journal.first());
        return true;
    }

    private void test(Packet packet) {
        if (packet.answerTo() > 0) {
            return;
        }
        long gap = lastTime == null
                ? NO_GAP
                : Duration.between(lastTime, packet.time()).toNanos();
        gap = lastTime == null ? NO_GAP : Math.max(0, gap);
        lastTime = packet.time();
        if (filter.test(packet)) {
            matches.add(packet.position(), gap);
        }
        if (isOpen(packet)) {
            open.add(new Open(packet.position(), gap));
        }
    }

    private void testOpen() {
        var still = new ArrayList<Open>();
        for (var each : open) {
            var now = journal.window(each.position, 1);
            if (now.isEmpty() || now.getFirst().position() != each.position) {
                continue; // forgotten
            }
            var packet = now.getFirst();
            if (filter.test(packet)) {
                matches.add(each.position, each.gap);
            } else {
                matches.remove(each.position);
            }
            if (isOpen(packet)) {
                still.add(each);
            }
        }
        open = still;
    }

    private static boolean isOpen(Packet packet) {
        return packet.direction() == Direction.IN
                ? packet.fate() == Fate.PENDING
                : packet.fate() == Fate.SENT
                        && Instant.now().isBefore(packet.time().plus(SETTLING));
    }
}
