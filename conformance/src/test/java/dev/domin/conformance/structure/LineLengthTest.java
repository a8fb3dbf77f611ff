package dev.domin.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.conformance.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Lines of Java have at most 120 characters, including comments. The formatter wraps code, but neither comments nor
 * string literals.
 */
class LineLengthTest {

    private static final int MAX_LENGTH = 120;

    private static final String TEXT_BLOCK = "\"\"\"";

    @Test
    void shouldHaveNoLongLines() throws IOException {
        var wrong = new ArrayList<String>();
        for (var room : RoomTable.read().keySet()) {
            for (var file : sources(room)) {
                addLongLines(file, wrong);
            }
        }
        assertThat(wrong).as("lines of more than %d characters", MAX_LENGTH).isEmpty();
    }

    private static List<Path> sources(String room) throws IOException {
        var folder = Project.file(room).resolve("src");
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(each -> each.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    /** Skips the lines of text blocks: they are data, and a line break would change them. */
    private static void addLongLines(Path file, List<String> wrong) throws IOException {
        boolean inTextBlock = false;
        int number = 0;
        for (var line : Files.readAllLines(file)) {
            number++;
            if (!inTextBlock && line.codePointCount(0, line.length()) > MAX_LENGTH) {
                wrong.add(file + ":" + number + ": " + line.strip());
            }
            if ((line.length() - line.replace(TEXT_BLOCK, "").length()) / TEXT_BLOCK.length() % 2 == 1) {
                inTextBlock = !inTextBlock;
            }
        }
    }
}
