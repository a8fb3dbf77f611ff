package dev.domin.lang;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.domin.lang.source.SourceFile;
import dev.domin.lang.support.CompiledScript;
import dev.domin.spi.ScriptError;
import java.util.List;

/** Compiles and runs script text for the tests. */
final class Scripts {

    private static final String DIRECTIVE = "plugin \"Probe\"; ";

    private Scripts() {}

    static CompiledScript compile(String text) {
        return Compiler.compile(new SourceFile("test.dom", DIRECTIVE + text), new Probe.Catalog(), false, null);
    }

    /** {@return what a script logged} */
    static List<String> run(String text) {
        var probe = new Probe();
        new Run(compile(text), () -> {}, probe).program().main();
        return probe.lines();
    }

    /** {@return line, column and message of the error of a script; columns count from the start of the given text} */
    static String fail(String text) {
        var run = new Run(compile(text), () -> {}, new Probe());
        var error = catchThrowableOfType(ScriptError.class, () -> run.program().main());
        var place = run.place(error);
        int column = place.line() == 1 ? place.column() - DIRECTIVE.length() : place.column();
        return place.line() + ":" + column + ": " + error.getMessage();
    }
}
