package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.conformance.Documentation.Block;
import dev.domin.lang.source.SourceFile;
import dev.domin.runtime.Plugins;
import dev.domin.runtime.Script;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The scripts in the documentation compile, and print the output shown on the page. */
class DocumentationTest {

    @TestFactory
    Stream<DynamicTest> shouldCompileAndPrintWhatThePageSays() {
        return Documentation.blocks().stream().map(block -> DynamicTest.dynamicTest(block.name(), () -> check(block)));
    }

    private static void check(Block block) {
        var source = new SourceFile(block.name(), block.text());
        if (block.output() == null) {
            // A script without output may be a server that never ends.
            var script = block.isWhole()
                    ? Script.compile(source, Plugins.installed())
                    : Script.compileStatements(source, Plugins.installed());
            assertThat(script).isNotNull();
            return;
        }
        var outcome = Execution.run(source, !block.isWhole(), Execution.Surroundings.plain(), Execution.alone());
        assertPrints(block.name(), outcome, block.output());
    }

    /**
     * Fails unless a script succeeded and printed the lines of a page, in which {@code <auto>} matches a number.
     */
    static void assertPrints(String name, Outcome outcome, List<String> output) {
        assertThat(outcome.problems()).as(name).isEmpty();
        assertThat(outcome.exitCode()).as(name).isZero();
        assertThat(outcome.outputLines()).as(name).hasSameSizeAs(output);
        for (int i = 0; i < output.size(); i++) {
            var expected = new Expectation(Expectation.Kind.OUTPUT, i + 1, i + 1, 0, output.get(i));
            assertThat(expected.matches(outcome.outputLines().get(i)))
                    .as("%s: %s, expected %s", name, outcome.outputLines().get(i), expected.text())
                    .isTrue();
        }
    }
}
