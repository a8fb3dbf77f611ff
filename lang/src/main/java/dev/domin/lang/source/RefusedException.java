package dev.domin.lang.source;

import java.util.List;

/** A script was refused before its start. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> diagnostics;

    /**
     * Creates the exception.
     *
     * @param diagnostics what is wrong, at least one, in the order of their places
     */
    public RefusedException(List<Diagnostic> diagnostics) {
        super(diagnostics.getFirst().message(), null, false, false);
        this.diagnostics = diagnostics;
    }

    /** {@return what is wrong, in the order of the places} */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
