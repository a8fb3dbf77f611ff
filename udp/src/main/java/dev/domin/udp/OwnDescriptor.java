package dev.domin.udp;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds the descriptor of a socket of this process by Linux' own tables: the JDK keeps it to itself, and its internals
 * stay closed.
 *
 * @param number the descriptor
 * @param socket what the system calls the socket behind it, such as {@code socket:[12345]}; no two live sockets share it
 */
record OwnDescriptor(int number, String socket) {

    private static final String FOLDER = "/proc/self/fd";
    private static final int INODE_COLUMN = 9;

    /**
     * Finds the socket that is bound to a port on 127.0.0.1.
     *
     * @throws IOException if there is none, or it is not this process's
     */
    static OwnDescriptor ofPort(int port) throws IOException {
        String line = SocketTable.line(port);
        if (line == null) {
            throw new IOException("no socket on port " + port + " in the system's table");
        }
        String socket = "socket:[" + line.split(" +")[INODE_COLUMN] + "]";
        String[] open = new File(FOLDER).list();
        if (open != null) {
            for (String number : open) {
                if (socket.equals(target(number))) {
                    return new OwnDescriptor(Integer.parseInt(number), socket);
                }
            }
        }
        throw new IOException("no descriptor of " + socket + " in " + FOLDER);
    }

    /** {@return whether a descriptor leads to the same socket now} */
    boolean isBehind(int descriptor) {
        return socket.equals(target(Integer.toString(descriptor)));
    }

    private static String target(String number) {
        try {
            return Files.readSymbolicLink(Path.of(FOLDER, number)).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return null; // closed meanwhile
        }
    }
}
