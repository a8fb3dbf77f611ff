package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that docs/reliability.md names exist. */
class ReliabilityPageTest {

    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)\\.(should\\w+)`");
    private static final int FEWEST = 50;

    @Test
    void shouldNameTestsThatExist() throws IOException {
        Map<String, String> sources = sources();
        var named = NAMED.matcher(Files.readString(Project.file("docs/reliability.md")));
        var missing = new TreeSet<String>();
        int count = 0;
        while (named.find()) {
            count++;
            var source = sources.getOrDefault(named.group(1), "");
            if (!source.contains("void " + named.group(2) + "(")
                    && !source.contains("Stream<DynamicTest> " + named.group(2) + "(")) {
                missing.add(named.group(1) + "." + named.group(2));
            }
        }
        assertThat(count).as("tests named").isGreaterThan(FEWEST);
        assertThat(missing).as("named in docs/reliability.md, but not there").isEmpty();
    }

    /** {@return the sources of all test classes, by their names} */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> rooms = Files.list(Project.file("."))) {
            for (Path tests : rooms.map(room -> room.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    for (Path file : files.filter(each -> each.toString().endsWith("Test.java"))
                            .toList()) {
                        String name = file.getFileName().toString().replace(".java", "");
                        sources.merge(name, Files.readString(file), String::concat);
                    }
                }
            }
        }
        return sources;
    }
}
