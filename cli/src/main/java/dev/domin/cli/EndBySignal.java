package dev.domin.cli;

import dev.domin.runtime.ScriptRun;
import dev.domin.spi.ScriptResource;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/**
 * Ends a run on Ctrl-C and SIGTERM: everything is cancelled and closed, each server tells its last state, and the JVM exits with
 * the status that it has for the signal.
 */
final class EndBySignal extends Thread {

    /** How long a run that was cancelled gets to close everything; only a plugin that cannot be interrupted needs it. */
    private static final long PATIENCE_SECONDS = 5;

    private static volatile ScriptRun guarded;

    private final PrintStream err;

    private EndBySignal(PrintStream err) {
        super("domin-signal");
        this.err = err;
    }

    /** From now on a signal ends this run. */
    static void guard(ScriptRun run, PrintStream err) {
        guarded = run;
        try {
            Runtime.getRuntime().addShutdownHook(new EndBySignal(err));
        } catch (IllegalStateException _) { // the signal was sooner, and ends the JVM without us
            run.cancel();
        }
    }

    /** The run has ended by itself: the JVM's end is no signal's doing any more. */
    static void done(ScriptRun run) {
        if (guarded == run) {
            guarded = null;
        }
    }

    @Override
    public void run() {
        var run = guarded;
        if (run == null) {
            return;
        }
        var open = run.openResources();
        run.cancel();
        try {
            run.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // nobody does; then tell what there is to tell at once
        }
        for (ScriptResource resource : open) {
            tell(resource);
        }
        err.flush();
    }

    private void tell(ScriptResource resource) {
        String info;
        try {
            info = resource.info();
        } catch (RuntimeException e) { // a plugin's fault, and no reason to keep the other lines back
            info = "a plugin could not tell what it has open: " + e;
        }
        if (!info.isEmpty()) {
            err.println(info);
        }
    }
}
