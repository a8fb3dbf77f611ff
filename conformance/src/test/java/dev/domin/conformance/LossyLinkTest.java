package dev.domin.conformance;

import static dev.domin.testkit.Match.any;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.junit.StartUdp;
import dev.domin.testkit.Fate;
import dev.domin.testkit.Journal;
import dev.domin.testkit.Packet;
import dev.domin.testkit.Reply;
import dev.domin.testkit.UdpServer;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Common clients and servers of the test kit, with a link between them that loses packets. */
@Timeout(180)
class LossyLinkTest {

    private static final double LOSS = 0.2;

    @StartUdp
    final UdpServer dns = UdpServer.script(Project.file("examples/dns.dom"));

    @StartUdp
    final UdpServer snmp = UdpServer.script(Project.file("examples/snmp.dom"));

    @StartUdp
    final UdpServer coap = UdpServer.script(Project.file("examples/coap.dom"));

    @StartUdp
    final UdpServer tftp = UdpServer.script(Project.file("examples/tftp.dom"));

    @StartUdp
    final UdpServer ntp = UdpServer.answering(LossyLinkTest::answerOfNtp);

    /** Loses packets in both directions. */
    private static void lose(UdpServer server, long seed) {
        server.faults().seed(seed);
        server.faults().requests().chance(LOSS).drop();
        server.faults().replies().chance(LOSS).drop();
    }

    /** The client asked again if and only if its request or the answer was lost, and in the end it had an answer. */
    private static void assertRetries(Journal journal, int questions) {
        assertThat(journal.faulted()).as("lost packets").isNotEmpty();
        long answered = journal.sent().stream()
                .filter(answer -> answer.fate() == Fate.SENT)
                .count();
        assertThat(journal.faulted()).extracting(Packet::fate).containsOnly(Fate.FAULT);
        assertThat(answered).as("answers that arrived\n%s", journal).isGreaterThanOrEqualTo(questions);
        assertThat(journal.received())
                .as("questions and retries\n%s", journal)
                .hasSizeGreaterThanOrEqualTo(questions + 1)
                .hasSize((int) answered + journal.faulted().size());
    }

    @Test
    void shouldSeeDigAskAgain() {
        var dig = Tool.require("dig", "bind9-dnsutils");
        dns.faults().replies().nth(1).drop();
        assertThat(dig.run(
                        "",
                        "@127.0.0.1",
                        "-p",
                        Integer.toString(dns.port()),
                        "+tries=5",
                        "+time=1",
                        "+short",
                        "example.test"))
                .endsWith("192.0.2.1\n");
        var queries = dns.await(2, any(), ofSeconds(10));
        assertThat(queries).extracting(Packet::fate).containsOnly(Fate.HANDLED);
        assertThat(queries.get(1).payload())
                .as("the same query")
                .isEqualTo(queries.get(0).payload());
        assertThat(dns.journal().gapBetween(1, 2)).isBetween(ofMillis(900), ofSeconds(20));
        assertThat(dns.journal().sent())
                .extracting(answer -> answer.answerTo() + " " + answer.fate())
                .startsWith("1 FAULT", "2 SENT");
    }

    @Test
    void shouldAnswerSnmpget() {
        var snmpget = Tool.require("snmpget", "snmp");
        lose(snmp, 29);
        for (int i = 0; i < 5; i++) {
            assertThat(snmpget.run(
                            "",
                            "-m",
                            "",
                            "-On",
                            "-v2c",
                            "-c",
                            "public",
                            "-r",
                            "20",
                            "-t",
                            "1",
                            "127.0.0.1:" + snmp.port(),
                            ".1.3.6.1.2.1.1.5.0"))
                    .contains("STRING: \"mock.example.test\"");
        }
        assertRetries(snmp.journal(), 5);
    }

    @Test
    void shouldAnswerCoapClient() {
        var client = Tool.require("coap-client-notls", "libcoap3-bin");
        lose(coap, 42);
        for (int i = 0; i < 5; i++) {
            assertThat(client.run("", "-m", "get", "coap://127.0.0.1:" + coap.port() + "/hello"))
                    .isEqualTo("Hello from domin.\n");
        }
        assertRetries(coap.journal(), 5);
        // A confirmable message is sent again as it is, so with the same message id.
        var requests = coap.journal().received();
        for (int i = 1; i < requests.size(); i++) {
            long number = requests.get(i - 1).number();
            boolean lost = coap.journal().sent().stream()
                    .noneMatch(answer -> answer.answerTo() == number && answer.fate() == Fate.SENT);
            if (lost) {
                assertThat(requests.get(i).payload())
                        .isEqualTo(requests.get(i - 1).payload());
                assertThat(coap.journal().gapBetween(number, number + 1))
                        .as("the timeout of acknowledgements, 2 to 3 s")
                        .isGreaterThan(ofMillis(1900));
            }
        }
    }

    @Test
    void shouldServeTftp(@TempDir Path folder) throws Exception {
        var client = Tool.require("tftp", "tftp-hpa");
        lose(tftp, 29);
        for (var file : new String[] {"blocks.bin", "exact.bin"}) {
            client.run(
                    "rexmt 1\ntimeout 60\nmode octet\nget %s %s\nquit\n".formatted(file, folder.resolve(file)),
                    "127.0.0.1",
                    Integer.toString(tftp.port()));
        }
        assertThat(Files.readAllBytes(folder.resolve("blocks.bin"))).isEqualTo(UdpClient.pattern(1300));
        assertThat(Files.readAllBytes(folder.resolve("exact.bin"))).isEqualTo(UdpClient.pattern(1024));
        assertThat(tftp.journal().faulted()).isNotEmpty();
        // Three blocks each, so two requests and six acknowledgements, and one of these again for each loss, unless it
        // was that of the last acknowledgement of a file: then the client has all blocks.
        tftp.await(6 + tftp.journal().faulted().size(), any(), ofSeconds(10));
    }

    @Test
    void shouldAnswerChronyd(@TempDir Path folder) {
        var chronyd = Tool.require("chronyd", "chrony");
        lose(ntp, 16); // the first request is lost, and nothing after it
        var output = chronyd.run(
                "",
                "-U", // also works for a user who is not root
                "-x", // does not change the clock
                "-Q",
                "-t",
                "50",
                "server 127.0.0.1 port " + ntp.port() + " iburst maxsamples 1",
                "pidfile " + folder.resolve("chronyd.pid"));
        assertThat(output).containsPattern("System clock wrong by -?0\\.\\d+ seconds");
        assertThat(ntp.journal().faulted()).isNotEmpty();
        assertThat(ntp.journal().received()).hasSizeGreaterThan(1);
        assertThat(ntp.journal().gapBetween(1, 2))
                .as("between requests of a burst")
                .isGreaterThan(ofMillis(1500));
    }

    /** The answer of a server of stratum 1 whose clock is the system's. */
    private static Reply answerOfNtp(Packet request) {
        var asked = ByteBuffer.wrap(request.payload());
        if (asked.capacity() < 48 || (asked.get(0) & 7) != 3) {
            return Reply.none();
        }
        var now = Instant.now();
        long time = now.getEpochSecond() + 2_208_988_800L << 32 | ((long) now.getNano() << 32) / 1_000_000_000;
        return Reply.bytes(ByteBuffer.allocate(48)
                .put((byte) (asked.get(0) & 0x38 | 4)) // the same version, as a server
                .put((byte) 1)
                .put(asked.get(2))
                .put((byte) -20) // the precision: about 1 µs
                .putLong(0) // delay and dispersion
                .putInt(0x54455354) // TEST
                .putLong(time)
                .putLong(asked.getLong(40)) // when the client has sent it
                .putLong(time)
                .putLong(time)
                .array());
    }
}
