package dev.domin.conformance;

import static org.assertj.core.api.Assertions.fail;

import dev.domin.lang.source.Diagnostic;
import dev.domin.lang.source.RefusedException;
import dev.domin.lang.source.SourceFile;
import dev.domin.runtime.Failure;
import dev.domin.runtime.Plugins;
import dev.domin.runtime.RunListener;
import dev.domin.runtime.RunOptions;
import dev.domin.runtime.Script;
import dev.domin.runtime.ScriptRun;
import dev.domin.spi.descriptor.PluginCatalog;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs scripts in this JVM, as an embedding Java program does. */
final class Execution {

    /** Far more than any script takes, so that a blocked script fails one test and not the build. */
    private static final int PATIENCE_SECONDS = 120;

    private Execution() {}

    /**
     * What a script finds when it starts.
     *
     * @param plugins the plugins that it may use
     * @param arguments its arguments
     * @param input what it reads
     */
    record Surroundings(PluginCatalog plugins, List<String> arguments, String input) {

        /** {@return all plugins, no arguments, and an input that is at its end} */
        static Surroundings plain() {
            return new Surroundings(Plugins.installed(), List.of(), "");
        }
    }

    /** Code that runs while a script runs. */
    interface Companion extends AutoCloseable {

        /** Called while the script runs; its output grows meanwhile. */
        default void accompany(ScriptOutput output) {}

        /** Called when the script has ended. */
        default void ended() {}

        @Override
        default void close() {}
    }

    /** Does nothing. */
    static Companion alone() {
        return new Companion() {};
    }

    /**
     * Runs a script to its end.
     *
     * @param source its text
     * @param statements whether all plugins can be used without directives
     * @param surroundings what it finds there
     * @param companion code that runs meanwhile
     * @return the result
     */
    static Outcome run(SourceFile source, boolean statements, Surroundings surroundings, Companion companion) {
        Script script;
        try {
            script = statements
                    ? Script.compileStatements(source, surroundings.plugins)
                    : Script.compile(source, surroundings.plugins);
        } catch (RefusedException e) {
            return refused(e);
        }
        var output = new ScriptOutput();
        try (companion;
                var run = script.start(RunOptions.builder()
                        .arguments(surroundings.arguments)
                        .out(output)
                        .err(OutputStream.nullOutputStream())
                        .in(new ByteArrayInputStream(surroundings.input.getBytes(StandardCharsets.UTF_8)))
                        .listener(new Silence())
                        .build())) {
            companion.accompany(output);
            int exitCode = exitCode(run, output);
            companion.ended();
            return new Outcome(exitCode, output.text(), problems(run));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /**
     * Checks a script for warnings, without running it.
     *
     * @param source its text
     * @return the result
     */
    static Outcome check(SourceFile source) {
        try {
            return new Outcome(0, "", problems(Script.check(source, Plugins.installed())));
        } catch (RefusedException e) {
            return refused(e);
        }
    }

    private static Outcome refused(RefusedException e) {
        return new Outcome(Outcome.REFUSED, "", problems(e.diagnostics()));
    }

    private static List<Outcome.Problem> problems(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .map(each -> Outcome.Problem.of(
                        each.severity() == Diagnostic.Severity.WARNING
                                ? Expectation.Kind.WARNING
                                : Expectation.Kind.ERROR,
                        each.source(),
                        each.span(),
                        each.message(),
                        each.help()))
                .toList();
    }

    private static int exitCode(ScriptRun run, ScriptOutput output) throws InterruptedException {
        if (!run.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            fail("the script has not ended in %d s; so far it has printed:%n%s", PATIENCE_SECONDS, output.text());
        }
        return run.await();
    }

    private static List<Outcome.Problem> problems(ScriptRun run) {
        return run.failures().stream()
                .map(each -> Outcome.Problem.of(
                        Expectation.Kind.RUNTIME_ERROR, each.source(), each.span(), each.message(), each.help()))
                .toList();
    }

    /** Does nothing, since the failures are read at the end. */
    private static final class Silence implements RunListener {

        @Override
        public void failed(Failure failure) {}

        @Override
        public void failedAgain(Failure failure, int count) {}

        @Override
        public void warned(String sentence) {}
    }
}
