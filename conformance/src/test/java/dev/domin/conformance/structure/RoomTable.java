package dev.domin.conformance.structure;

import dev.domin.conformance.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The table of rooms in {@code CONTRIBUTING.md}: what each room may use. */
final class RoomTable {

    private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)/` \\|.*\\| ([^|]+) \\|");

    private static final Pattern ROOM = Pattern.compile("`([a-z-]+)`");

    private RoomTable() {}

    /**
     * Reads the table.
     *
     * @return the rooms in the table's order, each with the rooms it may use
     * @throws IOException if it cannot be read
     */
    static SequencedMap<String, Set<String>> read() throws IOException {
        var rooms = new LinkedHashMap<String, Set<String>>();
        for (var line : Files.readAllLines(Project.file("CONTRIBUTING.md"))) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                var uses = new TreeSet<String>();
                ROOM.matcher(row.group(2)).results().forEach(each -> uses.add(each.group(1)));
                rooms.put(row.group(1), uses);
            }
        }
        return rooms;
    }
}
