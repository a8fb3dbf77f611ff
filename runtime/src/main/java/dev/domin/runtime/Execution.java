package dev.domin.runtime;

import dev.domin.lang.CompiledScript;
import dev.domin.lang.source.Span;
import dev.domin.spi.Turn;

/**
 * What the threads of one run share: its script and options, the script lock, what is open, its failures and its stage.
 * Safe for use by several threads.
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
        return new Execution(script, options, lock, new Resources(options.maxOpen()), reporter, new RunStage());
    }

    /** Cancels {@code main} and every callback at once, without waiting for it. */
    void cancel() {
        reporter.reserve().release(); // what ends the run must not fail for lack of memory
        lock.cancelAll();
    }

    /** {@return whether the callback has taken all memory and still has it} */
    boolean callbackFailed(Throwable thrown, Span callback, Turn turn) {
        if (stage.hasEnded()) {
            return false; // a plugin's thread has outlived the run, whose result is known already
        }
        boolean tookAll = reporter.callbackFailed(thrown, callback, turn);
        if (options.failFast()) {
            cancel();
        }
        return tookAll;
    }

    void warn(String sentence) {
        if (!stage.hasEnded()) {
            reporter.warn(sentence);
        }
    }
}
