package dev.domin.conformance.fuzz;

import dev.domin.conformance.fuzz.program.RandomProgram;
import dev.domin.lang.Compiler;
import dev.domin.lang.source.RefusedException;
import dev.domin.lang.source.SourceFile;
import dev.domin.runtime.RunOptions;
import dev.domin.runtime.Script;
import dev.domin.spi.Limits;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Makes a program from the bytes, runs it, and compares its output with that of an interpreter. */
final class ProgramTarget implements FuzzTarget {

    private static final int PATIENCE_SECONDS = 60;

    private final KeptPlugins plugins = new KeptPlugins();

    @Override
    public void run(byte[] data) throws InterruptedException {
        var program = RandomProgram.of(data);
        var predicted = program.predict();
        if (predicted.isEmpty()) {
            return;
        }
        String expected = predicted.get().output();
        if (predicted.get().line() > 0) {
            expected += "error on line " + predicted.get().line() + ": ... "
                    + predicted.get().message() + " ...";
        }
        String actual = run(program.text(), predicted.get());
        if (!actual.equals(expected)) {
            throw new AssertionError(
                    "expected " + quoted(expected) + "\nbut was " + quoted(actual) + "\nfor\n" + program.text());
        }
    }

    private String run(String text, RandomProgram.Prediction predicted) throws InterruptedException {
        var source = new SourceFile("random.dom", text);
        Script script;
        try {
            if (text.length() % 4 == 0) {
                Compiler.check(source, plugins, true, Limits.DEFAULTS);
            }
            script = Script.compileStatements(source, plugins);
        } catch (RefusedException e) {
            return "refused: " + e.getMessage();
        }
        var output = new ByteArrayOutputStream();
        var options = RunOptions.builder().out(output).err(OutputStream.nullOutputStream());
        try (var run = script.start(options.build())) {
            if (!run.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return "not ended";
            }
            String printed = output.toString(StandardCharsets.ISO_8859_1);
            if (run.failures().isEmpty()) {
                return printed;
            }
            var failure = run.failures().getFirst();
            int line = failure.source().position(failure.span().start()).line();
            String message = failure.message();
            return printed + "error on line " + line + ": "
                    + (message.contains(predicted.message())
                                    && !predicted.message().isEmpty()
                            ? "... " + predicted.message() + " ..."
                            : message);
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\n", "\\n") + '"';
    }

    @Override
    public List<byte[]> seeds() {
        var seeds = new ArrayList<byte[]>();
        for (int i = 0; i < 60; i++) {
            var random = new Random(i);
            var seed = new byte[40 + random.nextInt(1_500)];
            random.nextBytes(seed);
            seeds.add(seed);
        }
        return seeds;
    }

    @Override
    public int rounds() {
        return 80;
    }
}
