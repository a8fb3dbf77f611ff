package dev.domin.runtime;

import dev.domin.lang.CompiledScript;
import dev.domin.lang.source.Span;
import dev.domin.lang.support.ScriptProgram;
import dev.domin.spi.CallbackCall;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptResource;
import dev.domin.spi.ScriptServer;
import dev.domin.spi.Turn;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One run of a script, from the start of {@code main} until everything that it opened is closed. Its methods may be
 * called from any thread.
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
    private final FailureReporter reporter;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread mainThread;
    private final Task mainTask = Task.main();
    private final CountDownLatch loaded = new CountDownLatch(1);
    private volatile ScriptProgram program; // set before the latch opens, until the end
    private volatile boolean ending;
    private int exitCode; // published by the latch

    ScriptRun(CompiledScript script, RunOptions options) {
        this.script = script;
        this.options = options;
        this.reporter = new FailureReporter(script, new Reports(options.listener(), lock));
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
        reporter.reserve().release(); // what ends the run must not want for memory
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
     * {@return what has failed so far: {@code main}'s failure if any, then the first of each place in callbacks, then
     * what plugins failed to close}
     */
    public List<Failure> failures() {
        return reporter.failures();
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
        return loaded.getCount() > 0 && Thread.currentThread() == mainThread;
    }

    Resources resources() {
        return resources;
    }

    FailureReporter reporter() {
        return reporter;
    }

    /** {@return whether {@code main} is over, so that no callback may begin any more} */
    boolean isEnding() {
        return ending;
    }

    /** {@return whether the callback has taken all memory and still has it} */
    boolean callbackFailed(Throwable thrown, Span callback, Turn turn) {
        if (hasEnded()) {
            return false; // a plugin's thread has outlived the run, whose result is out already
        }
        boolean tookAll = reporter.callbackFailed(thrown, callback, turn);
        if (options.failFast()) {
            cancel();
        }
        return tookAll;
    }

    void warn(String sentence) {
        if (!hasEnded()) {
            reporter.warn(sentence);
        }
    }

    private boolean hasEnded() {
        return ended.getCount() == 0;
    }

    private void runToEnd() {
        int code = CANCELLED;
        try {
            code = runMain();
        } finally {
            try {
                closeResources();
                reporter.end();
            } finally {
                forgetProgram();
                exitCode = reporter.hasFailures() ? FAILED : code;
                ended.countDown();
            }
        }
    }

    /** With the program goes all that the script keeps in memory. */
    private void forgetProgram() {
        lock.detach();
        program = null;
    }

    private int runMain() {
        try {
            loadProgram();
            lock.acquireToGoOn(mainTask);
            return program.main() & 0xFF;
        } catch (ScriptCancelled _) {
            return CANCELLED;
        } catch (Throwable thrown) { // whatever it is, the script or a plugin caused it, and the servers must be closed
            reporter.mainFailed(thrown);
            lock.cancelAll();
            forgetProgram(); // reporting and closing may need the memory that the script has taken
            reporter.reportMain();
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
        for (var resource : resourcesToClose()) {
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
                closeAgain(resource);
            } catch (OutOfMemoryError _) {
                reporter.reserve().release();
                closeAgain(resource);
            } catch (Throwable thrown) { // the others still have to be closed
                reporter.closingFailed(resource, thrown);
            } finally {
                lock.exitBlocking(mainTask);
            }
        }
    }

    private List<ScriptResource> resourcesToClose() {
        try {
            return resources.snapshot();
        } catch (OutOfMemoryError _) {
            reporter.reserve().release();
            return resources.snapshot();
        }
    }

    /**
     * Closes a resource whose callbacks have been cancelled, so that it cannot last, or for which there is memory now.
     */
    private void closeAgain(ScriptResource resource) {
        try {
            resource.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // somebody wants this thread to end more than we want to wait
        } catch (Throwable thrown) {
            reporter.closingFailed(resource, thrown);
        }
    }
}
