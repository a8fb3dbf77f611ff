package dev.domin.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Says why a file cannot be read or written. */
final class FileErrors {

    /** What Java decodes bytes to that the locale's coding does not have. Several names would become the same. */
    static final char REPLACEMENT = '\uFFFD';

    private FileErrors() {}

    /**
     * {@return the path of a name on the command line}
     *
     * @throws InvalidPathException if no file can have the name, or the name could not be decoded
     */
    static Path path(String name) {
        if (name.indexOf(REPLACEMENT) >= 0) {
            throw undecoded(name);
        }
        return Path.of(name);
    }

    /** {@return the exception for a name that could not be decoded} */
    static InvalidPathException undecoded(String name) {
        return new InvalidPathException(
                name,
                "its name is not UTF-8, or the locale's coding is not, so another file could be meant; rename it,"
                        + " or set LC_ALL=C.UTF-8");
    }

    /** {@return whether a name is that of a folder} */
    static boolean isFolder(String name) {
        try {
            return Files.isDirectory(Path.of(name));
        } catch (InvalidPathException _) {
            return false;
        }
    }

    static String reason(Exception e) {
        return switch (e) {
            case InvalidPathException p -> p.getReason();
            case NoSuchFileException _ -> "there is no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case NotDirectoryException _ -> "it is not a folder";
            case FileSystemException f when f.getReason() != null -> f.getReason(); // its message names the file
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    }
}
