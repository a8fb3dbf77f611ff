package dev.domin.runtime;

import dev.domin.lang.support.CompiledScript;
import dev.domin.spi.ScriptResource;
import dev.domin.spi.ScriptServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One run of a script, from the start of {@code main} until everything that it opened is closed. Thread-safe.
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
     * Waits until the run has ended: {@code main} and every callback have ended, and everything is closed.
     *
     * @return the low 8 bits of what {@code main} returned or {@code os.Exit} was given; {@link #FAILED} if anything
     *     failed; {@link #CANCELLED}
     * @throws InterruptedException if interrupted while waiting; the run continues
     * @throws IllegalStateException if the run waits for the calling thread: in a listener, or a function of a plugin
     */
    public int await() throws InterruptedException {
        checkThread();
        return execution.stage().awaitEnd();
    }

    /**
     * Waits until the run has ended or the timeout elapses.
     *
     * @param timeout how long
     * @param unit its unit
     * @return whether the run has ended
     * @throws InterruptedException if interrupted while waiting; the run continues
     * @throws IllegalStateException as {@link #await()}, unless the timeout is 0 or less
     */
    public boolean await(long timeout, TimeUnit unit) throws InterruptedException {
        if (timeout > 0) {
            checkThread();
        }
        return execution.stage().awaitEnd(timeout, unit);
    }

    private void checkThread() {
        if (execution.isOwnThread() && !execution.stage().hasEnded()) {
            throw new IllegalStateException(
                    "the run of " + execution.script().source().name()
                            + " waits for this thread, which must not wait for its end; cancel() does not wait");
        }
    }

    /** Cancels {@code main} and every callback and closes everything, without waiting for the end. */
    public void cancel() {
        execution.cancel();
    }

    /**
     * Cancels the run and waits for its end, unless the run waits for the calling thread: in a listener, or a function
     * of a plugin.
     */
    @Override
    public void close() {
        cancel();
        if (execution.isOwnThread()) {
            return;
        }
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
     * {@return the failures so far: that of {@code main} if any, then the first of each place in callbacks, then those
     * of closing resources}
     */
    public List<Failure> failures() {
        return execution.reporter().failures();
    }

    /**
     * Throws an exception if anything has failed so far.
     *
     * @throws ScriptFailedException with the complete report
     */
    public void throwIfFailed() {
        var failed = failures();
        if (!failed.isEmpty()) {
            throw new ScriptFailedException(failed);
        }
    }

    /**
     * Calls a function of the script in the calling thread. Like all script code it runs with the script lock held, and
     * like {@code main} it yields to callbacks. The end of the run waits for it.
     *
     * <p>Java values are converted: {@code int} to i32 (and i64 and double), {@code long} to i64, {@code double} to
     * double, {@code String} to string in UTF-8, {@code byte[]} to blob, by copying. The argument for a {@code ref}
     * parameter is an array of one element, such as {@code new int[] {7}} or {@code new byte[][] {packet}}; it contains
     * the variable's value when the function has returned.
     *
     * @param name the function's name; a callback is a function too
     * @param arguments the arguments
     * @return its result: an {@code Integer}, {@code Long}, {@code Double}, {@code String} or {@code byte[]};
     *     null for {@code void}
     * @throws IllegalArgumentException if there is no such function, or the arguments do not match its parameters
     * @throws ScriptFailedException if the function fails, or an argument is larger than the limit for a value; this
     *     failure is not in {@link #failures} and not reported to the listener
     * @throws IllegalStateException if the run has ended, or the calling thread is running the script's code
     * @throws java.util.concurrent.CancellationException if the run is cancelled first
     */
    public @Nullable Object call(String name, @Nullable Object... arguments) {
        return FunctionCall.call(execution, name, arguments);
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
     * @param within how long to wait
     * @return the first open server
     * @throws ScriptFailedException if the script failed instead
     * @throws TimeoutException if it has opened none in that time, or ended without one
     * @throws InterruptedException if interrupted while waiting; the run continues
     */
    public ScriptServer awaitServer(Duration within) throws InterruptedException, TimeoutException {
        long nanos = TimeUnit.NANOSECONDS.convert(within); // toNanos fails for more than 292 years
        var server = execution.resources().awaitServer(nanos);
        if (server == null) {
            if (execution.stage().isEnding()) { // its failure, if any, is reported a moment later
                execution.stage().awaitEnd(nanos, TimeUnit.NANOSECONDS);
            }
            throwIfFailed();
            throw new TimeoutException(execution.script().source().name()
                    + (execution.stage().isEnding()
                            ? " has ended without opening a server"
                            : " has opened no server within " + within));
        }
        return server;
    }

    /** {@return the open resources, such as servers, in the order they were opened} */
    public List<ScriptResource> openResources() {
        return execution.resources().snapshot();
    }
}
