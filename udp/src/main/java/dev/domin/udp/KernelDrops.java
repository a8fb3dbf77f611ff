package dev.domin.udp;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How many packets the system lost for want of room in a socket's receive buffer, from Linux' table of UDP sockets. */
final class KernelDrops {

    static final long UNKNOWN = -1;

    private static final String TABLE = "/proc/net/udp";
    private static final String LITTLE_ENDIAN_LOOPBACK = "0100007F";
    private static final String BIG_ENDIAN_LOOPBACK = "7F000001";

    private KernelDrops() {}

    static long of(int port) {
        try (FileInputStream table = new FileInputStream(TABLE)) {
            return find(new String(table.readAllBytes(), StandardCharsets.ISO_8859_1), port);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /** Each line tells the local address in its second column and the lost packets in its last. */
    static long find(String table, int port) {
        String hex = Integer.toHexString(0x10000 | port).substring(1).toUpperCase(Locale.ROOT);
        int start = table.indexOf('\n') + 1;
        while (start > 0 && start < table.length()) {
            int end = table.indexOf('\n', start);
            String line = table.substring(start, end < 0 ? table.length() : end).strip();
            int address = line.indexOf(": ") + 2;
            if (line.startsWith(LITTLE_ENDIAN_LOOPBACK + ":" + hex, address)
                    || line.startsWith(BIG_ENDIAN_LOOPBACK + ":" + hex, address)) {
                return number(line.substring(line.lastIndexOf(' ') + 1));
            }
            start = end + 1;
        }
        return UNKNOWN;
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
    }
}
