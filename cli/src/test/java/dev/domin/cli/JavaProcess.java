package dev.domin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of this module in a process of their own. */
final class JavaProcess {

    static final Duration PATIENCE = Duration.ofMinutes(2);

    private JavaProcess() {}

    /** {@return the command line that starts java with some options and the tests' class path} */
    static List<String> command(String program, List<String> options, String... arguments) {
        var paths = new ArrayList<String>();
        for (var path : List.of("jdk.module.path", "java.class.path")) {
            if (!System.getProperty(path, "").isEmpty()) {
                paths.add(System.getProperty(path));
            }
        }
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java));
        command.addAll(options);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, paths), program));
        command.addAll(List.of(arguments));
        return command;
    }

    /** {@return the command line that runs the command as the launcher does} */
    static List<String> domin(String... arguments) {
        return command("dev.domin.cli.Main", List.of("-Ddomin.alone=true"), arguments);
    }

    /** {@return the exit status of a process, which must end by itself} */
    static int end(Process process) throws InterruptedException {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
