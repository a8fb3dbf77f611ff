package dev.domin.testkit.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the system. A test that needs one is skipped if it is missing. */
final class Tool {

    private static final int PATIENCE_SECONDS = 60;

    private final String path;

    private Tool(String path) {
        this.path = path;
    }

    /** {@return a program; if it is missing the calling test is skipped} */
    static Tool require(String name, String debianPackage) {
        for (var folder : (System.getenv("PATH") + ":/usr/sbin:/sbin").split(":")) {
            var program = Path.of(folder, name);
            if (Files.isExecutable(program)) {
                return new Tool(program.toString());
            }
        }
        return abort("skipped: there is no `" + name + "` here; Debian has it in the package " + debianPackage);
    }

    /** {@return where it is} */
    String path() {
        return path;
    }

    /**
     * Runs it, and asserts that it succeeds.
     *
     * @return its standard output
     */
    String run(Object... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(path));
        for (var argument : arguments) {
            command.add(argument.toString());
        }
        var errors = Files.createTempFile("errors", ".txt");
        try {
            var process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as("%s: %s", command, Files.readString(errors))
                    .isZero();
            return output;
        } finally {
            Files.delete(errors);
        }
    }
}
