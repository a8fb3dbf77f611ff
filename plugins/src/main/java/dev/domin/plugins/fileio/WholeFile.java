package dev.domin.plugins.fileio;

import dev.domin.plugins.files.NamedFile;
import dev.domin.spi.Limit;
import dev.domin.spi.ScriptError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * One file that a script names. What reads and writes may last, and ends when its thread is interrupted.
 *
 * @param file the file
 */
record WholeFile(NamedFile file) {

    private static final int CHUNK = 1 << 16;

    /**
     * Finds a file, which need not exist.
     *
     * @param name its name, a script string
     * @return the file
     * @throws ScriptError if the name is empty, or no file can have it
     */
    static WholeFile named(String name) {
        return new WholeFile(NamedFile.of(name));
    }

    boolean exists() {
        return Files.exists(path());
    }

    /** {@return whether there was such a file, and it is gone} */
    boolean delete() {
        try {
            return !Files.isDirectory(path(), LinkOption.NOFOLLOW_LINKS) && Files.deleteIfExists(path());
        } catch (IOException _) {
            return false; // an answer here, and not an error
        }
    }

    byte[] read(long longest) throws InterruptedException {
        try (var channel = open(Set.of(StandardOpenOption.READ))) {
            if (!Files.isRegularFile(path())) { // a device may have no end
                throw new FileSystemException(file.name(), null, "it is a device, and not a file");
            }
            long size = channel.size();
            if (size > longest) {
                throw tooLong(size + "", longest);
            }
            var bytes = new ByteArrayOutputStream((int) size); // 0 for what the system makes up, as in /proc
            var buffer = ByteBuffer.allocate(Math.clamp(size + 1, 512, CHUNK));
            while (channel.read(buffer) >= 0) {
                if (bytes.size() + (long) buffer.position() > longest) {
                    throw tooLong("more", longest);
                }
                bytes.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            return bytes.toByteArray();
        } catch (ClosedByInterruptException _) {
            throw interrupted();
        } catch (IOException e) {
            throw file.failed("read", e);
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
            throw file.failed("write", e);
        }
    }

    private FileChannel open(Set<StandardOpenOption> options) throws IOException {
        file.checkIsFile();
        return FileChannel.open(path(), options);
    }

    private Path path() {
        return file.path();
    }

    private static InterruptedException interrupted() {
        Thread.interrupted();
        return new InterruptedException();
    }

    private ScriptError tooLong(String size, long longest) {
        return Limit.VALUE.exceeded(
                file.shown() + " has " + size + " bytes, and the limit for a value is " + longest, "make it smaller");
    }
}
