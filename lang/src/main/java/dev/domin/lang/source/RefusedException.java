package dev.domin.lang.source;

import java.util.List;

/** Thrown if a script has errors. The message is the whole report. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> diagnostics;

    /**
     * Creates the exception.
     *
     * @param diagnostics the errors, at least one, in the order of their places
     */
    public RefusedException(List<Diagnostic> diagnostics) {
        super(null, null, false, false);
        this.diagnostics = diagnostics;
    }

    /** {@return the whole report: each error with file, line, carets and help} */
    @Override
    public String getMessage() {
        var report = new StringBuilder("the script was refused");
        for (var diagnostic : diagnostics) {
            report.append('\n').append(ErrorRenderer.render(diagnostic, false));
        }
        return report.toString();
    }

    /** {@return the errors, in the order of their places} */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
