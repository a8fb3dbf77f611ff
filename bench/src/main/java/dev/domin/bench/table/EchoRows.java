package dev.domin.bench.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rates and round trips. Each round starts each server anew. */
final class EchoRows {

    private static final int MANY = 64;

    private final Home home;
    private final Options options;
    private final Peers peers;
    private final Load load;

    EchoRows(Home home, Options options, Peers peers, Load load) {
        this.home = home;
        this.options = options;
        this.peers = peers;
        this.load = load;
    }

    Section packets(int size) {
        var section = new Section(
                size + " B, " + MANY + " in flight",
                "Packets a second, server and client held on a core each"
                        + (home.canPin() ? "." : ": not possible here, so both are free.")
                        + " The last column is the processor time that the server takes, with the system's work for it. Where it is well"
                        + " below a second divided by the rate, the client is what limits the rate.",
                "server",
                "packets/s",
                "ratio to " + Peers.YARDSTICK,
                "p50 µs",
                "p99 µs",
                "lost",
                "server µs/packet");
        var measured = measure(size, MANY, true);
        var ratios = tell(section, measured);
        var target = size == 64 ? "≥ 1.0" : "≥ 1.15";
        section.summarize(
                section.title + ", timeout -1", target, ratios.get(Peers.DOMIN).text(2));
        var limited = Spread.ofRatios(
                column(measured.get(Peers.DOMIN_200), "per_s"), column(measured.get(Peers.DOMIN), "per_s"));
        section.summarize(section.title + ", timeout 200, to the line above", "≥ 0.95", limited.text(2));
        return section;
    }

    Section trips() {
        var section = new Section(
                "64 B, 1 in flight",
                "Round trips a second, server and client wherever the system puts them.",
                "server",
                "round trips/s",
                "ratio to " + Peers.YARDSTICK,
                "p50 µs",
                "p99 µs",
                "lost",
                "server µs/packet");
        var measured = measure(64, 1, false);
        var ratios = tell(section, measured);
        section.summarize(
                "64 B, 1 in flight, timeout -1",
                "≥ 2.5",
                ratios.get(Peers.DOMIN).text(2));
        section.summarize(
                "64 B, 1 in flight, timeout 200",
                "≥ 2.4",
                ratios.get(Peers.DOMIN_200).text(2));
        var p99 = Spread.ofRatios(
                column(measured.get(Peers.DOMIN), "p99_us"), column(measured.get(Peers.YARDSTICK), "p99_us"));
        section.summarize("64 B, 1 in flight, p99, to " + Peers.YARDSTICK, "≤ 1", p99.text(2));
        return section;
    }

    private Map<String, List<Map<String, Double>>> measure(int size, int window, boolean pinned) {
        // A smoke test has seen all the others answer once in the first row.
        boolean fewer = options.smoke() && (window == 1 || size != 64);
        var all = fewer ? peers.only("c", "domin", "domin200") : peers.inTables();
        var measured = new LinkedHashMap<String, List<Map<String, Double>>>();
        for (int round = 0; round < options.rounds(); round++) {
            for (var peer : all) {
                try (var server = Server.start(peer, pinned, home)) {
                    measured.computeIfAbsent(peer.label(), _ -> new ArrayList<>())
                            .add(measure(server, size, window, pinned));
                }
            }
        }
        return measured;
    }

    private Map<String, Double> measure(Server server, int size, int window, boolean pinned) {
        load.closed(server.port, size, window, 1, 0, options.warmup(), pinned);
        long before = server.processorNanos();
        var values = load.closed(server.port, size, window, 1, 0, options.seconds(), pinned);
        values.put("server_us", (server.processorNanos() - before) / 1e3 / values.get("answered"));
        return values;
    }

    /** Polling takes a core for its time: what that does to others who want all of them. */
    Section neighbours() {
        int cores = Runtime.getRuntime().availableProcessors();
        var section = new Section(
                "Busy neighbours",
                "64 B, 1 in flight, while as many endless loops as there are cores (" + cores + ") want all of them."
                        + " The last column tells whether polling takes it from them.",
                "server",
                "round trips/s",
                "ratio to " + Peers.YARDSTICK,
                "p99 µs",
                "loops' share of all cores, %");
        var measured = new LinkedHashMap<String, List<Map<String, Double>>>();
        var loops = new ArrayList<Server>();
        try {
            for (int i = 0; i < cores; i++) {
                loops.add(Server.ofLoop(home));
            }
            for (int round = 0; round < options.rounds(); round++) {
                for (var peer : peers.only("c", "spin", "domin", "nospin")) {
                    try (var server = Server.start(peer, false, home)) {
                        load.closed(server.port, 64, 1, 1, 0, options.warmup(), false);
                        long begin = System.nanoTime();
                        long before = processorNanos(loops);
                        var values = load.closed(server.port, 64, 1, 1, 0, options.seconds(), false);
                        double all = (double) (System.nanoTime() - begin) * cores;
                        values.put("loops", 100 * (processorNanos(loops) - before) / all);
                        measured.computeIfAbsent(peer.label(), _ -> new ArrayList<>())
                                .add(values);
                    }
                }
            }
        } finally {
            loops.forEach(Server::close);
        }
        var yardstick = column(measured.getOrDefault(Peers.YARDSTICK, List.of()), "per_s");
        measured.forEach((label, rounds) -> section.line(
                label,
                Spread.of(column(rounds, "per_s")).text(0),
                Spread.ofRatios(column(rounds, "per_s"), yardstick).text(2),
                Spread.of(column(rounds, "p99_us")).text(1),
                Spread.of(column(rounds, "loops")).text(0)));
        return section;
    }

    private static long processorNanos(List<Server> loops) {
        long sum = 0;
        for (var loop : loops) {
            sum += loop.processorNanos();
        }
        return sum;
    }

    private static Map<String, Spread> tell(Section section, Map<String, List<Map<String, Double>>> measured) {
        var ratios = new HashMap<String, Spread>();
        var yardstick = column(measured.get(Peers.YARDSTICK), "per_s");
        measured.forEach((label, rounds) -> {
            var rates = column(rounds, "per_s");
            var ratio = Spread.ofRatios(rates, yardstick);
            ratios.put(label, ratio);
            section.line(
                    label,
                    Spread.of(rates).text(0),
                    ratio.text(2),
                    Spread.of(column(rounds, "p50_us")).text(1),
                    Spread.of(column(rounds, "p99_us")).text(1),
                    Spread.number(
                            column(rounds, "lost").stream()
                                    .mapToDouble(Double::doubleValue)
                                    .sum(),
                            0),
                    Spread.of(column(rounds, "server_us")).text(2));
            section.bar(label, ratio, 2);
        });
        return ratios;
    }

    static List<Double> column(List<Map<String, Double>> rounds, String name) {
        var column = new ArrayList<Double>();
        for (var round : rounds) {
            column.add(round.get(name));
        }
        return column;
    }
}
