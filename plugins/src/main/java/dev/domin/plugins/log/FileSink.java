package dev.domin.plugins.log;

import dev.domin.plugins.files.NamedFile;
import dev.domin.spi.ScriptError;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that messages are appended to. It may be rotated: {@code app.log} becomes {@code app.log.1}, which becomes
 * {@code app.log.2}, and so on; the oldest is deleted. Safe for use by several threads.
 */
final class FileSink implements Sink {

    static final String KIND = "file";

    private final NamedFile file;
    private Rotation rotation = Rotation.NONE;
    private @Nullable FileOutputStream out; // null: closed
    private long length;
    private long lastWritten;
    private boolean ended;

    private FileSink(NamedFile file) {
        this.file = file;
    }

    /**
     * Opens a file, making it where it is not there.
     *
     * @throws ScriptError if it cannot be opened
     */
    static FileSink open(NamedFile file) {
        var sink = new FileSink(file);
        try {
            sink.open();
        } catch (IOException e) {
            throw file.failed("open", e);
        }
        return sink;
    }

    static String key(NamedFile file) {
        return KIND + " " + file.path().toAbsolutePath().normalize();
    }

    /**
     * Sets how the file is rotated.
     *
     * @throws ScriptError if there is a folder with the name of an older file
     */
    synchronized void rotate(Rotation fresh) {
        try {
            checkOlder(fresh.keep());
        } catch (IOException e) {
            throw file.failed("rotate", e);
        }
        rotation = fresh;
    }

    /** Refuses folders: moving a file would replace an empty one, and rotating would move any. */
    private void checkOlder(int keep) throws IOException {
        for (int i = 1; i <= keep; i++) {
            if (Files.isDirectory(numbered(i), LinkOption.NOFOLLOW_LINKS)) {
                throw new FileSystemException(
                        file.path().toString(), null, numbered(i).getFileName() + " is a folder");
            }
        }
    }

    synchronized Rotation rotation() {
        return rotation;
    }

    @Override
    public synchronized void write(Message message, boolean json) {
        String line = json ? message.jsonLine() : message.plainLine();
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            var stream = out == null ? open() : out;
            if (rotation.isTooLong(length, bytes.length)
                    || length > 0 && rotation.isOver(lastWritten, message.epochMillis())) {
                stream = setAside();
            }
            stream.write(bytes);
            length += bytes.length;
            lastWritten = message.epochMillis();
            if (ended) {
                closeStream();
            }
        } catch (IOException e) {
            throw file.failed("write", e);
        }
    }

    @Override
    public String key() {
        return key(file);
    }

    @Override
    public synchronized void close() {
        ended = true;
        try {
            closeStream();
        } catch (IOException _) {
            // Every message has been handed to the system already.
        }
    }

    private FileOutputStream open() throws IOException {
        file.checkIsFile();
        var stream = new FileOutputStream(file.path().toFile(), true);
        out = stream;
        File opened = file.path().toFile();
        length = opened.length();
        lastWritten = opened.lastModified();
        return stream;
    }

    private void closeStream() throws IOException {
        var open = out;
        out = null;
        if (open != null) {
            open.close();
        }
    }

    private FileOutputStream setAside() throws IOException {
        checkOlder(rotation.keep());
        closeStream();
        file.checkIsFile(); // it may have been replaced
        if (rotation.keep() == 0) {
            Files.deleteIfExists(file.path());
        }
        for (int i = rotation.keep(); i > 0; i--) {
            var from = i == 1 ? file.path() : numbered(i - 1);
            if (Files.exists(from)) {
                Files.move(from, numbered(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return open();
    }

    private Path numbered(int number) {
        return Path.of(file.path() + "." + number);
    }
}
