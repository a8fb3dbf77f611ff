package dev.domin.lang.source;

/**
 * An error or a warning about a script, with its place. The texts are safe to print: see {@link MessageText}.
 *
 * @param source the file
 * @param span the place
 * @param severity whether the script can run
 * @param message what was expected and what was found, without a full stop
 * @param help how to fix it; empty for none
 */
public record Diagnostic(SourceFile source, Span span, Severity severity, String message, String help) {

    /** How bad it is. */
    public enum Severity {
        /** The script cannot run. */
        ERROR("error"),
        /** The script can run, but this will fail, or was hardly meant. */
        WARNING("warning");

        private final String label;

        Severity(String label) {
            this.label = label;
        }

        /** {@return the word in messages} */
        public String label() {
            return label;
        }
    }

    /** Escapes the quoted parts of the texts. */
    public Diagnostic {
        message = MessageText.escape(message);
        help = MessageText.escape(help);
    }
}
