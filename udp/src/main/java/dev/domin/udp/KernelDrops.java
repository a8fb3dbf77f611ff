package dev.domin.udp;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How many packets the system lost for want of room in a socket's receive buffer, by Linux' table of UDP sockets. */
final class KernelDrops {

    static final long UNKNOWN = -1;

    private static final String TABLE = "/proc/net/udp";
    private static final int MOST_READINGS = 20;
    private static final String LITTLE_ENDIAN_LOOPBACK = "0100007F";
    private static final String BIG_ENDIAN_LOOPBACK = "7F000001";

    private KernelDrops() {}

    static long of(int port) {
        try {
            return number(line(port));
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    static long find(String table, int port) {
        return number(lineIn(table, port));
    }

    /** The lost packets are the last column. */
    private static long number(String line) {
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
     * {@return the line of the socket that is bound to a port on 127.0.0.1, or null if there is none}
     *
     * @throws IOException if there is no such table
     */
    private static String line(int port) throws IOException {
        String line = null;
        // The system hands the table out in pieces: where sockets come and go meanwhile, a line can slip between two.
        for (int reading = 0; reading < MOST_READINGS && line == null; reading++) {
            line = lineIn(read(), port);
        }
        return line;
    }

    private static String read() throws IOException {
        try (FileInputStream table = new FileInputStream(TABLE)) {
            return new String(table.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** Each line tells the local address in its second column. */
    private static String lineIn(String table, int port) {
        String hex = Integer.toHexString(0x10000 | port).substring(1).toUpperCase(Locale.ROOT);
        int start = table.indexOf('\n') + 1;
        while (start > 0 && start < table.length()) {
            int end = table.indexOf('\n', start);
            String line = table.substring(start, end < 0 ? table.length() : end).strip();
            int address = line.indexOf(": ") + 2;
            if (line.startsWith(LITTLE_ENDIAN_LOOPBACK + ":" + hex, address)
                    || line.startsWith(BIG_ENDIAN_LOOPBACK + ":" + hex, address)) {
                return line;
            }
            start = end + 1;
        }
        return null;
    }
}
