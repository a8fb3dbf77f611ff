package dev.domin.conformance.fuzz;

import dev.domin.conformance.fuzz.PluginCalls.Wrapper;
import dev.domin.runtime.RunOptions;
import dev.domin.runtime.ScriptFailedException;
import dev.domin.runtime.ScriptRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Calls functions of plugins with any arguments. Each call returns, or fails with an error of the script; one that
 * takes longer than a second can be cancelled.
 */
final class PluginTarget implements FuzzTarget {

    private static final int MOST_CALLS = 12;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final PluginCalls calls = new PluginCalls();
    private final List<Wrapper> wrappers = calls.all();
    private final Path folder;
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "watchdog of calls");
        thread.setDaemon(true);
        return thread;
    });

    PluginTarget() {
        try {
            folder = Files.createTempDirectory("domin-fuzz");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        folder.toFile().deleteOnExit();
    }

    @Override
    public void run(byte[] data) {
        var values = new HostileValues(data, folder);
        var options = RunOptions.builder()
                .withoutMain()
                .arguments("one", "")
                .in(new ByteArrayInputStream(new byte[] {'a', '\n', 0, (byte) 0xFF}))
                .out(OutputStream.nullOutputStream())
                .err(OutputStream.nullOutputStream())
                .build();
        try (var run = calls.script().start(options)) {
            run.call("Begin");
            for (int i = 0; i < MOST_CALLS && !values.isAtEnd(); i++) {
                var wrapper = wrappers.get(values.index(wrappers.size()));
                var arguments = arguments(wrapper, values);
                long begin = System.nanoTime();
                boolean goesOn = call(run, wrapper, arguments);
                if (System.nanoTime() - begin > PATIENCE_NANOS) {
                    throw new AssertionError(shown(wrapper, arguments) + " could not be cancelled");
                }
                if (!goesOn) {
                    break;
                }
            }
        }
    }

    private static Object[] arguments(Wrapper wrapper, HostileValues values) {
        var arguments = new Object[wrapper.parameters().size()];
        boolean usesFiles =
                wrapper.shown().startsWith("fileio.") || wrapper.shown().startsWith("log.SetSink");
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = values.argument(wrapper.parameters().get(i), usesFiles);
        }
        return arguments;
    }

    /** {@return whether the run goes on} */
    private boolean call(ScriptRun run, Wrapper wrapper, Object... arguments) {
        var cancel = watchdog.schedule(run::cancel, 1, TimeUnit.SECONDS);
        try {
            run.call(wrapper.name(), arguments);
        } catch (ScriptFailedException e) {
            String message = e.failures().getFirst().message();
            if (message.contains(" failed: ") || message.contains("Exception") || message.isBlank()) {
                throw new AssertionError(shown(wrapper, arguments) + ": " + message, e);
            }
        } catch (CancellationException e) {
            return false;
        } catch (IllegalStateException e) { // on a busy machine the run may be cancelled before the call begins
            if (cancel.cancel(false)) {
                throw e;
            }
            return false;
        }
        return cancel.cancel(false);
    }

    private static String shown(Wrapper wrapper, Object... arguments) {
        var shown = new ArrayList<String>();
        for (var each : arguments) {
            shown.add(HostileValues.shown(each));
        }
        return wrapper.shown() + "(" + String.join(", ", shown) + ")";
    }

    @Override
    public List<byte[]> seeds() {
        var seeds = new ArrayList<byte[]>();
        for (int function = 0; function < wrappers.size(); function++) {
            var random = new Random(function);
            var seed = new byte[120];
            random.nextBytes(seed);
            seed[0] = (byte) (function >> 8);
            seed[1] = (byte) function;
            seeds.add(seed);
        }
        return seeds;
    }

    @Override
    public List<String> dictionary() {
        return List.of("OnPacket", "%d", "%s", "a.b", "127.0.0.1", "{\"a\":", "[1,", "::ffff:1.2.3.4", "../", "&amp;");
    }

    @Override
    public int rounds() {
        return 150;
    }
}
