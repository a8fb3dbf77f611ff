package dev.domin.spi;

/**
 * Work that may wait; see {@link ScriptContext#blocking}.
 *
 * @param <T> what it comes back with
 */
@FunctionalInterface
public interface BlockingCall<T> {

    /**
     * Does the work.
     *
     * @return the outcome
     * @throws InterruptedException when the script is cancelled meanwhile: the thread is interrupted to tell it
     */
    T call() throws InterruptedException;
}
