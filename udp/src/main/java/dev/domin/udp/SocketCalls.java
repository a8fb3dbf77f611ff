package dev.domin.udp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The system calls of Linux by which many sockets share descriptors' numbers and memory sparingly. As with {@link
 * LinuxCalls}, loading this class takes a while.
 */
final class SocketCalls {

    private static final int AF_INET = 2;
    private static final int SOL_SOCKET = 1;
    private static final int SO_TYPE = 3;
    private static final int SOCK_DGRAM = 2;
    private static final int MSG_PEEK = 2;
    private static final int MADV_DONTNEED = 4;
    private static final int LOOPBACK = 0x7F000001;

    private static final int NAME_SIZE = 16;
    private static final int NAME_PORT = 2;
    private static final int NAME_HOST = 4;

    private static final MethodHandle GETSOCKNAME =
            LinuxCalls.link("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle GETSOCKOPT = LinuxCalls.link(
            "getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle RECV =
            LinuxCalls.link("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle MADVISE =
            LinuxCalls.link("madvise", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

    private static final long PAGE = pageSize();

    private SocketCalls() {}

    private static int pageSize() {
        try {
            return (int) LinuxCalls.link("getpagesize", FunctionDescriptor.of(JAVA_INT))
                    .invokeExact();
        } catch (Throwable e) {
            throw LinuxCalls.unexpected(e);
        }
    }

    /**
     * Asks descriptors, one after the other, whether a UDP socket bound to 127.0.0.1 is behind them.
     *
     * @param port the port it is bound to
     * @param from the first number to ask
     * @param to the number behind the last one
     * @return the first that is, or -1
     */
    static int find(int port, int from, int to) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(NAME_SIZE, Integer.BYTES);
            MemorySegment size = arena.allocate(JAVA_INT);
            for (int descriptor = from; descriptor < to; descriptor++) {
                if (isBound(descriptor, port, name, size)) {
                    return descriptor;
                }
            }
        }
        return -1;
    }

    private static boolean isBound(int descriptor, int port, MemorySegment name, MemorySegment size) {
        try {
            size.set(JAVA_INT, 0, NAME_SIZE);
            if ((int) GETSOCKNAME.invokeExact(descriptor, name, size) < 0
                    || name.get(JAVA_SHORT, 0) != AF_INET
                    || (name.get(JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), NAME_PORT) & 0xFFFF) != port
                    || name.get(JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN), NAME_HOST) != LOOPBACK) {
                return false;
            }
            size.set(JAVA_INT, 0, Integer.BYTES);
            return (int) GETSOCKOPT.invokeExact(descriptor, SOL_SOCKET, SO_TYPE, name, size) == 0
                    && name.get(JAVA_INT, 0) == SOCK_DGRAM;
        } catch (Throwable e) {
            throw LinuxCalls.unexpected(e);
        }
    }

    /**
     * Waits for a packet and leaves it where it is. {@return whether one is there, or receiving has been ended; if not,
     * a receive will tell why}
     */
    static boolean awaitPacket(int socket) {
        try {
            return (long) RECV.invokeExact(socket, MemorySegment.NULL, 0L, MSG_PEEK) >= 0;
        } catch (Throwable e) {
            throw LinuxCalls.unexpected(e);
        }
    }

    /**
     * Gives the pages of a buffer outside the heap back to the system, which brings empty ones if it is used again.
     *
     * @param buffer whose contents nobody needs
     */
    static void discard(ByteBuffer buffer) {
        MemorySegment memory = MemorySegment.ofBuffer(buffer.clear());
        long skipped = -memory.address() & (PAGE - 1); // the pages at the ends hold something else, too
        long pages = memory.byteSize() - skipped & -PAGE;
        if (pages > 0) {
            try {
                int _ = (int) MADVISE.invokeExact(memory.asSlice(skipped, pages), pages, MADV_DONTNEED);
            } catch (Throwable e) {
                throw LinuxCalls.unexpected(e);
            }
        }
    }
}
