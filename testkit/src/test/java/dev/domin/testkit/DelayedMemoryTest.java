package dev.domin.testkit;

import static dev.domin.testkit.Match.any;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Long delays do not use up the memory of a process, and what they lose is in the journal. */
@Timeout(60)
class DelayedMemoryTest {

    private static final int PACKETS = 200;
    private static final int SIZE = 60_000;
    private static final String DELAYED = "CLOSED delayed when the server closed";
    private static final String FULL = "packets that wait take up all the memory that they may";

    @TempDir
    Path folder;

    /** A server with a heap of 64 MB: 8 MB of the 12 MB that come can be delayed. Prints the fates. */
    static final class SmallServer {

        private SmallServer() {}

        public static void main(String[] args) {
            Reply reply = Reply.bytes(new byte[args[0].equals("small late reply") ? 1 : SIZE]);
            UdpServer server = UdpServer.create().keep(1000, 32 << 20).start();
            server.when(any()).reply(args[0].endsWith("late reply") ? reply.after(ofHours(1)) : reply);
            Faults faults = server.faults();
            switch (args[0]) {
                case "delayed request" -> faults.requests().always().delay(ofHours(1));
                case "shortened request" ->
                    faults.requests().always().truncate(1).requests().always().delay(ofHours(1));
                case "many copies" -> {
                    faults.requests().always().delay(ofHours(1));
                    faults.requests().nth(100).duplicate(100);
                }
                case "delayed answer" -> faults.replies().always().delay(ofHours(1));
                default -> {}
            }
            try (server;
                    UdpClient client = UdpClient.to(server.address())) {
                for (int i = 1; i <= PACKETS; i++) {
                    int count = i;
                    client.send(new byte[SIZE]);
                    Awaitility.await()
                            .pollDelay(Duration.ZERO)
                            .pollInterval(ofMillis(2))
                            .until(() -> server.journal().received().size() == count);
                }
                server.settle(ofSeconds(20));
            }
            for (Packet packet : server.journal().packets()) {
                System.out.println(packet.direction() + " " + packet.fate() + " " + packet.reason() + packet.faults());
            }
        }
    }

    private List<String> run(String what) throws Exception {
        Path output = folder.resolve("output");
        int status = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallServer.class.getName(),
                        what)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        List<String> lines = Files.readAllLines(output);
        assertThat(status).as(String.join("\n", lines)).isZero();
        return lines;
    }

    /** What is kept in memory counts, with 512 bytes for each packet. */
    private static void assertLost(List<String> lines, int kept, String delayed, String lost) {
        int most = (8 << 20) / (kept + 512);
        assertThat(lines).filteredOn(delayed::equals).hasSizeBetween(most - 10, most);
        assertThat(lines).filteredOn(lost::equals).hasSizeBetween(PACKETS - most, PACKETS - most + 10);
        assertThat(lines)
                .filteredOn(each -> each.equals(delayed) || each.equals(lost))
                .hasSize(PACKETS);
    }

    @Test
    void shouldLoseDelayedRequests() throws Exception {
        List<String> lines = run("delayed request");
        String faults = "[delayed 3600 s by always]";
        assertLost(lines, SIZE, "IN " + DELAYED + faults, "IN FAULT lost: " + FULL + faults);
        assertThat(lines).hasSize(PACKETS);
    }

    @Test
    void shouldLoseDelayedAnswers() throws Exception {
        List<String> lines = run("delayed answer");
        String faults = "[delayed 3600 s by always]";
        assertLost(lines, SIZE, "OUT " + DELAYED + faults, "OUT FAULT lost: " + FULL + faults);
        assertThat(lines).filteredOn(each -> each.equals("IN HANDLED []")).hasSize(PACKETS);
    }

    @Test
    void shouldRefuseLateReplies() throws Exception {
        List<String> lines = run("late reply");
        assertLost(lines, 2 * SIZE, "OUT " + DELAYED + "[]", "OUT REFUSED not sent: " + FULL + "[]");
        assertThat(lines).filteredOn(each -> each.equals("IN HANDLED []")).hasSize(PACKETS);
    }

    /** The packets that they answer are kept, too. */
    @Test
    void shouldRefuseSmallLateRepliesToLargeRequests() throws Exception {
        List<String> lines = run("small late reply");
        assertLost(lines, SIZE + 1, "OUT " + DELAYED + "[]", "OUT REFUSED not sent: " + FULL + "[]");
    }

    /** The journal has them as they were. */
    @Test
    void shouldLoseDelayedRequestsThatWereCutOff() throws Exception {
        List<String> lines = run("shortened request");
        String faults = "[cut off after 1 bytes by always, delayed 3600 s by always]";
        assertLost(lines, SIZE, "IN " + DELAYED + faults, "IN FAULT lost: " + FULL + faults);
    }

    @Test
    void shouldSayHowManyCopiesAreLost() throws Exception {
        assertThat(run("many copies"))
                .anySatisfy(each -> assertThat(each)
                        .startsWith("IN " + DELAYED + "[delayed 3600 s by always, duplicated by nth(100), ")
                        .containsPattern(", [1-9][0-9] of 101 copies lost: " + FULL + "]"));
    }
}
