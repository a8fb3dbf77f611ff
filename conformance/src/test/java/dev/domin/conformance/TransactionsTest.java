package dev.domin.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples whose answers are late, several, authenticated, or depend on what was sent before. */
@Timeout(180)
class TransactionsTest {

    private static final int CLIENTS = 10;

    @TempDir
    Path folder;

    /** Nine answers take about as long as one, and the slowest one holds up none of them. */
    @Test
    void shouldAnswerTenClientsLateAtTheSameTime() {
        try (var server = DominProcess.startExample("delay.dom")) {
            var clients = new ArrayList<UdpClient>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new UdpClient(server.out().awaitPort()));
            }
            long start = System.nanoTime();
            for (int i = 0; i < CLIENTS; i++) {
                clients.get(i).send(i == 0 ? "1500" : "client " + i);
            }
            for (int i = 1; i < CLIENTS; i++) {
                assertThat(clients.get(i).receive().map(String::new)).hasValue("client " + i);
                assertThat(System.nanoTime() - start)
                        .as("nanoseconds until answer %d", i)
                        .isGreaterThan(290_000_000);
            }
            assertThat(clients.get(0).poll())
                    .as("the slowest answer, which comes last")
                    .isEmpty();
            assertThat(clients.get(0).receive().map(String::new)).hasValue("1500");
            clients.forEach(UdpClient::close);
            assertNoErrors(server);
        }
    }

    @Test
    void shouldTellAStunClientItsAddress() {
        var client = Tool.require("turnutils_stunclient", "coturn");
        try (var server = DominProcess.startExample("stun.dom")) {
            var port = Integer.toString(server.out().awaitPort());
            assertThat(client.run("", "-p", port, "127.0.0.1"))
                    .containsPattern("UDP reflexive addr: 127\\.0\\.0\\.1:\\d+");
            assertNoErrors(server);
        }
    }

    /** The request of the RFC's kind, and the answer by its formulas. */
    @Test
    void shouldAnswerStunByteForByte() {
        var request = HexFormat.of().parseHex("000100002112a442" + "0102030405060708090a0b0c");
        try (var server = DominProcess.startExample("stun.dom");
                var client = new UdpClient(server.out().awaitPort())) {
            client.send(request);
            assertThat(client.receive().map(HexFormat.of()::formatHex))
                    .hasValue(HexFormat.of().formatHex(stunAnswer(client)));
            for (var silent : new String[] {"", "00010000", "000100012112a4420102030405060708090a0b0c"}) {
                client.send(HexFormat.of().parseHex(silent)); // too short, or of another length than it says
            }
            client.send(request);
            assertThat(client.receive()).hasValue(stunAnswer(client));
            assertNoErrors(server);
        }
    }

    /** {@return the answer to a request with the transaction id 0102...0c, by the formulas of the RFC} */
    static byte[] stunAnswer(UdpClient client) {
        int port = client.port() ^ 0x2112;
        var message = "010100142112a442" + "0102030405060708090a0b0c" + "00200008" + "0001"
                + HexFormat.of().toHexDigits((short) port) + "5e12a443";
        var crc = new CRC32();
        crc.update(HexFormat.of().parseHex(message));
        var fingerprint = HexFormat.of().toHexDigits((int) (crc.getValue() ^ 0x5354554E));
        return HexFormat.of().parseHex(message + "80280004" + fingerprint);
    }

    @Test
    void shouldAuthenticateForRadclient() {
        var client = Tool.require("radclient", "freeradius-utils");
        try (var server = DominProcess.startExample("radius.dom")) {
            var address = "127.0.0.1:" + server.out().awaitPort();
            assertThat(client.run(request("ann", "secret"), address, "auth", "testing123"))
                    .contains("Received Access-Accept");
            assertThat(client.run(
                            request("bob", "a password of more than sixteen bytes"), address, "auth", "testing123"))
                    .contains("Received Access-Accept");
            assertThat(client.run(request("ann", "Secret"), "-r", "1", address, "auth", "testing123"))
                    .contains("Received Access-Reject");
            assertThat(client.run(request("nobody", ""), "-r", "1", address, "auth", "testing123"))
                    .contains("Received Access-Reject");
            assertNoErrors(server);
        }
    }

    private static String request(String user, String password) {
        return "User-Name = \"" + user + "\", User-Password = \"" + password + "\"\n";
    }

    @Test
    void shouldAnswerCallsOfSipp() throws Exception {
        var program = Tool.require("sipp", "sip-tester").path();
        try (var server = DominProcess.startExample("sip.dom")) {
            var sipp = new ProcessBuilder(
                            program,
                            "-sn",
                            "uac",
                            "-m",
                            "5",
                            "-r",
                            "5",
                            "-d",
                            "100",
                            "-i",
                            "127.0.0.1",
                            "-nostdin",
                            "-trace_err",
                            "127.0.0.1:" + server.out().awaitPort())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            var screen = new String(sipp.getInputStream().readAllBytes(), UTF_8);
            assertThat(sipp.waitFor()).as(screen).isZero();
            assertThat(screen).containsPattern("Successful call\\s+\\|\\s+\\d+\\s+\\|\\s+5 ");
            assertNoErrors(server);
        }
    }

    @Test
    void shouldSendThreeResponsesToAnInvite() {
        var invite = String.join(
                "\r\n",
                "INVITE sip:a@127.0.0.1 SIP/2.0",
                "Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1",
                "Via: SIP/2.0/UDP 127.0.0.2;branch=z9hG4bK0",
                "From: <sip:b@127.0.0.1>;tag=1",
                "To: <sip:a@127.0.0.1>",
                "Call-ID: 1@test",
                "CSeq: 1 INVITE",
                "Content-Length: 0",
                "",
                "");
        try (var server = DominProcess.startExample("sip.dom");
                var client = new UdpClient(server.out().awaitPort())) {
            client.send(invite);
            assertThat(receive(client))
                    .startsWith("SIP/2.0 100 Trying\r\nVia: ")
                    .contains("z9hG4bK1", "z9hG4bK0");
            assertThat(receive(client)).startsWith("SIP/2.0 180 Ringing\r\n").contains("To: <sip:a@127.0.0.1>;tag=");
            assertThat(receive(client))
                    .startsWith("SIP/2.0 200 OK\r\n")
                    .contains("CSeq: 1 INVITE\r\n", "Content-Type: application/sdp\r\n")
                    .contains("m=audio 9 RTP/AVP 0\r\n");
            client.send(invite.replace("INVITE", "ACK")); // has no answer
            client.send(invite.replace("INVITE", "REGISTER"));
            assertThat(receive(client)).startsWith("SIP/2.0 501 Not Implemented\r\n");
            assertNoErrors(server);
        }
    }

    @Test
    void shouldTellAllPlayersOfAChange() {
        try (var server = DominProcess.startExample("game.dom");
                var ann = new UdpClient(server.out().awaitPort());
                var bob = new UdpClient(server.out().awaitPort())) {
            bob.send("move 1 1");
            assertThat(receive(bob)).isEqualTo("join NAME first\n");
            ann.send("join ann");
            assertThat(receive(ann)).isEqualTo("ann is at 10 10\n");
            bob.send("join bob");
            assertThat(receive(bob)).isEqualTo("bob is at 10 10\n");
            assertThat(receive(ann)).isEqualTo("bob is at 10 10\n");
            ann.send("move -3 100");
            assertThat(receive(bob)).isEqualTo("ann is at 7 19\n");
            assertThat(receive(ann)).isEqualTo("ann is at 7 19\n");
            bob.send("say \u001b[31mboo");
            assertThat(receive(ann)).isEqualTo("bob says \\x1b[31mboo\n");
            assertThat(receive(bob)).isEqualTo("bob says \\x1b[31mboo\n");
            bob.send("leave");
            assertThat(receive(ann)).isEqualTo("bob left\n");
            ann.send("fly");
            assertThat(receive(ann)).isEqualTo("the commands are join, move, say and leave\n");
            assertNoErrors(server);
        }
    }

    @Test
    void shouldJoinTheChunksOfGelfMessages() {
        var message = "{\"host\":\"web\",\"short_message\":\"the roof is \\u001b[31mon fire\"}".getBytes(UTF_8);
        try (var server = DominProcess.startExample("gelf.dom");
                var client = new UdpClient(server.out().awaitPort())) {
            client.send(message);
            awaitOutput(server, "web: the roof is \\x1b[31mon fire\n");
            int[] order = {2, 0, 2, 1}; // in another order, and one twice
            for (int number : order) {
                client.send(chunk(
                        number,
                        3,
                        Arrays.copyOfRange(message, number * 20, number == 2 ? message.length : number * 20 + 20)));
            }
            await().until(() -> server.out().text().split("on fire\n", -1).length == 3);
            client.send(chunk(3, 3, message)); // beyond the last
            client.send(chunk(0, 0, message));
            client.send("{\"host\":\"x\"}");
            awaitOutput(server, "x: -\n");
            client.send("[1");
            awaitOutput(server, "no GELF: [1\n");
            client.send(chunk(0, 2, message)); // the other one never comes
            awaitOutput(server, "incomplete: 1 chunks\n");
            assertNoErrors(server);
        }
    }

    private static byte[] chunk(int number, int count, byte[] part) {
        var bytes = Arrays.copyOf(
                new byte[] {0x1E, 0x0F, 1, 2, 3, 4, 5, 6, 7, 8, (byte) number, (byte) count}, 12 + part.length);
        System.arraycopy(part, 0, bytes, 12, part.length);
        return bytes;
    }

    private static String receive(UdpClient client) {
        return client.receive().map(String::new).orElse("(nothing)");
    }

    private static void awaitOutput(DominProcess process, String text) {
        await("the output " + text)
                .atMost(java.time.Duration.ofSeconds(30))
                .until(() -> process.out().text().contains(text));
    }

    private static void assertNoErrors(DominProcess process) {
        assertThat(process.terminate()).isEqualTo(DominProcess.TERMINATED);
        assertThat(process.err().text()).doesNotContain("error").contains("dropped=0");
    }
}
