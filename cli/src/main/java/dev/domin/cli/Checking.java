package dev.domin.cli;

import dev.domin.cli.files.FileErrors;
import dev.domin.lang.source.MessageText;
import dev.domin.lang.source.RefusedException;
import dev.domin.lang.source.SourceFile;
import dev.domin.runtime.Script;
import dev.domin.spi.Limits;
import dev.domin.spi.descriptor.PluginCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * The command {@code check}.
 *
 * @param cli the invocation
 * @param plugins the plugins that scripts may use
 * @param emitTo the class file to write; empty for none
 * @param strict whether a warning is an error
 * @param limits the limits for compiling
 */
record Checking(Cli cli, PluginCatalog plugins, String emitTo, boolean strict, Limits limits) {

    /** Checks some files, or some statements; {@return the highest exit code} */
    ExitCode check(List<String> files, List<String> statements) {
        if (!statements.isEmpty() && !files.isEmpty()) {
            return cli.messages()
                    .wrongUse("check takes files, or statements with -e, but not both; this is one more: "
                            + files.getFirst());
        }
        if (!emitTo.isEmpty() && files.size() + statements.size() != 1) {
            return cli.messages()
                    .wrongUse("check --emit takes the class file to write and one script, such as"
                            + " domin check --emit echo.class echo.dom");
        }
        if (!emitTo.isEmpty() && !emitTo.endsWith(".class")) {
            // most likely two scripts; the first must not be overwritten
            return cli.messages()
                    .wrongUse("check --emit cannot write to " + emitTo
                            + ": the file to write comes first, and its name must end in .class");
        }
        if (files.isEmpty() && statements.isEmpty()) {
            return cli.messages().wrongUse("check takes one or more files");
        }
        var worst = ExitCode.OK;
        for (String each : statements) {
            worst = worse(worst, check(new SourceFile("-e", each), true));
        }
        for (String file : files) {
            var source = cli.read(file, null);
            worst = worse(worst, source.file() == null ? source.status() : check(source.file(), false));
        }
        return worst;
    }

    private static ExitCode worse(ExitCode one, ExitCode other) {
        return other.code() > one.code() ? other : one;
    }

    private ExitCode check(SourceFile source, boolean statements) {
        try {
            var warnings = statements
                    ? Script.checkStatements(source, plugins, limits)
                    : Script.check(source, plugins, limits);
            cli.messages().show(warnings);
            var status = cli.print(MessageText.escape(source.name()) + ": no errors" + count(warnings.size()) + "\n");
            if (status != ExitCode.OK) {
                return status;
            }
            if (strict && !warnings.isEmpty()) {
                return ExitCode.REFUSED;
            }
            if (emitTo.isEmpty()) {
                return ExitCode.OK;
            }
            return emit(
                    statements
                            ? Script.compileStatements(source, plugins, limits)
                            : Script.compile(source, plugins, limits));
        } catch (RefusedException e) {
            return cli.messages().refused(e);
        }
    }

    private static String count(int warnings) {
        return warnings == 0 ? "" : warnings == 1 ? ", 1 warning" : ", " + warnings + " warnings";
    }

    private ExitCode emit(Script script) {
        try {
            Files.write(FileErrors.path(emitTo), script.classFile());
            return ExitCode.OK;
        } catch (IOException | RuntimeException e) { // an invalid path is a RuntimeException
            return cli.messages().wrongUse("cannot write " + emitTo + ": " + FileErrors.reason(e));
        }
    }
}
