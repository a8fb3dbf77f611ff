package dev.domin.runtime;

/**
 * Receives the failures and warnings of a run while it runs. Called on the thread where they occur, one call at a time.
 * What a thread could not report before it was cancelled, another thread reports. The end of the run waits for the
 * listener, which must not wait for the run: there {@link ScriptRun#close} cancels only, and {@link ScriptRun#await()}
 * fails. What a method throws is logged by the {@link System.Logger} {@code dev.domin.runtime}, and the run continues.
 */
public interface RunListener {

    /**
     * Prepares for reports when memory is full: the classes that a report needs should be loaded now. Called at most
     * once, before {@link #failed} is likely. The default does nothing.
     */
    default void prepare() {}

    /**
     * Called when the script failed, in {@code main} or in a callback.
     *
     * @param failure the failure; of the callbacks' failures only the first at each place is reported here
     */
    default void failed(Failure failure) {}

    /**
     * Called for every failure of a callback, also for those after the first at a place, on the thread that has called
     * the callback and before the caller knows of the failure. Unlike the other methods it may be called by several
     * threads at the same time, and the script waits until it returns. The default does nothing.
     *
     * @param failure the failure
     */
    default void callbackFailed(Failure failure) {}

    /**
     * Called at the end of the run for each place in callbacks that failed more than once.
     *
     * @param failure the first failure there
     * @param count the total number of failures there, at least 2
     */
    default void failedAgain(Failure failure, int count) {}

    /**
     * Called when a plugin reports something that is not an error.
     *
     * @param sentence the warning
     */
    default void warned(String sentence) {}
}
