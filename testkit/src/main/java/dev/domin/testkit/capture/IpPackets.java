package dev.domin.testkit.capture;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the UDP datagrams in IP packets. Checksums are not compared: on the machine that sends, a capture has packets
 * whose checksum the network card would have filled in. Not thread-safe.
 */
final class IpPackets {

    private static final int UDP = 17;
    private static final int UDP_HEADER = 8;

    private static final int IPV4_HEADER = 20;
    private static final int IPV4_MORE_FRAGMENTS = 0x2000;
    private static final int IPV4_OFFSET = 0x1FFF;

    private static final int IPV6_HEADER = 40;
    private static final int IPV6_FRAGMENT = 44;
    private static final int IPV6_OFFSET = 0xFFF8;

    private static final int ADDRESS4 = 4;
    private static final int ADDRESS6 = 16;

    private final Addresses addresses = new Addresses();
    private final Skipped skipped;
    private final Fragments fragments;

    /** The packet that is being read. */
    private RawPacket packet = new RawPacket();

    /** Where its addresses are. */
    private int sourceAt;

    private int addressSize;

    /**
     * Creates a finder.
     *
     * @param skipped counts what is left out
     */
    IpPackets(Skipped skipped) {
        this.skipped = skipped;
        this.fragments = new Fragments(skipped);
    }

    /** {@return the fragments that are kept} */
    Fragments fragments() {
        return fragments;
    }

    /**
     * Reads a packet.
     *
     * @param next a packet, whose offset is that of its link header
     * @return its datagram; null if it has none, or is a fragment that does not complete one, which is then counted
     */
    @Nullable
    CapturedDatagram read(RawPacket next) {
        packet = next;
        var reason = LinkLayer.findIp(next);
        if (reason != null) {
            skipped.add(reason);
            return null;
        }
        return switch (Bytes.u8(packet.bytes, packet.offset) >> 4) {
            case 4 -> ipv4();
            case 6 -> ipv6();
            default -> skip(SkipReason.Kind.WRONG_LENGTH.reason());
        };
    }

    private @Nullable CapturedDatagram skip(SkipReason reason) {
        skipped.add(reason);
        return null;
    }

    private @Nullable CapturedDatagram wrongLength() {
        return skip(SkipReason.Kind.WRONG_LENGTH.reason());
    }

    private @Nullable CapturedDatagram ipv4() {
        var bytes = packet.bytes;
        int at = packet.offset;
        if (packet.end - at < IPV4_HEADER) {
            return skip(LinkLayer.tooShort(packet));
        }
        int headerLength = (bytes[at] & 15) * 4;
        int total = Bytes.u16(bytes, at + 2);
        if (total == 0) {
            total = packet.end - at; // the card would have filled it in
        }
        if (headerLength < IPV4_HEADER || total < headerLength) {
            return wrongLength();
        }
        int protocol = Bytes.u8(bytes, at + 9);
        if (protocol != UDP) {
            return skip(SkipReason.Kind.NOT_UDP.reason(protocol));
        }
        boolean whole = at + total <= packet.end;
        if (!whole && !packet.cut) {
            return wrongLength();
        }
        sourceAt = at + 12;
        addressSize = ADDRESS4;
        int flags = Bytes.u16(bytes, at + 6);
        int end = Math.min(at + total, packet.end);
        if ((flags & (IPV4_MORE_FRAGMENTS | IPV4_OFFSET)) == 0) {
            return udp(bytes, at + headerLength, end, total - headerLength);
        }
        if (!whole) {
            return skip(SkipReason.Kind.FRAGMENT_CUT.reason());
        }
        long source = Bytes.i32(bytes, sourceAt);
        long destination = Bytes.i32(bytes, sourceAt + ADDRESS4);
        int id = Bytes.u16(bytes, at + 4);
        return joined(fragments.add(
                new Fragments.Key(4, source, 0, destination, 0, id, packet.interfaceId),
                new Fragments.Piece(
                        bytes,
                        at + headerLength,
                        end,
                        (flags & IPV4_OFFSET) * 8,
                        (flags & IPV4_MORE_FRAGMENTS) != 0,
                        protocol),
                packet.time));
    }

    private @Nullable CapturedDatagram ipv6() {
        int at = packet.offset;
        if (packet.end - at < IPV6_HEADER) {
            return skip(LinkLayer.tooShort(packet));
        }
        int length = Bytes.u16(packet.bytes, at + 4);
        if (length == 0) {
            length = packet.end - at - IPV6_HEADER; // the card would have filled it in
        }
        int end = at + IPV6_HEADER + length;
        if (end > packet.end && !packet.cut) {
            return wrongLength();
        }
        sourceAt = at + 8;
        addressSize = ADDRESS6;
        return extensions(packet.bytes, at + IPV6_HEADER, end, Bytes.u8(packet.bytes, at + 6), packet.bytes);
    }

    /**
     * Follows the headers of an IPv6 packet.
     *
     * @param bytes an array that contains them
     * @param from where the first one begins
     * @param end where the packet ends, if it is not cut
     * @param firstHeader the type of the first one
     * @param whole the packet's array if it can be a fragment; a joined packet cannot
     */
    private @Nullable CapturedDatagram extensions(
            byte[] bytes, int from, int end, int firstHeader, byte @Nullable [] whole) {
        int available = whole == null ? end : Math.min(end, packet.end);
        int at = from;
        int header = firstHeader;
        while (header != UDP) {
            if (!isExtension(header)) {
                return skip(SkipReason.Kind.NOT_UDP.reason(header));
            }
            if (available - at < 8) {
                return skip(LinkLayer.tooShort(packet));
            }
            int next = Bytes.u8(bytes, at);
            if (header == IPV6_FRAGMENT) {
                int flags = Bytes.u16(bytes, at + 2);
                if (whole == null) {
                    return skip(SkipReason.Kind.FRAGMENT_CONFLICT.reason()); // a fragment inside fragments
                }
                if ((flags & (IPV6_OFFSET | 1)) != 0) {
                    return ipv6Fragment(at, end, next);
                }
                at += 8;
            } else {
                int words = Bytes.u8(bytes, at + 1);
                at += header == 51 ? (words + 2) * 4 : (words + 1) * 8;
            }
            header = next;
        }
        return udp(bytes, at, available, end - at);
    }

    private static boolean isExtension(int header) {
        return switch (header) {
            // hop-by-hop, routing, fragment, authentication, destination, mobility, HIP, shim6
            case 0, 43, IPV6_FRAGMENT, 51, 60, 135, 139, 140 -> true;
            default -> false;
        };
    }

    private @Nullable CapturedDatagram ipv6Fragment(int at, int end, int next) {
        if (next != UDP && !isExtension(next)) {
            return skip(SkipReason.Kind.NOT_UDP.reason(next));
        }
        if (end > packet.end) {
            return skip(SkipReason.Kind.FRAGMENT_CUT.reason());
        }
        var bytes = packet.bytes;
        int flags = Bytes.u16(bytes, at + 2);
        var key = new Fragments.Key(
                6,
                Bytes.i64(bytes, sourceAt),
                Bytes.i64(bytes, sourceAt + 8),
                Bytes.i64(bytes, sourceAt + 16),
                Bytes.i64(bytes, sourceAt + 24),
                Bytes.i32(bytes, at + 4),
                packet.interfaceId);
        var piece = new Fragments.Piece(bytes, at + 8, end, flags & IPV6_OFFSET, (flags & 1) != 0, next);
        return joined(fragments.add(key, piece, packet.time));
    }

    private @Nullable CapturedDatagram joined(Fragments.@Nullable Whole whole) {
        if (whole == null) {
            return null;
        }
        var bytes = whole.bytes;
        return addressSize == ADDRESS4
                ? udp(bytes, 0, bytes.length, bytes.length)
                : extensions(bytes, 0, bytes.length, whole.protocol, null);
    }

    /**
     * Reads a UDP datagram.
     *
     * @param bytes an array that contains it
     * @param from where it begins
     * @param end where the captured part of it ends
     * @param ipLength the length that IP gives for it
     */
    private @Nullable CapturedDatagram udp(byte[] bytes, int from, int end, int ipLength) {
        if (end - from < UDP_HEADER) {
            return skip(LinkLayer.tooShort(packet));
        }
        int length = Bytes.u16(bytes, from + 4);
        if (length < UDP_HEADER || length > ipLength) {
            return wrongLength();
        }
        var payload = Arrays.copyOfRange(bytes, from + UDP_HEADER, Math.min(end, from + length));
        return new CapturedDatagram(
                packet.number,
                packet.time,
                addresses.of(packet.bytes, sourceAt, addressSize, Bytes.u16(bytes, from)),
                addresses.of(packet.bytes, sourceAt + addressSize, addressSize, Bytes.u16(bytes, from + 2)),
                payload,
                length - UDP_HEADER,
                Optional.ofNullable(packet.comment));
    }
}
