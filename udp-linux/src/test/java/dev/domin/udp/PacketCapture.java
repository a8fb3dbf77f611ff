package dev.domin.udp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;

/** Captures packets as tcpdump does; needs the permission to do so. */
final class PacketCapture implements AutoCloseable {

    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final int ETH_P_ALL_BIG_ENDIAN = 0x0300;
    private static final int MSG_DONTWAIT = 0x40;

    private static final int ETHERNET_HEADER = 14;
    private static final int PROTOCOL_OFFSET = ETHERNET_HEADER + 9;
    private static final byte UDP = 17;
    private static final int UDP_HEADER = ETHERNET_HEADER + 20;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment frame = arena.allocate(1 << 17);
    private final MethodHandle receive = function("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private final int socket;

    /**
     * Starts to capture on all interfaces.
     *
     * @throws IOException if that is not permitted
     */
    PacketCapture() throws Exception {
        socket = call(() -> (int) function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT)
                .invoke(AF_PACKET, SOCK_RAW, ETH_P_ALL_BIG_ENDIAN));
        if (socket < 0) {
            arena.close();
            throw new IOException("not permitted");
        }
    }

    /** {@return the length of the longest UDP message that has been captured since the last call from a port, or 0} */
    int longestFrom(int port) throws Exception {
        int longest = 0;
        while (call(() -> (int) (long) receive.invoke(socket, frame, frame.byteSize(), MSG_DONTWAIT)) > 0) {
            if (frame.get(JAVA_BYTE, PROTOCOL_OFFSET) == UDP && number(UDP_HEADER) == port) {
                longest = Math.max(longest, number(UDP_HEADER + 4) - 8);
            }
        }
        return longest;
    }

    @Override
    public void close() {
        try {
            call(() -> (int) function("close", JAVA_INT, JAVA_INT).invoke(socket));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        arena.close();
    }

    private int number(int offset) {
        return Short.toUnsignedInt(frame.get(JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), offset));
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(
            String name, java.lang.foreign.MemoryLayout result, java.lang.foreign.MemoryLayout... parameters) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().find(name).orElseThrow(), FunctionDescriptor.of(result, parameters));
    }

    private interface Call {
        int run() throws Throwable;
    }

    private static int call(Call call) throws Exception {
        try {
            return call.run();
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
