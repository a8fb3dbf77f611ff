package dev.domin.runtime;

import dev.domin.lang.CompiledScript;
import dev.domin.lang.source.Span;
import dev.domin.lang.support.ScriptProgram;
import dev.domin.spi.CallbackCall;
import dev.domin.spi.Plugin;
import dev.domin.spi.PluginDescriptor;
import dev.domin.spi.ScriptResource;
import dev.domin.spi.ScriptServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One run of a script, from the start of {@code main} until everything that it opened is closed. Its methods may be called from
 * any thread.
 */
public final class ScriptRun implements AutoCloseable {

    /** What {@link #await} returns for a run that was cancelled before it ended or failed. */
    public static final int CANCELLED = 130;

    /** What {@link #await} returns for a run in which something failed. */
    public static final int FAILED = 1;

    /** How long callbacks may run on after {@code main} has ended, all resources together. */
    private static final long END_GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final CompiledScript script;
    private final RunOptions options;
    private final ScriptLock lock = new ScriptLock();
    private final Resources resources = new Resources();
    private final CallbackErrors callbackErrors = new CallbackErrors();
    private final List<Failure> closingFailures = new CopyOnWriteArrayList<>();
    private final FailureMapper failures;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread mainThread;
    private final Task mainTask = Task.main();
    private final Reports reports;
    private final CountDownLatch loaded = new CountDownLatch(1);
    private volatile ScriptProgram program; // set before the latch opens, for good
    private volatile boolean ending;
    private volatile Failure mainFailure;
    private int exitCode; // published by the latch

    ScriptRun(CompiledScript script, RunOptions options) {
        this.script = script;
        this.options = options;
        this.failures = new FailureMapper(script);
        this.reports = new Reports(options.listener(), lock);
        this.mainThread = new Thread(null, this::runToEnd, "domin-main", CallbackCall.STACK_BYTES);
    }

    void start() {
        mainThread.start();
    }

    /**
     * Waits until the run has ended: {@code main} is over, every callback too, and everything is closed.
     *
     * @return the low 8 bits of what {@code main} returned; {@link #FAILED} if anything failed; {@link #CANCELLED}
     * @throws InterruptedException when interrupted while waiting; the run goes on
     */
    public int await() throws InterruptedException {
        ended.await();
        return exitCode;
    }

    /**
     * Waits for the end for a limited time.
     *
     * @param timeout how long
     * @param unit its unit
     * @return whether the run has ended
     * @throws InterruptedException when interrupted while waiting; the run goes on
     */
    public boolean await(long timeout, TimeUnit unit) throws InterruptedException {
        return ended.await(timeout, unit);
    }

    /** Cancels {@code main} and every callback at once and closes everything, without waiting for it. */
    public void cancel() {
        lock.cancelAll();
    }

    /** Cancels the run and waits for its end. */
    @Override
    public void close() {
        cancel();
        boolean interrupted = false;
        while (true) {
            try {
                ended.await();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * {@return what has failed so far: {@code main}'s failure if any, then the first of each place in callbacks, then what plugins
     * failed to close}
     */
    public List<Failure> failures() {
        var all = new ArrayList<Failure>();
        if (mainFailure != null) {
            all.add(mainFailure);
        }
        all.addAll(callbackErrors.failures());
        all.addAll(closingFailures);
        return all;
    }

    /**
     * Throws what has failed so far, if anything has.
     *
     * @throws ScriptFailedException with the whole report
     */
    public void throwIfFailed() {
        var failed = failures();
        if (!failed.isEmpty()) {
            throw new ScriptFailedException(failed);
        }
    }

    /** {@return the servers that are open now, in the order they were opened} */
    public List<ScriptServer> servers() {
        var servers = new ArrayList<ScriptServer>();
        for (var resource : resources.snapshot()) {
            if (resource instanceof ScriptServer server && server.isOpen()) {
                servers.add(server);
            }
        }
        return servers;
    }

    /**
     * Waits until the script has opened a server.
     *
     * @param within for how long to wait
     * @return the first server that is open
     * @throws ScriptFailedException if the script failed instead
     * @throws TimeoutException if it has opened none in that time, or ended without one
     * @throws InterruptedException when interrupted while waiting; the run goes on
     */
    public ScriptServer awaitServer(Duration within) throws InterruptedException, TimeoutException {
        var server = resources.awaitServer(within.toNanos());
        if (server == null) {
            if (mainIsOver()) { // its failure, if any, is told a moment later
                await(within.toNanos(), TimeUnit.NANOSECONDS);
            }
            throwIfFailed();
            throw new TimeoutException(script.source().name()
                    + (mainIsOver()
                            ? " has ended without opening a server"
                            : " has opened no server within " + within));
        }
        return server;
    }

    private boolean mainIsOver() {
        return ending;
    }

    /** {@return what is open now, such as servers, in the order it was opened} */
    public List<ScriptResource> openResources() {
        return resources.snapshot();
    }

    CompiledScript script() {
        return script;
    }

    RunOptions options() {
        return options;
    }

    ScriptLock lock() {
        return lock;
    }

    ScriptProgram program() {
        return program;
    }

    /**
     * Waits until there is a script whose callbacks can be called.
     *
     * @return false if there will be none
     */
    boolean awaitProgram() {
        if (program == null) {
            try {
                loaded.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return program != null;
    }

    /** {@return whether this thread is the one that starts the plugins, and is still about it} */
    boolean isStartingPluginsHere() {
        return program == null && Thread.currentThread() == mainThread;
    }

    Resources resources() {
        return resources;
    }

    /** {@return whether {@code main} is over, so that no callback may begin any more} */
    boolean isEnding() {
        return ending;
    }

    void callbackFailed(Throwable thrown, Span callback, String origin) {
        if (hasEnded()) {
            return; // a plugin's thread has outlived the run, whose result is out already
        }
        var failure = failures.describe(thrown, callback, origin);
        if (callbackErrors.add(failure)) {
            reports.failed(failure);
        }
        if (options.failFast()) {
            cancel();
        }
    }

    void warn(String sentence) {
        if (hasEnded()) {
            return;
        }
        reports.warned(sentence);
    }

    private boolean hasEnded() {
        return ended.getCount() == 0;
    }

    private void runToEnd() {
        int code = CANCELLED;
        try {
            code = runMain();
        } finally {
            closeResources();
            tellRepeated();
            boolean failed = mainFailure != null || !callbackErrors.isEmpty() || !closingFailures.isEmpty();
            exitCode = failed ? FAILED : code;
            ended.countDown();
        }
    }

    private int runMain() {
        try {
            loadProgram();
            lock.acquireToGoOn(mainTask);
            return program.main() & 0xFF;
        } catch (ScriptCancelled _) {
            return CANCELLED;
        } catch (Throwable thrown) { // whatever it is, the script or a plugin caused it, and the servers must be closed
            mainFailure = failures.describe(thrown, script.places().getFirst(), "");
            lock.cancelAll();
            reports.failed(mainFailure);
            return FAILED;
        } finally {
            ending = true;
            loaded.countDown();
            resources.refuseMore();
            lock.release(mainTask);
        }
    }

    private void loadProgram() {
        var context = new RunContext(this);
        var plugins = new ArrayList<Plugin>();
        for (PluginDescriptor descriptor : script.plugins()) {
            plugins.add(startPlugin(descriptor, context));
        }
        var fresh = new ScriptLoader(script, lock, plugins).load();
        lock.attach(fresh);
        program = fresh;
        loaded.countDown();
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
        for (var resource : resources.snapshot()) {
            if (System.nanoTime() - start > END_GRACE_NANOS) {
                lock.cancelAll(); // those before had the time, and this one had it meanwhile
            }
            try {
                if (!lock.enterBlocking(mainTask)) {
                    Thread.currentThread().interrupt(); // so that closing cancels at once what still runs
                }
                resource.close();
            } catch (InterruptedException _) {
                lock.cancelAll();
                closeCancelled(resource);
            } catch (Throwable thrown) { // the others still have to be closed
                closingFailed(resource, thrown);
            } finally {
                lock.exitBlocking(mainTask);
            }
        }
    }

    /** Waits for a resource whose callbacks have been cancelled, so it cannot last. */
    private void closeCancelled(ScriptResource resource) {
        try {
            resource.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // somebody wants this thread to end more than we want to wait
        } catch (Throwable thrown) {
            closingFailed(resource, thrown);
        }
    }

    private void closingFailed(ScriptResource resource, Throwable thrown) {
        var failure = failures.ofClosing(resource, thrown);
        closingFailures.add(failure);
        reports.failed(failure);
    }

    private void tellRepeated() {
        for (var failure : callbackErrors.failures()) {
            int count = callbackErrors.count(failure);
            if (count > 1) {
                reports.failedAgain(failure, count);
            }
        }
    }
}
