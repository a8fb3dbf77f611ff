package dev.domin.bench.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** The echo servers that are here, and a word on those that are not. */
final class Peers {

    static final String YARDSTICK = "C recvfrom/sendto";
    static final String DOMIN = "domin, timeout -1";
    static final String DOMIN_200 = "domin, timeout 200";
    static final String NODE = "Node dgram";

    private static final String NO_SPIN = "nospin";

    final List<Peer> all = new ArrayList<>();
    final Map<String, String> missing = new LinkedHashMap<>();

    Peers(Home home, Options options) {
        var echo = home.work.resolve("echo").toString();
        add(
                "c",
                YARDSTICK,
                "`bench/c/echo.c`, -O2, blocks; receive buffer 8 MiB asked for, as in all that follow",
                port -> List.of(echo, "block", port + ""));
        add(
                "mmsg",
                "C recvmmsg/sendmmsg",
                "the same file, up to 64 packets a call, none as a train",
                port -> List.of(echo, "mmsg", port + ""));
        add(
                "train",
                "C recvmmsg, UDP_SEGMENT",
                "the same file, replies of one length to one client as one train",
                port -> List.of(echo, "train", port + ""));
        add("spin", "C polling", "the same file, never sleeps", port -> List.of(echo, "spin", port + ""));
        add(
                "domin",
                DOMIN,
                "`./domin examples/echo.dom`, with its start-up cache",
                port -> home.domin("examples/echo.dom", port + ""));
        add(
                "domin200",
                DOMIN_200,
                "the same script with 200 for -1",
                port -> home.domin(home.work.resolve("echo200.dom").toString(), port + ""));
        add(
                NO_SPIN,
                "domin, timeout -1, no polling",
                "`DOMIN_JAVA_OPTS=-Ddev.domin.udp.pollMicros=0 ./domin examples/echo.dom`",
                port -> Commands.join(
                        List.of("env", "DOMIN_JAVA_OPTS=-Ddev.domin.udp.pollMicros=0"),
                        home.domin("examples/echo.dom", port + "").toArray(String[]::new)));
        home.netty(!options.smoke())
                .ifPresentOrElse(
                        jar -> add(
                                "netty",
                                "Netty epoll, batch",
                                "`NettyEcho.java`: Netty 4.2 with its native transport, one event loop, `MAX_DATAGRAM_PAYLOAD_SIZE`"
                                        + " 2048 and a receive buffer of 64 of them (so it uses recvmmsg), one flush a batch"
                                        + " (sendmmsg), leak detection off",
                                port -> home.nettyCommand(jar, port)),
                        () -> missing.put("Netty", "bench/target/benchmarks.jar is not built"));
        find("Go", "go").ifPresent(go -> {
            var program = home.work.resolve("echo-go").toString();
            Commands.run(List.of(go, "build", "-o", program, home.bench("peers/echo.go")));
            add(
                    "go",
                    "Go",
                    "`echo.go`: one goroutine, `ReadFromUDPAddrPort`, which allocates nothing",
                    port -> List.of(program, port + ""));
        });
        find("Node", "node")
                .ifPresent(node -> add(
                        "node",
                        NODE,
                        "`echo.js`: `node:dgram`, exclusive socket, reply to the address by number",
                        port -> List.of(node, home.bench("peers/echo.js"), port + "")));
        Home.python()
                .ifPresentOrElse(
                        python -> {
                            var script = home.bench("peers/echo.py");
                            add(
                                    "python",
                                    "Python socket",
                                    "`echo.py socket`: `recvfrom_into` one buffer",
                                    port -> List.of(python, script, "socket", port + ""));
                            add(
                                    "asyncio",
                                    "Python asyncio",
                                    "`echo.py asyncio`: a `DatagramProtocol`",
                                    port -> List.of(python, script, "asyncio", port + ""));
                        },
                        () -> missing.put("Python", "there is no `python3` here"));
    }

    private void add(String id, String label, String setUp, IntFunction<List<String>> command) {
        all.add(new Peer(id, label, setUp, command));
    }

    private Optional<String> find(String name, String program) {
        var found = Commands.find(program);
        if (found.isEmpty()) {
            missing.put(name, "there is no `" + program + "` here");
        }
        return found;
    }

    /** {@return those that stand in the tables of rates} */
    List<Peer> inTables() {
        return all.stream().filter(peer -> !peer.id().equals(NO_SPIN)).toList();
    }

    /** {@return those of these that are here, in this order} */
    List<Peer> only(String... ids) {
        var some = new ArrayList<Peer>();
        for (var id : ids) {
            all.stream().filter(peer -> peer.id().equals(id)).forEach(some::add);
        }
        return some;
    }
}
