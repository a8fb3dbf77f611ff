package dev.domin.bench.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Resources that a server uses: processor time when idle, allocation, lost packets, memory. */
final class ServerRows {

    private static final List<String> DOMINS = List.of(Peers.DOMIN, Peers.DOMIN_200);

    private final Workspace workspace;
    private final Options options;
    private final Peers peers;
    private final Load load;

    ServerRows(Workspace workspace, Options options, Peers peers, Load load) {
        this.workspace = workspace;
        this.options = options;
        this.peers = peers;
        this.load = load;
    }

    Section idle() {
        double seconds = options.smoke() ? 0.2 : 5;
        var section = new Section(
                "Idle server",
                "Processor time in percent of a core, over " + seconds
                        + " s, a second after the last packet of a load.",
                "server",
                "% of a core");
        var results = Results.interleave(
                options.rounds(), some("c", "domin", "domin200", "old", "old200", "netty", "node", "python"), peer -> {
                    try (var server = Server.start(peer, false, workspace)) {
                        load.closed(server.port, 64, 64, 1, options.warmup(), options.seconds(), false);
                        pause(options.smoke() ? 0.1 : 1);
                        long begin = System.nanoTime();
                        long before = server.processorNanos();
                        pause(seconds);
                        double used = server.processorNanos() - before;
                        return Map.of(Metric.IDLE.key, Math.max(0, 100.0 * used / (System.nanoTime() - begin)));
                    }
                });
        results.labels().forEach(label -> section.line(label, results.text(label, Metric.IDLE)));
        for (var label : DOMINS) {
            if (results.has(label)) {
                section.summarize("idle, % of a core, " + label, "< 0.5", results.text(label, Metric.IDLE));
                section.compare("idle, " + label, results, label, Metric.IDLE);
            }
        }
        return section;
    }

    Section allocation() {
        var section = new Section(
                "Allocation per packet",
                "Bytes that all threads of the JVM allocate (read by JMX), divided by packets answered, once it is"
                        + " warm; 64 B, 64 in flight.",
                "server",
                "1 sender",
                "8 senders in turn");
        var results = Results.interleave(
                options.rounds(),
                some("domin", "domin200", "old", "old200", "netty"),
                peer -> Map.of(Metric.ALLOCATED.key, allocated(peer, 1), Metric.ALLOCATED_8.key, allocated(peer, 8)));
        for (var label : results.labels()) {
            section.line(label, results.text(label, Metric.ALLOCATED), results.text(label, Metric.ALLOCATED_8));
        }
        for (var label : DOMINS) {
            if (results.has(label)) {
                section.summarize("bytes allocated per packet, " + label, "0", results.text(label, Metric.ALLOCATED));
                section.summarize(
                        "bytes allocated per packet, 8 senders, " + label,
                        "0",
                        results.text(label, Metric.ALLOCATED_8));
                section.compare(label, results, label, Metric.ALLOCATED, Metric.ALLOCATED_8);
            }
        }
        return section;
    }

    private double allocated(Peer peer, int senders) {
        try (var server = Server.start(peer, false, workspace);
                var allocation = Allocation.of(server.pid())) {
            // Twice the warm-up, since compiling code allocates too.
            load.closed(server.port, 64, 64, senders, options.warmup(), options.warmup(), false);
            var before = allocation.byThread();
            var values = load.closed(server.port, 64, 64, senders, 0, options.seconds(), false);
            return allocation.bytesSince(before) / values.get("answered");
        }
    }

    Section openLoop() {
        double seconds = options.smoke() ? 0.2 : 10;
        var section = new Section(
                "Open loop",
                "64 B at 60 % of the rate that the same server has just reached with 64 in flight, for " + seconds
                        + " s, server and client pinned to a core each.",
                "server",
                "packets/s",
                "lost, all rounds",
                "of");
        var results = Results.interleave(
                options.rounds(), some("c", "mmsg", "gso", "domin", "domin200", "old", "netty", "node"), peer -> {
                    try (var server = Server.start(peer, true, workspace)) {
                        var closed = load.closed(server.port, 64, 64, 1, options.warmup(), options.seconds(), true);
                        double rate = 0.6 * closed.get(Metric.RATE.key);
                        var open = load.open(server.port, 64, rate, seconds);
                        open.put(Metric.RATE.key, rate);
                        return open;
                    }
                });
        for (var label : results.labels()) {
            section.line(
                    label,
                    results.text(label, Metric.RATE),
                    Spread.number(results.sum(label, "lost"), 0),
                    Spread.number(results.sum(label, "sent"), 0));
        }
        section.summarize(
                "open loop at 60 %, packets lost",
                "0",
                Spread.number(results.sum(Peers.DOMIN, "lost"), 0) + " of "
                        + Spread.number(results.sum(Peers.DOMIN, "sent"), 0));
        section.compare("open loop at 60 %", results, Peers.DOMIN, Metric.LOST);
        return section;
    }

    Section memory() {
        var section = new Section(
                "Memory under load",
                "Resident MiB at the end of a load of 64 B with 64 in flight, server and client pinned to a core each.",
                "server",
                "MiB");
        var results = Results.interleave(
                options.rounds(), some("c", "domin", "old", "netty", "go", "node", "python"), peer -> {
                    try (var server = Server.start(peer, true, workspace)) {
                        load.closed(server.port, 64, 64, 1, options.warmup(), options.seconds(), true);
                        return Map.of(Metric.MEBIBYTES.key, server.residentMebibytes());
                    }
                });
        for (var label : results.labels()) {
            section.line(label, results.text(label, Metric.MEBIBYTES));
            section.bar(label, results.spread(label, Metric.MEBIBYTES), 0);
        }
        section.unit("MiB, less is better");
        section.summarize("resident under load, MiB", "≤ 90", results.text(Peers.DOMIN, Metric.MEBIBYTES));
        section.compare("under load", results, Peers.DOMIN, Metric.MEBIBYTES);
        return section;
    }

    Section manyServers() {
        int count = options.or(1000, 50);
        var section = new Section(
                Spread.number(count, 0) + " servers in one script",
                "Opened one after the other (time by the script's own clock), then each echoes a packet;"
                        + " memory after that.",
                "program",
                "ms to open all",
                "resident MiB");
        var results = Results.interleave(
                options.rounds(), workspace.builds(), Build::label, build -> manyServers(build, count));
        for (var label : results.labels()) {
            section.line(label, results.spread(label, Metric.MILLIS).text(0), results.text(label, Metric.MEBIBYTES));
        }
        section.summarize(
                section.title + ", ms to open",
                "< 1,000",
                results.spread(Peers.DOMIN_PROGRAM, Metric.MILLIS).text(0));
        section.summarize(
                section.title + ", resident MiB", "< 250", results.text(Peers.DOMIN_PROGRAM, Metric.MEBIBYTES));
        section.compare(section.title, results, Peers.DOMIN_PROGRAM, Metric.MILLIS, Metric.MEBIBYTES);
        return section;
    }

    private Map<String, Double> manyServers(Build build, int count) {
        Process process = null;
        try {
            process = new ProcessBuilder(build.command(workspace.bench("peers/servers.dom"), count + ""))
                    .redirectError(workspace.work.resolve("server.log").toFile())
                    .start();
            Server.remember(process);
            double millis = 0;
            int echoed = 0;
            try (var out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (var line = out.readLine(); line != null && !line.equals("ready"); line = out.readLine()) {
                    var words = line.split(" ");
                    if (words[0].equals("opened")) {
                        millis = Double.parseDouble(words[2]);
                    } else if (Server.echoes(Integer.parseInt(words[1]), 10_000)) {
                        echoed++;
                    }
                }
                if (echoed != count) {
                    throw new BenchException("of " + count + " servers in one script " + echoed + " echo");
                }
                return Map.of(Metric.MILLIS.key, millis, Metric.MEBIBYTES.key, Server.residentMebibytes(process.pid()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }

    /** {@return these peers; in a smoke test only domin, since the others are started in other rows} */
    private List<Peer> some(String... ids) {
        return options.smoke() ? peers.only("domin", "old") : peers.only(ids);
    }

    private static void pause(double seconds) {
        try {
            TimeUnit.MICROSECONDS.sleep((long) (seconds * 1e6));
        } catch (InterruptedException e) {
            throw new BenchException("interrupted");
        }
    }
}
