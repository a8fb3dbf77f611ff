package dev.domin.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A packet that arrived at a server or left it, as the {@link Journal} had it when it was asked. Immutable: a packet
 * that was still pending then stays so here.
 */
public final class Packet {

    private final Entry entry;
    private final Fate fate;
    private final String reason;
    private final String handledBy;
    private final List<String> faults;
    private final boolean unmatched;
    private final @Nullable Miss miss;
    private final Times times;
    private final Answers answers;

    /** Moments on the clock of {@link System#nanoTime}; 0 for what has not happened. */
    private record Times(long turn, long begun, long decided) {}

    /** The first of some positions. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Answers(long[] positions, int count) {}

    /** Copies what may change. Called with the journal's lock held, or for a packet that no journal has. */
    Packet(Entry entry) {
        this.entry = entry;
        this.fate = entry.fate;
        this.reason = entry.reason;
        this.handledBy = Objects.requireNonNullElse(entry.handledBy, "");
        this.faults = List.copyOf(entry.faults);
        this.unmatched = entry.isUnmatched();
        this.miss = entry.miss;
        Progress progress = entry.progress;
        this.times = new Times(progress.turnNanos, progress.begunNanos, progress.decidedNanos);
        this.answers = new Answers(progress.answers(), progress.answerCount());
    }

    /** {@return its place among the packets of its direction since the journal was last cleared, from 1} */
    public long number() {
        return entry.number();
    }

    /**
     * {@return its place in the journal, from 0: that of the packet before it and 1, also after {@link Journal#clear};
     * -1 where no journal has it}
     */
    public long position() {
        return entry.progress.position; // set before anyone else sees the entry
    }

    /** {@return when it arrived, or was about to be sent; nanoseconds of a clock that never goes back} */
    public Instant time() {
        return Clock.instant(entry.nanos());
    }

    /** {@return which way it went} */
    public Direction direction() {
        return entry.direction();
    }

    /** {@return the client's address, also for an answer that a {@link UdpClient} has received} */
    public InetSocketAddress peer() {
        return entry.peer();
    }

    /** {@return the server's address; for an answer that a {@link UdpClient} has received, that of its sender} */
    public InetSocketAddress server() {
        return entry.local();
    }

    /** {@return a copy of its bytes: what the client sent, or the server wanted to send, before any fault} */
    public byte[] payload() {
        return entry.payload().clone();
    }

    /** {@return the number of its bytes} */
    public int length() {
        return entry.payload().length;
    }

    /** {@return its bytes as text in UTF-8; malformed bytes become U+FFFD} */
    public String text() {
        return new String(entry.payload(), UTF_8);
    }

    /** {@return its bytes in lines of sixteen: offset, hexadecimal and text} */
    public String hexDump() {
        return Hex.dump(entry.payload());
    }

    /** {@return what became of it} */
    public Fate fate() {
        return fate;
    }

    /** {@return why, where the fate does not say it: the fault's name, or the exception; otherwise empty} */
    public String reason() {
        return reason;
    }

    /** {@return what took it: the stub, the queue, the function or the script's callback; empty if nothing did} */
    public String handledBy() {
        return handledBy;
    }

    /** {@return the injected faults that it met, in words, in their order} */
    public List<String> faults() {
        return faults;
    }

    /** {@return for an answer, the number of the packet that it answers; otherwise 0} */
    public long answerTo() {
        return entry.answerTo();
    }

    /**
     * {@return how long it waited from its turn, when the engine took it up, until its handler began; empty if that has
     * not begun} A script's callback waits until the script is free.
     */
    public Optional<Duration> waited() {
        return between(times.turn, times.begun);
    }

    /**
     * {@return how long its handler had worked when the fate was decided, which for a late packet is at its deadline;
     * empty if it has not begun or is not decided}
     */
    public Optional<Duration> took() {
        return between(times.begun, times.decided);
    }

    private static Optional<Duration> between(long from, long to) {
        return from == 0 || to == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(Math.max(0, to - from)));
    }

    /** {@return the positions of what was sent in answer to it so far, in their order} */
    public List<Long> answers() {
        return Arrays.stream(answers.positions, 0, answers.count).boxed().toList();
    }

    /** {@return whether this is the second delivery of a packet that a fault duplicated; it is not counted again} */
    public boolean isDuplicate() {
        return entry.duplicate();
    }

    /** {@return whether it came to the handler, and neither a stub nor another source of answers took it} */
    boolean isUnmatched() {
        return unmatched;
    }

    /** {@return what counted when no stub took it, or null} */
    @Nullable
    Miss miss() {
        return miss;
    }

    byte[] bytes() {
        return entry.payload();
    }

    /** {@return the packet in one line} */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder();
        if (entry.period() == null) { // received by a client, which knows nothing of its fate
            return line.append("answer ")
                    .append(number())
                    .append(" from ")
                    .append(Addresses.text(server()))
                    .append(", ")
                    .append(length())
                    .append(length() == 1 ? " byte " : " bytes ")
                    .append(Hex.excerpt(entry.payload()))
                    .toString();
        }
        line.append(direction().label()).append(' ').append(number());
        line.append(direction() == Direction.IN ? " from " : " to ").append(Addresses.text(peer()));
        line.append(", ").append(length()).append(length() == 1 ? " byte " : " bytes ");
        line.append(Hex.excerpt(entry.payload())).append(": ").append(fate.label());
        if (!reason.isEmpty()) {
            line.append(" (").append(reason).append(')');
        }
        return line.toString();
    }
}
