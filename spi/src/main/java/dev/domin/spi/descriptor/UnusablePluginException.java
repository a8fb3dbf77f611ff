package dev.domin.spi.descriptor;

/** A {@link PluginCatalog} cannot answer: what it would have to look into or to choose from is broken. */
public final class UnusablePluginException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String help;

    /**
     * Creates an exception.
     *
     * @param message a sentence that names the jar or class and tells what is wrong with it
     * @param help what to do about it; empty for nothing
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
