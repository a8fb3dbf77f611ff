package dev.domin.spi;

/** Something that a plugin has opened and that must be closed at the end of the script. */
public interface ScriptResource {

    /**
     * Closes the resource and waits until nothing of it runs. The run calls this at most once, without the script lock,
     * in a thread that is interrupted if the script is cancelled meanwhile. Closing again must have no effect. An
     * exception is reported as a failure of the run; the other resources are closed nevertheless.
     *
     * @throws InterruptedException if interrupted while waiting
     */
    void close() throws InterruptedException;

    /** {@return the state in one line, printed when a signal ends the script; empty to print nothing} */
    default String info() {
        return "";
    }
}
