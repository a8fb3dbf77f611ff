package dev.domin.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much can be written to a descriptor without waiting for its reader, as far as that is certain: everything to a
 * file, and something to a pipe that is far from full. Not safe for use by several threads.
 */
final class OutputRoom {

    private static final int FILE_TYPE = 0170000;
    private static final int PIPE = 0010000;
    private static final int SOCKET = 0140000;
    private static final int REGULAR_FILE = 0100000;

    /**
     * What a pipe takes, in 16 pages; so much also is written before the first look, which a short script can do
     * without.
     */
    private static final int PIPE_BYTES = 64 * 1024;

    /** A piece is kept in one page of a pipe, so that larger ones leave more of the pages empty. */
    private static final int LARGEST_PIECE = 256;

    /** With so much in the pipe, in small pieces, there is room for what is written until the next look. */
    private static final int MOST_IN_PIPE = 48 * 1024;

    /** How much is written to a pipe between two looks, each of which costs as much as some writes. */
    private static final int BETWEEN_LOOKS = 8 * 1024;

    private final FileDescriptor descriptor;
    private final Path path;
    private int untilLook = PIPE_BYTES;
    private int free;
    private boolean known;
    private boolean file;
    private FileInputStream pipe; // null where it is none

    OutputRoom(FileDescriptor descriptor, int number) {
        this.descriptor = descriptor;
        this.path = Path.of("/dev/fd/" + number);
    }

    /** Claims room; {@return whether there certainly is room for so many bytes} */
    boolean claim(int bytes) {
        if (bytes > LARGEST_PIECE && !file) {
            free = 0;
            untilLook = PIPE_BYTES; // until all that is in the pipe are small pieces
            return false;
        }
        if (bytes > free) {
            untilLook -= bytes;
            if (untilLook <= 0) {
                look();
            }
            return false; // after a look, too, so that the compiler sees both ways while it prepares, and not only one
        }
        free -= bytes;
        return true;
    }

    /** {@return whether it is a pipe or a socket, so that writing fails where nobody reads} */
    boolean hasReader() {
        int type = type();
        return type == PIPE || type == SOCKET;
    }

    private void look() {
        if (!known) {
            known = true;
            int type = type();
            file = type == REGULAR_FILE;
            // Elsewhere the end of a pipe that is written to does not know what is in it.
            pipe = type == PIPE && "Linux".equals(System.getProperty("os.name"))
                    ? new FileInputStream(descriptor)
                    : null;
        }
        if (file) {
            free = Integer.MAX_VALUE;
        } else if (pipe == null) {
            untilLook = Integer.MAX_VALUE;
        } else {
            lookIntoPipe();
        }
    }

    private void lookIntoPipe() {
        try {
            free = pipe.available() <= MOST_IN_PIPE ? BETWEEN_LOOKS : 0;
        } catch (IOException _) {
            free = 0;
        }
        untilLook = free == 0 ? 1024 : 0;
    }

    private int type() {
        try {
            return (int) Files.getAttribute(path, "unix:mode") & FILE_TYPE;
        } catch (IOException | RuntimeException _) { // a system that has no such names
            return 0;
        }
    }
}
