package dev.domin.spi.descriptor;

/** A {@link PluginCatalog} cannot find a plugin, because a jar or class that it needs is unusable. */
public final class UnusablePluginException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String help;

    /**
     * Creates an exception.
     *
     * @param message a sentence that names the jar or class and says what is wrong with it
     * @param help what to do about it; may be empty
     */
    public UnusablePluginException(String message, String help) {
        super(message);
        this.help = help;
    }

    /** {@return what to do about it; may be empty} */
    public String help() {
        return help;
    }
}
