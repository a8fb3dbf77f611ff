package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the examples with the command, and with common clients. */
class ExamplesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A query for the address of example.test. */
    private static final String QUERY = "beef01000001000000000000" + "076578616d706c650474657374000001" + "0001";

    private static final String ANSWER = "beef85000001000100000000" + "076578616d706c650474657374000001" + "0001"
            + "c00c000100010000003c0004c0000201";

    @Test
    void shouldPrintHello() {
        try (var hello = DominProcess.startExample("hello.dom")) {
            assertThat(hello.await()).isZero();
            assertThat(hello.out().text()).isEqualTo("hello, world\n");
            assertThat(hello.err().text()).isEmpty();
        }
    }

    @Test
    void shouldEchoToAJavaClient() {
        try (var echo = DominProcess.startExample("echo.dom");
                var client = new UdpClient(echo.out().awaitPort())) {
            for (int length : new int[] {0, 1, 512, 1400, 9000, 65507}) {
                client.send(UdpClient.pattern(length));
                assertThat(client.receive()).as("echo of %d bytes", length).hasValue(UdpClient.pattern(length));
            }
            assertThat(echo.terminate()).isEqualTo(DominProcess.TERMINATED);
            assertThat(echo.err().text())
                    .containsPattern("id=1 state=\\w+ stateCode=\\d callback=OnPacket timeout=-1 port=\\d+"
                            + " handled=6 dropped=0");
        }
    }

    @Test
    void shouldEchoToNetcat() {
        var netcat = Tool.require("nc", "netcat-openbsd");
        try (var echo = DominProcess.startExample("echo.dom")) {
            var answer = netcat.run("hello", "-u", "-w1", "127.0.0.1", port(echo));
            assertThat(answer).isEqualTo("hello");
        }
    }

    @Test
    void shouldListenOnThePortOfItsArgument() throws IOException {
        int free = freePort();
        try (var echo = DominProcess.startExample("echo.dom", Integer.toString(free))) {
            assertThat(echo.out().awaitPort()).isEqualTo(free);
        }
    }

    @Test
    void shouldAnswerDig() {
        var dig = Tool.require("dig", "bind9-dnsutils");
        try (var dns = DominProcess.startExample("dns.dom")) {
            var port = port(dns);
            assertThat(dig.run("", "@127.0.0.1", "-p", port, "+short", "example.test"))
                    .isEqualTo("192.0.2.1\n");
            assertThat(dig.run("", "@127.0.0.1", "-p", port, "+short", "WWW.Example.Test"))
                    .isEqualTo("192.0.2.2\n");
            assertThat(dig.run("", "@127.0.0.1", "-p", port, "nobody.test"))
                    .contains("status: NXDOMAIN")
                    .contains("ANSWER: 0");
            assertThat(dig.run("", "@127.0.0.1", "-p", port, "AAAA", "example.test"))
                    .contains("status: NOERROR")
                    .contains("ANSWER: 0");
            assertThat(dig.run("", "@127.0.0.1", "-p", port, "example.test"))
                    .contains("status: NOERROR")
                    .contains("flags: qr aa rd;")
                    .containsPattern("example\\.test\\.\\s+60\\s+IN\\s+A\\s+192\\.0\\.2\\.1");
        }
    }

    @Test
    void shouldAnswerADnsQueryByteForByte() {
        try (var dns = DominProcess.startExample("dns.dom");
                var client = new UdpClient(dns.out().awaitPort())) {
            client.send(HexFormat.of().parseHex(QUERY));
            assertThat(client.receive().map(HexFormat.of()::formatHex)).hasValue(ANSWER);
        }
    }

    /**
     * Names that look like one in the table but are different: labels are bytes, and may contain points and 0 bytes.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "10" + "7777772e6578616d706c652e74657374" + "00", // one label, "www.example.test"
                "0c" + "6578616d706c652e74657374" + "00", // one label, "example.test"
                "07" + "6578616d706c65" + "05" + "7465737400" + "00", // a 0 byte after the name
                "07" + "6578616d706c65" + "09" + "74657374006576696c" + "00", // test\0evil
                "09" + "6c6f63616c686f7374" + "01" + "00" + "00",
                "0a" + "6c6f63616c686f737400" + "00",
                "07" + "6578616d706c65" + "04" + "74657374" + "04" + "74657374" + "00",
                "04" + "74657374" + "00",
                "00"
            })
    void shouldNotAnswerForANameThatIsNotInTheTable(String name) {
        try (var dns = DominProcess.startExample("dns.dom");
                var client = new UdpClient(dns.out().awaitPort())) {
            client.send(HexFormat.of().parseHex("beef0100" + "0001000000000000" + name + "00010001"));
            assertThat(client.receive().map(HexFormat.of()::formatHex))
                    .hasValue("beef8503" + "0001000000000000" + name + "00010001");
            client.send(HexFormat.of().parseHex(QUERY));
            assertThat(client.receive().map(HexFormat.of()::formatHex)).hasValue(ANSWER);
        }
    }

    @Test
    void shouldAnswerDigThatANameWithAPointInALabelIsUnknown() {
        var dig = Tool.require("dig", "bind9-dnsutils");
        try (var dns = DominProcess.startExample("dns.dom")) {
            var port = port(dns);
            for (var name : new String[] {"www\\.example\\.test", "example.test\\000", "example.test\\000evil"}) {
                assertThat(dig.run("", "@127.0.0.1", "-p", port, name))
                        .contains("status: NXDOMAIN")
                        .contains("ANSWER: 0");
            }
        }
    }

    @Test
    void shouldSurviveDamagedDnsQueries() {
        var query = HexFormat.of().parseHex(QUERY);
        var random = new Random(5353);
        try (var dns = DominProcess.startExample("dns.dom");
                var client = new UdpClient(dns.out().awaitPort()); // whose buffer is too small for the answers
                var friend = new UdpClient(dns.out().awaitPort())) {
            for (int length = 0; length < query.length; length++) {
                client.send(Arrays.copyOf(query, length));
            }
            for (int i = 0; i < 300; i++) {
                var damaged = query.clone();
                for (int k = 0; k < 3; k++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                client.send(damaged);
                var noise = new byte[random.nextInt(100)];
                random.nextBytes(noise);
                client.send(noise);
            }
            friend.send(query);
            assertThat(friend.receive().map(HexFormat.of()::formatHex))
                    .as("the answer to the valid query at the end")
                    .hasValue(ANSWER);
            dns.terminate();
            assertThat(dns.err().text()).doesNotContain("error").contains("dropped=0");
        }
    }

    @Test
    void shouldPrintWhatLoggerSends() {
        var logger = Tool.require("logger", "bsdutils");
        try (var syslog = DominProcess.startExample("syslog.dom")) {
            logger.run(
                    "",
                    "--rfc5424",
                    "-n",
                    "127.0.0.1",
                    "-P",
                    port(syslog),
                    "-d",
                    "-p",
                    "local3.warning",
                    "-t",
                    "roof",
                    "the roof is on fire");
            awaitOutput(syslog, "local3.warning time=");
            awaitOutput(syslog, " app=roof ");
            awaitOutput(syslog, "the roof is on fire\n");
        }
    }

    @Test
    void shouldPrintTheFieldsOfASyslogMessage() {
        try (var syslog = DominProcess.startExample("syslog.dom");
                var client = new UdpClient(syslog.out().awaitPort())) {
            client.send("<165>1 2003-10-11T22:14:15.003Z host.example app 4711 ID47"
                    + " [a@1 k=\"x ] \\\" y\"][b@1] \uFEFFA message, 50% done");
            client.send("<34>1 2003-10-11T22:14:15Z h su - ID - 'su root' failed");
            client.send("<34>1 2003-10-11T22:14:15Z h su - ID -");
            client.send("<13>Oct 11 22:14:15 the old form");
            client.send("");
            client.send("<");
            client.send("<999>1 x");
            awaitOutput(syslog, "not RFC 5424: <999>1 x\n");
            assertThat(syslog.out().text().lines().skip(1))
                    .containsExactly(
                            "local4.notice time=2003-10-11T22:14:15.003Z host=host.example app=app proc=4711 id=ID47"
                                    + " data=[a@1 k=\"x ] \\\\\" y\"][b@1] message=A message, 50% done",
                            "auth.crit time=2003-10-11T22:14:15Z host=h app=su proc=- id=ID data=- message='su root'"
                                    + " failed",
                            "auth.crit time=2003-10-11T22:14:15Z host=h app=su proc=- id=ID data=- message=",
                            "not RFC 5424: <13>Oct 11 22:14:15 the old form",
                            "not RFC 5424: ",
                            "not RFC 5424: <",
                            "not RFC 5424: <999>1 x");
            assertThat(client.poll()).as("an answer").isEmpty();
        }
    }

    @Test
    void shouldPrintAWholeSyslogMessageEscaped() {
        try (var syslog = DominProcess.startExample("syslog.dom");
                var client = new UdpClient(syslog.out().awaitPort())) {
            client.send("<13>1 - h app - - - GET 200\0 468 ms");
            client.send("<13>1 - h app - - - one\nkern.emerg time=- host=forged\nthree");
            client.send("<13>1 - \u001b[2Jh a\u009b1mp\r - \u202e [x k=\"\u0007\"] C:\\new\tgrüße");
            client.send("\u001b]0;title\u0007\0behind");
            client.send("<13>1 - h");
            awaitOutput(syslog, "host=h app= proc= id= data= message=\n");
            assertThat(syslog.out().text().lines().skip(1))
                    .containsExactly(
                            "user.notice time=- host=h app=app proc=- id=- data=- message=GET 200\\x00 468 ms",
                            "user.notice time=- host=h app=app proc=- id=- data=-"
                                    + " message=one\\nkern.emerg time=- host=forged\\nthree",
                            "user.notice time=- host=\\x1b[2Jh app=a\\xc2\\x9b1mp\\r proc=- id=\\xe2\\x80\\xae"
                                    + " data=[x k=\"\\x07\"] message=C:\\\\new\\tgrüße",
                            "not RFC 5424: \\x1b]0;title\\x07\\x00behind",
                            "user.notice time=- host=h app= proc= id= data= message=");
        }
    }

    @Test
    void shouldCountMetrics() {
        try (var statsd = DominProcess.startExample("statsd.dom");
                var client = new UdpClient(statsd.out().awaitPort())) {
            client.send("hits:1|c\nhits:2|c|@0.1\nload:7|g\nload:-2|g\nanswer:20|ms\nanswer:30.5|ms");
            client.send("users:ann|s\nusers:bob|s\nusers:ann|s\n");
            client.send("nonsense");
            client.send("x:y|c");
            client.send("x:1|q");
            awaitOutput(statsd, "counter hits 21\n");
            awaitOutput(statsd, "gauge load 5\n");
            awaitOutput(statsd, "timer answer count=2 mean=25 max=31\n");
            awaitOutput(statsd, "set users 2\n");
            awaitOutput(statsd, "no metric: nonsense\n");
            awaitOutput(statsd, "no metric: x:1|q\n");
            client.send("hits:10|c");
            awaitOutput(statsd, "counter hits 31\n");
            statsd.terminate();
            assertThat(statsd.err().text()).doesNotContain("error").contains("dropped=0");
        }
    }

    @Test
    void shouldApplyRatesAndRejectInvalidOnes() {
        var bad = List.of(
                "a:1|c|@x",
                "b:1|@0.1",
                "c:1|c|",
                "d:1|c|0.1",
                "e:1|c|@",
                "f:1|c|@0",
                "g:1|c|@-0.1",
                "h:1|c|@1.5",
                "i:1|c|@0.1|x",
                "j:1|c|@ 0.1",
                "k:1|c|@nan",
                "l:1|c|@1e-300",
                "m: 1|c",
                "n:1e13|c",
                "o:|s",
                "o:|c",
                ":1|c",
                "p:1",
                "q|c",
                "r".repeat(121) + ":1|c",
                "s:" + "x".repeat(121) + "|s");
        try (var statsd = DominProcess.startExample("statsd.dom");
                var client = new UdpClient(statsd.out().awaitPort())) {
            client.send(String.join("\n", bad));
            client.send("ten:1|c|@0.1\nwhole:1|c|@1\nless:-3|c|@0.5\ntime:20|ms|@0.25\nlevel:7|g|@0.1\nset:a|s|@0.1");
            awaitOutput(statsd, "set set 1\n");
            assertThat(statsd.out().text().lines().skip(1).limit(bad.size()))
                    .containsExactlyElementsOf(
                            bad.stream().map(line -> "no metric: " + line).toList());
            assertThat(statsd.out().text().lines().skip(1 + bad.size()))
                    .containsExactlyInAnyOrder(
                            "counter ten 10",
                            "counter whole 1",
                            "counter less -6",
                            "timer time count=4 mean=20 max=20",
                            "gauge level 7",
                            "set set 1");
            statsd.terminate();
            assertThat(statsd.err().text()).doesNotContain("error").contains("dropped=0");
        }
    }

    @Test
    void shouldDistinguishNamesByBytesAfterAZeroByte() {
        try (var statsd = DominProcess.startExample("statsd.dom");
                var client = new UdpClient(statsd.out().awaitPort())) {
            client.send("bad:1|c\0\nx\0y:1|c\nx\0z:2|c\nx:4|c\n\u001b[2J:8|c\nx\\x00y:16|c");
            awaitOutput(statsd, "counter x\\\\x00y 16\n");
            assertThat(statsd.out().text().lines().skip(1))
                    .containsExactlyInAnyOrder(
                            "no metric: bad:1|c\\x00",
                            "counter x\\x00y 1",
                            "counter x\\x00z 2",
                            "counter x 4",
                            "counter \\x1b[2J 8",
                            "counter x\\\\x00y 16");
        }
    }

    @Test
    void shouldCountWhatNetcatSends() {
        var netcat = Tool.require("nc", "netcat-openbsd");
        try (var statsd = DominProcess.startExample("statsd.dom")) {
            netcat.run("hits:1|c\nload:7|g", "-u", "-w1", "127.0.0.1", port(statsd));
            awaitOutput(statsd, "counter hits 1\n");
            awaitOutput(statsd, "gauge load 7\n");
        }
    }

    @Test
    void shouldDropOnlyTheSlowPacket() {
        try (var slow = DominProcess.startExample("slow.dom");
                var client = new UdpClient(slow.out().awaitPort())) {
            client.send("slow\0 is something else");
            assertThat(client.receive()).hasValue("slow\0 is something else".getBytes(StandardCharsets.UTF_8));
            client.send("slow");
            awaitOutput(slow, "dropped=1\n");
            client.send("quick");
            assertThat(client.receive()).hasValue("quick".getBytes(StandardCharsets.UTF_8));
            awaitOutput(slow, "handled=2 dropped=1\n");
            slow.terminate();
            assertThat(client.poll()).as("an answer to the slow packet").isEmpty();
        }
    }

    private static String port(DominProcess process) {
        return Integer.toString(process.out().awaitPort());
    }

    private static void awaitOutput(DominProcess process, String text) {
        await("output " + text)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(process.out().text()).contains(text));
    }

    private static int freePort() throws IOException {
        try (var channel = DatagramChannel.open()) {
            channel.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            return ((InetSocketAddress) channel.getLocalAddress()).getPort();
        }
    }
}
