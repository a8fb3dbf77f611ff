package dev.domin.runtime;

import java.io.IOException;

/**
 * Nobody reads an output any more, as when the {@code head} of {@code domin … | head -1} has ended. Where {@link
 * RunOptions#out} throws it, the run is cancelled without a message: {@link ScriptRun#await} returns {@link
 * ScriptRun#CANCELLED}.
 */
public final class ReaderGoneException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates one.
     *
     * @param message what the system says
     */
    public ReaderGoneException(String message) {
        super(message);
    }
}
