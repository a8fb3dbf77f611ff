package dev.domin.cli;

import dev.domin.lang.source.MessageText;
import dev.domin.runtime.RunOptions;
import dev.domin.runtime.Script;
import dev.domin.runtime.ScriptRun;
import dev.domin.spi.ScriptResource;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A shutdown hook that ends a run on Ctrl-C and SIGTERM: everything is cancelled and closed, the final state of each
 * server is printed, and the JVM exits with its status for the signal.
 */
final class SignalHook extends Thread {

    /**
     * How long to wait for a cancelled run to close everything; only a plugin that ignores interrupts takes so long.
     */
    private static final long PATIENCE_MILLIS = 5_000;

    /** How long to wait for a reader that has stopped reading: once or twice this time. */
    private static final long READER_MILLIS = 250;

    private final CountDownLatch hasStarted = new CountDownLatch(1);
    private boolean late; // whether the JVM was ending already when it was registered
    private @Nullable ScriptRun run; // set before the latch opens, as the next
    private @Nullable Supplier<@Nullable ScriptRun> runs; // null: there is one only
    private final PrintStream err;
    private final Runnable abandonStuck;
    private final @Nullable Runnable atEnd; // null: nothing

    private SignalHook(PrintStream err, Runnable abandonStuck, @Nullable Runnable atEnd) {
        super("domin-signal");
        this.err = err;
        this.abandonStuck = abandonStuck;
        this.atEnd = atEnd;
    }

    /**
     * Registers a hook before a run is started, so that no signal can end the JVM without the states of its servers.
     *
     * @param err where to print the servers' states
     * @param abandonStuck abandons writes that have made no progress since its last call
     * @param atEnd called once the run has ended, before the states are printed; may be null
     */
    static SignalHook register(PrintStream err, Runnable abandonStuck, @Nullable Runnable atEnd) {
        var hook = new SignalHook(err, abandonStuck, atEnd);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException _) { // a signal is already ending the JVM
            hook.late = true;
        }
        return hook;
    }

    /** Starts the run that a signal ends. If it cannot be started, removes the hook, so that no signal waits for it. */
    ScriptRun startRun(Script script, RunOptions options) {
        try {
            run = script.start(options);
        } finally {
            hasStarted.countDown();
            if (run == null) {
                var _ = unregister();
            }
        }
        if (late) {
            run.cancel();
        }
        return run;
    }

    /**
     * Sets what a signal ends, where runs follow each other.
     *
     * @param last starts no further run, and returns the last one, or null if there is none
     */
    void startRuns(Supplier<@Nullable ScriptRun> last) {
        runs = last;
        hasStarted.countDown();
        if (late) {
            var running = last.get();
            if (running != null) {
                running.cancel();
            }
        }
    }

    /** {@return the run; null if there is none, or it could not be started} */
    private @Nullable ScriptRun awaitStart() throws InterruptedException {
        if (!hasStarted.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
            return null;
        }
        return runs != null ? runs.get() : run;
    }

    /**
     * Removes the hook, when the run has ended by itself.
     *
     * @return false if a signal is already ending the JVM
     */
    boolean unregister() {
        try {
            Runtime.getRuntime().removeShutdownHook(this);
            return true;
        } catch (IllegalStateException _) {
            return false;
        }
    }

    @Override
    public void run() {
        try {
            var running = awaitStart();
            if (running == null) {
                reportWithoutWaiting(List.of());
                return;
            }
            var open = running.openResources();
            running.cancel();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
            while (!running.await(READER_MILLIS, TimeUnit.MILLISECONDS) && System.nanoTime() - end < 0) {
                abandonStuck.run();
            }
            reportWithoutWaiting(open);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // never happens: no code interrupts this thread
        }
    }

    /** Prints the states in a thread of its own, since writing may block. */
    private void reportWithoutWaiting(List<ScriptResource> resources) throws InterruptedException {
        if (resources.isEmpty() && atEnd == null) {
            return;
        }
        var reporter = new Thread(() -> reportAll(resources), "domin-signal-report");
        reporter.setDaemon(true);
        try {
            reporter.start();
        } catch (OutOfMemoryError _) { // the system cannot start another thread
            reportAll(resources);
            return;
        }
        while (!reporter.join(Duration.ofMillis(READER_MILLIS))) {
            abandonStuck.run();
        }
    }

    private void reportAll(List<ScriptResource> resources) {
        if (atEnd != null) {
            atEnd.run();
        }
        resources.forEach(this::report);
    }

    private void report(ScriptResource resource) {
        String info;
        try {
            info = resource.info();
        } catch (RuntimeException e) { // a mistake of the plugin; the other lines are still printed
            info = "the state of a plugin's resource is not available: " + e;
        }
        if (!info.isEmpty()) {
            err.println(MessageText.escape(info));
        }
    }
}
