package dev.domin.cli.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.domin.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A command that runs in a thread of its own, until it ends or is closed. */
final class RunningCommand implements AutoCloseable {

    static final Duration LONG = Duration.ofSeconds(30);
    private static final Pattern PORT = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)\n");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final Thread thread;

    private RunningCommand(String... args) {
        thread = new Thread(() -> {
            try {
                status.complete(
                        new Cli(out, new PrintStream(err, true, StandardCharsets.UTF_8), false, false).run(args));
            } catch (Throwable e) {
                status.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    static RunningCommand start(String... args) {
        return new RunningCommand(args);
    }

    /** Runs a command that ends by itself. */
    static RunningCommand run(String... args) throws Exception {
        var command = new RunningCommand(args);
        command.status();
        return command;
    }

    /** {@return a port that nothing listens on} */
    static int freePort() throws Exception {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** {@return the port of its server, once it listens} */
    int port() {
        await().atMost(LONG).until(() -> status.isDone() || PORT.matcher(out()).find());
        var found = PORT.matcher(out());
        assertThat(found.find()).as(err()).isTrue();
        return Integer.parseInt(found.group(1));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** {@return the exit code of a command that ends by itself} */
    int status() throws Exception {
        return status.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    /** Ends it as Ctrl-C does; {@return the exit code} */
    int stop() throws Exception {
        thread.interrupt();
        return status();
    }

    @Override
    public void close() {
        thread.interrupt();
        await().atMost(LONG).until(status::isDone);
    }
}
