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
                        + (home.canPin() ? "." : ": not possible here, so both are free."),
                "server",
                "packets/s",
                "ratio to " + Peers.YARDSTICK,
                "p50 µs",
                "p99 µs",
                "lost");
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
                "lost");
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
        var all = fewer ? peers.only("c", "domin", "domin200") : peers.all;
        var measured = new LinkedHashMap<String, List<Map<String, Double>>>();
        for (int round = 0; round < options.rounds(); round++) {
            for (var peer : all) {
                try (var server = Server.start(peer, pinned, home)) {
                    var values = load.closed(server.port, size, window, 1, options.warmup(), options.seconds(), pinned);
                    measured.computeIfAbsent(peer.label(), _ -> new ArrayList<>())
                            .add(values);
                }
            }
        }
        return measured;
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
                            0));
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
