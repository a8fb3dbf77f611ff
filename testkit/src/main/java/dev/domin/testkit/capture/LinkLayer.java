package dev.domin.testkit.capture;

import org.jspecify.annotations.Nullable;

/** Finds the IP packet behind the header of a link. */
final class LinkLayer {

    private static final int NULL = 0;
    private static final int ETHERNET = 1;
    private static final int RAW_BSD = 12;
    private static final int RAW_OPENBSD = 14;
    private static final int RAW = 101;
    private static final int LOOP = 108;
    private static final int LINUX_COOKED = 113;
    private static final int IPV4 = 228;
    private static final int IPV6 = 229;
    private static final int LINUX_COOKED_2 = 276;

    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_IPV6 = 0x86DD;

    private static final SkipReason HEADERS_CUT = SkipReason.Kind.HEADERS_CUT.reason();
    private static final SkipReason WRONG_LENGTH = SkipReason.Kind.WRONG_LENGTH.reason();

    private LinkLayer() {}

    /**
     * Moves the packet's offset to its IP header.
     *
     * @param packet the packet
     * @return null, or the reason why there is no IP header that can be read
     */
    static @Nullable SkipReason findIp(RawPacket packet) {
        return switch (packet.linkType) {
            case ETHERNET -> afterEthertype(packet, 12);
            case LINUX_COOKED -> afterEthertype(packet, 14);
            case LINUX_COOKED_2 -> cooked2(packet);
            case NULL, LOOP -> loopback(packet);
            case RAW, RAW_BSD, RAW_OPENBSD, IPV4, IPV6 -> ip(packet, 0);
            case RawPacket.NO_INTERFACE -> SkipReason.Kind.NO_INTERFACE.reason();
            case RawPacket.NO_PACKET -> SkipReason.Kind.NO_PACKET.reason();
            case RawPacket.TOO_LONG -> SkipReason.Kind.TOO_LONG.reason();
            default -> SkipReason.Kind.LINK_TYPE.reason(packet.linkType);
        };
    }

    /** Skips any number of VLAN tags. */
    private static @Nullable SkipReason afterEthertype(RawPacket packet, int at) {
        int typeAt = at;
        while (has(packet, typeAt + 2)) {
            int type = Bytes.u16(packet.bytes, packet.offset + typeAt);
            if (!isVlan(type)) {
                return type == ETHERTYPE_IPV4 || type == ETHERTYPE_IPV6
                        ? ip(packet, typeAt + 2)
                        : SkipReason.Kind.NOT_IP.reason(type);
            }
            typeAt += 4;
        }
        return tooShort(packet);
    }

    private static boolean isVlan(int type) {
        return type == 0x8100 || type == 0x88A8 || type == 0x9100 || type == 0x9200;
    }

    /** The protocol is the first field; a VLAN tag, where libpcap restores one, is behind the header. */
    private static @Nullable SkipReason cooked2(RawPacket packet) {
        if (!has(packet, 20)) {
            return tooShort(packet);
        }
        int type = Bytes.u16(packet.bytes, packet.offset);
        if (isVlan(type)) {
            return afterEthertype(packet, 22);
        }
        return type == ETHERTYPE_IPV4 || type == ETHERTYPE_IPV6 ? ip(packet, 20) : SkipReason.Kind.NOT_IP.reason(type);
    }

    /** The address family is in the byte order of the machine that captured, and its value depends on the system. */
    private static @Nullable SkipReason loopback(RawPacket packet) {
        if (!has(packet, 4)) {
            return tooShort(packet);
        }
        int family = Bytes.i32(packet.bytes, packet.offset);
        if ((family & 0xFFFF) == 0) {
            family = Integer.reverseBytes(family);
        }
        return switch (family) {
            case 2, 10, 24, 28, 30 -> ip(packet, 4);
            default -> SkipReason.Kind.NOT_IP.reason(0);
        };
    }

    private static @Nullable SkipReason ip(RawPacket packet, int headerLength) {
        if (!has(packet, headerLength + 1)) {
            return tooShort(packet);
        }
        packet.offset += headerLength;
        return null;
    }

    private static boolean has(RawPacket packet, int length) {
        return packet.end - packet.offset >= length;
    }

    /** {@return the reason for a packet that ends within its headers} */
    static SkipReason tooShort(RawPacket packet) {
        return packet.cut ? HEADERS_CUT : WRONG_LENGTH;
    }
}
