package dev.domin.bench.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a server takes besides time: processor when idle, allocation, losses, memory. */
final class ServerRows {

    private final Home home;
    private final Options options;
    private final Peers peers;
    private final Load load;

    ServerRows(Home home, Options options, Peers peers, Load load) {
        this.home = home;
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
        var measured = new LinkedHashMap<String, List<Double>>();
        for (int round = 0; round < options.rounds(); round++) {
            for (var peer : some("c", "domin", "domin200", "netty", "node", "python")) {
                try (var server = Server.start(peer, false, home)) {
                    load.closed(server.port, 64, 64, 1, options.warmup(), options.seconds(), false);
                    pause(options.smoke() ? 0.1 : 1);
                    long begin = System.nanoTime();
                    long before = server.processorNanos();
                    pause(seconds);
                    double percent = 100.0 * (server.processorNanos() - before) / (System.nanoTime() - begin);
                    add(measured, peer.label(), Math.max(0, percent));
                }
            }
        }
        measured.forEach(
                (label, values) -> section.line(label, Spread.of(values).text(3)));
        for (var label : List.of(Peers.DOMIN, Peers.DOMIN_200)) {
            if (!measured.containsKey(label)) {
                continue;
            }
            section.summarize(
                    "idle, % of a core, " + label,
                    "< 0.5",
                    Spread.of(measured.get(label)).text(3));
        }
        return section;
    }

    Section allocation() {
        var section = new Section(
                "Allocation a packet",
                "Bytes that all threads of the JVM allocate (asked by JMX), divided by packets answered, once it is warm;"
                        + " 64 B, 64 in flight.",
                "server",
                "1 sender",
                "8 senders in turn");
        for (var peer : some("domin", "domin200", "netty")) {
            var one = new ArrayList<Double>();
            var eight = new ArrayList<Double>();
            for (int round = 0; round < options.rounds(); round++) {
                one.add(allocated(peer, 1));
                eight.add(allocated(peer, 8));
            }
            section.line(peer.label(), Spread.of(one).text(3), Spread.of(eight).text(3));
            if (peer.id().startsWith("domin")) {
                section.summarize(
                        "bytes allocated a packet, " + peer.label(),
                        "0",
                        Spread.of(one).text(3));
                section.summarize(
                        "bytes allocated a packet, 8 senders, " + peer.label(),
                        "0",
                        Spread.of(eight).text(3));
            }
        }
        return section;
    }

    private double allocated(Peer peer, int senders) {
        try (var server = Server.start(peer, false, home);
                var allocation = Allocation.of(server.pid())) {
            // Twice the warm-up: what is allocated while code is being compiled is no steady state.
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
                        + " s, server and client on a core each.",
                "server",
                "packets/s",
                "lost, all rounds",
                "of");
        for (var peer : some("c", "mmsg", "domin", "domin200", "netty", "node")) {
            double lost = 0;
            double sent = 0;
            var rates = new ArrayList<Double>();
            for (int round = 0; round < options.rounds(); round++) {
                try (var server = Server.start(peer, true, home)) {
                    var closed = load.closed(server.port, 64, 64, 1, options.warmup(), options.seconds(), true);
                    double rate = 0.6 * closed.get("per_s");
                    var open = load.open(server.port, 64, rate, seconds);
                    rates.add(rate);
                    lost += open.get("lost");
                    sent += open.get("sent");
                }
            }
            section.line(peer.label(), Spread.of(rates).text(0), Spread.number(lost, 0), Spread.number(sent, 0));
            if (peer.id().equals("domin")) {
                section.summarize(
                        "open loop at 60 %, packets lost",
                        "0", Spread.number(lost, 0) + " of " + Spread.number(sent, 0));
            }
        }
        return section;
    }

    Section memory() {
        var section = new Section(
                "Memory under load",
                "Resident MiB at the end of a load of 64 B with 64 in flight, server and client on a core each.",
                "server",
                "MiB");
        var measured = new LinkedHashMap<String, List<Double>>();
        for (int round = 0; round < options.rounds(); round++) {
            for (var peer : some("c", "domin", "netty", "go", "node", "python")) {
                try (var server = Server.start(peer, true, home)) {
                    load.closed(server.port, 64, 64, 1, options.warmup(), options.seconds(), true);
                    add(measured, peer.label(), server.residentMebibytes());
                }
            }
        }
        measured.forEach((label, values) -> {
            section.line(label, Spread.of(values).text(0));
            section.bar(label, Spread.of(values), 0);
        });
        section.summarize(
                "resident under load, MiB",
                "≤ 90",
                Spread.of(measured.get(Peers.DOMIN)).text(0));
        return section;
    }

    Section manyServers() throws IOException {
        int count = options.or(1000, 50);
        var section = new Section(
                Spread.number(count, 0) + " servers in one script",
                "Opened one after the other (the script's own clock), then each echoes a packet; memory after that.",
                "",
                "measured");
        var millis = new ArrayList<Double>();
        var mebibytes = new ArrayList<Double>();
        for (int round = 0; round < options.rounds(); round++) {
            var process = new ProcessBuilder(home.domin(home.bench("peers/servers.dom"), count + ""))
                    .redirectError(home.work.resolve("server.log").toFile())
                    .start();
            Server.remember(process);
            try (var out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                int echoed = 0;
                for (var line = out.readLine(); line != null && !line.equals("ready"); line = out.readLine()) {
                    var words = line.split(" ");
                    if (words[0].equals("opened")) {
                        millis.add(Double.valueOf(words[2]));
                    } else if (Server.echoes(Integer.parseInt(words[1]), 10_000)) {
                        echoed++;
                    }
                }
                if (echoed != count) {
                    throw new BenchException("of " + count + " servers in one script " + echoed + " echo");
                }
                mebibytes.add(Server.residentMebibytes(process.pid()));
            } finally {
                process.destroyForcibly();
            }
        }
        section.line("ms to open all", Spread.of(millis).text(0));
        section.line("resident MiB", Spread.of(mebibytes).text(0));
        section.summarize(
                section.title + ", ms to open", "< 1,000", Spread.of(millis).text(0));
        section.summarize(
                section.title + ", resident MiB", "< 250", Spread.of(mebibytes).text(0));
        return section;
    }

    /** {@return these peers; in a smoke test only the first of ours, since the others have answered in other rows} */
    private List<Peer> some(String... ids) {
        return options.smoke() ? peers.only("domin") : peers.only(ids);
    }

    private static void add(Map<String, List<Double>> measured, String label, double value) {
        measured.computeIfAbsent(label, _ -> new ArrayList<>()).add(value);
    }

    private static void pause(double seconds) {
        try {
            TimeUnit.MICROSECONDS.sleep((long) (seconds * 1e6));
        } catch (InterruptedException e) {
            throw new BenchException("interrupted");
        }
    }
}
