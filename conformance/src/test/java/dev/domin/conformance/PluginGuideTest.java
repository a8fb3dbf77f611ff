package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.spi.Blob;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The code in the guide for plugin authors is the same as in the example, which other tests build and run. */
class PluginGuideTest {

    private static final Set<String> FENCES = Set.of("```java", "```xml", "```dominscript");

    @TestFactory
    Stream<DynamicTest> shouldShowWhatTheExampleHas() throws IOException {
        var files = new ArrayList<List<String>>();
        try (Stream<Path> all = Files.walk(Project.file("examples/plugin-ntp"))) {
            for (var file : all.filter(PluginGuideTest::isSource).toList()) {
                files.add(lines(file));
            }
        }
        var page = lines(Project.file("docs/writing-a-plugin.md"));
        var tests = new ArrayList<DynamicTest>();
        for (int i = 0; i < page.size(); i++) {
            if (FENCES.contains(page.get(i))) {
                var block = page.subList(i + 1, i + page.subList(i, page.size()).indexOf("```"));
                tests.add(DynamicTest.dynamicTest(
                        "line " + (i + 2),
                        () -> assertThat(files)
                                .as("a file of the example has: %s", String.join("\n", block))
                                .anyMatch(file -> Collections.indexOfSubList(file, block) >= 0)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(10);
        return tests.stream();
    }

    @Test
    void shouldDescribeEveryMethodOfABlob() throws IOException {
        var page = Files.readString(Project.file("docs/writing-a-plugin.md"));
        assertThat(Blob.class.getDeclaredMethods())
                .filteredOn(method -> Modifier.isPublic(method.getModifiers()))
                .extracting(Method::getName)
                .allSatisfy(name -> assertThat(page).containsPattern("`(Blob\\.)?" + name + "\\("));
    }

    private static boolean isSource(Path file) {
        var path = file.toString();
        return !path.contains("/target/")
                && (path.endsWith(".java") || path.endsWith(".dom") || path.endsWith("pom.xml"));
    }

    /** Removes the indentation, which pages omit. */
    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(String::strip).toList();
    }
}
