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

/** The main thread of a run: it starts the plugins, runs {@code main}, and closes the open resources. */
final class MainThread implements Runnable {

    /** How long callbacks may continue after {@code main} has ended, for all resources together. */
    private static final long END_GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Execution execution;
    private final ScriptLock lock;
    private final FailureReporter reporter;
    private final RunStage stage;
    private final Task task = Task.main();
    private final RunContext context;
    private final List<Plugin> plugins = new ArrayList<>(); // those that have started

    MainThread(Execution execution) {
        this.execution = execution;
        this.lock = execution.lock();
        this.reporter = execution.reporter();
        this.stage = execution.stage();
        this.context = new RunContext(execution);
    }

    /** Starts the thread. If the system cannot start another thread, the run has failed and ended when this returns. */
    void start() {
        start(new Thread(null, this, "domin-main", CallbackCall.STACK_BYTES));
    }

    void start(Thread thread) {
        try {
            var limit = execution.options().maxDuration();
            if (limit != null) {
                DurationLimit.start(execution, limit);
            }
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
            lock.acquire(task);
            return program.main() & 0xFF;
        } catch (ScriptCancelled _) {
            return ScriptRun.CANCELLED;
        } catch (Throwable thrown) { // caused by the script or a plugin; the servers must be closed
            reporter.mainFailed(thrown);
            lock.cancelAll();
            forgetProgram(); // reporting and closing may need the script's memory
            reporter.reportMain();
            return ScriptRun.FAILED;
        } finally {
            endMain();
            lock.release(task);
        }
    }

    /** Waits until the host, which only calls functions, closes the run. */
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
        execution.resources().stopAccepting();
    }

    private void end(int code) {
        try {
            stopPlugins();
            reporter.end();
        } finally {
            forgetProgram();
            stage.ended(reporter.hasFailures() ? ScriptRun.FAILED : stage.requestedExitOr(code));
        }
    }

    private void forgetProgram() {
        lock.detach();
        stage.forgetProgram();
    }

    private void stopPlugins() {
        for (var plugin : plugins) {
            try {
                plugin.stop();
            } catch (Throwable thrown) { // a plugin may throw anything; the others still have to stop
                reporter.closingFailed(plugin, thrown);
            }
        }
        context.forgetShared();
    }

    private ScriptProgram loadProgram() {
        stage.loading();
        var script = execution.script();
        for (PluginDescriptor descriptor : script.plugins()) {
            plugins.add(startPlugin(descriptor));
        }
        var program = new ScriptLoader(script, lock, plugins).load();
        lock.attach(program);
        stage.running(program);
        return program;
    }

    private Plugin startPlugin(PluginDescriptor descriptor) {
        Plugin plugin = null;
        try {
            plugin = descriptor.create();
            plugin.start(context);
            return plugin;
        } catch (Throwable thrown) { // a plugin may throw anything
            throw FailureMapper.ofPlugin(descriptor, plugin == null ? "constructor" : "method start", thrown);
        }
    }

    private void closeResources() {
        long start = System.nanoTime();
        for (var resource : resourcesToClose()) {
            if (System.nanoTime() - start > END_GRACE_NANOS) {
                lock.cancelAll(); // the time is up for this resource too
            }
            try {
                if (!lock.enterBlocking(task)) {
                    Thread.currentThread().interrupt(); // so that closing cancels running callbacks immediately
                }
                resource.close();
            } catch (InterruptedException _) {
                lock.cancelAll();
                closeAgain(resource);
            } catch (OutOfMemoryError _) {
                reporter.reserve().releaseAll();
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
            reporter.reserve().releaseAll();
            return execution.resources().snapshot();
        }
    }

    /**
     * Closes a resource again, after its callbacks have been cancelled or memory has been freed.
     */
    private void closeAgain(ScriptResource resource) {
        try {
            resource.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the host interrupts again; closing cannot be made faster
        } catch (Throwable thrown) {
            reporter.closingFailed(resource, thrown);
        }
    }
}
