package dev.domin.cli;

import dev.domin.lang.source.MessageText;
import dev.domin.runtime.ScriptRun;
import dev.domin.spi.ScriptResource;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ends a run on Ctrl-C and SIGTERM: everything is cancelled and closed, each server reports its last state, and the JVM
 * exits with its status for the signal.
 */
final class EndBySignal extends Thread {

    /**
     * How long a run that was cancelled gets to close everything; only a plugin that cannot be interrupted needs it.
     */
    private static final long PATIENCE_MILLIS = 5_000;

    /** How long a reader that has stopped reading is waited for: so long, or twice. */
    private static final long READER_MILLIS = 250;

    private final ScriptRun run;
    private final PrintStream err;
    private final Runnable abandonStuck;

    private EndBySignal(ScriptRun run, PrintStream err, Runnable abandonStuck) {
        super("domin-signal");
        this.run = run;
        this.err = err;
        this.abandonStuck = abandonStuck;
    }

    /**
     * From now on a signal ends this run.
     *
     * @param run the run
     * @param err where its servers' states go
     * @param abandonStuck gives up the writes that have not got any further since it was called last
     */
    static EndBySignal guard(ScriptRun run, PrintStream err, Runnable abandonStuck) {
        var guard = new EndBySignal(run, err, abandonStuck);
        try {
            Runtime.getRuntime().addShutdownHook(guard);
        } catch (IllegalStateException _) { // the signal was sooner, and ends the JVM without us
            run.cancel();
        }
        return guard;
    }

    /**
     * The run has ended by itself: the JVM's end is no signal's doing any more.
     *
     * @return false if a signal was sooner, and is ending the JVM
     */
    boolean done() {
        try {
            Runtime.getRuntime().removeShutdownHook(this);
            return true;
        } catch (IllegalStateException _) {
            return false;
        }
    }

    @Override
    public void run() {
        var open = run.openResources();
        run.cancel();
        try {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
            while (!run.await(READER_MILLIS, TimeUnit.MILLISECONDS) && System.nanoTime() - end < 0) {
                abandonStuck.run();
            }
            reportWithoutWaiting(open);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // nobody does; then the JVM ends at once
        }
    }

    /** Reports in a thread of its own, since it may be that nobody reads it. */
    private void reportWithoutWaiting(List<ScriptResource> resources) throws InterruptedException {
        if (resources.isEmpty()) {
            return;
        }
        var reporter = new Thread(() -> resources.forEach(this::report), "domin-signal-report");
        reporter.setDaemon(true);
        try {
            reporter.start();
        } catch (OutOfMemoryError _) { // the system starts no further thread
            resources.forEach(this::report);
            return;
        }
        while (!reporter.join(Duration.ofMillis(READER_MILLIS))) {
            abandonStuck.run();
        }
    }

    private void report(ScriptResource resource) {
        String info;
        try {
            info = resource.info();
        } catch (RuntimeException e) { // a plugin's fault, and no reason to keep the other lines back
            info = "a plugin could not say what it has open: " + e;
        }
        if (!info.isEmpty()) {
            err.println(MessageText.escape(info));
        }
    }
}
