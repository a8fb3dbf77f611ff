package dev.domin.runtime;

import java.util.List;

/** A script has failed while it ran. The message is the whole report: file, line, caret and the way out. */
public final class ScriptFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Failure> failures;

    ScriptFailedException(List<Failure> failures) {
        super(report(failures), failures.getFirst().cause());
        this.failures = failures;
    }

    /** {@return what has failed, at least one} */
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
