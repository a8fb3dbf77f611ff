package dev.domin.cli;

import dev.domin.cli.files.FileErrors;
import dev.domin.lang.source.Diagnostic;
import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.ErrorRenderer;
import dev.domin.lang.source.MessageText;
import dev.domin.lang.source.RefusedException;
import dev.domin.runtime.ReaderGoneException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Prints errors, warnings and texts.
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

    /** Prints a text to the standard output; {@return the exit code} */
    ExitCode print(String text, OutputStream out) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return ExitCode.OK;
        } catch (ReaderGoneException _) {
            return ExitCode.READER_GONE;
        } catch (IOException e) {
            err.println("domin: cannot write to the standard output: " + FileErrors.reason(e));
            return ExitCode.SCRIPT_FAILED;
        }
    }
}
