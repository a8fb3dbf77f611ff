package dev.domin.udp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/**
 * The system calls of Linux that the JDK does not offer. Loading this class links them, which takes a tenth of a second
 * and more: not on a thread that somebody waits for.
 */
final class LinuxCalls {

    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_WAITFORONE = 0x10000;

    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int ECONNREFUSED = 111;

    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int LEAST_DESCRIPTOR = 3;
    private static final int SHUT_RD = 0;
    private static final int PROT_READ_WRITE = 1 | 2;
    private static final int MAP_PRIVATE_ANONYMOUS_NORESERVE = 0x2 | 0x20 | 0x4000;
    private static final int MADV_NOHUGEPAGE = 15;
    private static final int AF_INET = 2;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int TIMEVAL_SIZE = 16;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();

    /** How many bytes of memory a call needs to leave its error number in. */
    static final int STATE_SIZE = Math.toIntExact(STATE.byteSize());

    /** Where in them the number is. */
    static final int ERRNO_OFFSET = Math.toIntExact(STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno")));

    private static final FunctionDescriptor RECVMMSG_TYPE =
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final FunctionDescriptor SENDMMSG_TYPE =
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);

    // A call that captures its error number makes an object each time, unless the compiler happens to see through
    // it. So the usual call does not capture it, and one that has failed is made once more by its twin that does.
    private static final MethodHandle RECVMMSG = link("recvmmsg", RECVMMSG_TYPE);
    private static final MethodHandle RECVMMSG_TELLING =
            link("recvmmsg", RECVMMSG_TYPE, Linker.Option.captureCallState("errno"));
    private static final MethodHandle SENDMMSG = link("sendmmsg", SENDMMSG_TYPE);
    private static final MethodHandle SENDMMSG_TELLING =
            link("sendmmsg", SENDMMSG_TYPE, Linker.Option.captureCallState("errno"));
    private static final MethodHandle FCNTL = link(
            "fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle SOCKET =
            link("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle SETSOCKOPT =
            link("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SHUTDOWN = link("shutdown", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE = link("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle MMAP =
            link("mmap", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle MUNMAP = link("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle MADVISE =
            link("madvise", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

    private LinuxCalls() {}

    @SuppressWarnings("restricted") // as all calls are to the system
    static MethodHandle link(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
    }

    /** {@return how many packets came, or -1} */
    static int recvmmsg(int socket, MemorySegment messages, int count, int flags) {
        try {
            return (int) RECVMMSG.invokeExact(socket, messages, count, flags, MemorySegment.NULL);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** {@return how many packets came, or -1 with the error number in the state} */
    static int recvmmsgTelling(MemorySegment state, int socket, MemorySegment messages, int count, int flags) {
        try {
            return (int) RECVMMSG_TELLING.invokeExact(state, socket, messages, count, flags, MemorySegment.NULL);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** {@return how many packets were sent, or -1} */
    static int sendmmsg(int socket, MemorySegment messages, int count, int flags) {
        try {
            return (int) SENDMMSG.invokeExact(socket, messages, count, flags);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** {@return how many packets were sent, or -1 with the error number in the state} */
    static int sendmmsgTelling(MemorySegment state, int socket, MemorySegment messages, int count, int flags) {
        try {
            return (int) SENDMMSG_TELLING.invokeExact(state, socket, messages, count, flags);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * Makes a second descriptor for what the given one leads to.
     *
     * @throws IOException if there is none to be had
     */
    static int duplicate(int descriptor) throws IOException {
        int copy;
        try {
            copy = (int) FCNTL.invokeExact(descriptor, F_DUPFD_CLOEXEC, LEAST_DESCRIPTOR);
        } catch (Throwable e) {
            throw unexpected(e);
        }
        if (copy < 0) {
            throw new IOException("no second descriptor to be had for descriptor " + descriptor);
        }
        return copy;
    }

    /**
     * Opens a UDP socket.
     *
     * @throws IOException if there is none to be had
     */
    static int socket() throws IOException {
        int socket;
        try {
            socket = (int) SOCKET.invokeExact(AF_INET, SOCK_DGRAM_CLOEXEC, 0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
        if (socket < 0) {
            throw new IOException("no UDP socket to be had");
        }
        return socket;
    }

    /**
     * Limits how long a receive waits.
     *
     * @param time 16 bytes that hold the limit, as seconds and microseconds
     * @throws IOException if the system refuses
     */
    static void limitWaiting(int socket, MemorySegment time) throws IOException {
        int result;
        try {
            result = (int) SETSOCKOPT.invokeExact(socket, SOL_SOCKET, SO_RCVTIMEO, time, TIMEVAL_SIZE);
        } catch (Throwable e) {
            throw unexpected(e);
        }
        if (result < 0) {
            throw new IOException("waiting cannot be limited");
        }
    }

    /** Ends every waiting receive from the socket, also later ones: each returns with nothing, from nobody. */
    static void endReceiving(int socket) {
        try {
            // For a socket without a peer it reports an error, and does what it says all the same.
            int _ = (int) SHUTDOWN.invokeExact(socket, SHUT_RD);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void close(int descriptor) {
        try {
            int _ = (int) CLOSE.invokeExact(descriptor);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * Asks for memory of which only the touched pages cost anything.
     *
     * @throws IOException if there is none to be had
     */
    @SuppressWarnings("restricted") // the size is what has just been asked for
    static MemorySegment map(long bytes) throws IOException {
        MemorySegment mapped;
        try {
            mapped = (MemorySegment) MMAP.invokeExact(
                    MemorySegment.NULL, bytes, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS_NORESERVE, -1, 0L);
            if (mapped.address() == -1) {
                throw new IOException("no memory for batches of packets");
            }
            // A huge page would touch 2 MiB at once; a system without them refuses, which is just as well.
            int _ = (int) MADVISE.invokeExact(mapped, bytes, MADV_NOHUGEPAGE);
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw unexpected(e);
        }
        return mapped.reinterpret(bytes);
    }

    static void unmap(MemorySegment mapped) {
        try {
            int _ = (int) MUNMAP.invokeExact(mapped, mapped.byteSize());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        if (e instanceof RuntimeException exception) {
            return exception;
        }
        return new IllegalStateException(e);
    }
}
