package dev.domin.udp.linux;

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
 * or more, so no thread that serves packets may do it.
 */
final class SystemCalls {

    private static final int MIN_DESCRIPTOR = 3;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();

    /** How many bytes of memory a call needs for its error number. */
    static final int STATE_SIZE = Math.toIntExact(STATE.byteSize());

    /** The offset of the error number in them. */
    static final int ERRNO_OFFSET = Math.toIntExact(STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno")));

    private static final FunctionDescriptor RECVMMSG_TYPE =
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final FunctionDescriptor SENDMMSG_TYPE =
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);

    // A call that captures its error number allocates an object, unless the compiler can avoid it. So the usual call
    // does not capture it, and a call that has failed is repeated by a second handle that does.
    private static final MethodHandle RECVMMSG = link("recvmmsg", RECVMMSG_TYPE);
    private static final MethodHandle RECVMMSG_WITH_ERRNO =
            link("recvmmsg", RECVMMSG_TYPE, Linker.Option.captureCallState("errno"));
    private static final MethodHandle SENDMMSG = link("sendmmsg", SENDMMSG_TYPE);
    private static final MethodHandle SENDMMSG_WITH_ERRNO =
            link("sendmmsg", SENDMMSG_TYPE, Linker.Option.captureCallState("errno"));
    private static final MethodHandle RECV =
            link("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SOCKET =
            link("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle GETSOCKNAME =
            link("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle GETSOCKOPT =
            link("getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle SETSOCKOPT =
            link("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SHUTDOWN = link("shutdown", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle FCNTL = link(
            "fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE = link("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle MMAP =
            link("mmap", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle MUNMAP = link("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle MADVISE =
            link("madvise", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final long PAGE_SIZE = pageSize();

    private SystemCalls() {}

    @SuppressWarnings("restricted") // all calls are to the system
    private static MethodHandle link(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        MemorySegment function =
                LINKER.defaultLookup().find(name).orElseThrow(() -> new UnsatisfiedLinkError("no function " + name));
        return LINKER.downcallHandle(function, descriptor, options);
    }

    /** {@return how many packets were received, or -1} */
    static int recvmmsg(int socket, MemorySegment messages, int count, int flags) {
        try {
            return (int) RECVMMSG.invokeExact(socket, messages, count, flags, MemorySegment.NULL);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** {@return how many packets were received, or -1 with the error number in the state} */
    static int recvmmsg(MemorySegment state, int socket, MemorySegment messages, int count, int flags) {
        try {
            return (int) RECVMMSG_WITH_ERRNO.invokeExact(state, socket, messages, count, flags, MemorySegment.NULL);
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
    static int sendmmsg(MemorySegment state, int socket, MemorySegment messages, int count, int flags) {
        try {
            return (int) SENDMMSG_WITH_ERRNO.invokeExact(state, socket, messages, count, flags);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * Waits for a packet without receiving it. {@return whether there is one, or receiving has been ended; if not, a
     * receive reports the error}
     */
    static boolean awaitPacket(int socket) {
        try {
            return (long) RECV.invokeExact(socket, MemorySegment.NULL, 0L, Constants.MSG_PEEK) >= 0;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * Opens a UDP socket.
     *
     * @throws IOException if the system refuses
     */
    static int socket() throws IOException {
        int socket;
        try {
            socket = (int) SOCKET.invokeExact(Constants.AF_INET, Constants.SOCK_DGRAM | Constants.SOCK_CLOEXEC, 0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
        if (socket < 0) {
            throw new IOException("cannot open a UDP socket");
        }
        return socket;
    }

    /**
     * Reads the address that a socket is bound to.
     *
     * @param name gets the address
     * @param size holds the length of {@code name}, and gets that of the address
     * @return whether there is one
     */
    static boolean getsockname(int descriptor, MemorySegment name, MemorySegment size) {
        try {
            return (int) GETSOCKNAME.invokeExact(descriptor, name, size) >= 0;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * Reads a socket option.
     *
     * @param value gets the value
     * @param size holds the length of {@code value}, and gets that of the option
     * @return whether there is such an option
     */
    static boolean getsockopt(int descriptor, int level, int option, MemorySegment value, MemorySegment size) {
        try {
            return (int) GETSOCKOPT.invokeExact(descriptor, level, option, value, size) == 0;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * Sets a socket option.
     *
     * @throws IOException if the system refuses
     */
    static void setsockopt(int descriptor, int level, int option, MemorySegment value) throws IOException {
        int result;
        try {
            result = (int) SETSOCKOPT.invokeExact(descriptor, level, option, value, (int) value.byteSize());
        } catch (Throwable e) {
            throw unexpected(e);
        }
        if (result < 0) {
            throw new IOException("cannot set the socket option " + option);
        }
    }

    /** Ends all receives from the socket, also later ones: each returns an empty packet without a sender. */
    static void endReceiving(int socket) {
        try {
            // For a socket without a peer it reports an error, but has its effect.
            int _ = (int) SHUTDOWN.invokeExact(socket, Constants.SHUT_RD);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * Duplicates a descriptor.
     *
     * @throws IOException if there is none left
     */
    static int duplicate(int descriptor) throws IOException {
        int copy;
        try {
            copy = (int) FCNTL.invokeExact(descriptor, Constants.F_DUPFD_CLOEXEC, MIN_DESCRIPTOR);
        } catch (Throwable e) {
            throw unexpected(e);
        }
        if (copy < 0) {
            throw new IOException("cannot duplicate descriptor " + descriptor);
        }
        return copy;
    }

    static void close(int descriptor) {
        try {
            int _ = (int) CLOSE.invokeExact(descriptor);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * Allocates memory of which only the touched pages cost anything.
     *
     * @throws IOException if there is none left
     */
    @SuppressWarnings("restricted") // the size is what has just been asked for
    static MemorySegment map(long bytes) throws IOException {
        int protection = Constants.PROT_READ | Constants.PROT_WRITE;
        int kind = Constants.MAP_PRIVATE | Constants.MAP_ANONYMOUS | Constants.MAP_NORESERVE;
        MemorySegment mapped;
        try {
            mapped = (MemorySegment) MMAP.invokeExact(MemorySegment.NULL, bytes, protection, kind, -1, 0L);
            if (mapped.address() == -1) {
                throw new IOException("no memory for batches of packets");
            }
            // A huge page would use 2 MiB at once. A system without them reports an error, which does not matter.
            int _ = (int) MADVISE.invokeExact(mapped, bytes, Constants.MADV_NOHUGEPAGE);
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

    /**
     * Returns the whole pages in a piece of memory to the system, which provides empty ones if they are used again.
     */
    static void discard(MemorySegment memory) {
        long skipped = -memory.address() & (PAGE_SIZE - 1); // the pages at the ends contain other data as well
        long pages = memory.byteSize() - skipped & -PAGE_SIZE;
        if (pages > 0) {
            try {
                int _ = (int) MADVISE.invokeExact(memory.asSlice(skipped, pages), pages, Constants.MADV_DONTNEED);
            } catch (Throwable e) {
                throw unexpected(e);
            }
        }
    }

    private static int pageSize() {
        try {
            return (int) link("getpagesize", FunctionDescriptor.of(JAVA_INT)).invokeExact();
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException exception ? exception : new IllegalStateException(e);
    }
}
