package dev.domin.cli.watch;

import dev.domin.lang.source.RefusedException;
import dev.domin.lang.source.SourceFile;
import dev.domin.runtime.Script;
import dev.domin.runtime.ScriptRun;

/**
 * Is notified of the versions of a watched script, on the thread that watches. The versions are counted from 1, also
 * those that are refused.
 */
public interface ReloadListener {

    /**
     * Called when a version has been started. Its {@code main} may have run already.
     *
     * @param number the number of the version
     * @param source its text
     * @param script the compiled script
     * @param run the run
     */
    default void started(int number, SourceFile source, Script script, ScriptRun run) {}

    /**
     * Called when a version has errors, and the one before goes on.
     *
     * @param number the number of the version
     * @param errors its errors, with its text
     */
    default void refused(int number, RefusedException errors) {}

    /**
     * Called when a run has ended by itself: {@code main} has returned, or has failed.
     *
     * @param number the number of the version
     * @param status its exit status
     */
    default void ended(int number, int status) {}
}
