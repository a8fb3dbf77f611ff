package dev.domin.lang.source;

/**
 * An error in a script, with its place. The texts are safe to print: see {@link MessageText}.
 *
 * @param source the file
 * @param span the place
 * @param message the error: what was expected and what was found, without a full stop
 * @param help how to fix it; empty for none
 */
public record Diagnostic(SourceFile source, Span span, String message, String help) {

    /** Escapes the quoted parts of the texts. */
    public Diagnostic {
        message = MessageText.escape(message);
        help = MessageText.escape(help);
    }
}
