package dev.domin.spi;

/**
 * One reusable call of a {@link Callback}. Runs in the calling thread. Only {@link #cancel} may be called from another
 * thread.
 */
public interface CallbackCall {

    /**
     * The stack size, in bytes, for a thread that runs callbacks. It equals that of {@code main}, so that recursion
     * reaches the same depth everywhere. With a smaller stack a recursion may overflow inside a plugin.
     */
    long STACK_BYTES = 1280 * 1024;

    /** How a call ended. */
    enum Outcome {
        /** The callback returned; {@link CallbackCall#result} returns its result. */
        RETURNED,
        /** The callback was not called: its deadline passed before the script was free, or the script is ending. */
        NOT_CALLED,
        /** The callback failed; the error has been reported. */
        FAILED,
        /** The callback was cancelled while it ran. */
        CANCELLED,
        /** The callback ended the script: see {@link ScriptContext#exit}. */
        EXITED
    }

    /**
     * Waits for the script to be free and runs the callback, in the calling thread. The calling thread belongs to the
     * plugin, or is inside {@link ScriptContext#blocking}. Before the script has started, this method waits for the
     * start; after the script has ended, it returns {@link Outcome#NOT_CALLED}.
     *
     * @param blob the callback's parameter, by reference; the callback may use it until this method returns
     * @param turn the limits of this run
     * @return how it ended; errors of the script are reported, not thrown
     * @throws IllegalStateException if this call is running in another thread, or the calling thread runs the script
     *     and would wait for itself
     */
    Outcome run(Blob blob, Turn turn);

    /** {@return what the callback returned; meaningful after {@link Outcome#RETURNED} only} */
    int result();

    /**
     * Reports an error of the last run that occurs after the callback has returned, such as a reply that cannot be
     * sent, as an error of the callback. Does nothing after the script has ended.
     *
     * @param error what is wrong
     * @param turn the turn of that run
     */
    void fail(ScriptError error, Turn turn);

    /**
     * Cancels the current run: if it waits, the callback is not called; if it runs, it ends at its next loop iteration,
     * call or wait. Without a current run the next one is cancelled. A cancelled call stays cancelled.
     */
    void cancel();
}
