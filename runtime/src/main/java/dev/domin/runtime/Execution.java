package dev.domin.runtime;

import dev.domin.lang.source.Span;
import dev.domin.lang.support.CompiledScript;
import dev.domin.spi.Turn;

/**
 * The state that the threads of one run share: its script and options, the script lock, open resources, failures and
 * stage. Thread-safe.
 */
record Execution(
        CompiledScript script,
        RunOptions options,
        ScriptLock lock,
        Resources resources,
        FailureReporter reporter,
        RunStage stage) {

    static Execution of(CompiledScript script, RunOptions options) {
        var lock = new ScriptLock();
        var reporter = new FailureReporter(script, new Reports(options.listener(), lock));
        var stage = new RunStage(RunValueLimit.apply(options, lock));
        return new Execution(script, options, lock, new Resources(options), reporter, stage);
    }

    /** Cancels {@code main} and every callback without waiting for them to end. */
    void cancel() {
        reporter.reserve().releaseAll(); // ending the run must not fail for lack of memory
        lock.cancelAll();
    }

    /** Cancels as {@link #cancel} does, and decides on the exit code unless that was decided before. */
    void exit(int code) {
        stage.requestExit(code & 0xFF);
        cancel();
    }

    /** {@return whether the run waits for the calling thread, which runs the script or calls the listener} */
    boolean isOwnThread() {
        var holder = lock.holder();
        return holder != null && holder.thread == Thread.currentThread()
                || stage.isLoadingHere()
                || reporter.isReportingHere();
    }

    /** {@return whether the callback has used up all memory and still holds it} */
    boolean callbackFailed(Throwable thrown, Span callback, Turn turn) {
        if (stage.hasEnded()) {
            return false; // a plugin's thread outlived the run, whose result is already final
        }
        boolean exhausted = reporter.callbackFailed(thrown, callback, turn);
        if (options.failFast()) {
            cancel();
        }
        return exhausted;
    }

    void warn(String sentence) {
        if (!stage.hasEnded()) {
            reporter.warn(sentence);
        }
    }
}
