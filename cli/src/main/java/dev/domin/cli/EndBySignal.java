package dev.domin.cli;

import dev.domin.lang.source.MessageText;
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

    private final ScriptRun run;
    private final PrintStream err;

    private EndBySignal(ScriptRun run, PrintStream err) {
        super("domin-signal");
        this.run = run;
        this.err = err;
    }

    /** From now on a signal ends this run. */
    static EndBySignal guard(ScriptRun run, PrintStream err) {
        var guard = new EndBySignal(run, err);
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
            err.println(MessageText.escape(info));
        }
    }
}
