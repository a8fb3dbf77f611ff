package dev.domin.runtime;

import java.util.List;

/** Thrown when a script has failed at run time. The message is the complete report: file, line, caret and help. */
public final class ScriptFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Failure> failures;

    ScriptFailedException(List<Failure> failures) {
        super(report(failures), failures.getFirst().cause());
        this.failures = failures;
    }

    /** {@return the failures, at least one} */
    public List<Failure> failures() {
        return failures;
    }

    private static String report(List<Failure> failures) {
        var text = new StringBuilder("the script failed");
        for (var failure : failures) {
            text.append('\n').append(failure.render(false));
        }
        return text.toString();
    }
}
