package dev.domin.runtime;

import java.io.IOException;

/**
 * Thrown by an output whose reader has ended, such as the {@code head} of {@code domin … | head -1}. If {@link
 * RunOptions#out} throws it, the run is cancelled without a message: {@link ScriptRun#await} returns {@link
 * ScriptRun#CANCELLED}.
 */
public final class ReaderGoneException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message the message of the system
     */
    public ReaderGoneException(String message) {
        super(message);
    }
}
