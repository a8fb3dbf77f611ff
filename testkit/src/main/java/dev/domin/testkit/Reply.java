package dev.domin.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.domin.udp.Datagram;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What a server does with a packet: sends a datagram, several, none, or fails. Immutable.
 *
 * <pre>{@code
 * Reply.text("hello").after(Duration.ofMillis(50))
 * }</pre>
 */
public final class Reply {

    private enum Kind {
        DATAGRAM,
        SEVERAL,
        NONE,
        FAILURE
    }

    private static final Reply NONE = new Reply(Kind.NONE, new byte[0], Duration.ZERO, List.of(), "");

    private final Kind kind;
    private final byte[] payload;
    private final Duration delay;
    private final List<Reply> parts;
    private final String message;

    private Reply(Kind kind, byte[] payload, Duration delay, List<Reply> parts, String message) {
        this.kind = kind;
        this.payload = payload;
        this.delay = delay;
        this.parts = parts;
        this.message = message;
    }

    /**
     * A datagram.
     *
     * @param payload its bytes, which are copied; none at all for an empty datagram
     * @return the reply
     * @throws IllegalArgumentException if it is longer than {@value Datagram#MAX_PAYLOAD} bytes
     */
    public static Reply bytes(byte... payload) {
        if (payload.length > Datagram.MAX_PAYLOAD) {
            throw new IllegalArgumentException("a datagram carries at most " + Datagram.MAX_PAYLOAD + " bytes, got "
                    + payload.length + ": use Reply.several");
        }
        return new Reply(Kind.DATAGRAM, payload.clone(), Duration.ZERO, List.of(), "");
    }

    /**
     * A datagram with a text in UTF-8.
     *
     * @param text the text
     * @return the reply
     */
    public static Reply text(String text) {
        return bytes(text.getBytes(UTF_8));
    }

    /**
     * A datagram with bytes in hexadecimal.
     *
     * @param digits pairs of digits; spaces are ignored
     * @return the reply
     * @throws IllegalArgumentException if they are no pairs of hexadecimal digits
     */
    public static Reply hex(String digits) {
        return bytes(Hex.parse(digits));
    }

    /** {@return no datagram: the packet is handled in silence} */
    public static Reply none() {
        return NONE;
    }

    /**
     * Several datagrams for one packet, sent in this order, each after its own delay.
     *
     * @param parts the replies
     * @return all of them
     * @throws IllegalArgumentException if one of them is a failure
     */
    public static Reply several(Reply... parts) {
        for (Reply part : parts) {
            if (part.isFailure()) {
                throw new IllegalArgumentException("a failure cannot be one of several replies: " + part);
            }
        }
        return new Reply(Kind.SEVERAL, new byte[0], Duration.ZERO, List.of(parts), "");
    }

    /**
     * No datagram: the packet counts as failed and dropped.
     *
     * @param message the reason, for the journal
     * @return the reply
     */
    public static Reply failure(String message) {
        return new Reply(Kind.FAILURE, new byte[0], Duration.ZERO, List.of(), message);
    }

    /**
     * This reply, sent later; other packets are handled meanwhile. For several datagrams the delay is added to each.
     *
     * @param time how long after the packet was handled
     * @return the later reply
     * @throws IllegalArgumentException if the time is negative
     */
    public Reply after(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("the delay of a reply must not be negative, got " + time);
        }
        List<Reply> later = parts.stream().map(part -> part.after(time)).toList();
        return new Reply(kind, payload, delay.plus(time), later, message);
    }

    /** {@return a copy of the datagram's bytes; empty where this is not one datagram} */
    public byte[] payload() {
        return payload.clone();
    }

    /** {@return the delay} */
    public Duration delay() {
        return delay;
    }

    byte[] raw() {
        return payload;
    }

    boolean isFailure() {
        return kind == Kind.FAILURE;
    }

    String message() {
        return message;
    }

    /** {@return whether this is one datagram, to be sent at once} */
    boolean isPlain() {
        return kind == Kind.DATAGRAM && delay.isZero();
    }

    /** {@return the datagrams, in their order} */
    List<Reply> datagrams() {
        return switch (kind) {
            case DATAGRAM -> List.of(this);
            case SEVERAL ->
                parts.stream().flatMap(part -> part.datagrams().stream()).toList();
            case NONE, FAILURE -> List.of();
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reply reply
                && kind == reply.kind
                && Arrays.equals(payload, reply.payload)
                && delay.equals(reply.delay)
                && parts.equals(reply.parts)
                && message.equals(reply.message);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, Arrays.hashCode(payload), delay, parts, message);
    }

    @Override
    public String toString() {
        String words = switch (kind) {
            case DATAGRAM -> Hex.excerpt(payload);
            case SEVERAL -> parts.toString();
            case NONE -> "no answer";
            case FAILURE -> "failure: " + message;
        };
        return delay.isZero() || kind == Kind.SEVERAL ? words : words + " after " + Clock.text(delay);
    }
}
