package dev.domin.bench.table;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Start times. */
final class StartRows {

    private static final String PYTHON = "python3";
    private static final String HELLO = "hello, world";

    private final Workspace workspace;
    private final Options options;
    private final Peers peers;
    private final Load load;

    StartRows(Workspace workspace, Options options, Peers peers, Load load) {
        this.workspace = workspace;
        this.options = options;
        this.peers = peers;
        this.load = load;
    }

    Section firstEcho() {
        var section = new Section(
                "Start to first echo",
                "Milliseconds from starting the process to the first echoed packet, " + options.manyRounds()
                        + " rounds; files are in the system's cache.",
                "server",
                "ms",
                "ratio to " + Peers.BARE,
                "ratio to " + Peers.NODE);
        var some = peers.only("c", "bare", "domin", "old", "netty", "go", "node", "python", "asyncio");
        var results = Results.interleave(options.manyRounds(), some, peer -> {
            int port = Server.freePort();
            return Map.of(Metric.MILLIS.key, load.start(port, peer.command(port)));
        });
        addLines(section, results, Peers.NODE);
        section.limit(
                "start to first echo, to " + Peers.BARE,
                "≤ 1.25",
                results.ratio(Peers.DOMIN, Peers.BARE, Metric.MILLIS));
        if (results.has(Peers.NODE)) {
            section.summarize(
                    "start to first echo, to " + Peers.NODE,
                    "≤ 1",
                    results.ratio(Peers.DOMIN, Peers.NODE, Metric.MILLIS));
        }
        section.compare("start to first echo", results, Peers.DOMIN, Metric.MILLIS);
        return section;
    }

    Section hello() {
        var section = new Section(
                "Hello, whole process",
                "Milliseconds from starting the process to its end, " + options.manyRounds()
                        + " rounds; it prints a line.",
                "program",
                "ms",
                "ratio to " + Peers.BARE,
                "ratio to " + PYTHON);
        var programs = new ArrayList<Program>();
        for (var build : workspace.builds()) {
            programs.add(new Program(
                    build.label(), build.command(workspace.example("hello.dom").toString())));
        }
        programs.add(new Program(Peers.BARE, peers.bare.hello()));
        if (workspace.old.isEmpty()) {
            var print = "print('" + HELLO + "')";
            add(programs, PYTHON, Interpreters.python(), "-c", print);
            add(programs, "node", Interpreters.node(), "-e", "console.log('" + HELLO + "')");
            add(programs, "lua 5.4", Interpreters.lua(), "-e", print);
            add(programs, "luajit", Interpreters.luajit(), "-e", print);
        }
        var results = Results.interleave(
                options.manyRounds(),
                programs,
                Program::label,
                program -> Map.of(Metric.MILLIS.key, load.time(program.command())));
        addLines(section, results, PYTHON);
        section.limit(
                "hello, whole process, to " + Peers.BARE,
                "≤ 1.25",
                results.ratio(Peers.DOMIN_PROGRAM, Peers.BARE, Metric.MILLIS));
        if (results.has(PYTHON)) {
            section.summarize(
                    "hello, whole process, to " + PYTHON,
                    "≤ 1.2",
                    results.ratio(Peers.DOMIN_PROGRAM, PYTHON, Metric.MILLIS));
        }
        section.compare("hello, whole process", results, Peers.DOMIN_PROGRAM, Metric.MILLIS);
        return section;
    }

    private static void add(List<Program> programs, String label, Optional<String> found, String... arguments) {
        found.ifPresent(path -> programs.add(new Program(label, Commands.join(List.of(path), arguments))));
    }

    Section check() throws IOException {
        int functions = options.or(500, 20);
        var script = workspace.work.resolve("long.dom");
        Files.writeString(script, longScript(functions));
        long lines = Files.readAllLines(script).size();
        var section = new Section(
                "Check of a script of " + Spread.number(lines, 0) + " lines",
                "Milliseconds of `domin check`, whole process.",
                "program",
                "ms");
        var results = Results.interleave(
                options.rounds(),
                workspace.builds(),
                Build::label,
                build -> Map.of(Metric.MILLIS.key, load.time(build.command("check", script.toString()))));
        results.labels()
                .forEach(label -> section.line(
                        label + " check", results.spread(label, Metric.MILLIS).text(0)));
        section.summarize(
                section.title + ", ms",
                "< 1,000",
                results.spread(Peers.DOMIN_PROGRAM, Metric.MILLIS).text(0));
        section.compare(section.title, results, Peers.DOMIN_PROGRAM, Metric.MILLIS);
        return section;
    }

    /** Functions of twenty lines with various statements, and a main. */
    private static String longScript(int functions) {
        var text =
                new StringBuilder("plugin \"../plugins/print/PrintPlugin\";\nplugin \"../plugins/str/StrPlugin\";\n");
        for (int i = 0; i < functions; i++) {
            text.append("""
                    // Function @ of many.
                    i64 Work@(i32 $n, ref blob $b) {
                        i64 $sum = @;
                        i32 $i;
                        string $text = "number " + str.FromInt($n);
                        for ($i = 0; $i < $n; $i++) {
                            if ($i % 3 == 0 && $i < $b.Length) {
                                $b[$i] = $i * @ + 7;
                            } else {
                                $sum += ($i << 2) ^ ($sum >> 1);
                            }
                        }
                        switch ($n) {
                            case 1: $text = $text + " one"; break;
                            default: $sum -= $text.Length;
                        }
                        while ($sum > 1000000) { $sum /= 2; }
                        return($sum + $b[0]);
                    }

                    """.replace("@", Integer.toString(i)));
        }
        return text + "i32 main() {\n    blob $b[16];\n    printf(\"%d\\n\", Work0(3, $b));\n    return(0);\n}\n";
    }

    private static void addLines(Section section, Results results, String other) {
        for (var label : results.labels()) {
            section.line(
                    label,
                    results.text(label, Metric.MILLIS),
                    results.ratio(label, Peers.BARE, Metric.MILLIS),
                    results.ratio(label, other, Metric.MILLIS));
            section.bar(label, results.spread(label, Metric.MILLIS), 1);
        }
    }
}
