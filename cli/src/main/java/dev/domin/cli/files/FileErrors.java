package dev.domin.cli.files;

import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Says why a file cannot be read or written. */
public final class FileErrors {

    /** What Java decodes bytes to that the locale's coding does not have. Several names would become the same. */
    public static final char REPLACEMENT = '\uFFFD';

    private FileErrors() {}

    /**
     * {@return the path of a name on the command line}
     *
     * @throws InvalidPathException if no file can have the name, or the name could not be decoded
     */
    public static Path path(String name) {
        if (name.indexOf(REPLACEMENT) >= 0) {
            throw undecoded(name);
        }
        return Path.of(name);
    }

    /** {@return the exception for a name that could not be decoded} */
    public static InvalidPathException undecoded(String name) {
        return new InvalidPathException(
                name,
                "its name is not UTF-8, or the locale's coding is not, so another file could be meant; rename it,"
                        + " or set LC_ALL=C.UTF-8");
    }

    /** {@return whether a name is that of a folder} */
    public static boolean isFolder(String name) {
        try {
            return Files.isDirectory(Path.of(name));
        } catch (InvalidPathException _) {
            return false;
        }
    }

    /** {@return why, in words} */
    public static String reason(Exception e) {
        return switch (e) {
            case InvalidPathException p -> p.getReason();
            case NoSuchFileException _ -> "there is no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case NotDirectoryException _ -> "it is not a folder";
            case FileNotFoundException f -> inBrackets(String.valueOf(f.getMessage()));
            case FileSystemException f when f.getReason() != null -> f.getReason(); // its message names the file
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    }

    /** {@return the reason of a message such as {@code a.dom (Permission denied)}} */
    private static String inBrackets(String message) {
        int start = message.lastIndexOf(" (");
        if (start < 0 || !message.endsWith(")")) {
            return message;
        }
        String reason = message.substring(start + 2, message.length() - 1);
        return switch (reason) {
            case "No such file or directory" -> "there is no such file or folder";
            case "Permission denied" -> "permission denied";
            case "Is a directory" -> "it is a folder";
            default -> reason;
        };
    }
}
