package dev.domin.cli;

import dev.domin.lang.source.Diagnostic;
import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.ErrorRenderer;
import dev.domin.lang.source.MessageText;
import dev.domin.lang.source.RefusedException;
import java.io.PrintStream;
import java.util.List;

/**
 * Prints errors and warnings.
 *
 * @param err where to print
 * @param colour whether they are coloured
 */
record Messages(PrintStream err, boolean colour) {

    /** Prints the errors of a script; {@return the exit code} */
    ExitCode refused(RefusedException e) {
        show(e.diagnostics());
        if (e.diagnostics().size() == Diagnostics.MAXIMUM_ERRORS) {
            err.println("domin: there may be more errors; checking stops after " + Diagnostics.MAXIMUM_ERRORS);
        }
        return ExitCode.REFUSED;
    }

    /** Prints errors or warnings. */
    void show(List<Diagnostic> diagnostics) {
        for (Diagnostic diagnostic : diagnostics) {
            err.println(ErrorRenderer.render(diagnostic, colour));
        }
    }

    /** Prints what is wrong with the command line; {@return the exit code} */
    ExitCode wrongUse(String sentence) {
        err.println("domin: " + MessageText.escape(sentence));
        err.println("run domin --help for usage");
        return ExitCode.USAGE;
    }
}
