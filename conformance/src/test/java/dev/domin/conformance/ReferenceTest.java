package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.cli.Cli;
import dev.domin.conformance.Documentation.Block;
import dev.domin.lang.source.SourceFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The reference is generated from the plugins' annotations, and its examples print the shown output. */
class ReferenceTest {

    private static final Path REFERENCE = Project.file("docs/reference");

    private static final String WAY_OUT =
            "to regenerate the pages: ./mvnw -q -DskipTests package && ./domin help --markdown docs/reference";

    @TempDir
    Path fresh;

    @Test
    void shouldHaveThePagesGeneratedFromTheAnnotations() throws IOException {
        var errors = new ByteArrayOutputStream();
        var err = new PrintStream(errors, true, StandardCharsets.UTF_8);
        int status =
                new Cli(new ByteArrayOutputStream(), err, false, false).run("help", "--markdown", fresh.toString());
        assertThat(status).as(errors.toString(StandardCharsets.UTF_8)).isZero();
        var expected = pagesIn(fresh);
        var present = pagesIn(REFERENCE);
        assertThat(present.keySet())
                .as("pages in docs/reference; delete superfluous ones, and " + WAY_OUT)
                .containsExactlyElementsOf(expected.keySet());
        for (var page : expected.keySet()) {
            assertSamePage(
                    page,
                    present.get(page).lines().toList(),
                    expected.get(page).lines().toList());
        }
    }

    /** Shows only the first difference, since two complete pages are hard to compare. */
    private static void assertSamePage(String page, List<String> present, List<String> expected) {
        int same = 0;
        while (same < present.size()
                && same < expected.size()
                && present.get(same).equals(expected.get(same))) {
            same++;
        }
        var place = "docs/reference/" + page + ":" + (same + 1) + " is stale; " + WAY_OUT;
        assertThat(lineOrEnd(present, same)).as(place).isEqualTo(lineOrEnd(expected, same));
    }

    private static String lineOrEnd(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "(end of the page)";
    }

    @TestFactory
    Stream<DynamicTest> shouldHaveAnExampleOfEveryFunction() throws IOException {
        return pluginPages()
                .map(page -> DynamicTest.dynamicTest(page.getFileName().toString(), () -> {
                    long functions = Files.readString(page)
                            .lines()
                            .filter(line -> line.startsWith("## "))
                            .count();
                    assertThat(examplesOf(page)).isNotEmpty().hasSize((int) functions);
                }));
    }

    @TestFactory
    Stream<DynamicTest> shouldPrintWhatTheExampleSays() throws IOException {
        return pluginPages()
                .flatMap(page -> examplesOf(page).stream())
                .map(example -> DynamicTest.dynamicTest(example.name(), () -> run(example)));
    }

    private static void run(Block example) {
        var outcome = Execution.run(
                new SourceFile(example.name(), example.text()),
                false,
                Execution.Surroundings.plain(),
                Execution.alone());
        // Without an output on the page it varies, but the example must still work.
        var output = example.output() == null ? outcome.outputLines() : example.output();
        DocumentationTest.assertPrints(example.name(), outcome, output);
    }

    /** {@return the examples of a page as complete scripts, each after the first lines of the page} */
    private static List<Block> examplesOf(Path page) {
        var blocks = Documentation.blocksOf(page);
        if (blocks.isEmpty()) {
            return List.of();
        }
        var lead = blocks.getFirst().text();
        return blocks.stream()
                .skip(1)
                .map(block -> new Block(block.page(), block.line(), lead + block.text(), block.output()))
                .toList();
    }

    private static Stream<Path> pluginPages() throws IOException {
        return pagesIn(REFERENCE).keySet().stream()
                .filter(name -> !name.equals("README.md"))
                .map(REFERENCE::resolve);
    }

    private static TreeMap<String, String> pagesIn(Path folder) throws IOException {
        var pages = new TreeMap<String, String>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (var file : files.toList()) {
                    pages.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        return pages;
    }
}
