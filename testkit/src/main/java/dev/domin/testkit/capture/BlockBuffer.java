package dev.domin.testkit.capture;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Builds the blocks of a pcapng file one after the other in one array: its header, and packets with the headers of
 * raw IP and UDP. Not thread-safe.
 */
final class BlockBuffer {

    /** The longest payload of UDP over IPv4. */
    static final int MAX_PAYLOAD_4 = 65_507;

    /** The longest payload of UDP over IPv6. */
    static final int MAX_PAYLOAD_6 = 65_527;

    /** The longest comment, in bytes of UTF-8. */
    static final int MAX_COMMENT = 65_535;

    /** More than the longest block has. */
    private static final int MAX_BLOCK = 140_000;

    private static final int SECTION_HEADER = 0x0A0D0D0A;
    private static final int INTERFACE = 1;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER = 0x1A2B3C4D;
    private static final int RAW_IP = 101;
    private static final int SNAP_LENGTH = 262_144;

    private static final int END_OF_OPTIONS = 0;
    private static final int COMMENT = 1;
    private static final int APPLICATION = 4;
    private static final int TIMESTAMP_RESOLUTION = 9;

    private static final int UDP_HEADER = 8;
    private static final int UDP = 17;
    private static final int HOPS = 64;
    private static final int DO_NOT_FRAGMENT = 0x4000;

    private final byte[] bytes;
    private int length;

    /**
     * Creates an empty buffer.
     *
     * @param capacity its size in bytes, more than that of the longest block
     */
    BlockBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    /** {@return the array with the blocks, from its beginning on} */
    byte[] bytes() {
        return bytes;
    }

    /** {@return how many bytes the blocks have} */
    int length() {
        return length;
    }

    /** Removes the blocks. */
    void clear() {
        length = 0;
    }

    /** {@return whether there is room for another packet of any length} */
    boolean hasRoom() {
        return bytes.length - length >= MAX_BLOCK;
    }

    /** Adds the header of the file's only section, and its only interface: raw IP with times in nanoseconds. */
    void addFileHeader() {
        int section = begin(SECTION_HEADER);
        put32(BYTE_ORDER);
        put16(1); // version 1.0
        put16(0);
        put32(-1); // the length of the section is not known
        put32(-1);
        putOption(APPLICATION, "domin".getBytes(StandardCharsets.UTF_8));
        putOption(END_OF_OPTIONS, new byte[0]);
        end(section);
        int description = begin(INTERFACE);
        put16(RAW_IP);
        put16(0);
        put32(SNAP_LENGTH);
        putOption(TIMESTAMP_RESOLUTION, new byte[] {9});
        putOption(END_OF_OPTIONS, new byte[0]);
        end(description);
    }

    /**
     * Adds a packet.
     *
     * @param time the time in nanoseconds since 1970
     * @param source the sender
     * @param destination the receiver
     * @param payload an array with the payload
     * @param offset where it begins
     * @param size its length, for which UDP has room
     * @param comment a comment in UTF-8, or null
     */
    void addPacket(
            long time,
            InetSocketAddress source,
            InetSocketAddress destination,
            byte[] payload,
            int offset,
            int size,
            byte @Nullable [] comment) {
        int block = begin(ENHANCED_PACKET);
        put32(0); // the interface
        put32((int) (time >>> 32));
        put32((int) time);
        int lengths = length;
        length += 8;
        int packet = length;
        int udpLength = UDP_HEADER + size;
        int addresses = isIpv4(source, destination)
                ? putIpv4Header(udpLength, source.getAddress(), destination.getAddress())
                : putIpv6Header(udpLength, source.getAddress(), destination.getAddress());
        int udp = length;
        Bytes.put16(bytes, udp, source.getPort());
        Bytes.put16(bytes, udp + 2, destination.getPort());
        Bytes.put16(bytes, udp + 4, udpLength);
        Bytes.put16(bytes, udp + 6, 0);
        System.arraycopy(payload, offset, bytes, udp + UDP_HEADER, size);
        length += udpLength;
        // The pseudo header of the checksum: the addresses, which precede the UDP header, the protocol and the length.
        int checksum = checksum(addresses, length, UDP + udpLength);
        Bytes.put16(bytes, udp + 6, checksum == 0 ? 0xFFFF : checksum);
        int packetLength = length - packet;
        Bytes.put32(bytes, lengths, Integer.reverseBytes(packetLength));
        Bytes.put32(bytes, lengths + 4, Integer.reverseBytes(packetLength));
        pad(packetLength);
        if (comment != null) {
            putOption(COMMENT, comment);
            putOption(END_OF_OPTIONS, new byte[0]);
        }
        end(block);
    }

    /**
     * {@return whether a packet between two addresses is an IPv4 packet; if only one of them is an IPv4 address, it
     * is written as an IPv6 address that contains it}
     */
    static boolean isIpv4(InetSocketAddress source, InetSocketAddress destination) {
        return source.getAddress() instanceof Inet4Address && destination.getAddress() instanceof Inet4Address;
    }

    private int putIpv4Header(int payloadLength, InetAddress source, InetAddress destination) {
        int at = length;
        Bytes.put16(bytes, at, 0x4500); // version, length of the header
        Bytes.put16(bytes, at + 2, 20 + payloadLength);
        Bytes.put16(bytes, at + 4, 0);
        Bytes.put16(bytes, at + 6, DO_NOT_FRAGMENT);
        Bytes.put16(bytes, at + 8, HOPS << 8 | UDP);
        Bytes.put16(bytes, at + 10, 0);
        System.arraycopy(source.getAddress(), 0, bytes, at + 12, 4);
        System.arraycopy(destination.getAddress(), 0, bytes, at + 16, 4);
        length = at + 20;
        Bytes.put16(bytes, at + 10, checksum(at, length, 0));
        return at + 12;
    }

    private int putIpv6Header(int payloadLength, InetAddress source, InetAddress destination) {
        int at = length;
        Bytes.put32(bytes, at, 0x60000000); // version
        Bytes.put16(bytes, at + 4, payloadLength);
        Bytes.put16(bytes, at + 6, UDP << 8 | HOPS);
        putIpv6Address(at + 8, source.getAddress());
        putIpv6Address(at + 24, destination.getAddress());
        length = at + 40;
        return at + 8;
    }

    private void putIpv6Address(int at, byte[] address) {
        if (address.length == 4) { // ::ffff:a.b.c.d
            Bytes.put32(bytes, at, 0);
            Bytes.put32(bytes, at + 4, 0);
            Bytes.put32(bytes, at + 8, 0xFFFF);
        }
        System.arraycopy(address, 0, bytes, at + 16 - address.length, address.length);
    }

    /** The checksum of IP and UDP: the complement of the sum in ones' complement of numbers of 16 bits. */
    private int checksum(int from, int to, int initial) {
        long sum = initial;
        int at = from;
        for (; at <= to - 8; at += 8) {
            long eight = Bytes.i64(bytes, at);
            sum += (eight >>> 32) + (eight & 0xFFFF_FFFFL);
        }
        for (; at <= to - 2; at += 2) {
            sum += Bytes.u16(bytes, at);
        }
        if (at < to) {
            sum += (long) Bytes.u8(bytes, at) << 8;
        }
        while (sum > 0xFFFF) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return (int) ~sum & 0xFFFF;
    }

    private int begin(int type) {
        int block = length;
        put32(type);
        put32(0); // its length, which is written at its end
        return block;
    }

    private void end(int block) {
        int blockLength = length + 4 - block;
        put32(blockLength);
        Bytes.put32(bytes, block + 4, Integer.reverseBytes(blockLength));
    }

    private void putOption(int code, byte[] value) {
        put16(code);
        put16(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        pad(value.length);
    }

    /** Fills up with zeros after so many bytes to a multiple of four. */
    private void pad(int size) {
        for (int i = size; (i & 3) != 0; i++) {
            bytes[length++] = 0;
        }
    }

    private void put16(int value) {
        Bytes.put16(bytes, length, Short.reverseBytes((short) value));
        length += 2;
    }

    private void put32(int value) {
        Bytes.put32(bytes, length, Integer.reverseBytes(value));
        length += 4;
    }
}
