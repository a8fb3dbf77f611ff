package dev.domin.bench.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Measures the selected rows and prints them as Markdown. */
public final class Table {

    private static final List<String> ROWS = List.of(
            "echo64",
            "echo1200",
            "trips",
            "neighbours",
            "idle",
            "allocation",
            "open",
            "start",
            "hello",
            "fib",
            "loop",
            "bytes",
            "sieve",
            "strings",
            "servers",
            "memory",
            "check");

    private final Options options;
    private final Workspace workspace;
    private final Load load;
    private final Peers peers;

    private Table(Options options) throws IOException {
        this.options = options;
        workspace = Workspace.prepare(options);
        load = new Load(workspace, options);
        peers = new Peers(workspace, options, load);
    }

    /**
     * Runs the measurements. Exits with 0; with 1 if a part does not work; with 2 for wrong use or if something
     * required is missing.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    private static int run(String[] args) {
        if (args.length == 1 && (args[0].equals("--help") || args[0].equals("-h"))) {
            System.out.print(Options.USAGE.formatted(String.join(", ", ROWS)));
            return 0;
        }
        Table table;
        try {
            var options = Options.parse(args, ROWS);
            if (options.write() && Report.load() >= 1) {
                throw new BenchException(
                        "the machine is busy (load " + Report.load() + "), so its figures would be meaningless");
            }
            table = new Table(options);
        } catch (BenchException | IOException e) {
            System.err.println("bench/run: " + e.getMessage());
            return 2;
        }
        try {
            table.measure();
            return 0;
        } catch (BenchException | IOException e) {
            System.err.println("bench/run: " + e.getMessage());
            return 1;
        }
    }

    private void measure() throws IOException {
        double loadBefore = Report.load();
        if (!options.smoke() && loadBefore >= 1) {
            System.err.println(
                    "bench/run: the machine is busy (load " + loadBefore + "); do not publish these figures");
        }
        Interpreters.python().ifPresent(python -> System.err.println("python3 is " + python));
        peers.missing.forEach((name, reason) -> System.err.println("left out: " + name + ", since " + reason));
        var sections = new ArrayList<Section>();
        for (var row : ROWS) {
            if (options.includes(row)) {
                long begin = System.nanoTime();
                System.err.print(row + "...");
                sections.add(section(row));
                System.err.println(" " + (System.nanoTime() - begin) / 1_000_000 + " ms");
            }
        }
        var text = Report.markdown(sections, peers, options, workspace, loadBefore);
        var chart = Chart.svg(sections);
        if (options.write()) {
            Report.write(workspace, text, chart);
        } else {
            System.out.print(text);
        }
    }

    private Section section(String row) throws IOException {
        var servers = new ServerRows(workspace, options, peers, load);
        var starts = new StartRows(workspace, options, peers, load);
        var echoes = new EchoRows(workspace, options, peers, load);
        return switch (row) {
            case "echo64" -> echoes.packets(64);
            case "echo1200" -> echoes.packets(1200);
            case "trips" -> echoes.trips();
            case "neighbours" -> echoes.neighbours();
            case "idle" -> servers.idle();
            case "allocation" -> servers.allocation();
            case "open" -> servers.openLoop();
            case "servers" -> servers.manyServers();
            case "memory" -> servers.memory();
            case "start" -> starts.firstEcho();
            case "hello" -> starts.hello();
            case "check" -> starts.check();
            default -> new ComputeRows(workspace, options).row(row);
        };
    }
}
