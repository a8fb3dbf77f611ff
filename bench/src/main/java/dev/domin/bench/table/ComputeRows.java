package dev.domin.bench.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The same small programs in several languages; each process does its work a few times and uses its own clock. */
final class ComputeRows {

    private static final Pattern RESULT = Pattern.compile("result (\\S+) ms (\\S+)");
    private static final String JAVA = "Java";
    private static final int TIMES = 5;

    private final Home home;
    private final Options options;
    private final Map<String, List<String>> programs = new LinkedHashMap<>();

    /** The first and the best time of one process, in milliseconds. */
    private record Times(double first, double best) {}

    ComputeRows(Home home, Options options) {
        this.home = home;
        this.options = options;
        programs.put("domin", home.domin(home.bench("peers/compute.dom")));
        programs.put(
                JAVA,
                List.of(home.java, "-XX:+UseSerialGC", "-cp", home.work.toString(), "dev.domin.bench.peer.Compute"));
        Commands.find("node").ifPresent(node -> programs.put("Node", List.of(node, home.bench("peers/compute.js"))));
        Commands.find("luajit").ifPresent(lua -> programs.put("LuaJIT", List.of(lua, home.bench("peers/compute.lua"))));
        Commands.find("lua5.4")
                .ifPresent(lua -> programs.put("Lua 5.4", List.of(lua, home.bench("peers/compute.lua"))));
        Home.python().ifPresent(python -> programs.put("Python", List.of(python, home.bench("peers/compute.py"))));
    }

    Section row(String work) {
        var sentence = switch (work) {
            case "fib" -> "fib(" + size(work) + "), recursive";
            case "loop" -> Spread.number(size(work), 0) + " turns of `k = i % 1000; s += k * k % 7`";
            case "bytes" -> "sum of " + Spread.number(size(work), 0) + " bytes";
            case "sieve" -> "sieve of Eratosthenes up to " + Spread.number(size(work), 0);
            default -> Spread.number(size(work), 0) + " strings, each put together of 400 pieces";
        };
        var section = new Section(
                "Computing: " + sentence,
                "Milliseconds by the program's own clock, without its start; the first of " + TIMES
                        + " times in a process, and the best (Python, Lua: once).",
                "language",
                "first ms",
                "best ms",
                "best, ratio to " + JAVA);
        var measured = measure(work);
        var java = best(measured.get(JAVA));
        measured.forEach((label, rounds) -> {
            var first = new ArrayList<Double>();
            rounds.forEach(times -> first.add(times.first()));
            section.line(
                    label,
                    Spread.of(first).text(1),
                    Spread.of(best(rounds)).text(1),
                    Spread.ofRatios(best(rounds), java).text(2));
            section.bar(label, Spread.of(best(rounds)), 1);
        });
        var node = measured.get("Node");
        var text = Spread.ofRatios(best(measured.get("domin")), java).text(2);
        if (node != null) {
            text += "; to Node "
                    + Spread.ofRatios(best(measured.get("domin")), best(node)).text(2);
        }
        section.summarize(sentence + ", time to " + JAVA + "'s", work.equals("sieve") ? "≤ 1.2" : "≤ 1.1", text);
        return section;
    }

    private Map<String, List<Times>> measure(String work) {
        var measured = new LinkedHashMap<String, List<Times>>();
        String agreed = null;
        for (int round = 0; round < options.rounds(); round++) {
            for (var program : programs.entrySet()) {
                var label = program.getKey();
                boolean slow = label.equals("Python") || label.equals("Lua 5.4");
                var command = Commands.join(
                        program.getValue(), work, Integer.toString(slow ? 1 : TIMES), Integer.toString(size(work)));
                var matcher = RESULT.matcher(Commands.run(command));
                double first = -1;
                double best = Double.MAX_VALUE;
                while (matcher.find()) {
                    agreed = agreed == null ? matcher.group(1) : agreed;
                    if (!agreed.equals(matcher.group(1))) {
                        throw new BenchException(label + " comes to another result of " + work + ": " + matcher.group(1)
                                + " instead of " + agreed);
                    }
                    // The clock of scripts counts whole milliseconds, so what it calls 0 is less than one.
                    double millis = Math.max(0.5, Double.parseDouble(matcher.group(2)));
                    first = first < 0 ? millis : first;
                    best = Math.min(best, millis);
                }
                if (first < 0) {
                    throw new BenchException(label + " prints no result of " + work);
                }
                measured.computeIfAbsent(label, _ -> new ArrayList<>()).add(new Times(first, best));
            }
        }
        return measured;
    }

    private int size(String work) {
        return switch (work) {
            case "fib" -> options.or(35, 15);
            case "loop", "bytes" -> options.or(100_000_000, 100_000);
            case "sieve" -> options.or(10_000_000, 10_000);
            default -> options.or(5_000, 10);
        };
    }

    private static List<Double> best(List<Times> rounds) {
        var best = new ArrayList<Double>();
        rounds.forEach(times -> best.add(times.best()));
        return best;
    }
}
