package dev.domin.spi;

/** Something a plugin opened that must not outlive the script. */
public interface ScriptResource {

    /**
     * Closes it, waiting for whatever of it is still running. Called without the script lock, at most once by the run, on a
     * thread that is interrupted when the script is cancelled meanwhile. Closing again must do no harm. Whatever it throws is
     * told as a failure of the run; the other resources are closed all the same.
     *
     * @throws InterruptedException when interrupted while waiting
     */
    void close() throws InterruptedException;

    /**
     * {@return one line that tells its state, printed when the script is ended by a signal; empty to print nothing}
     */
    default String info() {
        return "";
    }
}
