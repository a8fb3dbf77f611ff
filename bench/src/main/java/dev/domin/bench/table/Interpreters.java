package dev.domin.bench.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds interpreters. Version managers (pyenv, asdf, mise, volta and others) put a program with the interpreter's name
 * on the PATH that only finds and starts the real one. That takes up to 400 ms, which would be counted as the
 * interpreter's start, so the real one is measured.
 */
final class Interpreters {

    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

    private Interpreters() {}

    static Optional<String> python() {
        return find("python3", "-c", "import sys; print(sys.executable)");
    }

    static Optional<String> node() {
        return find("node", "-p", "process.execPath");
    }

    static Optional<String> lua() {
        return find("lua5.4");
    }

    static Optional<String> luajit() {
        return find("luajit");
    }

    /**
     * {@return the interpreter itself: the first one on the PATH, or the one that the program there starts, or the
     * system's}
     *
     * @param name its name
     * @param askForPath arguments that make it print its path, none if it cannot
     */
    private static Optional<String> find(String name, String... askForPath) {
        for (var candidate : Commands.findAll(name)) {
            if (isInterpreter(candidate, name)) {
                return Optional.of(candidate);
            }
            if (askForPath.length > 0) {
                var output = Commands.tryRun(Commands.join(List.of(candidate), askForPath));
                // The program that starts it may print warnings first.
                var path = output.text()
                        .lines()
                        .reduce((_, last) -> last)
                        .orElse("")
                        .strip();
                if (output.code() == 0 && isInterpreter(path, name)) {
                    return Optional.of(path);
                }
            }
        }
        return Optional.of("/usr/bin/" + name).filter(path -> isInterpreter(path, name));
    }

    /**
     * {@return whether this is a program, not a script, whose name, after resolving links, is for example python3.11}
     */
    private static boolean isInterpreter(String candidate, String name) {
        var path = Path.of(candidate);
        if (candidate.isEmpty() || !Files.isExecutable(path) || Files.isDirectory(path)) {
            return false;
        }
        try (var bytes = Files.newInputStream(path)) {
            var first = bytes.readNBytes(ELF.length);
            var family = name.replaceAll("[0-9.]", "");
            return Arrays.equals(first, ELF)
                    && path.toRealPath().getFileName().toString().startsWith(family);
        } catch (IOException e) {
            return false;
        }
    }
}
