package dev.domin.conformance;

import static dev.domin.testkit.ByteRange.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.domin.testkit.Recording;
import dev.domin.testkit.UdpServer;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What tcpdump has captured of a conversation with another server is replayed as the server. */
@Timeout(120)
class RealCaptureTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final List<List<String>> QUERIES = List.of(
            List.of("A", "a.example.test"),
            List.of("AAAA", "a.example.test"),
            List.of("TXT", "t.example.test"),
            List.of("MX", "example.test"),
            List.of("A", "nothing.example.test"),
            List.of("A", "a.example.test"));

    @TempDir
    Path folder;

    private static String dig(Tool dig, int port, List<String> query) {
        return dig.run(
                        "",
                        "@127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "+nocookie", // which would be another one in each query
                        "+tries=3",
                        "+noall",
                        "+comments",
                        "+answer",
                        "-t",
                        query.get(0),
                        query.get(1))
                .replaceAll("id: \\d+", "id");
    }

    @Test
    void shouldGiveDigTheAnswersOfDnsmasq() throws Exception {
        var dig = Tool.require("dig", "bind9-dnsutils");
        var dnsmasq = Tool.require("dnsmasq", "dnsmasq-base");
        var tcpdump = Tool.require("tcpdump", "tcpdump");
        assumeTrue("root".equals(System.getProperty("user.name")), "skipped: only root may capture packets");
        int port = freePort();
        var capture = folder.resolve("dns.pcap");
        var answers = new ArrayList<String>();
        var server = start(
                "dnsmasq",
                dnsmasq.path(),
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--pid-file",
                "--user=root",
                "--no-resolv",
                "--no-hosts",
                "--listen-address=127.0.0.1",
                "--bind-interfaces",
                "--port=" + port,
                "--local=/test/",
                "--host-record=a.example.test,192.0.2.1,2001:db8::1",
                "--txt-record=t.example.test,recorded",
                "--mx-host=example.test,mail.example.test,10");
        try {
            var sniffer = start(
                    "tcpdump",
                    tcpdump.path(),
                    "-i",
                    "lo",
                    "-Z",
                    "root",
                    "-U",
                    "-w",
                    capture.toString(),
                    "udp port " + port);
            try {
                await().atMost(LONG)
                        .until(() ->
                                Files.readString(folder.resolve("tcpdump.log")).contains("listening on lo"));
                await().atMost(LONG).until(() -> dig(dig, port, QUERIES.get(0)).contains("192.0.2.1"));
                for (var query : QUERIES) {
                    answers.add(dig(dig, port, query));
                }
                await().atMost(LONG)
                        .ignoreExceptions() // tcpdump writes it meanwhile
                        .until(() -> Recording.read(capture).size() >= 2 + 2 * QUERIES.size());
            } finally {
                stop(sniffer);
            }
        } finally {
            stop(server);
        }
        assertThat(answers.get(0)).contains("status: NOERROR", "192.0.2.1");
        assertThat(answers.get(2)).contains("\"recorded\"");
        assertThat(answers.get(4)).contains("status: NXDOMAIN");

        var recording = Recording.read(capture).ofServer(port).ignoring(bytes(0, 2));
        assertThat(recording.leftOut()).isEmpty();
        try (var replayed = UdpServer.replaying(recording).strict().start()) {
            for (int i = 0; i < QUERIES.size(); i++) {
                assertThat(dig(dig, replayed.port(), QUERIES.get(i)))
                        .as("%s", QUERIES.get(i))
                        .isEqualTo(answers.get(i));
            }
            replayed.throwIfFailed();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Process start(String name, String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
