package dev.domin.plugins.loopback;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * The layout of the blob that a callback gets for a packet: the sender's port, the length of the host's text, that text, and
 * the payload. Numbers are little-endian.
 */
final class PacketLayout {

    static final int PORT_OFFSET = 0;
    static final int HOST_LENGTH_OFFSET = 4;
    static final int HOST_OFFSET = 8;

    private static final InetAddress USUAL_HOST = new InetSocketAddress("127.0.0.1", 0).getAddress();
    private static final byte[] USUAL_HOST_TEXT = "127.0.0.1".getBytes(StandardCharsets.US_ASCII);

    /** The header's bytes for a sender at 127.0.0.1, which nearly every sender is. */
    static final int USUAL_HEADER_LENGTH = HOST_OFFSET + USUAL_HOST_TEXT.length;

    private PacketLayout() {}

    /** {@return the host's text as bytes; nothing is allocated for 127.0.0.1} */
    static byte[] hostText(InetAddress host) {
        // An Inet4Address compares by its number alone, whatever name it was made with.
        if (host.equals(USUAL_HOST)) {
            return USUAL_HOST_TEXT;
        }
        String text = host instanceof Inet4Address ? host.getHostAddress() : "127.0.0.1";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Writes the header to the start of an array. */
    static void writeHeader(byte[] target, int port, byte[] hostText) {
        writeInt(target, PORT_OFFSET, port);
        writeInt(target, HOST_LENGTH_OFFSET, hostText.length);
        System.arraycopy(hostText, 0, target, HOST_OFFSET, hostText.length);
    }

    private static void writeInt(byte[] target, int offset, int value) {
        target[offset] = (byte) value;
        target[offset + 1] = (byte) (value >>> 8);
        target[offset + 2] = (byte) (value >>> 16);
        target[offset + 3] = (byte) (value >>> 24);
    }
}
