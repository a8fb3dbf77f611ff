package dev.domin.cli.kit;

import static dev.domin.cli.kit.RunningCommand.LONG;
import static dev.domin.cli.kit.RunningCommand.freePort;
import static dev.domin.cli.kit.RunningCommand.run;
import static dev.domin.cli.kit.RunningCommand.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.domin.testkit.Match;
import dev.domin.testkit.Reply;
import dev.domin.testkit.UdpClient;
import dev.domin.testkit.UdpServer;
import dev.domin.testkit.capture.CaptureReader;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands for packets, except the proxy. */
@Tag("timing")
@Timeout(120)
class ToolsTest {

    @TempDir
    Path folder;

    @Test
    void shouldEchoUntilItIsStoppedAndThenPrintItsCounts() throws Exception {
        var file = folder.resolve("echo.pcapng");
        var echo = start("echo", "--faults", "in.drop=1,out.drop=1", "--record", file.toString());
        try (var client = UdpClient.to(echo.address())) {
            client.send("lost as a request");
            client.send("lost as an answer");
            assertThat(client.ask("hello", LONG).text()).isEqualTo("hello");
        }
        assertThat(echo.stop()).isEqualTo(130);
        assertThat(echo.err())
                .startsWith("domin: faults: seed ")
                .contains("the same again: --faults 'in.drop=1,out.drop=1,seed=")
                .contains("\necho on 127.0.0.1:" + echo.port() + ": received=", " sent=1 dropped=");
        assertThat(CaptureReader.readAll(file))
                .extracting(datagram -> datagram.text() + " "
                        + datagram.comment().orElse("plain").split(";", -1)[0])
                .containsExactlyInAnyOrder(
                        "lost as a request fate: fault",
                        "lost as an answer plain",
                        "lost as an answer fate: fault",
                        "hello plain",
                        "hello plain");
    }

    @Test
    void shouldDumpEachPacket() throws Exception {
        dump("6 B\n0000  61 1b 5b 31 6d 0a                                a.[1m.", "--record", folder + "/a.pcapng");
        dump("6 B \"a\\x1b[1m\\n\"", "--text");
        dump("6 B 611b5b316d0a", "--hex");
    }

    private static void dump(String expected, String... options) throws Exception {
        var args = new ArrayList<>(List.of(options));
        args.addFirst("dump");
        var dump = start(args.toArray(String[]::new));
        try (var client = UdpClient.to(dump.address())) {
            client.send("a\u001b[1m\n");
            String line = " 127.0.0.1:" + client.address().getPort() + " " + expected + "\n";
            await().atMost(LONG).untilAsserted(() -> assertThat(dump.out()).endsWith(line));
            assertThat(client.poll(Duration.ofMillis(50))).isEmpty();
        }
        assertThat(dump.stop()).isEqualTo(130);
        assertThat(dump.out()).doesNotContain("\u001b");
        assertThat(dump.err()).startsWith("dump on 127.0.0.1:" + dump.port() + ": received=");
    }

    @Test
    void shouldSendAndPrintTheAnswer() throws Exception {
        try (var server = UdpServer.echo().start()) {
            var address = "127.0.0.1:" + server.port();
            for (var each : new String[] {"hello", "two\nlines"}) {
                var send = run("send", address, each);
                assertThat(send.status()).isZero();
                assertThat(send.out()).isEqualTo(each + "\n");
                assertThat(send.err()).isEmpty();
            }
            assertThat(run("send", "localhost:" + server.port(), "\u001b[1m").out())
                    .isEqualTo("0000  1b 5b 31 6d                                      .[1m\n");
            assertThat(run("send", "" + server.port(), "--hex", "00 ff").out()).startsWith("0000  00 ff ");
            var file = Files.writeString(folder.resolve("payload"), "from a file");
            assertThat(run("send", address, "--file", file.toString()).out()).isEqualTo("from a file\n");
            int port = freePort();
            assertThat(run("send", address, "--from", "" + port, "x").status()).isZero();
            assertThat(server.journal().received().getLast().peer().getPort()).isEqualTo(port);
        }
    }

    @Test
    void shouldCompareTheAnswerWithTheExpectedOne() throws Exception {
        try (var server = UdpServer.create().start()) {
            server.when(Match.text("a")).reply(Reply.text("no"), Reply.text("yes"));
            var address = "127.0.0.1:" + server.port();
            var send = run("send", address, "a", "--expect", "yes", "--within", "20s");
            assertThat(send.status()).isZero();
            assertThat(send.out()).isEqualTo("no\nyes\n");
            assertThat(run("send", address, "a", "--expect-hex", "79 ?? 7?", "--within=20s")
                            .status())
                    .isZero();
            send = run("send", address, "a", "--expect", "yet", "--within", "300ms");
            assertThat(send.status()).isEqualTo(1);
            assertThat(send.err())
                    .contains("expected text \"yet\" within 300 ms; this came instead:")
                    .contains("came:   79 65 73\n");
            send = run("send", address, "b", "--expect", "yes", "--within", "50ms");
            assertThat(send.status()).isEqualTo(1);
            assertThat(send.err()).endsWith("within 50 ms; no answer came\n");
            send = run("send", address, "b", "--within", "50ms");
            assertThat(send.status()).isZero();
            assertThat(send.err()).isEqualTo("domin: no answer within 50 ms\n");
            assertThat(run("send", address, "b", "--within", "0s").err()).isEmpty();
        }
    }

    @Test
    void shouldSendSeveralPackets() throws Exception {
        try (var server = UdpServer.echo().start()) {
            var address = "127.0.0.1:" + server.port();
            server.faults().replies().nth(2).drop();
            var send = run("send", address, "x", "--count", "3", "--within", "100ms", "--expect", "x");
            assertThat(send.status()).isEqualTo(1);
            assertThat(send.out()).isEqualTo("x\nx\n");
            assertThat(send.err()).startsWith("domin: sent 3 packets, got 2 answers, 2 as expected\n");
            long start = System.nanoTime();
            send = run("send", address, "x", "--count", "5", "--rate", "20", "--within", "20s");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(190));
            assertThat(send.status()).isZero();
            assertThat(send.err()).isEqualTo("domin: sent 5 packets, got 5 answers\n");
        }
    }

    @Test
    void shouldReplayAsTheServerAndAsAClient() throws Exception {
        var file = folder.resolve("run.pcapng").toString();
        try (var server = UdpServer.answeringText(text -> text.substring(0, 1) + "!")
                        .recordTo(Path.of(file))
                        .start();
                var client = UdpClient.to(server.address())) {
            client.ask("1 one", LONG);
            client.ask("2 two", LONG);
        }
        var replay = start("replay", file, "--as-server", "--ignore", "0:1");
        try (var client = UdpClient.to(replay.address())) {
            assertThat(client.ask("7 two", LONG).text()).isEqualTo("7!");
            client.send("other");
            assertThat(client.ask("8 one", LONG).text()).isEqualTo("8!");
        }
        var same = run("replay", file, "--to", "" + replay.port(), "--speed=max", "--ignore=0:1");
        assertThat(same.out()).isEqualTo("2 requests sent, 2 answers as recorded, 0 different\n");
        assertThat(same.status()).isZero();
        assertThat(replay.stop()).isEqualTo(130);
        assertThat(replay.err())
                .contains(" sent=4 unmatched=1\n")
                .contains("the recording has no such request: in 2 from ");
        try (var server = UdpServer.echo().start()) {
            var different = run("replay", file, "--to", "127.0.0.1:" + server.port(), "--speed", "max");
            assertThat(different.status()).isEqualTo(1);
            assertThat(different.out()).contains("2 different", "answer 1 differs", "wanted: ", "came: ");
        }
    }

    @Test
    void shouldDescribeACapture() throws Exception {
        var file = folder.resolve("run.pcapng");
        int port;
        try (var server = UdpServer.echo().recordTo(file).start();
                var client = UdpClient.to(server.address())) {
            client.ask("12345", LONG);
            client.ask("123", LONG);
            port = server.port();
        }
        var stat = run("stat", file.toString());
        assertThat(stat.status()).isZero();
        assertThat(stat.out())
                .startsWith("pcapng: 4 packets, 4 UDP datagrams\ntime: ")
                .contains("\ntotal: 4 datagrams, 16 bytes (3 to 5 each), ", "\nflows: 2\n")
                .containsPattern("\n  127.0.0.1:\\d+ > 127.0.0.1:" + port + ": 2 datagrams, 8 bytes \\(3 to 5 each\\)");
    }

    @Test
    void shouldReportAPortThatIsTaken() throws Exception {
        var file = folder.resolve("run.pcapng");
        try (var server = UdpServer.echo().recordTo(file).start();
                var client = UdpClient.to(server.address())) {
            client.ask("x", LONG);
        }
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            var port = "" + socket.getLocalPort();
            for (var args : new String[][] {
                {"echo", "--port", port},
                {"dump", "--port", port},
                {"proxy", port, "127.0.0.1:9"},
                {"replay", file.toString(), "--as-server", "--port", port},
                {"send", "9", "x", "--from", port}
            }) {
                var command = run(args);
                assertThat(command.status()).as(args[0]).isEqualTo(1);
                assertThat(command.err())
                        .startsWith("domin: cannot open ")
                        .contains(port)
                        .hasLineCount(1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "echo --port 70000| --port takes a port from 0 to 65535, got `70000`",
                "echo x| echo takes no operand; this is one more: x",
                "echo --faults loss=200%| --faults: the fault `loss=200%` takes a chance from 0% to 100%, got `200%`",
                "echo --record /nowhere/x.pcapng| cannot write /nowhere/x.pcapng: there is no such file or folder",
                "echo --journal=/nowhere/x.jsonl| cannot write /nowhere/x.jsonl: there is no such file or folder",
                "dump --hex --text| dump takes --hex or --text, not both",
                "send 9| send takes one of a text, --hex DIGITS and --file FILE",
                "send 9 x --hex 00| and got 2",
                "send 9 a b| this is one more: b",
                "send 9 --hex 0g| --hex takes pairs of hexadecimal digits, such as '0a 0b ff', got `0g`",
                "send 9 x --expect-hex 0| --expect-hex: `0` is no hexadecimal pattern",
                "send 9 x --expect a --expect-hex 00| send takes --expect or --expect-hex, not both",
                "send 9 x --within 5| --within takes a time, such as 500ms or 2s, got `5`",
                "send 9 x --rate -1| --rate takes a number, got `-1`",
                "echo --port ١٢٣٤| --port takes a port from 0 to 65535, got `١٢٣٤`",
                "send 9 x --within ٥s| --within takes a time, such as 500ms or 2s, got `٥s`",
                "send 9 x --within 5ds| --within takes a time, such as 500ms or 2s, got `5ds`",
                "send 9 x --rate 0x1p3| --rate takes a number, got `0x1p3`",
                "send 9 x --count ٥| --count takes a whole number from 1, got `٥`",
                "send 127.0.0.1:٩ x| takes a port from 1 to 65535, got `٩`",
                "replay x.pcapng --to 9 --ignore ٠:٢| takes offset and length of a field, such as 0:2, got `٠:٢`",
                "send 9 x --count 0| --count takes a whole number from 1, got `0`",
                "send 9 --file /nowhere/x| cannot read /nowhere/x: there is no such file or folder",
                "send 192.0.2.1:9 x| send takes an address on loopback, 127.0.0.0/8 or [::1], got `192.0.2.1:9`",
                "send a.test:9 x| `a.test` is none",
                "send ::1:9 x| or [::1]:53, got `::1:9`",
                "send 127.0.0.1:0 x| takes a port from 1 to 65535, got `0`",
                "proxy 0| proxy takes a port and the address of a server, such as domin proxy 5300 127.0.0.1:53",
                "proxy 0 192.0.2.1:53| proxy takes an address on loopback",
                "proxy 5300 127.0.0.1:5300| the server at 127.0.0.1:5300 would be the proxy itself",
                "replay x.pcapng| replay takes one of --as-server, to answer as the recorded server, and --to",
                "replay /nowhere/x --as-server| cannot read /nowhere/x: there is no such file or folder",
                "replay pom.xml --to 9| expected a capture in the format pcapng or pcap",
                "replay x.pcapng --to 9 --timed| --timed can only be used with --as-server",
                "replay x.pcapng --as-server --speed 2| --speed can only be used with --to",
                "replay x.pcapng --to 9 --ignore 5| --ignore takes offset and length of a field, such as 0:2, got `5`",
                "replay x.pcapng --to 9 --speed 0| --speed takes a number, such as 2, or max, got `0`",
                "stat| stat takes a capture, such as domin stat run.pcapng",
                "stat /nowhere/x| cannot read /nowhere/x: there is no such file or folder",
                "stat src| cannot read src: it is a folder",
                "stat pom.xml| pom.xml, byte 0: expected a capture in the format pcapng or pcap",
                "ech x| there is no command `ech`, and no file of that name; did you mean `domin echo x`?",
            })
    void shouldReportWrongUse(String words, String sentence) throws Exception {
        var command = run(words.split(" "));
        assertThat(command.err()).startsWith("domin: ").contains(sentence).endsWith("\nrun domin --help for usage\n");
        assertThat(command.err()).hasLineCount(2);
        assertThat(command.out()).isEmpty();
        assertThat(command.status()).isEqualTo(2);
    }
}
