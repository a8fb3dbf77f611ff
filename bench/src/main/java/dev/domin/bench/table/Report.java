package dev.domin.bench.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Writes the results as Markdown. */
final class Report {

    private static final String BEGIN = "<!-- table: begin -->";
    private static final String END = "<!-- table: end -->";

    private Report() {}

    static String markdown(
            List<Section> sections, Peers peers, Options options, Workspace workspace, double loadBefore) {
        var text = new StringBuilder();
        if (options.smoke()) {
            text.append("**A smoke test: these figures mean nothing.**\n\n");
        }
        text.append("Measured on ")
                .append(LocalDate.now(ZoneOffset.UTC))
                .append(": ")
                .append(machine(loadBefore))
                .append(". ");
        text.append("Median (least..most) of ")
                .append(options.rounds())
                .append(options.rounds() == 1 ? " round" : " interleaved rounds")
                .append("; each server is loaded for ");
        text.append(options.warmup())
                .append(" s before it is measured for ")
                .append(options.seconds())
                .append(" s. ");
        text.append("Ratios are taken round by round.\n\n");
        appendComparisons(text, sections, workspace);
        text.append("| work | target | domin |\n|---|---|---|\n");
        for (var section : sections) {
            section.limits.forEach(line -> text.append(line).append('\n'));
        }
        for (var section : sections) {
            section.summary.forEach(line -> text.append(line).append('\n'));
        }
        for (var section : sections) {
            text.append("\n### ")
                    .append(section.title)
                    .append("\n\n")
                    .append(section.method)
                    .append("\n\n");
            text.append("| ").append(String.join(" | ", section.header)).append(" |\n");
            text.append("|---".repeat(section.header.size())).append("|\n");
            section.lines.forEach(
                    line -> text.append("| ").append(String.join(" | ", line)).append(" |\n"));
        }
        text.append("\n### The peers\n\n| server | configuration |\n|---|---|\n");
        for (var peer : peers.all) {
            text.append("| ")
                    .append(peer.label())
                    .append(" | ")
                    .append(peer.setUp())
                    .append(" |\n");
        }
        text.append("\nVersions: ").append(versions()).append(".\n");
        peers.missing.forEach((name, reason) -> text.append("\n")
                .append(name)
                .append(" was not measured, since ")
                .append(reason)
                .append(".\n"));
        return text.toString();
    }

    private static void appendComparisons(StringBuilder text, List<Section> sections, Workspace workspace) {
        if (workspace.old.isEmpty()) {
            return;
        }
        text.append("New is ").append(workspace.domin.version()).append(", old is ");
        text.append(workspace.old.get().version()).append(". ");
        text.append("A line differs if one of the two was better in so many of the rounds that chance would do that in")
                .append(" less than 7 of 100 runs, so of many lines one may differ by chance.\n\n");
        text.append(Comparison.HEADER);
        for (var section : sections) {
            section.comparisons.forEach(
                    comparison -> text.append(comparison.line()).append('\n'));
        }
        text.append('\n');
    }

    private static String machine(double loadBefore) {
        var model = "unknown processor";
        try {
            for (var line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
                if (line.startsWith("model name")) {
                    model = line.substring(line.indexOf(':') + 1).strip();
                    break;
                }
            }
        } catch (IOException e) {
            // stays unknown
        }
        return Runtime.getRuntime().availableProcessors() + " cores of " + model + ", Linux "
                + System.getProperty("os.version") + ", load " + Spread.number(loadBefore, 2) + " before the start";
    }

    /** {@return the system's load, averaged over the last minute} */
    static double load() {
        try {
            return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
        } catch (IOException e) {
            throw new BenchException("/proc/loadavg cannot be read: " + e.getMessage());
        }
    }

    private static String versions() {
        var text = new StringBuilder("JDK ").append(System.getProperty("java.version"));
        for (var command : List.of(
                List.of("cc", "--version"),
                List.of("node", "--version"),
                List.of("go", "version"),
                List.of("luajit", "-v"),
                List.of("lua5.4", "-v"))) {
            Commands.find(command.getFirst())
                    .ifPresent(program -> text.append(", ")
                            .append(command.getFirst())
                            .append(": ")
                            .append(firstLine(List.of(program, command.get(1)))));
        }
        Interpreters.python()
                .ifPresent(python -> text.append(", ")
                        .append(firstLine(List.of(python, "--version")))
                        .append(" (")
                        .append(withoutHome(python))
                        .append(')'));
        return text.toString();
    }

    private static String withoutHome(String path) {
        var home = System.getProperty("user.home");
        return path.startsWith(home + "/") ? "~" + path.substring(home.length()) : path;
    }

    private static String firstLine(List<String> command) {
        return Commands.tryRun(command).text().strip().lines().findFirst().orElse("?");
    }

    /** Writes the table and the chart to the documentation. */
    static void write(Workspace workspace, String table, String chart) throws IOException {
        var page = workspace.root.resolve("docs/performance.md");
        var text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new BenchException(page + " has no lines " + BEGIN + " and " + END + " to write the table between");
        }
        Files.writeString(
                page,
                text.substring(0, begin + BEGIN.length()) + "\n\n![domin and its peers](performance.svg)\n\n" + table
                        + "\n" + text.substring(end));
        Files.writeString(workspace.root.resolve("docs/performance.svg"), chart);
    }
}
