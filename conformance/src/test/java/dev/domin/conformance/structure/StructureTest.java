package dev.domin.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.conformance.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Rooms use only the rooms that the table in {@code CONTRIBUTING.md} allows, and inside a room the dependencies between
 * packages go one way. The picture of packages there is written by {@code -Dstructure.rewrite=true}.
 */
class StructureTest {

    /** Rooms without main classes, or outside the default build. */
    static final Set<String> NOT_CHECKED = Set.of("conformance", "bench", "stress", "fuzz");

    /** The libraries that packages use. */
    private static final Map<String, Set<String>> LIBRARIES = Map.of(
            "dev.domin.plugins.json", Set.of("com.google.gson"),
            "dev.domin.inspector.http", Set.of("com.google.gson", "com.sun.net.httpserver"),
            "dev.domin.inspector.packets", Set.of("com.google.gson"),
            "dev.domin.inspector.live", Set.of("com.google.gson"),
            "dev.domin.testkit.assertj", Set.of("org.assertj.core.api"),
            "dev.domin.junit", Set.of("org.junit.jupiter.api", "org.junit.platform.commons.support"));

    private static final String BEGIN = "<!-- written by StructureTest -->\n```text\n";
    private static final String END = "```\n<!-- end -->\n";

    private static Map<String, Set<String>> allowed;
    private static final List<CompiledRoom> ROOMS = new ArrayList<>();
    private static final Map<String, String> ROOM_OF_PACKAGE = new HashMap<>();

    @BeforeAll
    static void readClasses() throws IOException {
        allowed = RoomTable.read();
        for (var name : allowed.keySet()) {
            if (!NOT_CHECKED.contains(name)) {
                var room = CompiledRoom.read(name);
                ROOMS.add(room);
                room.packages().keySet().forEach(each -> ROOM_OF_PACKAGE.put(each, name));
            }
        }
    }

    @Test
    void shouldHaveEveryModuleInTheTableOfRooms() throws IOException {
        var modules = Pattern.compile("<module>([^<]+)</module>")
                .matcher(Files.readString(Project.file("pom.xml")))
                .results()
                .map(each -> each.group(1));
        assertThat(modules).containsExactlyInAnyOrderElementsOf(allowed.keySet());
    }

    @Test
    void shouldUseOnlyTheRoomsThatTheTableAllows() {
        var wrong = new TreeSet<String>();
        for (var room : ROOMS) {
            room.packages().forEach((from, uses) -> {
                for (var to : uses) {
                    var target = ROOM_OF_PACKAGE.get(to);
                    if (target != null
                            && !target.equals(room.name())
                            && !allowed.get(room.name()).contains(target)) {
                        wrong.add("%s uses %s, but %s/ may use %s only"
                                .formatted(from, to, room.name(), allowed.get(room.name())));
                    }
                }
            });
        }
        assertThat(wrong)
                .as("dependencies between rooms that the table in CONTRIBUTING.md does not allow")
                .isEmpty();
    }

    @Test
    void shouldUseOnlyTheLibrariesThatAreListed() {
        var wrong = new TreeSet<String>();
        for (var room : ROOMS) {
            room.packages()
                    .forEach((from, uses) -> uses.stream()
                            .filter(to -> !ROOM_OF_PACKAGE.containsKey(to))
                            .filter(to -> LIBRARIES.getOrDefault(from, Set.of()).stream()
                                    .noneMatch(to::startsWith))
                            .forEach(to -> wrong.add(from + " uses " + to)));
        }
        assertThat(wrong)
                .as("uses of libraries that are not listed in this test")
                .isEmpty();
    }

    @Test
    void shouldHaveNoCycleInsideEachRoom() {
        for (var room : ROOMS) {
            assertThat(new Arrows(room).circle())
                    .as("a cycle of packages in %s/", room.name())
                    .isEmpty();
        }
    }

    @Test
    void shouldHaveAnUpToDatePicture() throws IOException {
        var picture = new StringBuilder();
        for (var room : ROOMS) {
            picture.append(room.name()).append("/\n");
            new Arrows(room).lines().forEach(line -> wrap("    " + line, picture));
        }
        var file = Project.file("CONTRIBUTING.md");
        var text = Files.readString(file);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END, begin);
        assertThat(text).contains(BEGIN, END);
        if (Boolean.getBoolean("structure.rewrite")) {
            Files.writeString(file, text.substring(0, begin) + picture + text.substring(end));
        } else {
            assertThat(text.substring(begin, end))
                    .as("the picture of packages in CONTRIBUTING.md; to rewrite it: ./mvnw -q -Dfast -pl"
                            + " conformance,embed -am test -Dtest=StructureTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dstructure.rewrite=true")
                    .isEqualTo(picture.toString());
        }
    }

    private static void wrap(String line, StringBuilder picture) {
        var rest = line;
        while (rest.length() > 120) {
            int cut = rest.lastIndexOf(", ", 118) + 1;
            picture.append(rest, 0, cut).append('\n');
            rest = " ".repeat(35) + rest.substring(cut);
        }
        picture.append(rest).append('\n');
    }
}
