package dev.domin.bench.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** The echo servers to measure, and the reasons why others are not measured. */
final class Peers {

    /** The limit for rates: the most efficient method known on Linux, in C. */
    static final String GSO = "C recvmmsg, UDP_SEGMENT";

    /** The limit for round trips: C that never sleeps. */
    static final String SPINNING = "C polling";

    /** The simplest server. Its cost compared with the limits depends much on the machine. */
    static final String BLOCKING = "C recvfrom/sendto";

    /** The limit for starts. */
    static final String BARE = "bare Java, AOT cache";

    static final String DOMIN_PROGRAM = "domin";
    static final String DOMIN = "domin, timeout -1";
    static final String DOMIN_200 = "domin, timeout 200";
    static final String NODE = "Node dgram";

    private static final String NO_POLLING = "nopolling";
    private static final String BARE_ID = "bare";

    final List<Peer> all = new ArrayList<>();
    final Map<String, String> missing = new LinkedHashMap<>();
    final BareJava bare;

    Peers(Workspace workspace, Options options, Load load) {
        bare = new BareJava(workspace, load);
        boolean comparing = workspace.old.isPresent();
        var echo = workspace.work.resolve("echo").toString();
        if (!comparing) {
            add(
                    "c",
                    BLOCKING,
                    "`bench/c/echo.c block`, -O2; requests a receive buffer of 8 MiB, as all that follow",
                    port -> List.of(echo, "block", port + ""));
            add(
                    "mmsg",
                    "C recvmmsg/sendmmsg",
                    "`echo.c mmsg`: up to 64 packets a call, no segmentation offload",
                    port -> List.of(echo, "mmsg", port + ""));
        }
        add(
                "gso",
                GSO,
                "`echo.c gso`: as above, and replies of one length to one client are sent in one call with segmentation"
                        + " offload (GSO)",
                port -> List.of(echo, "gso", port + ""));
        add("spin", SPINNING, "`echo.c spin`: never sleeps", port -> List.of(echo, "spin", port + ""));
        addDomin("domin", DOMIN, DOMIN_200, workspace, workspace.domin);
        if (!comparing) {
            add(
                    NO_POLLING,
                    "domin, timeout -1, no polling",
                    "`DOMIN_JAVA_OPTS=-Ddev.domin.udp.pollMicros=0 ./domin examples/echo.dom`",
                    port -> Commands.join(
                            List.of("env", "DOMIN_JAVA_OPTS=-Ddev.domin.udp.pollMicros=0"),
                            echoScript(workspace, workspace.domin, port).toArray(String[]::new)));
        }
        workspace.old.ifPresent(build -> addDomin("old", old(DOMIN), old(DOMIN_200), workspace, build));
        add(
                BARE_ID,
                BARE,
                "in the rows of starts only: `BareEcho.java` and `BareHello.java`, each with its own AOT cache"
                        + " and the launcher's JVM flags",
                bare::echo);
        if (!comparing) {
            addOthers(workspace, options);
        }
    }

    /** {@return the name of the build to compare with} */
    static String old(String label) {
        return "old " + label;
    }

    private void addDomin(String id, String label, String label200, Workspace workspace, Build build) {
        add(
                id,
                label,
                "`./domin examples/echo.dom`, with its start-up cache",
                port -> echoScript(workspace, build, port));
        add(
                id + "200",
                label200,
                "the same script with 200 for -1",
                port -> build.command(workspace.work.resolve("echo200.dom").toString(), port + ""));
    }

    private static List<String> echoScript(Workspace workspace, Build build, int port) {
        return build.command(workspace.example("echo.dom").toString(), port + "");
    }

    private void addOthers(Workspace workspace, Options options) {
        workspace
                .netty(!options.smoke())
                .ifPresentOrElse(
                        jar -> add(
                                "netty",
                                "Netty epoll, batch",
                                "`NettyEcho.java`: Netty 4.2 with its native transport, one event loop,"
                                        + " `MAX_DATAGRAM_PAYLOAD_SIZE` 2048 and a receive buffer of 64 of them (so it"
                                        + " uses recvmmsg), one flush a batch (sendmmsg), leak detection off",
                                port -> workspace.nettyCommand(jar, port)),
                        () -> missing.put("Netty", "bench/target/benchmarks.jar is not built"));
        find("Go", "go", Commands.find("go")).ifPresent(go -> {
            var program = workspace.work.resolve("echo-go").toString();
            Commands.run(List.of(go, "build", "-o", program, workspace.bench("peers/echo.go")));
            add(
                    "go",
                    "Go",
                    "`echo.go`: one goroutine, `ReadFromUDPAddrPort`, which allocates nothing",
                    port -> List.of(program, port + ""));
        });
        find("Node", "node", Interpreters.node())
                .ifPresent(node -> add(
                        "node",
                        NODE,
                        "`echo.js`: `node:dgram`, exclusive socket, reply to the address by number",
                        port -> List.of(node, workspace.bench("peers/echo.js"), port + "")));
        find("Python", "python3", Interpreters.python()).ifPresent(python -> {
            var script = workspace.bench("peers/echo.py");
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
        });
    }

    private void add(String id, String label, String setUp, IntFunction<List<String>> command) {
        all.add(new Peer(id, label, setUp, command));
    }

    private Optional<String> find(String name, String program, Optional<String> found) {
        if (found.isEmpty()) {
            missing.put(name, "`" + program + "` is not installed");
        }
        return found;
    }

    /** {@return the peers in the tables of rates} */
    List<Peer> inTables() {
        return all.stream()
                .filter(peer -> !peer.id().equals(NO_POLLING) && !peer.id().equals(BARE_ID))
                .toList();
    }

    /** {@return the peers of this list that can be measured, in this order} */
    List<Peer> only(String... ids) {
        return Stream.of(ids)
                .flatMap(id -> all.stream().filter(peer -> peer.id().equals(id)))
                .toList();
    }
}
