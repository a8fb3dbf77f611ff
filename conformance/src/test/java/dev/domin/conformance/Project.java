package dev.domin.conformance;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the project's files, independent of the working directory. */
public final class Project {

    private static final Path HOME = findHome();

    private Project() {}

    /**
     * Returns a file of the project.
     *
     * @param path its path from the project's top folder
     * @return the file
     */
    public static Path file(String path) {
        return HOME.resolve(path);
    }

    private static Path findHome() {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("conformance")) && Files.isDirectory(folder.resolve("examples"))) {
                return folder;
            }
        }
        throw new IllegalStateException("not inside the project: " + Path.of("").toAbsolutePath());
    }
}
