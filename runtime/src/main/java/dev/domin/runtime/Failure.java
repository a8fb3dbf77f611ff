package dev.domin.runtime;

import dev.domin.lang.source.ErrorRenderer;
import dev.domin.lang.source.MessageText;
import dev.domin.lang.source.SourceFile;
import dev.domin.lang.source.Span;

/**
 * A mistake of a script that showed while it ran. The sentences are safe to print: see {@link MessageText}.
 *
 * @param source the script
 * @param span where it was
 * @param message what was wanted and what came
 * @param help the way out; may be empty
 * @param origin what the callback was called for, such as {@code packet from 127.0.0.1:40000}; empty for {@code main}
 * @param cause what was thrown
 */
public record Failure(SourceFile source, Span span, String message, String help, String origin, Throwable cause) {

    /** Escapes what the sentences quote. */
    public Failure {
        message = MessageText.escape(message);
        help = MessageText.escape(help);
        origin = MessageText.escape(origin);
    }

    /**
     * {@return the failure as it is printed: file, line and column, the sentence, the line with a caret, and the way
     * out}
     *
     * @param colour whether with the escape sequences of a terminal
     */
    public String render(boolean colour) {
        String text = ErrorRenderer.render(source, span, "error", message, help, colour);
        return origin.isEmpty() ? text : text + "\n  note: in the callback for the " + origin;
    }
}
