package dev.domin.runtime;

import dev.domin.lang.support.ScriptProgram;
import dev.domin.spi.CallbackCall;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptResource;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The thread of a run: it starts the plugins, runs {@code main}, and closes what is open then. */
final class MainThread implements Runnable {

    /** How long callbacks may run on after {@code main} has ended, all resources together. */
    private static final long END_GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Execution execution;
    private final ScriptLock lock;
    private final FailureReporter reporter;
    private final RunStage stage;
    private final Task task = Task.main();

    MainThread(Execution execution) {
        this.execution = execution;
        this.lock = execution.lock();
        this.reporter = execution.reporter();
        this.stage = execution.stage();
    }

    /** Starts the thread. Where the system starts no further one, the run has failed and ended when this returns. */
    void start() {
        start(new Thread(null, this, "domin-main", CallbackCall.STACK_BYTES));
    }

    void start(Thread thread) {
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            reporter.mainFailed(e);
            reporter.reportMain();
            endMain();
            end(ScriptRun.FAILED);
        }
    }

    @Override
    public void run() {
        int code = ScriptRun.CANCELLED;
        try {
            code = runMain();
        } finally {
            try {
                closeResources();
            } finally {
                end(code);
            }
        }
    }

    private int runMain() {
        try {
            var program = loadProgram();
            if (!execution.options().runsMain()) {
                return awaitCancel();
            }
            lock.acquireToGoOn(task);
            return program.main() & 0xFF;
        } catch (ScriptCancelled _) {
            return ScriptRun.CANCELLED;
        } catch (Throwable thrown) { // whatever it is, the script or a plugin caused it, and the servers must be closed
            reporter.mainFailed(thrown);
            lock.cancelAll();
            forgetProgram(); // reporting and closing may need the memory that the script has taken
            reporter.reportMain();
            return ScriptRun.FAILED;
        } finally {
            endMain();
            lock.release(task);
        }
    }

    /** Waits, where the host only calls functions, until it closes the run. */
    private int awaitCancel() {
        try {
            if (lock.enterBlocking(task)) {
                new CountDownLatch(1).await();
            }
        } catch (InterruptedException _) {
            // The run is cancelled.
        } finally {
            lock.exitBlocking(task);
        }
        return ScriptRun.CANCELLED;
    }

    private void endMain() {
        stage.ending();
        execution.resources().refuseMore();
    }

    private void end(int code) {
        try {
            reporter.end();
        } finally {
            forgetProgram();
            stage.ended(reporter.hasFailures() ? ScriptRun.FAILED : code);
        }
    }

    private void forgetProgram() {
        lock.detach();
        stage.forgetProgram();
    }

    private ScriptProgram loadProgram() {
        stage.loading();
        var script = execution.script();
        var context = new RunContext(execution);
        var plugins = new ArrayList<Plugin>();
        for (PluginDescriptor descriptor : script.plugins()) {
            plugins.add(startPlugin(descriptor, context));
        }
        var program = new ScriptLoader(script, lock, plugins).load();
        lock.attach(program);
        stage.running(program);
        return program;
    }

    private static Plugin startPlugin(PluginDescriptor descriptor, RunContext context) {
        Plugin plugin = null;
        try {
            plugin = descriptor.create();
            plugin.start(context);
            return plugin;
        } catch (Throwable thrown) { // anybody's code, with any mistake
            throw FailureMapper.ofPlugin(descriptor, plugin == null ? "constructor" : "method start", thrown);
        }
    }

    private void closeResources() {
        long start = System.nanoTime();
        for (var resource : resourcesToClose()) {
            if (System.nanoTime() - start > END_GRACE_NANOS) {
                lock.cancelAll(); // the resources before this one have used the time, which counted for this one too
            }
            try {
                if (!lock.enterBlocking(task)) {
                    Thread.currentThread().interrupt(); // so that closing cancels at once what still runs
                }
                resource.close();
            } catch (InterruptedException _) {
                lock.cancelAll();
                closeAgain(resource);
            } catch (OutOfMemoryError _) {
                reporter.reserve().release();
                closeAgain(resource);
            } catch (Throwable thrown) { // the others still have to be closed
                reporter.closingFailed(resource, thrown);
            } finally {
                lock.exitBlocking(task);
            }
        }
    }

    private List<ScriptResource> resourcesToClose() {
        try {
            return execution.resources().snapshot();
        } catch (OutOfMemoryError _) {
            reporter.reserve().release();
            return execution.resources().snapshot();
        }
    }

    /**
     * Closes a resource whose callbacks have been cancelled, so that it cannot last, or for which there is memory now.
     */
    private void closeAgain(ScriptResource resource) {
        try {
            resource.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // somebody wants this thread to end sooner than we can
        } catch (Throwable thrown) {
            reporter.closingFailed(resource, thrown);
        }
    }
}
