package dev.domin.testkit.capture;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A UDP datagram of a capture. The payload is not copied, neither by the constructor nor by {@link #payload()}:
 * whoever has the datagram must not change the array. A reader gives each datagram an array of its own.
 *
 * @param number the number of the packet in the file, from 1 on, as Wireshark shows it; for a datagram in several
 *     fragments that of the packet that completed it
 * @param time when it was captured, with the precision of the file; {@link Instant#EPOCH} if the file has no time for
 *     it
 * @param source the sender
 * @param destination the receiver
 * @param payload its bytes, fewer than {@code length} if the capture has only the beginning of the packet
 * @param length the length of the payload on the network
 * @param comment the comment on the packet, if there is one; several are joined by line breaks
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode compare the bytes
public record CapturedDatagram(
        long number,
        Instant time,
        InetSocketAddress source,
        InetSocketAddress destination,
        byte[] payload,
        int length,
        Optional<String> comment) {

    /**
     * Creates a datagram.
     *
     * @throws IllegalArgumentException if the payload is longer than {@code length}
     */
    public CapturedDatagram {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(destination, "destination");
        Objects.requireNonNull(comment, "comment");
        if (payload.length > length) {
            throw new IllegalArgumentException("the payload has " + payload.length + " bytes, but length is " + length);
        }
    }

    /**
     * {@return whether the payload is incomplete, because the program that captured it was told to store only the
     * beginning of each packet (its snap length)}
     */
    public boolean truncated() {
        return payload.length < length;
    }

    /** {@return the payload as UTF-8 text; each wrong byte becomes U+FFFD} */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /**
     * Compares two datagrams.
     *
     * @param other any object
     * @return whether it is a datagram with the same values, and a payload with the same bytes
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof CapturedDatagram that
                && number == that.number
                && length == that.length
                && time.equals(that.time)
                && source.equals(that.source)
                && destination.equals(that.destination)
                && comment.equals(that.comment)
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return Objects.hash(number, time, source, destination) * 31 + Arrays.hashCode(payload);
    }

    /** {@return number, time, addresses and length, but not the payload} */
    @Override
    public String toString() {
        return "#" + number + " " + time + " " + Addresses.text(source) + " > " + Addresses.text(destination) + ", "
                + length + " bytes" + (truncated() ? " (captured " + payload.length + ")" : "")
                + comment.map(each -> ", " + each).orElse("");
    }
}
