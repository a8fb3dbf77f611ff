package dev.domin.lang.source;

/**
 * Something wrong with a script, at a place. The sentences are safe to print: see {@link MessageText}.
 *
 * @param source the file
 * @param span the place
 * @param message what was wanted and what came, one sentence without a full stop
 * @param help the way out; empty for none
 */
public record Diagnostic(SourceFile source, Span span, String message, String help) {

    /** Escapes what the sentences quote. */
    public Diagnostic {
        message = MessageText.escape(message);
        help = MessageText.escape(help);
    }
}
