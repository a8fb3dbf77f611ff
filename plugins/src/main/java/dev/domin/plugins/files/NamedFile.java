package dev.domin.plugins.files;

import dev.domin.spi.ByteStrings;
import dev.domin.spi.Escapes;
import dev.domin.spi.ScriptError;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that a script names, and that need not exist.
 *
 * @param name what the script calls it
 * @param path where it is
 */
public record NamedFile(String name, Path path) {

    private static final int LONGEST_SHOWN = 4096;

    /** What Java decodes bytes to that are not UTF-8. */
    private static final char REPLACEMENT = '\uFFFD';

    /** The bits of a Unix file's mode that say what it is, and their value for a pipe with a name. */
    private static final int KIND_MASK = 0xF000;

    private static final int PIPE = 0x1000;

    /**
     * Finds a file.
     *
     * @param name its name, a script string
     * @return the file
     * @throws ScriptError if the name is empty, or no file can have it
     */
    public static NamedFile of(String name) {
        if (name.isEmpty()) {
            throw new ScriptError("the path is empty", "give the path of a file, as in \"data/zone.txt\"");
        }
        String text = ByteStrings.toText(name);
        if (text.indexOf(REPLACEMENT) >= 0) {
            throw new ScriptError(
                    "the path " + shown(name) + " is not UTF-8, or has the character U+FFFD, which stands for "
                            + "bytes that are not",
                    "rename the file: several names would look the same, so the wrong file could be used");
        }
        try {
            return new NamedFile(name, Path.of(text));
        } catch (InvalidPathException e) {
            throw new ScriptError("no file can be called " + shown(name) + ": " + e.getReason());
        }
    }

    /**
     * Refuses what is no file: a folder; and a pipe with a name, since opening one waits for its other end, and no
     * interrupt ends that.
     *
     * @throws IOException if it is one of them
     */
    public void checkIsFile() throws IOException {
        if (Files.isDirectory(path)) {
            throw new FileSystemException(name, null, "it is a folder");
        }
        if (isPipe()) {
            throw new FileSystemException(name, null, "it is a pipe, and not a file");
        }
    }

    private boolean isPipe() {
        try {
            return Files.exists(path)
                    && !Files.isRegularFile(path)
                    && Files.getAttribute(path, "unix:mode") instanceof Integer mode
                    && (mode & KIND_MASK) == PIPE;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
            return false; // a system that has no such files; or opening it fails too, with the reason
        }
    }

    /**
     * Makes the error of a script that cannot use the file.
     *
     * @param verb what it wanted to do, as in {@code read}
     * @param e why it cannot
     * @return the error
     */
    public ScriptError failed(String verb, IOException e) {
        return new ScriptError("cannot " + verb + " " + shown() + ": " + reason(e), help(e));
    }

    /** {@return the name between quotes, safe to print} */
    public String shown() {
        return shown(name);
    }

    /** Shows a name whole, since its end says the most; but for one that no system takes. */
    private static String shown(String name) {
        String text = name.length() > LONGEST_SHOWN ? Escapes.quote(name) : ByteStrings.toText(Escapes.escape(name));
        return "\"" + text + "\"";
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case NotDirectoryException _ -> "a part of the path is no folder";
            case FileSystemException f when f.getReason() != null -> f.getReason(); // its message names the file
            case FileNotFoundException f -> inBrackets(f.getMessage());
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    }

    /** {@return the reason in a message such as {@code app.log (Permission denied)}} */
    private static String inBrackets(@Nullable String message) {
        if (message == null || !message.endsWith(")") || !message.contains(" (")) {
            return "it cannot be opened";
        }
        int start = message.lastIndexOf(" (");
        String reason = message.substring(start + 2, message.length() - 1);
        return switch (reason) {
            case "No such file or directory" -> "there is no such file or folder";
            case "Permission denied" -> "permission denied";
            default -> reason;
        };
    }

    private String help(IOException e) {
        boolean isMissing = e instanceof NoSuchFileException
                || e instanceof FileNotFoundException && reason(e).startsWith("there is no such");
        if (!isMissing || path.isAbsolute()) {
            return "";
        }
        return "a relative path begins at the folder that domin was started in, "
                + Path.of("").toAbsolutePath();
    }
}
