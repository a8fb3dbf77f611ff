package dev.domin.udp;

import java.io.IOException;

/** How many packets the system lost for want of room in a socket's receive buffer. */
final class KernelDrops {

    static final long UNKNOWN = -1;

    private KernelDrops() {}

    static long of(int port) {
        try {
            return number(SocketTable.line(port));
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    static long find(String table, int port) {
        return number(SocketTable.find(table, port));
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
}
