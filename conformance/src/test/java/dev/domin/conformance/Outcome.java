package dev.domin.conformance;

import dev.domin.lang.source.SourceFile;
import dev.domin.lang.source.Span;
import java.util.List;

/**
 * The result of a script.
 *
 * @param exitCode the exit code
 * @param output its standard output
 * @param problems its errors, in the order they were reported
 */
record Outcome(int exitCode, String output, List<Problem> problems) {

    /** The exit code for a compile error. */
    static final int REFUSED = 3;

    /** The exit code for a run-time error. */
    static final int FAILED = 1;

    /**
     * An error.
     *
     * @param kind {@code ERROR}, {@code RUNTIME_ERROR} or {@code WARNING}
     * @param line its line, from 1
     * @param column its column, from 1
     * @param message the message
     * @param help the help text; may be empty
     */
    record Problem(Expectation.Kind kind, int line, int column, String message, String help) {

        static Problem of(Expectation.Kind kind, SourceFile source, Span span, String message, String help) {
            var position = source.position(span.start());
            return new Problem(kind, position.line(), position.column(), message, help);
        }
    }

    /** {@return the lines of the output, including a last one without a line break} */
    List<String> outputLines() {
        return output.lines().toList();
    }
}
