package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every server among the examples survives invalid packets: it continues, no packet causes a script error, and no
 * control characters of a packet reach the terminal. {@code -Dhostile.packets=10000} sends more packets to each server.
 */
class HostilePacketsTest {

    /** Bytes that end or separate texts, or control terminals. */
    private static final byte[][] DISGUISES = {
        {0},
        {'\n'},
        {'\r'},
        {0x1B, '[', '2', 'J'},
        {(byte) 0xC2, (byte) 0x9B},
        {(byte) 0xE2, (byte) 0x80, (byte) 0xAE},
        {'\\'},
        {'%', 's'},
        {'.'},
        {'/'},
        {':'},
        {'|'},
        {' '},
        {'"'},
        {'@'},
    };

    private static final int PACKETS = Integer.getInteger("hostile.packets", 3000);
    private static final int LARGEST_PAYLOAD = 65_507;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern COUNTS = Pattern.compile(" handled=(\\d+) dropped=(\\d+)");

    /** So few small packets fit into any receive buffer while the server is busy with the first. */
    private static final int PACKETS_UNWATCHED = 20;

    /** Not tested: these end by themselves. */
    private static final List<String> NO_SERVERS = List.of("hello.dom", "pingpong.dom");

    static Stream<Target> targets() {
        return Stream.of(
                answering("echo.dom", "probe", "probe", text("something to say")),
                answering("slow.dom", "quick", "quick", text("quick")),
                answering(
                        "dns.dom",
                        bytes("beef01000001000000000000076578616d706c6504746573740000010001"),
                        bytes("beef85000001000100000000076578616d706c6504746573740000010001"
                                + "c00c000100010000003c0004c0000201"),
                        bytes("12340100000100000000000003777777076578616d706c6504746573740000010001"),
                        bytes("12350100000100000000000006" + "6e6f626f6479" + "0000010001")),
                answering(
                        "coap.dom",
                        bytes("40001234"),
                        bytes("70001234"),
                        bytes("42011234abcdb568656c6c6f"),
                        bytes("5803123511223344556677" + "88b576616c7565ff3432"),
                        bytes("40021236b474696d65"),
                        bytes("44011237aabbccddbb2e77656c6c2d6b6e6f776e04636f7265"),
                        bytes("40011238d7ff0102030405060708e00001020304")),
                answeringBy(
                        "stun.dom",
                        bytes("000100002112a4420102030405060708090a0b0c"),
                        TransactionsTest::stunAnswer,
                        bytes("000100082112a4420102030405060708090a0b0c8022000464"),
                        bytes("001100002112a4420102030405060708090a0b0c")),
                answering(
                        "radius.dom",
                        bytes("0107001900000000000000000000000000000000" + "0105616e6e"),
                        bytes("030700269fffbfdf0b9b729fedb373193a6f8872" + "5012e61a069b0afec3c45571ee8df75584e9"),
                        bytes("0108002b00000000000000000000000000000000" + "0105616e6e"
                                + "02120102030405060708090a0b0c0d0e0f10")),
                answering("delay.dom", "0", "0", text("60000"), text("1"), text("hello")),
                answering(
                        "sip.dom",
                        "OPTIONS sip:a@127.0.0.1 SIP/2.0\r\nVia: v\r\nTo: t\r\n\r\n",
                        "SIP/2.0 200 OK\r\nVia: v\r\nTo: t;tag=domin\r\nContact: <sip:domin@127.0.0.1>\r\n"
                                + "Content-Length: 0\r\n\r\n",
                        text("BYE sip:a@127.0.0.1 SIP/2.0\r\nvia:\r\nVIA: x\r\n\r\nv=0\r\n"),
                        text("REGISTER sip:a SIP/2.0\r\n")),
                answering("game.dom", "hello", "join NAME first\n", text("move 1 2"), text("say x"), text("leave")),
                printing(
                        "gelf.dom",
                        "no GELF: probe",
                        text("{\"host\":\"web\",\"short_message\":\"the roof\"}"),
                        bytes("1e0f" + "0102030405060708" + "0002" + "7b7d"),
                        bytes("1e0f" + "0102030405060708" + "0102" + "7b7d")),
                answering(
                        "snmp.dom",
                        bytes("302902010104067075626c6963a01c020412345678020100020100300e300c06082b060102010108000500"),
                        bytes("302902010104067075626c6963a21c020412345678020100020100300e300c06082b060102010108008000"),
                        bytes("302602010104067075626c6963a119020101020100020100300e300c06082b060102010101000500"),
                        bytes("302602010004067075626c6963a019020102020100020100300e300c06082b060102010103000500"),
                        bytes("302602010104067075626c6963a519020103020101020120300e300c06082b060102010101000500"),
                        bytes("302702010104067075626c6963a31a020104020100020100300f300d06082b06010201010500040178")),
                answering(
                        "tftp.dom",
                        text("\0\1empty.txt\0octet\0"),
                        bytes("00030001"),
                        text("\0\1blocks.bin\0octet\0"),
                        text("\0\2new\0octet\0"),
                        bytes("00040001"),
                        bytes("00050000" + "6f7570730000")),
                printing(
                        "syslog.dom",
                        "not RFC 5424: probe",
                        text("<165>1 2003-10-11T22:14:15.003Z host app 4711 ID47 [a@1 k=\"x ] \\\" y\"][b@1] text")),
                printing(
                        "statsd.dom",
                        "no metric: probe",
                        text("hits:1|c|@0.1\nload:-7|g\nanswer:20.5|ms\nusers:ann|s")));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void shouldKeepServing(Target target) {
        var random = new Random(target.example().hashCode());
        try (var server = DominProcess.startExample(target.example());
                var enemy = new UdpClient(server.out().awaitPort());
                var friend = new UdpClient(server.out().awaitPort())) {
            long sent = 0;
            for (var kind : Kind.values()) {
                for (int i = 1; i <= PACKETS / Kind.values().length; i++) {
                    var packet = kind.make(
                            target.requests()
                                    .get(random.nextInt(target.requests().size())),
                            random);
                    enemy.send(packet);
                    sent++;
                    if (i % PACKETS_UNWATCHED == 0 || packet.length == LARGEST_PAYLOAD) {
                        sent += target.probe().assertServing(friend, server, sent + " packets, the last " + kind);
                    }
                }
            }
            assertThat(server.terminate()).isEqualTo(DominProcess.TERMINATED);
            assertThat(server.err().text()).doesNotContain("error");
            assertThat(server.out().text().codePoints())
                    .as("the output on the terminal")
                    .noneMatch(c -> Character.isISOControl(c) && c != '\n' || Character.getType(c) == Character.FORMAT);
            var counts = COUNTS.matcher(server.err().text());
            assertThat(counts.find())
                    .as("the counts in: %s", server.err().text())
                    .isTrue();
            assertThat(Long.parseLong(counts.group(1)) + Long.parseLong(counts.group(2)))
                    .as("packets that were handled or dropped")
                    .isEqualTo(sent);
        }
    }

    @Test
    void shouldKnowEveryExample() throws IOException {
        var known = new TreeSet<>(NO_SERVERS);
        targets().forEach(target -> known.add(target.example()));
        try (var files = Files.list(Project.file("examples"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".dom")))
                    .containsExactlyInAnyOrderElementsOf(known);
        }
    }

    private enum Kind {
        TRUNCATED {
            @Override
            byte[] make(byte[] request, Random random) {
                return Arrays.copyOf(request, random.nextInt(request.length));
            }
        },
        OVERSIZED {
            // Extends it with random bytes, with zeros, or with itself.
            @Override
            byte[] make(byte[] request, Random random) {
                int length = random.nextInt(40) == 0 ? LARGEST_PAYLOAD : request.length + 1 + random.nextInt(3000);
                var packet = new byte[length];
                int filling = random.nextInt(3);
                if (filling == 0) {
                    random.nextBytes(packet);
                }
                System.arraycopy(request, 0, packet, 0, request.length);
                for (int at = request.length; filling == 1 && at < length; at++) {
                    packet[at] = request[at % request.length];
                }
                return packet;
            }
        },
        RANDOM {
            // Every other time a request with some changed bytes, which tests more code than random bytes.
            @Override
            byte[] make(byte[] request, Random random) {
                if (random.nextBoolean()) {
                    var noise = new byte[random.nextInt(200)];
                    random.nextBytes(noise);
                    return noise;
                }
                var damaged = request.clone();
                for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                return damaged;
            }
        },
        DISGUISED {
            // A valid request with inserted bytes that end or separate texts, or control terminals.
            @Override
            byte[] make(byte[] request, Random random) {
                var packet = new ByteArrayOutputStream();
                int places = 1 + random.nextInt(4);
                for (byte b : request) {
                    if (random.nextInt(request.length) < places) {
                        packet.writeBytes(DISGUISES[random.nextInt(DISGUISES.length)]);
                        if (random.nextBoolean()) {
                            continue; // replaces the byte
                        }
                    }
                    packet.write(b);
                }
                return packet.toByteArray();
            }
        };

        abstract byte[] make(byte[] request, Random random);
    }

    /** Sends a valid request and checks that it is served; returns the number of packets sent. */
    interface Probe {
        int assertServing(UdpClient client, DominProcess server, String after);
    }

    /** An example, a check that it serves, and valid requests from which invalid ones are made. */
    record Target(String example, Probe probe, List<byte[]> requests) {
        @Override
        public String toString() {
            return example;
        }
    }

    private static Target answering(String example, String request, String answer, byte[]... others) {
        return answering(example, text(request), text(answer), others);
    }

    private static Target answering(String example, byte[] request, byte[] answer, byte[]... others) {
        return answeringBy(example, request, client -> answer, others);
    }

    private static Target answeringBy(
            String example, byte[] request, Function<UdpClient, byte[]> answer, byte[]... others) {
        Probe probe = (client, server, after) -> {
            client.send(request);
            var received = client.receive();
            int sent = 1;
            while (received.isEmpty() && sent < 3) { // on a busy machine even a valid request may be late
                client.send(request);
                received = client.receive();
                sent++;
            }
            assertThat(received.map(HexFormat.of()::formatHex))
                    .as("the answer to a valid request after %s", after)
                    .hasValue(HexFormat.of().formatHex(answer.apply(client)));
            return sent;
        };
        return new Target(
                example,
                probe,
                Stream.concat(Stream.of(request), Stream.of(others)).toList());
    }

    /** A server that sends no answers, but prints a line with the number after "probe". */
    private static Target printing(String example, String line, byte[]... requests) {
        var count = new int[1];
        Probe probe = (client, server, after) -> {
            count[0]++;
            int before = server.out().size();
            client.send("probe" + count[0]);
            await("the line on a probe after " + after)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> server.out().textBehind(before).contains(line + count[0] + "\n"));
            return 1;
        };
        return new Target(example, probe, List.of(requests));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
