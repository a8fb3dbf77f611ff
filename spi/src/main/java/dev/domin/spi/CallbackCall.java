package dev.domin.spi;

/** One reusable call of a {@link Callback}. Runs on the thread that asks for it; only {@link #cancel} may come from another. */
public interface CallbackCall {

    /**
     * The stack size, in bytes, for a thread that runs callbacks. It is what {@code main} has, so that a script's recursion
     * reaches equally deep wherever it begins; with a smaller one it may end inside a plugin.
     */
    long STACK_BYTES = 1280 * 1024;

    /** How a call ended. */
    enum Outcome {
        /** The callback returned; {@link CallbackCall#result} has its answer. */
        RETURNED,
        /** The callback was not called: its turn was over before the script was free, or the script is ending. */
        NOT_CALLED,
        /** The callback failed; the error has been reported. */
        FAILED,
        /** The callback was cancelled on its way. */
        CANCELLED
    }

    /**
     * Waits for the script to be free and runs the callback, in the calling thread. That is a thread of the plugin's own, or
     * one inside {@link ScriptContext#blocking}. A thread that a plugin has before the script begins waits for the beginning;
     * one that outlives the script gets {@link Outcome#NOT_CALLED}.
     *
     * @param blob what the callback gets as its parameter, by reference; borrowed until this method returns
     * @param turn the limits of this run
     * @return how it ended; this method throws nothing that the script did
     * @throws IllegalStateException if this call is running in another thread, or the calling thread is running the script, so
     *     that it would wait for itself
     */
    Outcome run(Blob blob, Turn turn);

    /** {@return what the callback returned; meaningful after {@link Outcome#RETURNED} only} */
    int result();

    /**
     * Reports an error of the last run that shows only after the callback has returned, such as an answer that cannot be sent,
     * as if the callback had raised it. Ignored once the script has ended.
     *
     * @param error what is wrong
     * @param turn the turn of that run
     */
    void fail(ScriptError error, Turn turn);

    /**
     * Ends the current run: one that waits is given up, one that runs is unwound at its next loop turn, call or wait. Without
     * a current run the next one is not called. There is no way back: a cancelled call stays so.
     */
    void cancel();
}
