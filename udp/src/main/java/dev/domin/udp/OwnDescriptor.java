package dev.domin.udp;

import java.io.File;
import java.io.IOException;

/**
 * The descriptor of a socket of this process. The JDK keeps it to itself, and its internals stay closed; but only one
 * UDP socket can be bound to a port on 127.0.0.1, so the descriptors can be asked for theirs.
 *
 * @param number the descriptor
 * @param port the port that the socket is bound to
 */
record OwnDescriptor(int number, int port) {

    private static final String FOLDER = "/proc/self/fd";

    /** Up to here asking all numbers is cheaper than a list of those in use. */
    private static final int FEW = 4096;

    /** The last that was found: a process that opens many sockets gets their numbers in ascending order. */
    private static volatile int last;

    /**
     * Finds the socket that is bound to a port on 127.0.0.1.
     *
     * @throws IOException if there is none, or it is not this process's
     */
    static OwnDescriptor ofPort(int port) throws IOException {
        int start = last;
        int number = SocketCalls.find(port, start, FEW);
        if (number < 0) {
            number = SocketCalls.find(port, 0, start);
        }
        if (number < 0) {
            number = findAmongMany(port);
        }
        if (number < 0) {
            throw new IOException("no socket of this process is bound to port " + port);
        }
        last = Math.min(number, FEW);
        return new OwnDescriptor(number, port);
    }

    private static int findAmongMany(int port) {
        String[] open = new File(FOLDER).list();
        if (open != null) {
            for (String name : open) {
                int number = Integer.parseInt(name);
                if (number >= FEW && isBound(number, port)) {
                    return number;
                }
            }
        }
        return -1;
    }

    /** {@return whether a descriptor leads to the same socket now} */
    boolean isBehind(int descriptor) {
        return isBound(descriptor, port);
    }

    private static boolean isBound(int descriptor, int port) {
        return SocketCalls.find(port, descriptor, descriptor + 1) == descriptor;
    }
}
