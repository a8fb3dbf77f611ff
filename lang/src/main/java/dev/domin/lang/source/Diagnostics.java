package dev.domin.lang.source;

import java.util.ArrayList;
import java.util.List;

/** Collects the errors that the stages find in one script. Not thread-safe. */
public final class Diagnostics {

    /** The number of errors after which compilation stops. */
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
     * Reports an error. A second one at the same place is ignored, so that one mistake causes one message.
     *
     * @param span the place
     * @param message the error: what was expected and what was found
     * @throws RefusedException once there are {@value #MAXIMUM_ERRORS}
     */
    public void error(Span span, String message) {
        error(span, message, "");
    }

    /**
     * Reports an error and how to fix it.
     *
     * @param span the place
     * @param message the error: what was expected and what was found
     * @param help how to fix it; empty for none
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
     * Ends the compilation if an error has been reported.
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

    /** {@return whether an error has been reported} */
    public boolean hasErrors() {
        return !errors.isEmpty();
    }
}
