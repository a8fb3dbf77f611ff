package dev.domin.testkit.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads what tcpdump captures here; that needs the permission to capture. */
class TcpdumpTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"lo,nano,EN10MB", "lo,micro,EN10MB", "any,nano,LINUX_SLL", "any,micro,LINUX_SLL2"})
    void shouldReadWhatTcpdumpCaptures(String device, String precision, String link) throws Exception {
        var tcpdump = Tool.require("tcpdump", "tcpdump");
        var before = Instant.now().minusSeconds(1);
        var loopback = InetAddress.getByName("127.0.0.1");
        try (var server = new DatagramSocket(0, loopback);
                var client = new DatagramSocket(0, loopback)) {
            var file = folder.resolve("lo.pcap");
            var log = folder.resolve("log.txt");
            var command = new ArrayList<>(List.of(tcpdump.path(), "-i", device, "-n", "-U", "--immediate-mode"));
            command.addAll(List.of("--time-stamp-precision=" + precision, "-y", link, "-w", file.toString()));
            // Further fragments have no ports.
            command.add("udp port " + server.getLocalPort() + " or (ip[6:2] & 0x1fff != 0)");
            var capture = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                await().until(() -> !capture.isAlive() || Files.readString(log).contains("listening on"));
                assumeTrue(capture.isAlive(), "skipped: tcpdump cannot capture here: no permission, or no such device");
                send(client, server, "hello");
                // The buffer of tcpdump may not exist yet when it says that it listens.
                await().pollInterval(Duration.ofMillis(50)).until(() -> {
                    if (datagrams(file, server.getLocalPort()).isEmpty()) {
                        send(client, server, "hello");
                        return false;
                    }
                    return true;
                });
                send(client, server, "x".repeat(65_507)); // may be in fragments
                await().until(() ->
                        datagrams(file, server.getLocalPort()).stream().anyMatch(each -> each.length() == 65_507));
            } finally {
                capture.destroy();
                capture.waitFor();
            }
            assertThat(datagrams(file, server.getLocalPort()))
                    .allSatisfy(each -> {
                        assertThat(each.source()).isEqualTo(new InetSocketAddress(loopback, client.getLocalPort()));
                        assertThat(each.time()).isBetween(before, Instant.now().plusSeconds(1));
                    })
                    .extracting(CapturedDatagram::text)
                    .startsWith("hello")
                    .endsWith("x".repeat(65_507));
        }
    }

    private static void send(DatagramSocket from, DatagramSocket to, String text) throws IOException {
        var bytes = Packets.text(text);
        from.send(new DatagramPacket(bytes, bytes.length, to.getLocalSocketAddress()));
    }

    private static List<CapturedDatagram> datagrams(Path file, int port) throws IOException {
        if (!Files.exists(file) || Files.size(file) < 4) {
            return List.of();
        }
        return CaptureReader.readAll(file).stream()
                .filter(each -> each.destination().getPort() == port)
                .toList();
    }
}
