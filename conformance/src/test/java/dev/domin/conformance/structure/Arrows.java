package dev.domin.conformance.structure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The packages of one room and their dependencies. */
final class Arrows {

    private final CompiledRoom room;
    private final Map<String, Integer> heights = new HashMap<>();

    Arrows(CompiledRoom room) {
        this.room = room;
    }

    /**
     * Looks for a cycle.
     *
     * @return the packages of a cycle, from and to the same package, or an empty list if there is none
     */
    List<String> circle() {
        for (var start : room.packages().keySet()) {
            var path = circle(start, new ArrayList<>(), new TreeSet<>());
            if (!path.isEmpty()) {
                return path;
            }
        }
        return List.of();
    }

    private List<String> circle(String from, List<String> path, Set<String> visited) {
        if (path.contains(from)) {
            path.add(from);
            return List.copyOf(path.subList(path.indexOf(from), path.size()));
        }
        if (visited.add(from)) {
            path.add(from);
            for (var to : forward(from)) {
                var found = circle(to, path, visited);
                if (!found.isEmpty()) {
                    return found;
                }
            }
            path.removeLast();
        }
        return List.of();
    }

    /** The dependencies of a package on others of its room. */
    private Set<String> forward(String from) {
        return room.packages().get(from).stream()
                .filter(to -> room.packages().containsKey(to))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Lists the room's packages, so that each comes after the ones of its room that it uses. There must be no cycle.
     *
     * @return a line for each package, with the packages it uses
     */
    List<String> lines() {
        var byHeight = new TreeMap<Integer, Set<String>>();
        for (var each : room.packages().keySet()) {
            byHeight.computeIfAbsent(height(each), _ -> new TreeSet<>()).add(each);
        }
        var lines = new ArrayList<String>();
        for (var packages : byHeight.values()) {
            for (var from : packages) {
                var uses = room.packages().get(from).stream()
                        .map(to -> shortName(to))
                        .collect(Collectors.joining(", "));
                lines.add(uses.isEmpty() ? shortName(from) : "%-28s -> %s".formatted(shortName(from), uses));
            }
        }
        return lines;
    }

    private int height(String from) {
        var known = heights.get(from);
        if (known != null) {
            return known;
        }
        int height = forward(from).stream().mapToInt(to -> height(to) + 1).max().orElse(0);
        heights.put(from, height);
        return height;
    }

    private static String shortName(String name) {
        return name.startsWith("dev.domin.") ? name.substring("dev.domin.".length()) : name;
    }
}
