package dev.domin.bench.table;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long it takes before something happens. */
final class StartRows {

    private static final String HELLO = "hello, world";

    private final Home home;
    private final Options options;
    private final Peers peers;
    private final Load load;

    StartRows(Home home, Options options, Peers peers, Load load) {
        this.home = home;
        this.options = options;
        this.peers = peers;
        this.load = load;
    }

    Section firstEcho() {
        var section = new Section(
                "Start to first echo",
                "Milliseconds from starting the process to the first packet that comes back; files are in the cache.",
                "server",
                "ms",
                "ratio to " + Peers.NODE);
        var measured = new LinkedHashMap<String, List<Double>>();
        for (int round = 0; round < options.rounds(); round++) {
            for (var peer : peers.only("c", "domin", "netty", "go", "node", "python", "asyncio")) {
                int port = Server.freePort();
                add(measured, peer.label(), load.start(port, peer.command(port)));
            }
        }
        tell(section, measured, Peers.NODE);
        section.summarize("start to first echo, to " + Peers.NODE, "≤ 1", ratio(measured, Peers.DOMIN, Peers.NODE, 2));
        return section;
    }

    Section hello() {
        var section = new Section(
                "Hello, whole process",
                "Milliseconds from starting the process to its end; it prints a line.",
                "program",
                "ms",
                "ratio to python3");
        var commands = new LinkedHashMap<String, List<String>>();
        commands.put("domin", home.domin("examples/hello.dom"));
        Home.python().ifPresent(p -> commands.put("python3", List.of(p, "-c", "print('" + HELLO + "')")));
        Commands.find("node").ifPresent(n -> commands.put("node", List.of(n, "-e", "console.log('" + HELLO + "')")));
        Commands.find("lua5.4").ifPresent(l -> commands.put("lua 5.4", List.of(l, "-e", "print('" + HELLO + "')")));
        Commands.find("luajit").ifPresent(l -> commands.put("luajit", List.of(l, "-e", "print('" + HELLO + "')")));
        var measured = new LinkedHashMap<String, List<Double>>();
        for (int round = 0; round < options.rounds(); round++) {
            commands.forEach((label, command) -> add(measured, label, load.time(command)));
        }
        tell(section, measured, "python3");
        section.summarize("hello, whole process, to python3", "≤ 1.2", ratio(measured, "domin", "python3", 2));
        return section;
    }

    Section check() throws IOException {
        int functions = options.or(500, 20);
        var script = home.work.resolve("long.dom");
        Files.writeString(script, longScript(functions));
        long lines = Files.readAllLines(script).size();
        var section = new Section(
                "Check of a script of " + Spread.number(lines, 0) + " lines",
                "Milliseconds of `domin check`, whole process.",
                "",
                "ms");
        var millis = new ArrayList<Double>();
        for (int round = 0; round < options.rounds(); round++) {
            millis.add(load.time(home.domin("check", script.toString())));
        }
        section.line("domin check", Spread.of(millis).text(0));
        section.summarize(section.title + ", ms", "< 1,000", Spread.of(millis).text(0));
        return section;
    }

    /** Functions of twenty lines, each a little of everything, and a main that calls them all. */
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

    private static void tell(Section section, Map<String, List<Double>> measured, String yardstick) {
        measured.forEach((label, values) -> {
            section.line(label, Spread.of(values).text(1), ratio(measured, label, yardstick, 2));
            section.bar(label, Spread.of(values), 1);
        });
    }

    private static String ratio(Map<String, List<Double>> measured, String label, String yardstick, int decimals) {
        return measured.containsKey(yardstick)
                ? Spread.ofRatios(measured.get(label), measured.get(yardstick)).text(decimals)
                : "not here";
    }

    private static void add(Map<String, List<Double>> measured, String label, double value) {
        measured.computeIfAbsent(label, _ -> new ArrayList<>()).add(value);
    }
}
