package dev.domin.spi;

/**
 * An action that may wait; see {@link ScriptContext#blocking}.
 *
 * @param <T> the type of the result
 */
@FunctionalInterface
public interface BlockingCall<T> {

    /**
     * Runs the action.
     *
     * @return the result
     * @throws InterruptedException if the script is cancelled meanwhile, which interrupts the thread
     */
    T call() throws InterruptedException;
}
