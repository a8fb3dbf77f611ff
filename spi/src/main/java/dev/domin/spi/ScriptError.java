package dev.domin.spi;

/**
 * A mistake of the script that is found while it runs. The runtime adds the file, line and column of the call.
 *
 * <p>Carries no stack trace of its own beyond what is needed to find the script's line.
 */
public final class ScriptError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String help;

    /**
     * Creates an error.
     *
     * @param message a sentence that says what was wanted and what came. In front of an error of a plugin function the
     *     runtime puts the function's name, as in {@code callbackudpserver.Port: unknown server id 7}
     */
    public ScriptError(String message) {
        this(message, "");
    }

    /**
     * Creates an error with help.
     *
     * @param message a sentence that says what was wanted and what came
     * @param help what to do about it; may be empty
     */
    public ScriptError(String message, String help) {
        super(message);
        this.help = help;
    }

    /** {@return what to do about it; may be empty} */
    public String help() {
        return help;
    }
}
