package dev.domin.runtime;

/** Is told what goes wrong in a run, while it runs. Called from the thread where it happened, one call at a time. */
public interface RunListener {

    /**
     * Something may fail from now on for want of memory: what a report needs should be loaded now, and not then. Called
     * at most once, before {@link #failed} is likely. The default does nothing.
     */
    default void prepare() {}

    /**
     * The script failed, in {@code main} or in a callback.
     *
     * @param failure what and where; of the callbacks' failures only the first at each place comes here
     */
    default void failed(Failure failure) {}

    /**
     * A callback's place failed more than once; told when the run has ended.
     *
     * @param failure the first failure there
     * @param count how often it failed in all, at least 2
     */
    default void failedAgain(Failure failure, int count) {}

    /**
     * A plugin has something to tell that is no error.
     *
     * @param sentence what it tells
     */
    default void warned(String sentence) {}
}
