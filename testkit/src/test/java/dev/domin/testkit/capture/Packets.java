package dev.domin.testkit.capture;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Builds packets byte by byte, without the code under test. */
final class Packets {

    static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 40_000);
    static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.2", 53);
    static final InetSocketAddress CLIENT6 = new InetSocketAddress("2001:db8::1", 40_000);
    static final InetSocketAddress SERVER6 = new InetSocketAddress("2001:db8::2", 53);

    private Packets() {}

    /** {@return the bytes of a text} */
    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** {@return the bytes of hexadecimal text, which may have spaces} */
    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    /** {@return arrays, one after the other} */
    static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** {@return a part of an array} */
    static byte[] part(byte[] bytes, int from, int end) {
        return Arrays.copyOfRange(bytes, from, end);
    }

    /** {@return a number of two bytes in network byte order} */
    static byte[] u16(int value) {
        return new byte[] {(byte) (value >> 8), (byte) value};
    }

    /** {@return a number of four bytes in network byte order} */
    static byte[] u32(long value) {
        return join(u16((int) (value >> 16)), u16((int) value));
    }

    /** {@return a UDP header with the payload; the checksum is 0} */
    static byte[] udp(byte[] payload) {
        return join(u16(40_000), u16(53), u16(8 + payload.length), u16(0), payload);
    }

    /** {@return an IPv4 packet from {@link #CLIENT} to {@link #SERVER}} */
    static byte[] ipv4(byte[] content) {
        return ipv4(content, 17, 0x4000, 0);
    }

    /** {@return an IPv4 packet with that protocol, the field of flags and fragment offset, and identification} */
    static byte[] ipv4(byte[] content, int protocol, int flags, int id) {
        return join(
                hex("45 00"),
                u16(20 + content.length),
                u16(id),
                u16(flags),
                new byte[] {64, (byte) protocol},
                u16(0),
                hex("c0 00 02 01 c0 00 02 02"),
                content);
    }

    /** {@return an IPv6 packet from {@link #CLIENT6} to {@link #SERVER6}} */
    static byte[] ipv6(byte[] content) {
        return ipv6(content, 17);
    }

    /** {@return an IPv6 packet with that first header} */
    static byte[] ipv6(byte[] content, int next) {
        return join(
                hex("60 00 00 00"),
                u16(content.length),
                new byte[] {(byte) next, 64},
                hex("20010db8 00000000 00000000 00000001"),
                hex("20010db8 00000000 00000000 00000002"),
                content);
    }

    /** {@return a fragment of an IPv6 packet whose content is a UDP datagram} */
    static byte[] ipv6Fragment(byte[] content, int offset, boolean more, int id) {
        return ipv6(join(new byte[] {17, 0}, u16(offset | (more ? 1 : 0)), u32(id), content), 44);
    }

    /** {@return a frame of Ethernet} */
    static byte[] ethernet(int ethertype, byte[] content) {
        return join(hex("020000000001 020000000002"), u16(ethertype), content);
    }
}
