package dev.domin.runtime;

import dev.domin.lang.support.ScriptProgram;
import dev.domin.spi.engine.ValueLimit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The stage of a run. Thread-safe; only the run's own thread changes the stage.
 *
 * <p>LOADING (plugins are started) → RUNNING (functions can be called) → ENDING (no callback may start any more) →
 * ENDED. LOADING → ENDING if the script cannot be loaded.
 */
final class RunStage {

    private static final int NONE = -1;

    private final CountDownLatch loaded = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable ScriptProgram program; // set before the latch opens, until the end
    private volatile @Nullable Thread loading; // the thread that is starting the plugins
    private volatile boolean ending;
    private final AtomicInteger requestedExit = new AtomicInteger(NONE);
    private volatile @Nullable Thread exiting; // the thread that has asked for it
    private int exitCode; // published by the latch
    private final @Nullable RunValueLimit valueLimit; // applies until the end; null: the standard limit

    RunStage(@Nullable RunValueLimit valueLimit) {
        this.valueLimit = valueLimit;
    }

    /** Starts LOADING, in the calling thread. */
    void loading() {
        loading = Thread.currentThread();
    }

    /** LOADING → RUNNING. */
    void running(ScriptProgram loadedProgram) {
        program = loadedProgram;
        loading = null;
        loaded.countDown();
    }

    /** RUNNING or LOADING → ENDING. */
    void ending() {
        ending = true;
        loading = null;
        loaded.countDown();
    }

    /** ENDING → ENDED. */
    void ended(int code) {
        if (valueLimit != null) {
            ValueLimit.remove(valueLimit);
        }
        exitCode = code;
        ended.countDown();
    }

    /** Sets the exit code that the script asks for, in the calling thread; only the first call counts. */
    void requestExit(int code) {
        if (requestedExit.compareAndSet(NONE, code)) {
            exiting = Thread.currentThread();
        }
    }

    /** {@return whether the script code that the calling thread runs has asked for the exit} */
    boolean isExitingHere() {
        return exiting == Thread.currentThread();
    }

    /** {@return the exit code that the script has asked for; else the given one} */
    int requestedExitOr(int code) {
        int requested = requestedExit.get();
        return requested == NONE ? code : requested;
    }

    /** Clears the reference to the program, so that the script's data can be collected. */
    void forgetProgram() {
        program = null;
    }

    /** {@return the program; null before it is loaded and after the run} */
    @Nullable
    ScriptProgram program() {
        return program;
    }

    /** {@return whether the calling thread is currently starting the plugins} */
    boolean isLoadingHere() {
        return loading == Thread.currentThread();
    }

    /** {@return whether {@code main} has ended, so that no callback may start any more} */
    boolean isEnding() {
        return ending;
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /**
     * Waits until the functions of the script can be called.
     *
     * @return the program; null if the script could not be loaded or the thread was interrupted, whose interrupt status
     *     is then kept
     */
    @Nullable
    ScriptProgram awaitProgram() {
        if (program == null) {
            try {
                loaded.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
        return program;
    }

    /** {@return the exit code, once the run has ended} */
    int awaitEnd() throws InterruptedException {
        ended.await();
        return exitCode;
    }

    boolean awaitEnd(long timeout, TimeUnit unit) throws InterruptedException {
        return ended.await(timeout, unit);
    }
}
