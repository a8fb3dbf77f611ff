package dev.domin.cli.kit;

/** Ends a command with a sentence, without a stack trace. */
final class ToolException extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean usage;

    private ToolException(String sentence, boolean usage) {
        super(sentence);
        this.usage = usage;
    }

    /** {@return the exception for a command line that is wrong, or names a file that cannot be used} */
    static ToolException usage(String sentence) {
        return new ToolException(sentence, true);
    }

    /** {@return the exception for a command that has failed} */
    static ToolException failed(String sentence) {
        return new ToolException(sentence, false);
    }

    /** {@return the sentence} */
    String sentence() {
        return String.valueOf(getMessage());
    }

    /** {@return whether the command line is wrong} */
    boolean isUsage() {
        return usage;
    }
}
