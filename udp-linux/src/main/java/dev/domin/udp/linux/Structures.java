package dev.domin.udp.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Layouts of Linux' structures on 64 bits: the offsets of their members in bytes. */
final class Structures {

    /** {@code struct mmsghdr}: the header of a message, and how many bytes were received or sent. */
    static final int MMSGHDR_SIZE = 64;

    static final int MSG_NAME = 0;
    static final int MSG_NAMELEN = 8;
    static final int MSG_IOV = 16;
    static final int MSG_IOVLEN = 24;
    static final int MSG_CONTROL = 32;
    static final int MSG_CONTROLLEN = 40;
    static final int MSG_LEN = 56;

    /** {@code struct iovec}: a piece of memory. */
    static final int IOVEC_SIZE = 16;

    static final int IOV_BASE = 0;
    static final int IOV_LEN = 8;

    /** {@code struct sockaddr_in}: an IPv4 address and a port, both big-endian. */
    static final int SOCKADDR_IN_SIZE = 16;

    static final int SIN_FAMILY = 0;
    static final int SIN_PORT = 2;
    static final int SIN_ADDR = 4;

    /** {@code struct cmsghdr} with the two bytes of {@code UDP_SEGMENT}, rounded up. */
    static final int CMSG_SIZE = 24;

    static final int CMSG_LEN = 0;
    static final int CMSG_LEVEL = 8;
    static final int CMSG_TYPE = 12;
    static final int CMSG_DATA = 16;

    /** {@code struct timeval}: seconds and microseconds. */
    static final int TIMEVAL_SIZE = 16;

    private static final boolean BIG_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

    private Structures() {}

    /** {@return the IPv4 address in a {@code sockaddr_in} as a number} */
    static int host(ByteBuffer memory, int at) {
        return bigEndian(memory.getInt(at + SIN_ADDR));
    }

    /** {@return the port in a {@code sockaddr_in}} */
    static int port(ByteBuffer memory, int at) {
        return bigEndian(memory.getShort(at + SIN_PORT));
    }

    /** Writes address and port into a {@code sockaddr_in}. */
    static void putAddress(ByteBuffer memory, int at, int host, int port) {
        memory.putInt(at + SIN_ADDR, bigEndian(host));
        memory.putShort(at + SIN_PORT, (short) bigEndian((short) port));
    }

    /** Writes an {@code iovec}. */
    static void putPiece(ByteBuffer memory, int at, long address, long length) {
        memory.putLong(at + IOV_BASE, address);
        memory.putLong(at + IOV_LEN, length);
    }

    /** Writes the header of a message. */
    static void putHeader(ByteBuffer memory, int at, long name, long pieces, int pieceCount) {
        memory.putLong(at + MSG_NAME, name);
        memory.putInt(at + MSG_NAMELEN, SOCKADDR_IN_SIZE);
        memory.putLong(at + MSG_IOV, pieces);
        memory.putLong(at + MSG_IOVLEN, pieceCount);
    }

    private static int bigEndian(int number) {
        return BIG_ENDIAN ? number : Integer.reverseBytes(number);
    }

    private static int bigEndian(short number) {
        return (BIG_ENDIAN ? number : Short.reverseBytes(number)) & 0xFFFF;
    }
}
