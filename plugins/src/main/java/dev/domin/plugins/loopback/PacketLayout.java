package dev.domin.plugins.loopback;

import dev.domin.spi.Blob;
import java.nio.charset.StandardCharsets;

/**
 * The layout of the blob that a callback gets for a packet: the sender's port, the length of the host's text, that
 * text, and the payload. Numbers are little-endian.
 */
public final class PacketLayout {

    static final int PORT_OFFSET = 0;
    static final int HOST_LENGTH_OFFSET = 4;
    /** Where the host's text begins. */
    public static final int HOST_OFFSET = 8;

    private static final int MAX_PORT = 65_535;

    /** The length of the longest text of an IPv4 address. */
    private static final int MAX_HOST_LENGTH = 15;

    private static final int USUAL_HOST = 0x7F000001;
    private static final byte[] USUAL_HOST_TEXT = "127.0.0.1".getBytes(StandardCharsets.US_ASCII);

    /** The length of the header for a sender at 127.0.0.1, as almost all senders are. */
    static final int USUAL_HEADER_LENGTH = HOST_OFFSET + USUAL_HOST_TEXT.length;

    private PacketLayout() {}

    /** {@return an IPv4 address as bytes of text; nothing is allocated for 127.0.0.1} */
    static byte[] hostText(int host) {
        return host == USUAL_HOST ? USUAL_HOST_TEXT : hostName(host).getBytes(StandardCharsets.US_ASCII);
    }

    /** {@return an IPv4 address as text} */
    static String hostName(int host) {
        return (host >>> 24) + "." + (host >>> 16 & 0xFF) + "." + (host >>> 8 & 0xFF) + "." + (host & 0xFF);
    }

    /** Writes the header to the start of an array. */
    static void writeHeader(byte[] target, int port, byte[] hostText) {
        writeInt(target, PORT_OFFSET, port);
        writeInt(target, HOST_LENGTH_OFFSET, hostText.length);
        System.arraycopy(hostText, 0, target, HOST_OFFSET, hostText.length);
    }

    /**
     * Finds the payload in the blob that a callback got.
     *
     * @param packet the blob
     * @return the index of the payload's first byte; -1 if the blob does not begin with a header
     */
    public static int payloadStart(Blob packet) {
        int length = packet.length();
        if (length < HOST_OFFSET) {
            return -1;
        }
        byte[] bytes = packet.array();
        int port = readInt(bytes, PORT_OFFSET);
        int host = readInt(bytes, HOST_LENGTH_OFFSET);
        boolean header =
                port >= 0 && port <= MAX_PORT && host > 0 && host <= MAX_HOST_LENGTH && HOST_OFFSET + host <= length;
        return header ? HOST_OFFSET + host : -1;
    }

    /** {@return the sender's port in a blob that begins with a header} */
    public static int port(Blob packet) {
        return readInt(packet.array(), PORT_OFFSET);
    }

    private static int readInt(byte[] bytes, int at) {
        return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16 | bytes[at + 3] << 24;
    }

    private static void writeInt(byte[] target, int offset, int value) {
        target[offset] = (byte) value;
        target[offset + 1] = (byte) (value >>> 8);
        target[offset + 2] = (byte) (value >>> 16);
        target[offset + 3] = (byte) (value >>> 24);
    }
}
