package dev.domin.cli.kit;

import static dev.domin.cli.kit.RunningCommand.LONG;
import static dev.domin.cli.kit.RunningCommand.freePort;
import static dev.domin.cli.kit.RunningCommand.run;
import static dev.domin.cli.kit.RunningCommand.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.domin.testkit.Match;
import dev.domin.testkit.Reply;
import dev.domin.testkit.UdpClient;
import dev.domin.testkit.UdpServer;
import dev.domin.testkit.capture.CaptureReader;
import dev.domin.udp.UdpEndpoint;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code domin proxy}. */
@Tag("timing")
@Timeout(120)
class ProxyTest {

    @TempDir
    Path folder;

    @Test
    void shouldSendEachAnswerToItsClient() throws Exception {
        try (var server = UdpServer.answering(packet -> Reply.several(
                                Reply.bytes(packet.payload()),
                                Reply.text(packet.peer().getPort() + "")))
                        .start();
                var proxy = start("proxy", "0", "127.0.0.1:" + server.port())) {
            assertThat(proxy.port()).isPositive();
            await().atMost(LONG).until(() -> proxy.out().endsWith("\nforwarding to 127.0.0.1:" + server.port() + "\n"));
            var clients = new ArrayList<UdpClient>();
            var seen = new ArrayList<String>();
            for (int i = 0; i < 20; i++) {
                clients.add(UdpClient.to(proxy.address()));
            }
            for (int round = 0; round < 3; round++) {
                for (var client : clients) {
                    var text = round == 0 ? "" : "from " + client.address().getPort();
                    assertThat(client.ask(text, LONG).text()).isEqualTo(text);
                    seen.add(client.await(LONG).text());
                }
            }
            assertThat(seen.subList(0, 20)).doesNotHaveDuplicates(); // a socket for each client
            assertThat(seen.subList(20, 40)).isEqualTo(seen.subList(0, 20));
            assertThat(seen.subList(40, 60)).isEqualTo(seen.subList(0, 20));
            clients.forEach(UdpClient::close);
            assertThat(proxy.stop()).isEqualTo(130);
            assertThat(proxy.err())
                    .contains(": received=", " sent=120 dropped=")
                    .endsWith(" clients=20\n");
        }
    }

    @Test
    void shouldApplyFaultsEachWayAndRecordWhatTheClientSees() throws Exception {
        var file = folder.resolve("proxy.pcapng");
        var journal = folder.resolve("proxy.jsonl");
        try (var server = UdpServer.echo().start()) {
            var proxy = start(
                    "proxy",
                    "0",
                    "" + server.port(),
                    "--faults=in.drop=1,out.truncate=3",
                    "--record=" + file,
                    "--journal=" + journal,
                    "--journal");
            InetSocketAddress client;
            try (var asking = UdpClient.to(proxy.address())) {
                client = asking.address();
                asking.send("lost");
                assertThat(asking.ask("arrives", LONG).text()).isEqualTo("arr");
            }
            assertThat(server.journal().received()).hasSize(1);
            assertThat(proxy.stop()).isEqualTo(130);
            assertThat(CaptureReader.readAll(file))
                    .extracting(each -> each.text()
                            + each.source().equals(client)
                            + each.destination().equals(client))
                    .containsExactlyInAnyOrder("losttruefalse", "arrivestruefalse", "arrivesfalsetrue");
            assertThat(Files.readAllLines(journal))
                    .hasSize(3)
                    .allMatch(line -> line.startsWith("{\"number\":") && line.endsWith("}"))
                    .anyMatch(line -> line.contains("\"direction\":\"in\"")
                            && line.contains("\"fate\":\"fault\"")
                            && line.contains("\"length\":4,\"hex\":\"6c6f7374\",\"text\":\"lost\"}"));
            assertThat(proxy.err()).contains("journal:\npackets:\n", "fault; dropped by nth(1)");
        }
    }

    @Test
    void shouldReportAServerThatDoesNotListen() throws Exception {
        int port = freePort();
        try (var proxy = start("proxy", "0", "127.0.0.1:" + port);
                var client = UdpClient.to(proxy.address())) {
            await().atMost(LONG).until(() -> {
                client.send("x");
                return proxy.err().contains("domin: nothing listens on 127.0.0.1:" + port + "\n");
            });
            client.send("x");
            assertThat(proxy.err()).hasLineCount(1);
            try (var server = UdpServer.echo().port(port).start()) {
                assertThat(client.retry(50, Duration.ofMillis(200))
                                .ask("back".getBytes(StandardCharsets.UTF_8), Match.text("back"), LONG)
                                .text())
                        .isEqualTo("back");
                assertThat(server.isRunning()).isTrue();
            }
        }
    }

    @Test
    void shouldReuseThePlaceOfTheClientThatIsIdleForLongest() throws Exception {
        var problems = new CopyOnWriteArrayList<String>();
        try (var server = UdpServer.answering(
                                packet -> Reply.text("" + packet.peer().getPort()))
                        .start();
                var relay = new ProxyRelay(server.address(), 2, problems::add);
                var front = UdpEndpoint.open(relay::forward)) {
            relay.start(front);
            try (var one = UdpClient.to(front.address());
                    var two = UdpClient.to(front.address());
                    var three = UdpClient.to(front.address())) {
                var first = one.ask("x", LONG).text();
                var second = two.ask("x", LONG).text();
                assertThat(one.ask("x", LONG).text()).isEqualTo(first);
                three.ask("x", LONG); // takes the place of two
                assertThat(one.ask("x", LONG).text()).isEqualTo(first);
                assertThat(two.ask("x", LONG).text()).isNotEqualTo(second);
            }
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void shouldLetDigAskAgain() throws Exception {
        assumeThat(isInstalled("dig")).as("skipped: there is no `dig` here").isTrue();
        var file = folder.resolve("dig.pcapng").toString();
        try (var dns = start(Path.of("..", "examples", "dns.dom").toString());
                var proxy = start("proxy", "0", "127.0.0.1:" + dns.port(), "--faults", "in.drop=1", "--record", file)) {
            assertThat(dig(proxy.port())).contains("192.0.2.1\n");
            proxy.stop();
            assertThat(CaptureReader.readAll(Path.of(file))).hasSize(3);
            assertThat(run("stat", file).out()).contains("3 UDP datagrams", "flows: ");
            try (var replay = start("replay", file, "--as-server", "--ignore=0:2")) {
                assertThat(dig(replay.port())).endsWith("192.0.2.1\n");
            }
            var again = run("replay", file, "--to", "" + dns.port(), "--speed=max");
            assertThat(again.out()).isEqualTo("1 requests sent, 1 answers as recorded, 0 different\n");
            assertThat(again.status()).isZero();
        }
    }

    private String dig(int port) throws Exception {
        var out = folder.resolve("dig.txt");
        var dig = new ProcessBuilder(List.of(
                        "dig",
                        "+short",
                        "+time=2",
                        "+tries=5",
                        "+nocookie",
                        "@127.0.0.1",
                        "-p",
                        "" + port,
                        "example.test"))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(dig.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return Files.readString(out);
        } finally {
            dig.destroyForcibly();
        }
    }

    private static boolean isInstalled(String program) {
        for (var part : System.getenv().getOrDefault("PATH", "").split(":")) {
            if (Files.isExecutable(Path.of(part, program))) {
                return true;
            }
        }
        return false;
    }
}
