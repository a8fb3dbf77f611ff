package dev.domin.testkit;

import dev.domin.udp.UdpProgram;
import dev.domin.udp.UdpProgramLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A script, and how a server is made of it. */
final class ScriptSource {

    private static final Duration START = Duration.ofSeconds(30);

    private final String name;
    private final @Nullable Path file; // read when the script starts; null where there is a text
    private final @Nullable String text;

    private ScriptSource(String name, @Nullable Path file, @Nullable String text) {
        this.name = name;
        this.file = file;
        this.text = text;
    }

    static ScriptSource of(Path file) {
        return new ScriptSource(file.toString(), file, null);
    }

    static ScriptSource of(String name, String text) {
        return new ScriptSource(name, null, text);
    }

    /** Starts the script, and waits until it has opened a server. */
    RunningServer start(ServerOptions options, Faults faults) throws IOException {
        if (options.port != 0 || options.timeout != null) {
            throw new IllegalStateException("a script sets port and timeout itself, in callbackudpserver.Open");
        }
        UdpProgramLoader loader = ServiceLoader.load(UdpProgramLoader.class, ScriptSource.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "nothing on the path runs scripts: add dev.domin:domin," + " which needs Java 25 (this is Java "
                                + Runtime.version().feature() + ")"));
        String source = file == null ? Objects.requireNonNull(text) : read(file);
        Errors errors = new Errors();
        AtomicReference<@Nullable UdpProgram> started = new AtomicReference<>();
        UdpTap tap = options.tap(faults)
                .build(
                        () -> {
                            UdpProgram program = started.get();
                            return program == null ? List.of() : program.failures();
                        },
                        null);
        List<EndpointTap> taps = new CopyOnWriteArrayList<>();
        UdpProgram program = null;
        try {
            program = loader.start(
                    name,
                    source,
                    options.arguments,
                    (callback, endpoint) -> taps.add(tap.tap("callback " + callback, endpoint)));
            started.set(program);
            var address = program.awaitEndpoint(START);
            EndpointTap first = taps.stream()
                    .filter(each -> each.isOpened() && each.endpoint().address().equals(address))
                    .findFirst()
                    .orElseThrow();
            return new RunningServer(tap, first, errors, new ProgramOwner(program));
        } catch (TimeoutException e) {
            abandon(program, tap);
            throw new IllegalStateException(name + " has opened no server within " + Clock.text(START), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abandon(program, tap);
            throw new IllegalStateException("interrupted while " + name + " started", e);
        } catch (IOException | RuntimeException e) {
            abandon(program, tap);
            throw e;
        }
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no script " + file.toAbsolutePath(), e);
        } catch (IOException e) {
            throw new IOException("cannot read the script " + file.toAbsolutePath() + ": " + e, e);
        }
    }

    private static void abandon(@Nullable UdpProgram program, UdpTap tap) throws IOException {
        if (program != null) {
            program.close();
        }
        tap.close();
    }

    private record ProgramOwner(UdpProgram program) implements RunningServer.Owner {

        @Override
        public List<String> failures() {
            return program.failures();
        }

        @Override
        public boolean isOpen() {
            return program.isRunning();
        }

        @Override
        public void close() {
            program.close();
        }
    }
}
