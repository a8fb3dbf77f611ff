package dev.domin.runtime;

import dev.domin.lang.CompiledScript;
import dev.domin.spi.ScriptResource;
import dev.domin.spi.ScriptServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    private final Execution execution;

    ScriptRun(CompiledScript script, RunOptions options) {
        this.execution = Execution.of(script, options);
    }

    void start() {
        new MainThread(execution).start();
    }

    /**
     * Waits until the run has ended: {@code main} is over, every callback too, and everything is closed.
     *
     * @return the low 8 bits of what {@code main} returned; {@link #FAILED} if anything failed; {@link #CANCELLED}
     * @throws InterruptedException when interrupted while waiting; the run goes on
     */
    public int await() throws InterruptedException {
        return execution.stage().awaitEnd();
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
        return execution.stage().awaitEnd(timeout, unit);
    }

    /** Cancels {@code main} and every callback at once and closes everything, without waiting for it. */
    public void cancel() {
        execution.cancel();
    }

    /** Cancels the run and waits for its end. */
    @Override
    public void close() {
        cancel();
        boolean interrupted = false;
        while (true) {
            try {
                await();
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
        return execution.reporter().failures();
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
        for (var resource : execution.resources().snapshot()) {
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
        var server = execution.resources().awaitServer(within.toNanos());
        if (server == null) {
            if (execution.stage().isEnding()) { // its failure, if any, is told a moment later
                await(within.toNanos(), TimeUnit.NANOSECONDS);
            }
            throwIfFailed();
            throw new TimeoutException(execution.script().source().name()
                    + (execution.stage().isEnding()
                            ? " has ended without opening a server"
                            : " has opened no server within " + within));
        }
        return server;
    }

    /** {@return what is open now, such as servers, in the order it was opened} */
    public List<ScriptResource> openResources() {
        return execution.resources().snapshot();
    }
}
