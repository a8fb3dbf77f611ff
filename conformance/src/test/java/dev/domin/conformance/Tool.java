package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client program of the system. A test that needs one is skipped if it is missing. */
final class Tool {

    private static final int PATIENCE_SECONDS = 60;

    private final String name;

    private Tool(String name) {
        this.name = name;
    }

    /**
     * Returns a program.
     *
     * @param name its name
     * @param debianPackage the Debian package that contains it
     * @return the program; if it is missing the calling test is skipped
     */
    static Tool require(String name, String debianPackage) {
        // Servers are in folders that are not on the PATH of normal users.
        for (var folder : (System.getenv("PATH") + ":/usr/sbin:/sbin").split(":")) {
            var program = Path.of(folder, name);
            if (Files.isExecutable(program)) {
                return new Tool(program.toString());
            }
        }
        return abort("skipped: there is no `" + name + "` here; Debian has it in the package " + debianPackage);
    }

    /** {@return where it is, for tests that start it themselves} */
    String path() {
        return name;
    }

    /**
     * Runs it.
     *
     * @param input its standard input
     * @param arguments its arguments
     * @return its standard output, errors included
     */
    String run(String input, String... arguments) {
        var command = new ArrayList<>(List.of(name));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends", name)
                    .isTrue();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
