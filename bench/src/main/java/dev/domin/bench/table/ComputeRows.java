package dev.domin.bench.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The same small programs in several languages. Each process repeats its work and uses its own clock. */
final class ComputeRows {

    private static final Pattern RESULT = Pattern.compile("result (\\S+) ms (\\S+)");
    private static final String JAVA = "Java";
    private static final int TIMES = 5;

    private final Options options;
    private final List<Program> programs = new ArrayList<>();

    /** The result of the first program, which all others must have too. */
    private String agreed;

    ComputeRows(Workspace workspace, Options options) {
        this.options = options;
        for (var build : workspace.builds()) {
            programs.add(new Program(build.label(), build.command(workspace.bench("peers/compute.dom"))));
        }
        programs.add(new Program(
                JAVA,
                List.of(
                        workspace.tool("java"),
                        "-XX:+UseSerialGC",
                        "-cp",
                        workspace.work.toString(),
                        "dev.domin.bench.peer.Compute")));
        if (workspace.old.isEmpty()) {
            add("Node", Interpreters.node(), workspace.bench("peers/compute.js"));
            add("LuaJIT", Interpreters.luajit(), workspace.bench("peers/compute.lua"));
            add("Lua 5.4", Interpreters.lua(), workspace.bench("peers/compute.lua"));
            add("Python", Interpreters.python(), workspace.bench("peers/compute.py"));
        }
    }

    private void add(String label, Optional<String> found, String script) {
        found.ifPresent(path -> programs.add(new Program(label, List.of(path, script))));
    }

    Section row(String work) {
        var sentence = switch (work) {
            case "fib" -> "fib(" + size(work) + "), recursive";
            case "loop" -> Spread.number(size(work), 0) + " turns of `k = i % 1000; s += k * k % 7`";
            case "bytes" -> "sum of " + Spread.number(size(work), 0) + " bytes";
            case "sieve" -> "sieve of Eratosthenes up to " + Spread.number(size(work), 0);
            default -> Spread.number(size(work), 0) + " strings, each put together from 400 pieces";
        };
        var section = new Section(
                "Computing: " + sentence,
                "Milliseconds by the program's own clock, without its start; the first of " + TIMES
                        + " times in a process, and the best (Python, Lua: once).",
                "language",
                "first ms",
                "best ms",
                "best, ratio to " + JAVA);
        var results = Results.interleave(options.rounds(), programs, Program::label, program -> measure(program, work));
        for (var label : results.labels()) {
            section.line(
                    label,
                    Spread.of(results.values(label, "first")).text(1),
                    results.text(label, Metric.MILLIS),
                    results.ratio(label, JAVA, Metric.MILLIS));
            section.bar(label, results.spread(label, Metric.MILLIS), 1);
        }
        var text = results.ratio(Peers.DOMIN_PROGRAM, JAVA, Metric.MILLIS);
        if (results.has("Node")) {
            text += "; to Node " + results.ratio(Peers.DOMIN_PROGRAM, "Node", Metric.MILLIS);
        }
        section.summarize(sentence + ", time to " + JAVA + "'s", work.equals("sieve") ? "≤ 1.2" : "≤ 1.1", text);
        section.compare(sentence, results, Peers.DOMIN_PROGRAM, Metric.MILLIS);
        return section;
    }

    /** {@return the first and the best time of a process, in milliseconds} */
    private Map<String, Double> measure(Program program, String work) {
        var label = program.label();
        boolean slow = label.equals("Python") || label.equals("Lua 5.4");
        var command = Commands.join(
                program.command(), work, Integer.toString(slow ? 1 : TIMES), Integer.toString(size(work)));
        var matcher = RESULT.matcher(Commands.run(command));
        double first = -1;
        double best = Double.MAX_VALUE;
        while (matcher.find()) {
            agreed = agreed == null ? matcher.group(1) : agreed;
            if (!agreed.equals(matcher.group(1))) {
                throw new BenchException(
                        label + " has another result of " + work + ": " + matcher.group(1) + " instead of " + agreed);
            }
            // The clock of scripts counts whole milliseconds, so 0 means less than one.
            double millis = Math.max(0.5, Double.parseDouble(matcher.group(2)));
            first = first < 0 ? millis : first;
            best = Math.min(best, millis);
        }
        if (first < 0) {
            throw new BenchException(label + " prints no result of " + work);
        }
        return Map.of("first", first, Metric.MILLIS.key, best);
    }

    private int size(String work) {
        return switch (work) {
            case "fib" -> options.or(35, 15);
            case "loop", "bytes" -> options.or(100_000_000, 100_000);
            case "sieve" -> options.or(10_000_000, 10_000);
            default -> options.or(5_000, 10);
        };
    }
}
