package dev.domin.plugins.fileio;

import dev.domin.spi.Blob;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.Escapes;
import dev.domin.spi.ScriptError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * One file that a script names. What reads and writes may last, and ends when its thread is interrupted.
 *
 * @param name what the script calls it
 * @param path where it is
 */
record WholeFile(String name, Path path) {

    private static final int CHUNK = 1 << 16;
    private static final int LONGEST_SHOWN = 4096;

    /** The kind of a file among the bits of its mode, on Unix systems, and the value that means a pipe with a name. */
    private static final int KIND_MASK = 0xF000;

    private static final int PIPE = 0x1000;

    /**
     * Finds a file, which need not exist.
     *
     * @param name its name, a script string
     * @return the file
     * @throws ScriptError if the name is empty, or no file can have it
     */
    static WholeFile named(String name) {
        if (name.isEmpty()) {
            throw new ScriptError("the path is empty", "give the path of a file, as in \"data/zone.txt\"");
        }
        try {
            return new WholeFile(name, Path.of(ByteStrings.toText(name)));
        } catch (InvalidPathException e) {
            throw new ScriptError("no file can be called " + shown(name) + ": " + e.getReason());
        }
    }

    boolean exists() {
        return Files.exists(path);
    }

    /** {@return whether there was such a file, and it is gone} */
    boolean delete() {
        try {
            return !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && Files.deleteIfExists(path);
        } catch (IOException _) {
            return false; // an answer here, and not an error
        }
    }

    byte[] read() throws InterruptedException {
        try (var channel = open(Set.of(StandardOpenOption.READ))) {
            long size = channel.size();
            if (size > Blob.MAXIMUM_LENGTH) {
                throw tooLong();
            }
            var bytes = new ByteArrayOutputStream((int) size); // 0 for what the system makes up, as in /proc
            var buffer = ByteBuffer.allocate(Math.clamp(size + 1, 512, CHUNK));
            while (channel.read(buffer) >= 0) {
                if (bytes.size() > Blob.MAXIMUM_LENGTH - buffer.position()) {
                    throw tooLong();
                }
                bytes.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            return bytes.toByteArray();
        } catch (ClosedByInterruptException _) {
            throw interrupted();
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    void write(byte[] bytes) throws InterruptedException {
        try (var channel = open(
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING))) {
            for (int at = 0; at < bytes.length; at += CHUNK) {
                var chunk = ByteBuffer.wrap(bytes, at, Math.min(CHUNK, bytes.length - at));
                while (chunk.hasRemaining()) {
                    channel.write(chunk);
                }
            }
        } catch (ClosedByInterruptException _) {
            throw interrupted();
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    private FileChannel open(Set<StandardOpenOption> options) throws IOException {
        if (Files.isDirectory(path)) {
            throw new FileSystemException(name, null, "it is a folder");
        }
        if (isPipe()) {
            throw new FileSystemException(name, null, "it is a pipe, and not a file");
        }
        return FileChannel.open(path, options);
    }

    /** {@return whether it is a pipe with a name: opening one waits for its other end, and no interrupt ends that} */
    private boolean isPipe() {
        try {
            return Files.exists(path)
                    && !Files.isRegularFile(path)
                    && Files.getAttribute(path, "unix:mode") instanceof Integer mode
                    && (mode & KIND_MASK) == PIPE;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
            return false; // a system that has no such files, or opening tells what is wrong
        }
    }

    /** {@return a path between quotes, whole, since its end says the most; only what no system takes is cut} */
    static String shown(String name) {
        String text = name.length() > LONGEST_SHOWN ? Escapes.quote(name) : ByteStrings.toText(Escapes.escape(name));
        return "\"" + text + "\"";
    }

    private static InterruptedException interrupted() {
        Thread.interrupted();
        return new InterruptedException();
    }

    private ScriptError tooLong() {
        return new ScriptError(shown(name) + " has more bytes than a blob can have, which is " + Blob.MAXIMUM_LENGTH);
    }

    private ScriptError failed(String verb, IOException e) {
        return new ScriptError("cannot " + verb + " " + shown(name) + ": " + reason(e), help(e));
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case NotDirectoryException _ -> "a part of the path is no folder";
            case FileSystemException f when f.getReason() != null -> f.getReason(); // its message names the file
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    }

    private String help(IOException e) {
        if (!(e instanceof NoSuchFileException)) {
            return "";
        }
        if (path.isAbsolute()) {
            return "check with fileio.Exists first";
        }
        return "a relative path begins at the folder that domin was started in, "
                + Path.of("").toAbsolutePath();
    }
}
