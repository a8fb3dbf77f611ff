package dev.domin.udp.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/**
 * The descriptor of a UDP socket of this process. The JDK does not expose it. But only one UDP socket can be bound to
 * an address and port, so it is found by asking each descriptor for its address.
 *
 * @param number the descriptor
 * @param host the IPv4 address that the socket is bound to, as a number
 * @param port the port that it is bound to
 */
record SocketDescriptor(int number, int host, int port) {

    private static final String FOLDER = "/proc/self/fd";

    /** Up to here, trying all numbers is faster than listing those in use. */
    private static final int MAX_TRIED = 4096;

    /** The last number found. The numbers of many sockets ascend, so the search starts here. */
    private static volatile int last;

    /**
     * Finds the socket that is bound to an address.
     *
     * @throws IOException if this process has none
     */
    static SocketDescriptor find(int host, int port) throws IOException {
        int start = last;
        int number = find(host, port, start, MAX_TRIED);
        if (number < 0) {
            number = find(host, port, 0, start);
        }
        if (number < 0) {
            number = findAmongMany(host, port);
        }
        if (number < 0) {
            throw new IOException("no socket of this process is bound to port " + port);
        }
        last = Math.min(number, MAX_TRIED);
        return new SocketDescriptor(number, host, port);
    }

    /**
     * {@return how many packets the system has lost because the receive buffer of the socket was full, as a number
     * without sign of 32 bits}
     *
     * @throws IOException if the system does not report it, as Linux before 4.12
     */
    long lostPackets() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment numbers = arena.allocate(JAVA_INT, Constants.SK_MEMINFO_VARS);
            MemorySegment size = arena.allocateFrom(JAVA_INT, Math.toIntExact(numbers.byteSize()));
            if (!SystemCalls.getsockopt(number, Constants.SOL_SOCKET, Constants.SO_MEMINFO, numbers, size)
                    || size.get(JAVA_INT, 0) < numbers.byteSize()) {
                throw new IOException("the system does not report the lost packets of a socket");
            }
            return Integer.toUnsignedLong(numbers.getAtIndex(JAVA_INT, Constants.SK_MEMINFO_DROPS));
        }
    }

    /** {@return whether a descriptor refers to the same socket now} */
    boolean isSameSocket(int descriptor) {
        return find(host, port, descriptor, descriptor + 1) == descriptor;
    }

    private static int findAmongMany(int host, int port) {
        String[] open = new File(FOLDER).list();
        if (open != null) {
            for (String name : open) {
                int number = Integer.parseInt(name);
                if (number >= MAX_TRIED && find(host, port, number, number + 1) == number) {
                    return number;
                }
            }
        }
        return -1;
    }

    private static int find(int host, int port, int from, int to) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(Structures.SOCKADDR_IN_SIZE, Integer.BYTES);
            MemorySegment size = arena.allocate(JAVA_INT);
            for (int descriptor = from; descriptor < to; descriptor++) {
                if (isBound(descriptor, host, port, name, size)) {
                    return descriptor;
                }
            }
        }
        return -1;
    }

    private static boolean isBound(int descriptor, int host, int port, MemorySegment name, MemorySegment size) {
        size.set(JAVA_INT, 0, Structures.SOCKADDR_IN_SIZE);
        if (!SystemCalls.getsockname(descriptor, name, size)
                || name.get(JAVA_SHORT, Structures.SIN_FAMILY) != Constants.AF_INET
                || (name.get(JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), Structures.SIN_PORT) & 0xFFFF) != port
                || name.get(JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN), Structures.SIN_ADDR) != host) {
            return false;
        }
        size.set(JAVA_INT, 0, Integer.BYTES);
        return SystemCalls.getsockopt(descriptor, Constants.SOL_SOCKET, Constants.SO_TYPE, name, size)
                && name.get(JAVA_INT, 0) == Constants.SOCK_DGRAM;
    }
}
