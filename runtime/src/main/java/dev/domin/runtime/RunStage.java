package dev.domin.runtime;

import dev.domin.lang.support.ScriptProgram;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How far a run has got. Safe for use by several threads; only the run's own thread moves it on.
 *
 * <p>LOADING (plugins are started) → RUNNING (functions can be called) → ENDING (no callback may begin any more) →
 * ENDED. LOADING → ENDING where the script cannot be loaded.
 */
final class RunStage {

    private final CountDownLatch loaded = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable ScriptProgram program; // set before the latch opens, until the end
    private volatile @Nullable Thread loading; // the thread that starts the plugins, as long as it does
    private volatile boolean ending;
    private int exitCode; // published by the latch

    /** LOADING begins, in the calling thread. */
    void loading() {
        loading = Thread.currentThread();
    }

    /** LOADING → RUNNING. */
    void running(ScriptProgram fresh) {
        program = fresh;
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
        exitCode = code;
        ended.countDown();
    }

    /** Forgets the program: with it goes all that the script keeps in memory. */
    void forgetProgram() {
        program = null;
    }

    /** {@return the program; null before it is loaded and after the run} */
    @Nullable
    ScriptProgram program() {
        return program;
    }

    /** {@return whether the calling thread is the one that starts the plugins, and still does so} */
    boolean isLoadingHere() {
        return loading == Thread.currentThread();
    }

    /** {@return whether {@code main} is over, so that no callback may begin any more} */
    boolean isEnding() {
        return ending;
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /**
     * Waits until there is a script whose functions can be called.
     *
     * @return the program; null if there will be none, or the thread was interrupted, which it then still is
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
