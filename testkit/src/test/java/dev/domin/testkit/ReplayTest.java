package dev.domin.testkit;

import static dev.domin.testkit.ByteRange.bytes;
import static dev.domin.testkit.Match.any;
import static dev.domin.testkit.Match.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.domin.testkit.capture.CaptureWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("timing")
class ReplayTest {

    private static final Duration LONG = ofSeconds(20);
    private static final InetSocketAddress SERVER = new InetSocketAddress("127.0.0.1", 9999);
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path folder;

    /** Each text is a request from a port of its own, or from port 20000, with the answer after {@code =}, if any. */
    private Recording record(boolean manyClients, String... exchanges) throws Exception {
        Path file = folder.resolve("replay.pcapng");
        try (var capture = CaptureWriter.create(file)) {
            for (int i = 0; i < exchanges.length; i++) {
                var client = new InetSocketAddress("127.0.0.1", 20_000 + (manyClients ? i : 0));
                String[] parts = exchanges[i].split("=");
                capture.write(START.plusNanos(2_000L * i), client, SERVER, parts[0].getBytes(UTF_8));
                if (parts.length > 1) {
                    capture.write(START.plusNanos(2_000L * i + 1_000), SERVER, client, parts[1].getBytes(UTF_8));
                }
            }
        }
        return Recording.read(file);
    }

    @Test
    void shouldNoticeALateAnswerWhereNoneWasRecorded() throws Exception {
        Recording recording = record(false, "x");
        try (UdpServer server = UdpServer.create().start()) {
            server.when(any()).reply(Reply.text("late").after(ofMillis(50)));
            ReplayReport report =
                    Replay.of(recording).waiting(LONG).quiet(ofSeconds(4)).to(server.address());
            assertThat(report.differences()).singleElement().asString().endsWith("answer 1 was not recorded: \"late\"");
        }
    }

    @Test
    void shouldNoticeAnAnswerMore() throws Exception {
        Recording recording = record(false, "x=y");
        try (UdpServer server = UdpServer.create().start()) {
            server.when(any()).reply(Reply.text("y"), Reply.text("more").after(ofMillis(50)));
            ReplayReport report =
                    Replay.of(recording).waiting(LONG).quiet(ofSeconds(4)).to(server.address());
            assertThat(report.same()).isEqualTo(1);
            assertThat(report.differences()).singleElement().asString().endsWith("answer 2 was not recorded: \"more\"");
        }
    }

    @Test
    void shouldCountOneLostAnswerAsOneDifference() throws Exception {
        Recording recording = record(false, "a=1", "b=2", "c=3", "d=4", "e=5");
        try (UdpServer server = UdpServer.replaying(recording).start()) {
            server.faults().replies().nth(1).drop();
            ReplayReport report = Replay.of(recording).waiting(ofSeconds(2)).to(server.address());
            assertThat(report.same()).isEqualTo(4);
            assertThat(report.differences()).singleElement().asString().endsWith("answer 1 is missing: \"1\"");
        }
    }

    @Test
    void shouldPairWhatDiffersBetweenEqualAnswers() throws Exception {
        Recording recording = record(false, "a=1", "b=2", "c=3", "d=4");
        Recording other = record(false, "a=1", "b=9", "c=4", "d=7");
        try (UdpServer server = UdpServer.replaying(other).start()) {
            ReplayReport report = Replay.of(recording).waiting(ofSeconds(1)).to(server.address());
            assertThat(report.same()).isEqualTo(2);
            assertThat(report.differences()).hasSize(3);
            assertThat(report.differences().get(0)).contains("answer 2 differs").contains("39");
            assertThat(report.differences().get(1)).endsWith("answer 3 is missing: \"3\"");
            assertThat(report.differences().get(2)).endsWith("answer 4 was not recorded: \"7\"");
        }
    }

    @Test
    void shouldKeepFewClientsOpenAndStartNoThreads() throws Exception {
        Path descriptors = Path.of("/proc/self/fd");
        Assumptions.assumeTrue(Files.isDirectory(descriptors), "Linux lists the open files");
        String[] exchanges = new String[1_500];
        for (int i = 0; i < exchanges.length; i++) {
            exchanges[i] = "request " + i + "=answer " + i;
        }
        Recording recording = record(true, exchanges);
        long before = count(descriptors);
        long[] most = new long[1];
        UdpServer server = UdpServer.answering(packet -> {
            if (packet.number() % 100 == 0) {
                most[0] = Math.max(most[0], count(descriptors));
                assertThat(Thread.getAllStackTraces().keySet())
                        .noneMatch(thread -> thread.getName().startsWith("domin-replay"));
            }
            return Reply.text(packet.text().replace("request", "answer"));
        });
        try (server) {
            ReplayReport report =
                    Replay.of(recording).waiting(LONG).to(server.start().address());
            assertThat(report.throwIfDifferent().same()).isEqualTo(1_500);
            assertThat(server.journal().received().stream().map(Packet::peer).distinct())
                    .hasSizeGreaterThan(1_000);
            server.throwIfFailed();
        }
        assertThat(most[0]).isBetween(before, before + ReplayRun.MOST_OPEN + 200);
    }

    private static long count(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    @Test
    void shouldAnswerManyRequestsAndExplainWhatIsNone() throws Exception {
        String[] exchanges = new String[20_000];
        for (int i = 0; i < exchanges.length; i++) {
            exchanges[i] = "00 request " + i + "=00 answer " + i;
        }
        Recording recording = record(false, exchanges).ignoring(bytes(0, 2));
        try (UdpServer server = UdpServer.replaying(recording).strict().start();
                UdpClient client = UdpClient.to(server.address()).retry(5, ofSeconds(2))) {
            for (int i = 0; i < exchanges.length; i += 40) {
                assertThat(client.ask("77 request " + i, text("77 answer " + i), LONG)
                                .text())
                        .startsWith("77");
            }
            assertThat(server.journal().received().get(0).handledBy())
                    .isEqualTo("stub for 20000 different requests of a recording");
            server.throwIfFailed();
            client.send("77 request ?");
            server.await(1, text("77 request ?"), LONG);
            org.awaitility.Awaitility.await()
                    .until(() -> server.journal().unmatched().size() == 1);
            assertThatThrownBy(server::throwIfFailed)
                    .hasMessageContaining("wanted: exactly hex \"????20726571756573742030\"");
        }
    }
}
