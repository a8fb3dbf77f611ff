package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.conformance.Expectation.Kind;
import dev.domin.lang.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every script below {@code src/test/resources/conformance} and compares what happens with what its comments expect.
 *
 * <p>{@code -Dconformance.only=subject/name} runs the scripts whose name contains the text; {@code -Dconformance.rewrite=true}
 * writes what happens into the comments, to be reviewed as a change.
 */
class ConformanceTest {

    private static final boolean REWRITE = Boolean.getBoolean("conformance.rewrite");
    private static final String ONLY = System.getProperty("conformance.only", "");

    @TestFactory
    Stream<DynamicContainer> shouldDoWhatTheScriptExpects() {
        var subjects = new TreeMap<String, List<DynamicTest>>();
        for (var script : ConformanceScript.all()) {
            if (script.name().contains(ONLY)) {
                var subject = script.name().substring(0, script.name().indexOf('/'));
                subjects.computeIfAbsent(subject, _ -> new ArrayList<>())
                        .add(DynamicTest.dynamicTest(
                                script.name(), script.path().toUri(), () -> check(script)));
            }
        }
        return subjects.entrySet().stream()
                .map(entry -> DynamicContainer.dynamicContainer(entry.getKey(), entry.getValue()));
    }

    private static void check(ConformanceScript script) throws IOException {
        var source = SourceFile.read(script.path(), script.name());
        var outcome = Execution.run(source, false, script.arguments(), new Client(script));
        if (REWRITE) {
            Files.write(script.path(), Rewriting.rewrite(script, outcome));
            return;
        }
        var softly = new SoftAssertions();
        checkOutput(script, outcome, softly);
        checkProblems(script, outcome, softly);
        softly.assertThat(outcome.exitCode()).as("exit code").isEqualTo(script.exitCode());
        softly.assertAll();
    }

    /** Does what the script's comments ask of a client, and then looks for answers that nobody asked for. */
    private static final class Client implements Execution.Companion {

        private final ConformanceScript script;
        private UdpClient client;

        Client(ConformanceScript script) {
            this.script = script;
        }

        @Override
        public void accompany(ScriptOutput output) {
            if (script.clientSteps().isEmpty()) {
                return;
            }
            client = new UdpClient(output.awaitPort());
            for (var step : script.clientSteps()) {
                client.perform(step);
            }
        }

        @Override
        public void ended() {
            if (client != null) {
                assertThat(client.poll()).as("an answer that nobody expected").isEmpty();
            }
        }

        @Override
        public void close() {
            if (client != null) {
                client.close();
            }
        }
    }

    private static void checkOutput(ConformanceScript script, Outcome outcome, SoftAssertions softly) {
        var loose = script.expectations(Kind.LOOSE_OUTPUT);
        if (!loose.isEmpty()) {
            var joined = String.join(" ", outcome.output().strip().split("\\s+"));
            softly.assertThat(loose.getFirst().matches(joined))
                    .as("output %s, expected %s", joined, loose.getFirst().text())
                    .isTrue();
            return;
        }
        var expected = script.expectations(Kind.OUTPUT);
        var actual = outcome.outputLines();
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            if (!expected.get(i).matches(actual.get(i))) {
                softly.assertThat(actual.get(i))
                        .as(
                                "line %d of the output, expected on line %d",
                                i + 1, expected.get(i).commentLine())
                        .isEqualTo(expected.get(i).text());
                return;
            }
        }
        softly.assertThat(actual).as("lines of output").hasSize(expected.size());
    }

    private static void checkProblems(ConformanceScript script, Outcome outcome, SoftAssertions softly) {
        var left = new ArrayList<>(outcome.problems());
        for (var expectation : script.expectations()) {
            if (!expectation.kind().isError()) {
                continue;
            }
            var found = left.stream()
                    .filter(each -> each.kind() == expectation.kind() && each.line() == expectation.line())
                    .findFirst();
            if (found.isEmpty()) {
                softly.fail("line %d: nothing was reported; expected: %s", expectation.line(), expectation.text());
                continue;
            }
            left.remove(found.get());
            softly.assertThat(expectation.matches(found.get().message()))
                    .as(
                            "line %d: %s; expected: %s",
                            expectation.line(), found.get().message(), expectation.text())
                    .isTrue();
            if (expectation.column() != 0) {
                softly.assertThat(found.get().column())
                        .as("column of %s", found.get().message())
                        .isEqualTo(expectation.column());
            }
        }
        softly.assertThat(left).as("errors that nobody expected").isEmpty();
        for (var help : script.expectations(Kind.HELP)) {
            softly.assertThat(outcome.problems().stream().map(Outcome.Problem::help))
                    .as("ways out")
                    .contains(help.text());
        }
    }
}
