package dev.domin.testkit;

import static dev.domin.testkit.ByteRange.bytes;
import static dev.domin.testkit.Match.any;
import static dev.domin.testkit.Match.prefix;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.domin.testkit.capture.CaptureFormatException;
import dev.domin.testkit.capture.CaptureReader;
import dev.domin.testkit.capture.CaptureWriter;
import dev.domin.testkit.capture.CapturedDatagram;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {

    private static final Duration LONG = ofSeconds(20);

    @TempDir
    Path folder;

    /** Requests begin with two bytes that vary; answers repeat them. */
    private Path record() {
        Path file = folder.resolve("run.pcapng");
        UdpServer server = UdpServer.answering(packet -> Reply.text(packet.text() + "!"))
                .recordTo(file)
                .start();
        server.when(prefix("00several"))
                .reply(Reply.text("00one"), Reply.text("00two").after(ofMillis(30)));
        server.when(prefix("00none")).silence();
        try (server;
                UdpClient client = UdpClient.to(server.address())) {
            assertThat(client.ask("01a", LONG).text()).isEqualTo("01a!");
            assertThat(client.ask("02b", LONG).text()).isEqualTo("02b!");
            client.send("00none");
            server.await(1, prefix("00none"), LONG);
            assertThat(client.ask("00several", LONG).text()).isEqualTo("00one");
            assertThat(client.await(LONG).text()).isEqualTo("00two");
            assertThat(client.ask("03a", LONG).text()).isEqualTo("03a!");
        }
        return file;
    }

    @Test
    void shouldRecordAllPacketsInTheirOrder() throws Exception {
        List<CapturedDatagram> datagrams = CaptureReader.readAll(record());
        assertThat(datagrams)
                .extracting(CapturedDatagram::text)
                .containsExactly("01a", "01a!", "02b", "02b!", "00none", "00several", "00one", "00two", "03a", "03a!");
        assertThat(datagrams).allMatch(each -> each.comment().isEmpty());
        assertThat(datagrams.get(1).source()).isEqualTo(datagrams.get(0).destination());
        assertThat(datagrams.get(1).time()).isAfter(datagrams.get(0).time());
    }

    @Test
    void shouldKnowTheServerThatSendsBeforeItsFirstAnswer() throws Exception {
        Path file = folder.resolve("push.pcapng");
        UdpServer server = UdpServer.create().recordTo(file).start();
        server.when(any()).reply(packet -> {
            server.send(Reply.text("news"), packet.peer());
            return Reply.text("answer");
        });
        try (server;
                UdpClient client = UdpClient.to(server.address())) {
            assertThat(client.ask("request", LONG).text()).isEqualTo("news");
            assertThat(client.await(LONG).text()).isEqualTo("answer");
        }
        Recording recording = Recording.read(file);
        assertThat(recording.toString()).isEqualTo("recording of 1 request to 127.0.0.1:" + server.port());
        assertThat(recording.exchanges().get(0).answers())
                .extracting(answer -> new String(answer.payload(), UTF_8))
                .containsExactly("news", "answer");
        assertThat(recording.leftOut()).isEmpty();
    }

    @Test
    void shouldNoteFatesThatAreNotPlain() throws Exception {
        Path file = folder.resolve("faults.pcapng");
        UdpServer server = UdpServer.echo().recordTo(file).start();
        server.faults().requests().nth(1).drop();
        server.faults().replies().nth(1).drop();
        server.when(prefix("bad")).fail("as the test wants");
        try (server;
                UdpClient client = UdpClient.to(server.address()).retry(3, ofMillis(100))) {
            assertThat(client.ask("x", LONG).text()).isEqualTo("x");
            client.send("bad");
            server.await(1, prefix("bad"), LONG);
        }
        assertThat(CaptureReader.readAll(file))
                .extracting(each -> each.comment().orElse(""))
                .containsExactly(
                        "fate: fault; dropped by nth(1)",
                        "",
                        "fate: fault; dropped by nth(1)",
                        "",
                        "",
                        "fate: failed: as the test wants");
        assertThat(Recording.read(file).size()).isEqualTo(4);
    }

    @Test
    void shouldHaveAPacketOnDiskWhileItsHandlerRuns() throws Exception {
        Path file = folder.resolve("slow.pcapng");
        var latch = new java.util.concurrent.CountDownLatch(1);
        UdpServer server = UdpServer.answering(packet -> {
                    latch.await();
                    return Reply.none();
                })
                .recordTo(file)
                .start();
        try (server;
                UdpClient client = UdpClient.to(server.address())) {
            client.send("x");
            Awaitility.await()
                    .untilAsserted(() -> assertThat(CaptureReader.readAll(file)).hasSize(1));
            latch.countDown();
        }
        assertThat(CaptureReader.readAll(file))
                .singleElement()
                .satisfies(each -> assertThat(each.comment()).contains("fate: not decided when this was written"));
    }

    @Test
    void shouldReplayAsTheServerByEqualBytes() throws Exception {
        Recording recording = Recording.read(record());
        assertThat(recording.exchanges()).hasSize(5);
        try (UdpServer server = UdpServer.replaying(recording).strict().start();
                UdpClient client = UdpClient.to(server.address())) {
            assertThat(client.ask("03a", LONG).text()).isEqualTo("03a!");
            assertThat(client.ask("00several", LONG).text()).isEqualTo("00one");
            assertThat(client.await(LONG).text()).isEqualTo("00two");
            client.send("09a");
            server.await(1, prefix("09a"), LONG);
            Awaitility.await().until(() -> !server.journal().unmatched().isEmpty());
            assertThatThrownBy(server::throwIfFailed)
                    .hasMessageContaining("30 31 61")
                    .hasMessageContaining("30 39 61");
        }
    }

    @Test
    void shouldCopyFieldsThatVary() throws Exception {
        Recording recording = Recording.read(record()).ignoring(bytes(0, 2));
        try (UdpServer server = UdpServer.replaying(recording).start();
                UdpClient client = UdpClient.to(server.address())) {
            assertThat(client.ask("77a", LONG).text()).isEqualTo("77a!");
            assertThat(client.ask("xyb", LONG).text()).isEqualTo("xyb!");
        }
    }

    @Test
    void shouldReplayInOrder() throws Exception {
        Recording recording = Recording.read(record()).inOrder();
        try (UdpServer server = UdpServer.replaying(recording).start();
                UdpClient client = UdpClient.to(server.address())) {
            assertThat(client.ask("?", LONG).text()).isEqualTo("01a!");
            assertThat(client.ask("?", LONG).text()).isEqualTo("02b!");
            client.send("?");
            assertThat(client.ask("?", LONG).text()).isEqualTo("00one");
            assertThat(client.await(LONG).text()).isEqualTo("00two");
            assertThat(client.ask("?", LONG).text()).isEqualTo("03a!");
            client.send("one too many");
            Awaitility.await().until(() -> server.journal().unmatched().size() == 1);
        }
    }

    @Test
    void shouldKeepTheRecordedDelays() throws Exception {
        Recording recording = Recording.read(record()).timed();
        try (UdpServer server = UdpServer.replaying(recording).start();
                UdpClient client = UdpClient.to(server.address())) {
            assertThat(client.ask("00several", LONG).text()).isEqualTo("00one");
            assertThat(client.await(LONG).text()).isEqualTo("00two");
            Packet asked = server.journal().received().get(0);
            assertThat(Duration.between(
                            asked.time(), server.journal().sent().get(1).time()))
                    .isGreaterThanOrEqualTo(ofMillis(30));
        }
    }

    @Test
    void shouldReplayAsTheClientAndCompare() throws Exception {
        Recording recording = Recording.read(record());
        try (UdpServer same =
                UdpServer.answering(packet -> Reply.text(packet.text() + "!")).start()) {
            same.when(prefix("00several")).reply(Reply.text("00one"), Reply.text("00two"));
            same.when(prefix("00none")).silence();
            ReplayReport report = Replay.of(recording).waiting(LONG).to(same.address());
            assertThat(report.throwIfDifferent().same()).isEqualTo(5);
            assertThat(report.sent()).isEqualTo(5);
            same.verify(5, any());
        }
        try (UdpServer other =
                UdpServer.answering(packet -> Reply.text(packet.text() + "?")).start()) {
            other.when(prefix("00")).silence();
            ReplayReport report = Replay.of(recording)
                    .speed(Double.POSITIVE_INFINITY)
                    .waiting(ofMillis(300))
                    .to(other.address());
            assertThat(report.same()).isZero();
            assertThatThrownBy(report::throwIfDifferent)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("answer 1 differs")
                    .hasMessageContaining("30 31 61 21")
                    .hasMessageContaining("is missing");
        }
    }

    @Test
    void shouldReadDatagramsInTheOrderOfTheirTimes() throws Exception {
        Path file = folder.resolve("order.pcapng");
        InetSocketAddress server = new InetSocketAddress("127.0.0.1", 53);
        InetSocketAddress client = new InetSocketAddress("127.0.0.1", 4000);
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        try (CaptureWriter writer = CaptureWriter.create(file)) {
            writer.write(start.plusMillis(1), server, client, new byte[] {2});
            writer.write(start, client, server, new byte[] {1});
        }
        Recording recording = Recording.read(file);
        assertThat(recording).hasToString("recording of 1 request to 127.0.0.1:53");
        assertThat(recording.exchanges().get(0).answers()).hasSize(1);
    }

    @Test
    void shouldSayWhichPortsThereAre() throws Exception {
        Recording recording = Recording.read(record());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> recording.ofServer(9))
                .withMessageContaining("no datagram of the recording was sent to port 9; they were sent to [");
        assertThat(recording.toString()).startsWith("recording of 5 requests to 127.0.0.1:");
    }

    @Test
    void shouldRefuseADamagedRecording() throws Exception {
        String header = "d4c3b2a1020004000000000000000000ffff000065000000";
        String packet = "0000000000000000" + "01000040" + "01000040"; // its length is not plausible
        Path damaged =
                Files.write(folder.resolve("damaged.pcap"), HexFormat.of().parseHex(header + packet));
        assertThatThrownBy(() -> Recording.read(damaged))
                .isInstanceOf(CaptureFormatException.class)
                .hasMessageContaining("expected");
    }
}
