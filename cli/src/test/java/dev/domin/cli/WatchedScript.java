package dev.domin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** A script that runs with {@code --watch} in a thread of its own, until it is closed. */
final class WatchedScript implements AutoCloseable {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Pattern PORT = Pattern.compile("port (\\d+)\n");

    private final Path file;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final Thread thread;

    WatchedScript(Path file, String text, String... options) throws IOException {
        this.file = file;
        Files.writeString(file, text);
        var arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("--watch", file.toString(), "argument"));
        thread = new Thread(() -> {
            try (var errors = new PrintStream(err, true, StandardCharsets.UTF_8)) {
                status.complete(new Cli(out, errors, false, false).run(arguments.toArray(new String[0])));
            } catch (Throwable e) {
                status.completeExceptionally(e);
            }
        });
        thread.start();
    }

    /** Saves the script as an editor does that writes a new file and renames it. */
    void save(String text) throws IOException {
        var written = file.resolveSibling("new");
        Files.writeString(written, text);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Forgets what has been printed. */
    void clear() {
        out.reset();
        err.reset();
    }

    void awaitOut(String text) {
        await().atMost(LONG).untilAsserted(() -> assertThat(out()).as(err()).contains(text));
    }

    void awaitErr(String text) {
        await().atMost(LONG).untilAsserted(() -> assertThat(err()).contains(text));
    }

    /** {@return the port that the script has printed first} */
    int port() {
        awaitOut("port ");
        await().atMost(LONG).until(() -> PORT.matcher(out()).find());
        var found = PORT.matcher(out());
        assertThat(found.find()).isTrue();
        return Integer.parseInt(found.group(1));
    }

    /** Ends it; {@return its exit code} */
    int end() {
        thread.interrupt();
        return status.join();
    }

    @Override
    public void close() {
        end();
    }
}
