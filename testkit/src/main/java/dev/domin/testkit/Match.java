package dev.domin.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A condition that a packet meets or not. Immutable. Meant for static imports:
 *
 * <pre>{@code
 * dns.when(hex("?? ?? 01 00").and(contains("example"))).reply(...);
 * }</pre>
 */
public final class Match {

    private static final Match ANY = new Match(new Matcher.Test("any packet", packet -> true));

    private final Matcher matcher;

    Match(Matcher matcher) {
        this.matcher = matcher;
    }

    /** {@return a match for every packet} */
    public static Match any() {
        return ANY;
    }

    /**
     * Matches a packet with exactly this text in UTF-8.
     *
     * @param text the text
     * @return the match
     */
    public static Match text(String text) {
        return new Match(Matcher.Bytes.equalTo("text " + quote(text), text.getBytes(UTF_8)));
    }

    /**
     * Matches a packet that begins with a text in UTF-8.
     *
     * @param text the text
     * @return the match
     */
    public static Match prefix(String text) {
        return new Match(Matcher.Bytes.at("prefix " + quote(text), 0, text.getBytes(UTF_8)));
    }

    /**
     * Matches a packet that has a text in UTF-8 somewhere.
     *
     * @param text the text
     * @return the match
     */
    public static Match contains(String text) {
        byte[] wanted = text.getBytes(UTF_8);
        return that("contains " + quote(text), packet -> Matcher.indexOf(packet.bytes(), wanted) >= 0);
    }

    /**
     * Matches a packet whose text, read as UTF-8, matches a regular expression as a whole.
     *
     * @param regex the expression, as {@link Pattern} has it; {@code .} matches line ends, too
     * @return the match
     */
    public static Match matching(String regex) {
        Pattern pattern = Pattern.compile(regex, Pattern.DOTALL);
        return that(
                "matching " + quote(regex),
                packet -> pattern.matcher(packet.text()).matches());
    }

    /**
     * Matches a packet with exactly these bytes.
     *
     * @param payload the bytes
     * @return the match
     */
    public static Match bytes(byte... payload) {
        return new Match(Matcher.Bytes.equalTo("bytes " + Hex.excerpt(payload), payload));
    }

    /**
     * Matches a packet that begins with these bytes, whatever follows them. They are given in hexadecimal with
     * wildcards. {@link #hexExactly} matches the packet as a whole.
     *
     * @param pattern pairs of digits; {@code ?} stands for any digit, spaces are ignored
     * @return the match
     * @throws IllegalArgumentException if the pattern has something else
     */
    public static Match hex(String pattern) {
        return hexAt(0, pattern);
    }

    /**
     * Matches a packet that has these bytes at an offset, whatever follows them. They are given in hexadecimal with
     * wildcards.
     *
     * @param offset where they begin
     * @param pattern pairs of digits; {@code ?} stands for any digit, spaces are ignored
     * @return the match
     * @throws IllegalArgumentException if the pattern has something else, or the offset is negative
     */
    public static Match hexAt(int offset, String pattern) {
        String at = offset == 0 ? "" : " at " + offset;
        return new Match(Matcher.Bytes.pattern("hex " + quote(pattern) + at, offset, pattern, false));
    }

    /**
     * Matches a packet that has exactly these bytes and no more. They are given in hexadecimal with wildcards.
     *
     * @param pattern pairs of digits; {@code ?} stands for any digit, spaces are ignored
     * @return the match
     * @throws IllegalArgumentException if the pattern has something else
     */
    public static Match hexExactly(String pattern) {
        return new Match(Matcher.Bytes.pattern("exactly hex " + quote(pattern), 0, pattern, true));
    }

    /**
     * Matches a packet that has a byte at an offset.
     *
     * @param offset where it is
     * @param value its value without a sign, 0 to 255
     * @return the match
     */
    public static Match u8(int offset, int value) {
        return field("u8", offset, 1, value);
    }

    /**
     * Matches a packet that has a number of two bytes at an offset, in network order.
     *
     * @param offset where it begins
     * @param value its value without a sign, 0 to 65535
     * @return the match
     */
    public static Match u16(int offset, int value) {
        return field("u16", offset, 2, value);
    }

    /**
     * Matches a packet that has a number of four bytes at an offset, in network order.
     *
     * @param offset where it begins
     * @param value its value without a sign, 0 to 4294967295
     * @return the match
     */
    public static Match u32(int offset, long value) {
        return field("u32", offset, 4, value);
    }

    /**
     * Matches a packet of a length.
     *
     * @param bytes the number of its bytes
     * @return the match
     */
    public static Match length(int bytes) {
        return new Match(new Matcher.Test(
                "length " + bytes, packet -> packet.length() == bytes, packet -> "length " + packet.length()));
    }

    /**
     * Matches a packet of one client.
     *
     * @param peer the client's address
     * @return the match
     */
    public static Match from(InetSocketAddress peer) {
        return new Match(new Matcher.Test(
                "from " + Addresses.text(peer),
                packet -> packet.peer().equals(peer),
                packet -> "from " + Addresses.text(packet.peer())));
    }

    /**
     * Matches a packet for which a function returns true.
     *
     * @param description what the function looks for, for messages
     * @param predicate the function; it may be called from several threads, and for one packet several times
     * @return the match
     */
    public static Match that(String description, Predicate<? super Packet> predicate) {
        Objects.requireNonNull(predicate, "predicate");
        return new Match(new Matcher.Test(description, predicate));
    }

    /**
     * Matches what this matches, under a name that messages show instead of the condition.
     *
     * <pre>{@code
     * static final Match QUERY = hex("?? ?? 01 00 00 01").as("a query");
     * }</pre>
     *
     * @param name the name
     * @return the match
     */
    public Match as(String name) {
        return new Match(new Matcher.Named(name, matcher));
    }

    /**
     * Matches what this and another one match.
     *
     * @param other the other one
     * @return the match
     */
    public Match and(Match other) {
        Objects.requireNonNull(other, "match");
        return new Match(new Matcher.All(List.of(matcher, other.matcher)));
    }

    /**
     * Matches what this or another one matches.
     *
     * @param other the other one
     * @return the match
     */
    public Match or(Match other) {
        Objects.requireNonNull(other, "match");
        return new Match(new Matcher.Any(List.of(matcher, other.matcher)));
    }

    /**
     * Matches what another one does not match.
     *
     * @param other the other one
     * @return the match
     */
    public static Match not(Match other) {
        Objects.requireNonNull(other, "match");
        return that("not (" + other + ")", packet -> !other.matches(packet));
    }

    /** {@return whether a packet meets the condition} */
    public boolean matches(Packet packet) {
        return matcher.matches(packet);
    }

    /** {@return how near a packet is to a match, 0 to 1} */
    double nearness(Packet packet) {
        return matcher.matches(packet) ? 1 : matcher.nearness(packet);
    }

    /** {@return why a packet does not match, in one or several lines, with the bytes that differ} */
    public String explain(Packet packet) {
        return matcher.explain(packet);
    }

    /** {@return the condition in words} */
    @Override
    public String toString() {
        return matcher.description();
    }

    private static Match field(String type, int offset, int bytes, long value) {
        if (value < 0 || value >= 1L << 8 * bytes) {
            throw new IllegalArgumentException(
                    type + " has the values 0 to " + ((1L << 8 * bytes) - 1) + ", not " + value);
        }
        byte[] wanted = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            wanted[i] = (byte) (value >> 8 * (bytes - 1 - i));
        }
        return new Match(Matcher.Bytes.at(type + " " + value + " at " + offset, offset, wanted));
    }

    private static String quote(String text) {
        return Hex.excerpt(text.getBytes(UTF_8));
    }
}
