package dev.domin.testkit;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A packet in the journal. What may change is guarded by the journal's lock, except {@link #later}, which belongs to
 * the thread that handles the packet, and {@link #recorded}, which is guarded by the recorder.
 */
final class Entry {

    /** What never changes; see {@link Packet}. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Facts(
            Direction direction,
            long number,
            long nanos,
            InetSocketAddress local,
            InetSocketAddress peer,
            byte[] payload,
            long answerTo,
            boolean duplicate,
            JournalStore.@Nullable Period period) {}

    private final Facts facts;

    Fate fate;
    String reason = "";

    /** What takes it; empty if nothing does; null until it has come to the handler. */
    @Nullable
    String handledBy;

    List<String> faults = List.of();
    boolean seen; // by take, await or verify
    boolean taken; // by take
    long engineNumber; // the engine's number of this packet, or of the one that it answers
    boolean recorded;

    /** Answers that are sent once the engine has decided that the packet was handled in time. */
    @Nullable
    List<Reply> later;

    Entry(
            Direction direction,
            long number,
            long nanos,
            InetSocketAddress local,
            InetSocketAddress peer,
            byte[] payload,
            long answerTo,
            boolean duplicate,
            JournalStore.@Nullable Period period) {
        this.facts = new Facts(direction, number, nanos, local, peer, payload, answerTo, duplicate, period);
        this.fate = direction == Direction.IN ? Fate.PENDING : Fate.SENT;
    }

    /** {@return this packet with another payload} */
    Entry withPayload(byte[] payload) {
        return new Entry(direction(), number(), nanos(), local(), peer(), payload, answerTo(), duplicate(), period());
    }

    Direction direction() {
        return facts.direction;
    }

    long number() {
        return facts.number;
    }

    /** {@return when it arrived or was about to be sent, on the clock of {@link System#nanoTime}} */
    long nanos() {
        return facts.nanos;
    }

    InetSocketAddress local() {
        return facts.local;
    }

    InetSocketAddress peer() {
        return facts.peer;
    }

    byte[] payload() {
        return facts.payload;
    }

    long answerTo() {
        return facts.answerTo;
    }

    boolean duplicate() {
        return facts.duplicate;
    }

    /** {@return the time of the journal in which it came; null where no journal has it} */
    JournalStore.@Nullable Period period() {
        return facts.period;
    }

    /** {@return whether it came to the handler, and neither a stub nor another source of answers took it} */
    boolean isUnmatched() {
        return handledBy != null && handledBy.isEmpty();
    }

    void addFault(String words) {
        if (faults.isEmpty()) {
            faults = new ArrayList<>(2);
        }
        faults.add(words);
    }

    /** {@return whether its fate may still be decided; what is sent counts as sent until it is found lost} */
    boolean isUndecided() {
        return fate == Fate.PENDING || fate == Fate.SENT;
    }
}
