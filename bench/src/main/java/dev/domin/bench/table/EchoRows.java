package dev.domin.bench.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rates and round trips. Each round starts each server again. */
final class EchoRows {

    private static final int MANY = 64;
    private static final List<String> DOMINS = List.of(Peers.DOMIN, Peers.DOMIN_200);

    private final Workspace workspace;
    private final Options options;
    private final Peers peers;
    private final Load load;

    EchoRows(Workspace workspace, Options options, Peers peers, Load load) {
        this.workspace = workspace;
        this.options = options;
        this.peers = peers;
        this.load = load;
    }

    Section packets(int size) {
        var section = new Section(
                size + " B, " + MANY + " in flight",
                "Server and client are each pinned to a core"
                        + (workspace.canPin() ? "." : ", but that is not possible on this machine.")
                        + " Ratios are to " + Peers.GSO + ", the last one to " + Peers.BLOCKING
                        + ". Server µs/packet is the processor time of the server for a packet, including the system's"
                        + " work for it. Where it is well below a second divided by the rate, the client limits the"
                        + " rate.",
                "server",
                "packets/s",
                "ratio",
                "server µs/packet",
                "ratio",
                "p50 µs",
                "p99 µs",
                "lost",
                "packets/s, ratio to " + Peers.BLOCKING);
        var results = measure(size, MANY, true, size == 64);
        for (var label : results.labels()) {
            section.line(
                    label,
                    results.text(label, Metric.RATE),
                    results.ratio(label, Peers.GSO, Metric.RATE),
                    results.text(label, Metric.PROCESSOR),
                    results.ratio(label, Peers.GSO, Metric.PROCESSOR),
                    results.text(label, Metric.P50),
                    results.text(label, Metric.P99),
                    Spread.number(results.sum(label, "lost"), 0),
                    results.ratio(label, Peers.BLOCKING, Metric.RATE));
            section.bar(
                    label,
                    Spread.ofRatios(results.values(label, Metric.RATE), results.values(Peers.GSO, Metric.RATE)),
                    2);
        }
        section.unit("packets/s, ratio to " + Peers.GSO + ", more is better");
        for (var label : DOMINS) {
            var work = section.title + ", " + label.substring("domin, ".length());
            section.limit(
                    work + ": packets/s, to " + Peers.GSO, "≥ 0.95", results.ratio(label, Peers.GSO, Metric.RATE));
            section.limit(
                    work + ": processor time per packet, to " + Peers.GSO,
                    "≤ 1.15",
                    results.ratio(label, Peers.GSO, Metric.PROCESSOR));
            section.compare(work, results, label, Metric.RATE, Metric.PROCESSOR, Metric.P99);
        }
        return section;
    }

    Section trips() {
        var section = new Section(
                "64 B, 1 in flight",
                "Round trips; the system chooses the cores of server and client. Ratios are to "
                        + Peers.SPINNING + ", the last one to " + Peers.BLOCKING + ".",
                "server",
                "p50 µs",
                "ratio",
                "p99 µs",
                "round trips/s",
                "server µs/packet",
                "lost",
                "round trips/s, ratio to " + Peers.BLOCKING);
        var results = measure(64, 1, false, false);
        for (var label : results.labels()) {
            section.line(
                    label,
                    results.text(label, Metric.P50),
                    results.ratio(label, Peers.SPINNING, Metric.P50),
                    results.text(label, Metric.P99),
                    results.text(label, Metric.RATE),
                    results.text(label, Metric.PROCESSOR),
                    Spread.number(results.sum(label, "lost"), 0),
                    results.ratio(label, Peers.BLOCKING, Metric.RATE));
            section.bar(
                    label,
                    Spread.ofRatios(results.values(label, Metric.P50), results.values(Peers.SPINNING, Metric.P50)),
                    2);
        }
        section.unit("p50, ratio to " + Peers.SPINNING + ", less is better");
        for (var label : DOMINS) {
            var work = section.title + ", " + label.substring("domin, ".length());
            section.limit(
                    work + ": p50, to " + Peers.SPINNING, "≤ 1.1", results.ratio(label, Peers.SPINNING, Metric.P50));
            section.compare(work, results, label, Metric.P50, Metric.P99, Metric.PROCESSOR);
        }
        if (results.has(Peers.BLOCKING)) {
            section.summarize(
                    section.title + ", timeout -1: p99, to " + Peers.BLOCKING,
                    "≤ 1",
                    results.ratio(Peers.DOMIN, Peers.BLOCKING, Metric.P99));
        }
        return section;
    }

    private Results measure(int size, int window, boolean pinned, boolean allInSmoke) {
        // A smoke test starts all peers in its first row only.
        var some = options.smoke() && !allInSmoke
                ? peers.only("gso", "spin", "domin", "domin200", "old", "old200")
                : peers.inTables();
        return Results.interleave(options.rounds(), some, peer -> {
            try (var server = Server.start(peer, pinned, workspace)) {
                return measure(server, size, window, pinned);
            }
        });
    }

    private Map<String, Double> measure(Server server, int size, int window, boolean pinned) {
        load.closed(server.port, size, window, 1, 0, options.warmup(), pinned);
        long before = server.processorNanos();
        var values = load.closed(server.port, size, window, 1, 0, options.seconds(), pinned);
        values.put(Metric.PROCESSOR.key, (server.processorNanos() - before) / 1e3 / values.get("answered"));
        return values;
    }

    /** Polling uses a core while it lasts. This row shows how that affects others that need all cores. */
    Section neighbours() {
        int cores = Runtime.getRuntime().availableProcessors();
        var section = new Section(
                "Busy neighbours",
                "64 B, 1 in flight, while as many endless loops run as there are cores (" + cores + ")."
                        + " The last column shows whether polling takes processor time from them.",
                "server",
                "round trips/s",
                "ratio to " + Peers.BLOCKING,
                "p99 µs",
                "loops' share of all cores, %");
        Results results;
        var loops = new ArrayList<Server>();
        try {
            for (int i = 0; i < cores; i++) {
                loops.add(Server.ofLoop(workspace));
            }
            results = Results.interleave(
                    options.rounds(),
                    peers.only("c", "spin", "domin", "nopolling", "old"),
                    peer -> besideLoops(peer, loops, cores));
        } finally {
            loops.forEach(Server::close);
        }
        for (var label : results.labels()) {
            section.line(
                    label,
                    results.text(label, Metric.RATE),
                    results.ratio(label, Peers.BLOCKING, Metric.RATE),
                    results.text(label, Metric.P99),
                    Spread.of(results.values(label, "loops")).text(0));
        }
        section.compare("busy neighbours", results, Peers.DOMIN, Metric.RATE, Metric.P99);
        return section;
    }

    private Map<String, Double> besideLoops(Peer peer, List<Server> loops, int cores) {
        try (var server = Server.start(peer, false, workspace)) {
            load.closed(server.port, 64, 1, 1, 0, options.warmup(), false);
            long begin = System.nanoTime();
            long before = processorNanos(loops);
            var values = load.closed(server.port, 64, 1, 1, 0, options.seconds(), false);
            double all = (double) (System.nanoTime() - begin) * cores;
            values.put("loops", 100 * (processorNanos(loops) - before) / all);
            return values;
        }
    }

    private static long processorNanos(List<Server> loops) {
        return loops.stream().mapToLong(Server::processorNanos).sum();
    }
}
