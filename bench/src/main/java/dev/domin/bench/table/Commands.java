package dev.domin.bench.table;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs other programs and waits for their end. */
final class Commands {

    private static final int TIMEOUT_SECONDS = 600;

    private Commands() {}

    /** {@return the first program of this name on the PATH} */
    static Optional<String> find(String name) {
        return findAll(name).stream().findFirst();
    }

    /** {@return the programs of this name on the PATH, in order} */
    static List<String> findAll(String name) {
        var path = System.getenv("PATH");
        var programs = new ArrayList<String>();
        for (var folder : (path == null ? "/usr/bin:/bin" : path).split(":")) {
            var program = Path.of(folder, name);
            if (Files.isExecutable(program) && !Files.isDirectory(program)) {
                programs.add(program.toString());
            }
        }
        return programs;
    }

    /** {@return the output of a program that must succeed} */
    static String run(List<String> command) {
        var output = tryRun(command);
        if (output.code() != 0) {
            throw new BenchException(
                    String.join(" ", command) + "\nended with " + output.code() + ":\n" + output.text());
        }
        return output.text();
    }

    /** The exit status of a program, and its output including errors. */
    record Output(int code, String text) {}

    static Output tryRun(List<String> command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .start();
            Server.remember(process);
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new BenchException("this did not end: " + String.join(" ", command));
            }
            return new Output(process.exitValue(), text);
        } catch (IOException e) {
            throw new BenchException("cannot run " + command.getFirst() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            throw new BenchException("interrupted");
        }
    }

    static List<String> join(List<String> first, String... more) {
        var all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }
}
