package dev.domin.lang.source;

import java.util.ArrayList;
import java.util.List;

/** Collects the errors and warnings that the stages find in one script. Not thread-safe. */
public final class Diagnostics {

    /** The number of errors after which compilation stops. */
    public static final int MAXIMUM_ERRORS = 20;

    private final SourceFile source;
    private final List<Diagnostic> errors = new ArrayList<>();
    private final List<Diagnostic> warnings = new ArrayList<>(0);

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
        errors.add(new Diagnostic(source, span, Diagnostic.Severity.ERROR, message, help));
        if (errors.size() == MAXIMUM_ERRORS) {
            stopIfErrors();
        }
    }

    /**
     * Reports something that is allowed but will fail, or was hardly meant. A second warning at the same place is
     * ignored.
     *
     * @param span the place
     * @param message what is wrong
     * @param help what to do about it; empty for none
     */
    public void warning(Span span, String message, String help) {
        for (var earlier : warnings) {
            if (earlier.span().start() == span.start()) {
                return;
            }
        }
        warnings.add(new Diagnostic(source, span, Diagnostic.Severity.WARNING, message, help));
    }

    /** {@return the warnings, in the order of their places} */
    public List<Diagnostic> warnings() {
        return sorted(warnings);
    }

    private static List<Diagnostic> sorted(List<Diagnostic> list) {
        var sorted = new ArrayList<>(list);
        sorted.sort((a, b) -> Integer.compare(a.span().start(), b.span().start()));
        return List.copyOf(sorted);
    }

    /**
     * Ends the compilation if an error has been reported.
     *
     * @throws RefusedException with all errors, in the order of their places
     */
    public void stopIfErrors() {
        if (!errors.isEmpty()) {
            throw new RefusedException(sorted(errors));
        }
    }

    /** {@return whether an error has been reported} */
    public boolean hasErrors() {
        return !errors.isEmpty();
    }
}
