package dev.domin.udp.transport;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads from Linux' table of UDP sockets how many packets the system lost because a receive buffer was full. */
final class LostPackets {

    static final long UNKNOWN = -1;

    private static final String TABLE = "/proc/net/udp";
    private static final String TABLE_6 = "/proc/net/udp6";
    private static final int MAX_READS = 20;

    private LostPackets() {}

    static long of(InetSocketAddress bound) {
        try {
            return number(line(bound));
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    static long find(String table, InetSocketAddress bound) {
        return number(lineIn(table, bound));
    }

    /** The lost packets are the last column. */
    private static long number(@Nullable String line) {
        if (line == null) {
            return UNKNOWN;
        }
        try {
            return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
    }

    /**
     * {@return the line of the socket that is bound to an address, or null if there is none}
     *
     * @throws IOException if there is no such table
     */
    private static @Nullable String line(InetSocketAddress bound) throws IOException {
        String line = null;
        // The system returns the table in pieces: while sockets are opened and closed, a line may be missing.
        for (int reading = 0; reading < MAX_READS && line == null; reading++) {
            line = lineIn(read(bound.getAddress() instanceof Inet6Address ? TABLE_6 : TABLE), bound);
        }
        return line;
    }

    private static String read(String path) throws IOException {
        try (FileInputStream table = new FileInputStream(path)) {
            return new String(table.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** Each line has the local address in its second column. */
    private static @Nullable String lineIn(String table, InetSocketAddress bound) {
        byte[] address = bound.getAddress().getAddress();
        String port = ":"
                + Integer.toHexString(0x10000 | bound.getPort()).substring(1).toUpperCase(Locale.ROOT);
        String littleEndian = hex(address, 3) + port;
        String bigEndian = hex(address, 0) + port;
        int start = table.indexOf('\n') + 1;
        while (start > 0 && start < table.length()) {
            int end = table.indexOf('\n', start);
            String line = table.substring(start, end < 0 ? table.length() : end).strip();
            int column = line.indexOf(": ") + 2;
            if (line.startsWith(littleEndian, column) || line.startsWith(bigEndian, column)) {
                return line;
            }
            start = end + 1;
        }
        return null;
    }

    /** The table has an address as words of 4 bytes, each in the order of the machine: {@code swap} is 3 or 0. */
    private static String hex(byte[] address, int swap) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < address.length; i++) {
            text.append(Integer.toHexString(0x100 | address[i ^ swap] & 0xFF).substring(1));
        }
        return text.toString().toUpperCase(Locale.ROOT);
    }
}
