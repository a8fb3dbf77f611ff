package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of protocols: with common clients, and byte for byte where that matters. */
class ProtocolsTest {

    private static final String CORE = "</hello>;ct=0,</time>;ct=0;obs,</value>;ct=0;obs";

    /** A non-confirmable CoAP request with an unknown critical option, which gets no error. */
    private static final String UNTOLD = "5001123e" + "9178";

    private static final String SYS_DESCR = ".1.3.6.1.2.1.1.1.0";
    private static final String SYS_NAME = ".1.3.6.1.2.1.1.5.0";
    private static final String NO_OBJECT = ".1.3.6.1.2.1.1.9.0";

    /** An SNMP 2c request for sysDescr.0 by the community "public", and the same by "publiC". */
    private static final String SNMP_GET =
            "302902010104067075626c6963a01c02041234567802010002010030" + "0e300c06082b060102010101000500";

    private static final String SNMP_GET_BY_ANOTHER = SNMP_GET.replace("7075626c6963", "7075626c6943");

    @Test
    void shouldServeCoapClient() {
        var client = Tool.require("coap-client-notls", "libcoap3-bin");
        try (var coap = DominProcess.startExample("coap.dom")) {
            var base = "coap://127.0.0.1:" + coap.out().awaitPort();
            assertThat(client.run("", "-m", "get", base + "/hello")).isEqualTo("Hello from domin.\n");
            assertThat(client.run("", "-N", "-m", "get", base + "/hello"))
                    .as("not confirmable")
                    .isEqualTo("Hello from domin.\n");
            assertThat(client.run("", "-m", "get", "-T", "abcdefgh", base + "/hello"))
                    .as("with a token")
                    .isEqualTo("Hello from domin.\n");
            assertThat(client.run("", "-m", "get", base + "/time"))
                    .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\n");
            assertThat(client.run("", "-m", "get", base + "/.well-known/core"))
                    .isEqualTo("</hello>;ct=0,</time>;ct=0;obs,</value>;ct=0;obs\n");
            assertThat(client.run("", "-m", "get", base + "/nothing")).isEqualTo("4.04\n");
            assertThat(client.run("", "-m", "post", "-e", "x", base + "/hello")).isEqualTo("4.05\n");
            assertThat(client.run("", "-m", "get", "-A", "40", base + "/hello"))
                    .as("in an unsupported format")
                    .isEqualTo("4.06\n");
            assertNoErrors(coap);
        }
    }

    @Test
    void shouldKeepTheValueThatCoapClientPuts() {
        var client = Tool.require("coap-client-notls", "libcoap3-bin");
        try (var coap = DominProcess.startExample("coap.dom")) {
            var value = "coap://127.0.0.1:" + coap.out().awaitPort() + "/value";
            assertThat(client.run("", "-m", "get", value)).isEqualTo("4.04\n");
            assertThat(client.run("", "-m", "put", "-e", "42", value)).isEmpty();
            assertThat(client.run("", "-m", "get", value)).isEqualTo("42\n");
            client.run("", "-m", "put", "-e", "43", value);
            assertThat(client.run("", "-m", "get", value)).isEqualTo("43\n");
            client.run("", "-m", "delete", value);
            assertThat(client.run("", "-m", "get", value)).isEqualTo("4.04\n");
            assertNoErrors(coap);
        }
    }

    @Test
    void shouldAnswerCoapByteForByte() {
        try (var coap = DominProcess.startExample("coap.dom");
                var client = new UdpClient(coap.out().awaitPort())) {
            var hello = hex("Hello from domin.");
            assertAnswer(client, "40001234", "70001234"); // a ping, a reset
            // the answer is in the acknowledgement
            assertAnswer(client, "42011234abcdb568656c6c6f", "62451234abcdc0ff" + hello);
            client.send(bytes("51015678efb568656c6c6f")); // not confirmable: an answer with its own id
            assertThat(hex(client.receive().orElseThrow())).matches("5145....efc0ff" + hello);
            assertAnswer(client, "40031235b576616c7565ff01ff00", "60411235"); // PUT of binary data: created
            assertAnswer(client, "40031236b576616c7565ff02ff00", "60441236"); // changed
            assertAnswer(client, "40011237b576616c7565", "60451237c0ff02ff00");
            assertAnswer(client, "40011238b568656c6c6f" + "d007", "60821238"); // an unknown critical option, 31
            assertAnswer(client, "40011239d0b761", "70001239"); // a truncated option
            assertAnswer(client, "4001123aff", "7000123a"); // a marker without a payload
            assertAnswer(client, "4901123b112233445566778899", "7000123b"); // a token of 9 bytes
            assertAnswer(client, "4045123c", "7000123c"); // a response without a request
            assertAnswer(client, "4001123d" + "bb2e77656c6c2d6b6e6f776e04636f7265", "6045123dc128ff" + hex(CORE));
            assertAnswer(
                    client, "4001123e" + "bd032e77656c6c2d6b6e6f776e2f636f7265", "6084123e"); // the same in one segment
            assertAnswer(client, "4001123f" + "b668656c6c6f00", "6084123f"); // "hello" and a 0 byte
            assertAnswer(client, "40011240" + "b0" + "0568656c6c6f", "60841240"); // an empty segment in front
            // The first invalid option decides: an unknown critical one (9), then a proxy's, and in reverse order.
            assertAnswer(client, "40011241" + "9178" + "d10d78", "60821241");
            assertAnswer(client, "40011242" + "d11678" + "d10178", "60a51242");
            // None of these gets an answer, or the answer to the last would not be the next one.
            for (var silent :
                    new String[] {"", "400112", "50001234", "60001234", "70001234", "80011234", "5001123dd0b761", UNTOLD
                    }) {
                client.send(bytes(silent));
            }
            assertAnswer(client, "4000ffff", "7000ffff");
            assertNoErrors(coap);
        }
    }

    @Test
    void shouldNotifyObserversOfCoap() {
        var client = Tool.require("coap-client-notls", "libcoap3-bin");
        try (var coap = DominProcess.startExample("coap.dom");
                var observer = new UdpClient(coap.out().awaitPort());
                var writer = new UdpClient(coap.out().awaitPort())) {
            assertThat(client.run(
                            "",
                            "-s",
                            "3",
                            "-w",
                            "-m",
                            "get",
                            "coap://127.0.0.1:" + coap.out().awaitPort() + "/time"))
                    .as("the time now and of the next seconds")
                    .matches("(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\n){2,}\n*");
            var value = "576616c7565"; // the length of the path, and "value"
            assertAnswer(writer, "40030001" + "b" + value + "ff31", "60410001");
            observer.send(bytes("41010002" + "aa" + "60" + "5" + value));
            assertThat(observer.receive().map(ProtocolsTest::hex).orElseThrow())
                    .as("the value now, observed")
                    .matches("61450002aa63......60ff31");
            assertAnswer(writer, "40030003" + "b" + value + "ff32", "60440003");
            var notification = observer.receive().map(ProtocolsTest::hex).orElseThrow();
            assertThat(notification).matches("5145....aa63......60ff32");
            observer.send(bytes("7000" + notification.substring(4, 8))); // a reset: no more of these
            assertAnswer(observer, "40000004", "70000004");
            assertAnswer(writer, "40030005" + "b" + value + "ff33", "60440005");
            assertAnswer(observer, "40000006", "70000006");
            observer.send(bytes("41010007" + "ab" + "60" + "5" + value));
            assertThat(observer.receive()).isPresent();
            assertAnswer(writer, "40040008" + "b" + value, "60420008");
            assertThat(observer.receive().map(ProtocolsTest::hex).orElseThrow())
                    .as("the last notification, that it is not there any more")
                    .matches("5184....ab");
            assertNoErrors(coap);
        }
    }

    @Test
    void shouldServeSnmpget() {
        var snmpget = Tool.require("snmpget", "snmp");
        try (var snmp = DominProcess.startExample("snmp.dom")) {
            var agent = "127.0.0.1:" + snmp.out().awaitPort();
            assertThat(snmpget.run("", "-m", "", "-On", "-v2c", "-c", "public", agent, SYS_DESCR))
                    .contains(SYS_DESCR + " = STRING: \"domin: a mock agent written in DominScript\"");
            assertThat(snmpget.run(
                            "",
                            "-m",
                            "",
                            "-On",
                            "-v2c",
                            "-c",
                            "public",
                            agent,
                            ".1.3.6.1.2.1.1.3.0",
                            NO_OBJECT,
                            SYS_NAME))
                    .containsPattern("\\.1\\.3\\.6\\.1\\.2\\.1\\.1\\.3\\.0 = Timeticks: \\(\\d+\\) 0:0")
                    .contains(NO_OBJECT + " = No Such Object available on this agent at this OID")
                    .contains(SYS_NAME + " = STRING: \"mock.example.test\"");
            assertThat(snmpget.run("", "-m", "", "-On", "-v1", "-c", "public", agent, SYS_NAME))
                    .contains(SYS_NAME + " = STRING: \"mock.example.test\"");
            assertThat(snmpget.run("", "-m", "", "-On", "-v1", "-c", "public", agent, SYS_NAME, NO_OBJECT))
                    .contains("noSuchName")
                    .contains("Failed object: " + NO_OBJECT);
            assertThat(snmpget.run("", "-m", "", "-r0", "-t1", "-v2c", "-c", "private", agent, SYS_NAME))
                    .contains("Timeout: No Response");
            assertNoErrors(snmp);
        }
    }

    @Test
    void shouldLetSnmpwalkEnd() {
        var walk = Tool.require("snmpwalk", "snmp");
        var bulkwalk = Tool.require("snmpbulkwalk", "snmp");
        try (var snmp = DominProcess.startExample("snmp.dom")) {
            var agent = "127.0.0.1:" + snmp.out().awaitPort();
            for (var answer : new String[] {
                walk.run("", "-m", "", "-On", "-v2c", "-c", "public", agent),
                walk.run("", "-m", "", "-On", "-v1", "-c", "public", agent),
                bulkwalk.run("", "-m", "", "-On", "-v2c", "-c", "public", agent, ".1.3")
            }) {
                assertThat(answer.lines()
                                .filter(line -> line.startsWith(".1.3.6.1.2.1.1.") && !line.contains("No more")))
                        .extracting(line -> line.substring(0, line.indexOf(' ')))
                        .containsExactly(
                                SYS_DESCR,
                                ".1.3.6.1.2.1.1.2.0",
                                ".1.3.6.1.2.1.1.3.0",
                                ".1.3.6.1.2.1.1.4.0",
                                SYS_NAME,
                                ".1.3.6.1.2.1.1.6.0",
                                ".1.3.6.1.2.1.1.7.0");
            }
            assertNoErrors(snmp);
        }
    }

    @Test
    void shouldRejectSnmpset() {
        var snmpset = Tool.require("snmpset", "snmp");
        try (var snmp = DominProcess.startExample("snmp.dom")) {
            var agent = "127.0.0.1:" + snmp.out().awaitPort();
            assertThat(snmpset.run("", "-m", "", "-On", "-v2c", "-c", "public", agent, SYS_NAME, "s", "x"))
                    .contains("notWritable");
            assertThat(snmpset.run("", "-m", "", "-On", "-v1", "-c", "public", agent, SYS_NAME, "s", "x"))
                    .contains("noSuchName");
            assertNoErrors(snmp);
        }
    }

    @Test
    void shouldAnswerSnmpByteForByte() {
        try (var snmp = DominProcess.startExample("snmp.dom");
                var client = new UdpClient(snmp.out().awaitPort())) {
            var text = hex("domin: a mock agent written in DominScript");
            client.send(bytes(SNMP_GET_BY_ANOTHER)); // no answer, or it would be received first
            assertAnswer(
                    client,
                    SNMP_GET,
                    "305302010104067075626c6963a246020412345678020100020100" + "3038303606082b06010201010100042a"
                            + text);
            client.send(bytes(manyBindings(200)));
            assertThat(hex(client.receive().orElseThrow()))
                    .as("the answer to a request whose answer would be too large")
                    .isEqualTo("301802010104067075626c6963a20b02011102010102010030" + "00");
            assertNoErrors(snmp);
        }
    }

    @Test
    void shouldServeTftp(@TempDir Path folder) throws IOException {
        var tftp = Tool.require("tftp", "tftp-hpa");
        try (var server = DominProcess.startExample("tftp.dom")) {
            var port = Integer.toString(server.out().awaitPort());
            for (var file : new String[] {"hello.txt", "blocks.bin", "exact.bin", "empty.txt"}) {
                var answer = tftp.run(
                        "",
                        "-m",
                        "octet",
                        "127.0.0.1",
                        port,
                        "-c",
                        "get",
                        file,
                        folder.resolve(file).toString());
                assertThat(answer).as("the output of tftp for %s", file).isEmpty();
            }
            assertThat(folder.resolve("hello.txt")).hasContent("Hello from domin.\n");
            assertThat(Files.readAllBytes(folder.resolve("blocks.bin"))).isEqualTo(UdpClient.pattern(1300));
            assertThat(Files.readAllBytes(folder.resolve("exact.bin"))).isEqualTo(UdpClient.pattern(1024));
            assertThat(folder.resolve("empty.txt")).isEmptyFile();

            var unused = folder.resolve("unused").toString();
            assertThat(tftp.run("", "-m", "octet", "127.0.0.1", port, "-c", "get", "nothing", unused))
                    .contains("Error code 1: there is no such file");
            assertThat(tftp.run("", "-m", "netascii", "127.0.0.1", port, "-c", "get", "hello.txt", unused))
                    .contains("only in octet mode");
            assertThat(tftp.run(
                            "",
                            "-m",
                            "octet",
                            "127.0.0.1",
                            port,
                            "-c",
                            "put",
                            folder.resolve("hello.txt").toString(),
                            "new"))
                    .contains("Error code 2: this server is for reading");
            await("the last line of a transfer")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> server.out().text().contains("has read empty.txt\n"));
            assertNoErrors(server);
        }
    }

    @Test
    void shouldSendABlockAgainOnRequest() {
        var content = UdpClient.pattern(1024);
        var first = "00030001" + hex(Arrays.copyOf(content, 512));
        var second = "00030002" + hex(Arrays.copyOfRange(content, 512, 1024));
        var request = "0001" + hex("exact.bin\0OcTeT\0blksize\01024\0");
        try (var server = DominProcess.startExample("tftp.dom");
                var client = new UdpClient(server.out().awaitPort());
                var other = new UdpClient(server.out().awaitPort())) {
            assertAnswer(client, request, first);
            int abandoned = client.lastPort();
            assertAnswer(client, request, first);
            assertThat(client.lastPort())
                    .as("the port of the transfer")
                    .isNotIn(server.out().awaitPort(), abandoned);
            assertReply(client, "00040001", second);
            assertAnswer(other, request, first); // another client has its own transfer
            assertThat(other.lastPort()).isNotEqualTo(client.lastPort());
            assertReply(client, "00040001", second);
            assertReply(client, "00040002", "00030003"); // the size is a multiple of 512: an empty block is the last
            assertReply(client, "00040002", "00030003");
            client.answer(bytes("00040000")); // late acknowledgements, and one for a block not yet sent: no answer
            client.answer(bytes("00040001"));
            client.answer(bytes("00040009"));
            assertReply(other, "00040001", second);
            assertReply(client, "00010000", "00050004" + hex("neither an acknowledgement nor an error\0"));
            client.answer(bytes("00040003")); // the end of the transfer, which needs no answer
            assertAnswer(client, "00040003", "00050005" + hex("this is not the port of a transfer\0"));
            assertAnswer(client, request, first);
            assertThat(client.poll()).as("a further answer").isEmpty();
            assertNoErrors(server);
        }
    }

    /** Sends a request to where the last answer came from. */
    private static void assertReply(UdpClient client, String request, String answer) {
        client.answer(bytes(request));
        assertThat(client.receive().map(ProtocolsTest::hex))
                .as("the answer to %s", request)
                .hasValue(answer);
    }

    @Test
    void shouldPlayPingPongToTheEnd() {
        try (var game = DominProcess.startExample("pingpong.dom")) {
            assertThat(game.await()).isZero();
            assertThat(game.err().text()).isEmpty();
            assertThat(game.out().text().lines())
                    .hasSize(8)
                    .startsWith(
                            "listening on 127.0.0.1:" + game.out().awaitPort(), "round 1: 2 hits", "round 2: 4 hits")
                    .anyMatch(line -> line.contains("callback=OnPing") && line.endsWith("handled=5 dropped=0"))
                    .anyMatch(
                            line -> line.contains("callback=OnPong") && line.endsWith("sent=5 delivered=5 dropped=0"));
        }
    }

    /** A request for that many bindings of sysDescr.0, with lengths that need more than one byte. */
    private static String manyBindings(int count) {
        var bindings =
                element("30", element("30", "06082b06010201010100" + "0500").repeat(count));
        var pdu = element("a0", "020111" + "020100" + "020100" + bindings);
        return element("30", "020101" + "04067075626c6963" + pdu);
    }

    private static String element(String tag, String content) {
        int length = content.length() / 2;
        var prefix = length < 128 ? "%02x".formatted(length) : "82%04x".formatted(length);
        return tag + prefix + content;
    }

    private static void assertAnswer(UdpClient client, String request, String answer) {
        client.send(bytes(request));
        assertThat(client.receive().map(ProtocolsTest::hex))
                .as("the answer to %s", request)
                .hasValue(answer);
    }

    private static void assertNoErrors(DominProcess process) {
        assertThat(process.terminate()).isEqualTo(DominProcess.TERMINATED);
        assertThat(process.err().text()).doesNotContain("error").contains("dropped=0");
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String hex(String text) {
        return hex(text.getBytes(StandardCharsets.US_ASCII));
    }
}
