package dev.domin.conformance;

import dev.domin.lang.source.SourceFile;
import dev.domin.lang.source.Span;
import java.util.List;

/**
 * What became of a script.
 *
 * @param exitCode the exit code
 * @param output its standard output
 * @param problems its errors, in the order they were told
 */
record Outcome(int exitCode, String output, List<Problem> problems) {

    /** The exit code of a script that was refused before its start. */
    static final int REFUSED = 3;

    /** The exit code of a script that failed while it ran. */
    static final int FAILED = 1;

    /**
     * An error.
     *
     * @param kind {@code ERROR} or {@code RUNTIME_ERROR}
     * @param line where, from 1
     * @param column where, from 1
     * @param message what was wrong
     * @param help the way out; may be empty
     */
    record Problem(Expectation.Kind kind, int line, int column, String message, String help) {

        static Problem of(Expectation.Kind kind, SourceFile source, Span span, String message, String help) {
            var position = source.position(span.start());
            return new Problem(kind, position.line(), position.column(), message, help);
        }
    }

    /** {@return the lines of the output; a last one without a line break counts} */
    List<String> outputLines() {
        return output.lines().toList();
    }
}
