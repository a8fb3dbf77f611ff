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
            @Nullable Period period) {}

    private final Facts facts;
    final Progress progress = new Progress();

    Fate fate;
    String reason = "";

    /** What takes it; empty if nothing does; null until it has come to the handler. */
    @Nullable
    String handledBy;

    List<String> faults = List.of();
    /** What counted when no stub took it; null where one did, or there is none. */
    @Nullable
    Miss miss;

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
            @Nullable Period period) {
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

    int length() {
        return facts.payload.length;
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
    @Nullable
    Period period() {
        return facts.period;
    }

    /** {@return whether it came to the handler, and neither a stub nor another source of answers took it} */
    boolean isUnmatched() {
        return handledBy != null && handledBy.isEmpty();
    }

    /** {@return whether take, await or verify has met it} */
    boolean isSeen() {
        return progress.met != Progress.Met.NOT_YET;
    }

    void see() {
        if (progress.met == Progress.Met.NOT_YET) {
            progress.met = Progress.Met.SEEN;
        }
    }

    boolean isTaken() {
        return progress.met == Progress.Met.TAKEN;
    }

    void take() {
        progress.met = Progress.Met.TAKEN;
    }

    /** {@return fate, reason and faults in words, where they are not plain; otherwise null} */
    @Nullable
    String comment() {
        boolean plain = fate == Fate.HANDLED || fate == Fate.SILENT || fate == Fate.SENT;
        if (plain && faults.isEmpty()) {
            return null;
        }
        String words = fate == Fate.PENDING ? "not decided when this was written" : fate.label();
        String why = reason.isEmpty() || faults.contains(reason) ? "" : ": " + reason;
        return "fate: " + words + why
                + String.join("", faults.stream().map(fault -> "; " + fault).toList());
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
