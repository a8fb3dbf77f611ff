package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command in a process of its own. Closing it kills the process. */
final class DominProcess implements AutoCloseable {

    /** The exit code of a process that ended by SIGTERM. */
    static final int TERMINATED = 143;

    /** An empty input. */
    private static final ProcessBuilder.Redirect NOTHING = ProcessBuilder.Redirect.from(new File("/dev/null"));

    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final ScriptOutput out = new ScriptOutput();
    private final ScriptOutput err = new ScriptOutput();
    private final Thread outReader;
    private final Thread errReader;

    private DominProcess(Process process) {
        this.process = process;
        outReader = collect(process.getInputStream(), out);
        errReader = collect(process.getErrorStream(), err);
    }

    /**
     * Starts the command.
     *
     * @param arguments its arguments
     * @return the process
     */
    static DominProcess start(String... arguments) {
        return startWithOptions(List.of(), arguments);
    }

    /**
     * Starts the command in a JVM with some options.
     *
     * @param options the options, such as {@code -Xmx48m}
     * @param arguments the command's arguments
     * @return the process
     */
    static DominProcess startWithOptions(List<String> options, String... arguments) {
        return start(new ProcessBuilder(command(options, arguments)));
    }

    /**
     * Starts the command in a folder, with nothing on its standard input.
     *
     * @param folder the working directory
     * @param options the options of the JVM
     * @param arguments the command's arguments
     * @return the process
     */
    static DominProcess startIn(Path folder, List<String> options, String... arguments) {
        return start(new ProcessBuilder(command(options, arguments))
                .directory(folder.toFile())
                .redirectInput(NOTHING));
    }

    private static DominProcess start(ProcessBuilder builder) {
        try {
            return new DominProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(List<String> options, String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-DontCompileHugeMethods"));
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.domin.cli.Main"));
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * Starts an example.
     *
     * @param name its file name in {@code examples/}
     * @param arguments the script's arguments
     * @return the process
     */
    static DominProcess startExample(String name, String... arguments) {
        var all = new ArrayList<String>();
        all.add(Project.file("examples").resolve(name).toString());
        all.addAll(List.of(arguments));
        return start(all.toArray(new String[0]));
    }

    /** Starts a thread that copies the output of a process. */
    static Thread collect(InputStream from, ScriptOutput to) {
        return Thread.ofPlatform().daemon().start(() -> {
            try (from) {
                from.transferTo(to);
            } catch (IOException e) {
                // The process was killed, or the test ended first: there is no more output.
            }
        });
    }

    ScriptOutput out() {
        return out;
    }

    ScriptOutput err() {
        return err;
    }

    /** {@return the exit code, after the process has ended and all its output has been read} */
    int await() {
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("domin ends; out: %s err: %s", out.text(), err.text())
                    .isTrue();
            outReader.join();
            errReader.join();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** {@return the exit code, after asking the process to end} */
    int terminate() {
        process.toHandle().destroy(); // Process.destroy would close the streams before they are read
        return await();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
