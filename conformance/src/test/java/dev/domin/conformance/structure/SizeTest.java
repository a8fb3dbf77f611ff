package dev.domin.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.conformance.Project;
import java.io.IOException;
import java.lang.classfile.ClassModel;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Main classes have at most ten fields, and their files at most 300 lines unless a comment in them has the reason. */
class SizeTest {

    private static final int MAX_FIELDS = 10;
    private static final int MAX_LINES = 300;

    /** One field for each of twelve options, and one for each property of a variable. */
    private static final Set<String> MANY_FIELDS = Set.of("dev/domin/udp/UdpOptions$Builder");

    /** How the sentence begins that has the reason for a long file; a line may end anywhere in it. */
    private static final Pattern REASON = Pattern.compile("The\\s[* ]*file\\s[* ]*is\\s[* ]*long\\s[* ]*because");

    @Test
    void shouldHaveNoClassWithManyFields() throws IOException {
        var wrong = new ArrayList<String>();
        for (var room : RoomTable.read().keySet()) {
            if (!StructureTest.NOT_CHECKED.contains(room)) {
                for (var model : CompiledRoom.classes(room)) {
                    long fields = fields(model);
                    String name = model.thisClass().asInternalName();
                    if (fields > MAX_FIELDS && !MANY_FIELDS.contains(name)) {
                        wrong.add(name + ": " + fields);
                    }
                }
            }
        }
        assertThat(wrong).as("classes with more than %d fields", MAX_FIELDS).isEmpty();
    }

    private static long fields(ClassModel model) {
        return model.fields().stream()
                .filter(each -> !each.flags().has(AccessFlag.STATIC))
                .count();
    }

    @Test
    void shouldHaveNoLongFileWithoutAReason() throws IOException {
        var wrong = new ArrayList<String>();
        for (var room : RoomTable.read().keySet()) {
            var folder = Project.file(room).resolve("src/main/java");
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (var file : files.filter(each -> each.toString().endsWith(".java"))
                            .toList()) {
                        var text = Files.readString(file);
                        long lines = text.lines().count();
                        if (lines > MAX_LINES && !REASON.matcher(text).find()) {
                            wrong.add(file + ": " + lines);
                        }
                    }
                }
            }
        }
        assertThat(wrong)
                .as("files of more than %d lines without the sentence `The file is long because ...`", MAX_LINES)
                .isEmpty();
    }
}
