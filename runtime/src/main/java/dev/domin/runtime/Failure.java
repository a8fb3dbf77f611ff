package dev.domin.runtime;

import dev.domin.lang.source.ErrorRenderer;
import dev.domin.lang.source.MessageText;
import dev.domin.lang.source.SourceFile;
import dev.domin.lang.source.Span;

/**
 * A run-time error of a script. The texts are safe to print: see {@link MessageText}.
 *
 * @param source the script
 * @param span where it occurred
 * @param message what was expected and what was found
 * @param help how to fix it; may be empty
 * @param origin the event that the callback was called for, such as {@code packet from 127.0.0.1:40000}; empty for
 *     {@code main}
 * @param cause the exception
 */
public record Failure(SourceFile source, Span span, String message, String help, String origin, Throwable cause) {

    /** Escapes the texts. */
    public Failure {
        message = MessageText.escape(message);
        help = MessageText.escape(help);
        origin = MessageText.escape(origin);
    }

    /**
     * {@return the failure as it is printed: file, line and column, the message, the line with a caret, and the help}
     *
     * @param colour whether to use the escape sequences of a terminal
     */
    public String render(boolean colour) {
        String text = ErrorRenderer.render(source, span, "error", message, help, colour);
        return origin.isEmpty() ? text : text + "\n  note: in the callback for the " + origin;
    }
}
