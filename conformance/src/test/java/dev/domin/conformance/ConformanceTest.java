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
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every script below {@code src/test/resources/conformance} and compares the results with its comments.
 *
 * <p>{@code -Dconformance.only=subject/name} runs the scripts whose name contains the text; {@code
 * -Dconformance.rewrite=true} writes the results to the comments; review the change.
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
        var surroundings = new Execution.Surroundings(script.plugins(), script.arguments(), script.input());
        var outcome = script.isCheckedOnly()
                ? Execution.check(source)
                : Execution.run(source, false, surroundings, new Client(script));
        if (REWRITE) {
            Files.write(script.path(), Rewriting.rewrite(script, outcome));
            return;
        }
        var complaints = new ArrayList<String>();
        checkOutput(script, outcome, complaints);
        checkProblems(script, outcome, complaints);
        if (outcome.exitCode() != script.exitCode()) {
            complaints.add("the exit code is " + outcome.exitCode() + ", expected " + script.exitCode());
        }
        assertThat(complaints).as("differences").isEmpty();
    }

    /** Executes the steps of the client in the script's comments, and then checks that there are no other answers. */
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
                assertThat(client.poll()).as("an unexpected answer").isEmpty();
            }
        }

        @Override
        public void close() {
            if (client != null) {
                client.close();
            }
        }
    }

    private static void checkOutput(ConformanceScript script, Outcome outcome, List<String> complaints) {
        var loose = script.expectations(Kind.LOOSE_OUTPUT);
        if (!loose.isEmpty()) {
            var joined = String.join(" ", outcome.output().strip().split("\\s+"));
            if (!loose.getFirst().matches(joined)) {
                complaints.add("it printed: " + joined + "; expected: "
                        + loose.getFirst().text());
            }
            return;
        }
        var expected = script.expectations(Kind.OUTPUT);
        var actual = outcome.outputLines();
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            if (!expected.get(i).matches(actual.get(i))) {
                complaints.add("line %d of the output is: %s; line %d expects: %s"
                        .formatted(
                                i + 1,
                                actual.get(i),
                                expected.get(i).commentLine(),
                                expected.get(i).text()));
                return;
            }
        }
        if (actual.size() != expected.size()) {
            complaints.add("%d lines of output, expected %d; it printed:%n%s"
                    .formatted(actual.size(), expected.size(), outcome.output()));
        }
    }

    private static void checkProblems(ConformanceScript script, Outcome outcome, List<String> complaints) {
        var left = new ArrayList<>(outcome.problems());
        for (var expectation : script.expectations()) {
            if (!expectation.kind().isError()) {
                continue;
            }
            var found = left.stream()
                    .filter(each -> each.kind() == expectation.kind() && each.line() == expectation.line())
                    .findFirst();
            if (found.isEmpty()) {
                complaints.add("line %d: nothing was reported; expected: %s"
                        .formatted(expectation.line(), expectation.text()));
                continue;
            }
            var problem = found.get();
            left.remove(problem);
            if (!expectation.matches(problem.message())) {
                complaints.add(
                        "line %d: %s; expected: %s".formatted(problem.line(), problem.message(), expectation.text()));
            }
            if (expectation.column() != 0 && expectation.column() != problem.column()) {
                complaints.add("line %d: at column %d, expected at %d: %s"
                        .formatted(problem.line(), problem.column(), expectation.column(), problem.message()));
            }
        }
        left.forEach(each -> complaints.add("unexpected: " + each));
        for (var help : script.expectations(Kind.HELP)) {
            if (outcome.problems().stream().noneMatch(each -> each.help().equals(help.text()))) {
                complaints.add("no error has the help text: " + help.text());
            }
        }
    }
}
