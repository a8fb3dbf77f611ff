package dev.domin.lang.source;

import java.util.ArrayList;
import java.util.List;

/** Collects what the stages find wrong with one script. Not safe for use by several threads. */
public final class Diagnostics {

    /** How many errors a run reports before it gives up looking. */
    public static final int MAXIMUM_ERRORS = 20;

    private final SourceFile source;
    private final List<Diagnostic> errors = new ArrayList<>();

    /**
     * Creates an empty collection.
     *
     * @param source the script
     */
    public Diagnostics(SourceFile source) {
        this.source = source;
    }

    /**
     * Reports an error. A second one at the same place is left out: one mistake, one message.
     *
     * @param span the place
     * @param message what was wanted and what came
     * @throws RefusedException once there are {@value #MAXIMUM_ERRORS}
     */
    public void error(Span span, String message) {
        error(span, message, "");
    }

    /**
     * Reports an error with a way out.
     *
     * @param span the place
     * @param message what was wanted and what came
     * @param help the way out; empty for none
     * @throws RefusedException once there are {@value #MAXIMUM_ERRORS}
     */
    public void error(Span span, String message, String help) {
        for (var earlier : errors) {
            if (earlier.span().start() == span.start()) {
                return;
            }
        }
        errors.add(new Diagnostic(source, span, message, help));
        if (errors.size() == MAXIMUM_ERRORS) {
            stopIfErrors();
        }
    }

    /**
     * Ends the compilation if anything has been reported.
     *
     * @throws RefusedException with all errors, in the order of their places
     */
    public void stopIfErrors() {
        if (!errors.isEmpty()) {
            var sorted = new ArrayList<>(errors);
            sorted.sort((a, b) -> Integer.compare(a.span().start(), b.span().start()));
            throw new RefusedException(List.copyOf(sorted));
        }
    }

    /** {@return whether anything has been reported} */
    public boolean hasErrors() {
        return !errors.isEmpty();
    }
}
