package dev.domin.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Keeps track of how much can certainly be written to a descriptor without blocking: everything to a file, and a
 * limited amount to a pipe that is far from full. Not thread-safe.
 */
final class WriteCapacity {

    private static final int FILE_TYPE = 0170000;
    private static final int PIPE = 0010000;
    private static final int SOCKET = 0140000;
    private static final int REGULAR_FILE = 0100000;

    /**
     * The capacity of a pipe, 16 pages. The pipe is first checked after so many bytes, so a short script never does it.
     */
    private static final int PIPE_BYTES = 64 * 1024;

    /**
     * How much of the first output is written without finding out what the descriptor is, and without the classes of an
     * interruptible write: both take longer than the output of a short script. A pipe that others have filled is
     * noticed; a terminal that is stopped at that moment is not, and then a signal has to wait for it.
     */
    private static final int FIRST_BYTES = 512;

    /** A write is stored in one page of a pipe, so larger writes leave more of the pages empty. */
    private static final int LARGEST_PIECE = 256;

    /** With at most so many bytes in the pipe, in small pieces, there is room for all writes until the next check. */
    private static final int MOST_IN_PIPE = 48 * 1024;

    /** How much is written to a pipe between two checks; a check costs as much as several writes. */
    private static final int BETWEEN_CHECKS = 8 * 1024;

    private final FileDescriptor descriptor;
    private final Path path;
    private int untilCheck = PIPE_BYTES;
    private int free;
    private boolean used;
    private boolean known;
    private boolean file;
    private @Nullable FileInputStream pipe; // null if it is not a pipe

    WriteCapacity(FileDescriptor descriptor, int number) {
        this.descriptor = descriptor;
        this.path = Path.of("/dev/fd/" + number);
    }

    /** Reserves room; {@return whether there is certainly room for so many bytes} */
    boolean reserve(int bytes) {
        if (bytes > LARGEST_PIECE && !file) {
            free = 0;
            untilCheck = PIPE_BYTES; // until only small pieces are in the pipe
            return false;
        }
        if (!used) {
            used = true;
            free = isNearlyEmpty(new FileInputStream(descriptor)) ? FIRST_BYTES : 0;
        }
        if (bytes > free) {
            untilCheck -= bytes;
            if (untilCheck <= 0) {
                check();
            }
            return false; // also after a check, so that the JIT compiler profiles both branches
        }
        free -= bytes;
        return true;
    }

    /** {@return whether it is a pipe or a socket, so that writing fails if the reader has ended} */
    boolean hasReader() {
        int type = type();
        return type == PIPE || type == SOCKET;
    }

    private void check() {
        if (!known) {
            known = true;
            int type = type();
            file = type == REGULAR_FILE;
            // On other systems the writing end of a pipe does not report how much is in it.
            pipe = type == PIPE && "Linux".equals(System.getProperty("os.name"))
                    ? new FileInputStream(descriptor)
                    : null;
        }
        if (file) {
            free = Integer.MAX_VALUE;
        } else if (pipe == null) {
            untilCheck = Integer.MAX_VALUE;
        } else {
            checkPipe(pipe);
        }
    }

    private void checkPipe(FileInputStream reader) {
        free = isNearlyEmpty(reader) ? BETWEEN_CHECKS : 0;
        untilCheck = free == 0 ? 1024 : 0;
    }

    private static boolean isNearlyEmpty(FileInputStream pipe) {
        try {
            return pipe.available() <= MOST_IN_PIPE;
        } catch (IOException _) {
            return false;
        }
    }

    private int type() {
        try {
            return (int) Files.getAttribute(path, "unix:mode") & FILE_TYPE;
        } catch (IOException | RuntimeException _) { // a system without such names
            return 0;
        }
    }
}
