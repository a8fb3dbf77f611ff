package dev.domin.testkit.capture;

import static dev.domin.testkit.capture.Packets.CLIENT;
import static dev.domin.testkit.capture.Packets.CLIENT6;
import static dev.domin.testkit.capture.Packets.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wireshark's programs read what is written, and what they write is read. */
class WiresharkTest {

    private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000L, 123_456_789);

    @TempDir
    Path folder;

    private List<CapturedDatagram> written;

    private Path write() throws IOException {
        var random = new Random(5);
        written = new ArrayList<>();
        for (int length : new int[] {0, 1, 2, 3, 7, 8, 9, 100, 1_001, 1_472, 9_000, 65_507}) {
            for (boolean six : new boolean[] {false, true}) {
                var payload = new byte[length];
                random.nextBytes(payload);
                written.add(new CapturedDatagram(
                        written.size() + 1,
                        TIME.plusNanos(written.size() * 1_234_567_891L),
                        six ? new InetSocketAddress("::1", 40_000 + length % 1_000) : CLIENT,
                        six ? new InetSocketAddress("2001:db8::2", 50_008) : new InetSocketAddress("127.0.0.1", 50_007),
                        payload,
                        length,
                        length == 3 ? Optional.of("größer, \"quoted\"") : Optional.empty()));
            }
        }
        var file = folder.resolve("written.pcapng");
        try (var writer = CaptureWriter.create(file)) {
            for (var each : written) {
                writer.write(each);
            }
        }
        return file;
    }

    private static List<List<String>> fields(Path file, List<String> options, String... fields)
            throws IOException, InterruptedException {
        var arguments = new ArrayList<Object>(List.of("-r", file, "-n", "-T", "fields", "-E", "separator=|"));

        arguments.addAll(options);
        for (var field : fields) {
            arguments.addAll(List.of("-e", field));
        }
        return Tool.require("tshark", "tshark")
                .run(arguments.toArray())
                .lines()
                .map(line -> Arrays.asList(line.split("\\|", -1)))
                .toList();
    }

    @Test
    void shouldWriteWhatTsharkReads() throws Exception {
        var file = write();
        var rows = fields(
                file,
                List.of("-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE"),
                "frame.number",
                "frame.time_epoch",
                "ip.src",
                "ipv6.src",
                "udp.srcport",
                "ip.dst",
                "ipv6.dst",
                "udp.dstport",
                "udp.length",
                "udp.payload",
                "ip.checksum.status",
                "udp.checksum.status",
                "frame.comment",
                "_ws.malformed");
        assertThat(rows).hasSameSizeAs(written);
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var datagram = written.get(i);
            assertThat(row.get(0)).isEqualTo("" + datagram.number());
            assertThat(row.get(1))
                    .isEqualTo(BigDecimal.valueOf(ChronoUnit.NANOS.between(Instant.EPOCH, datagram.time()), 9)
                            .toPlainString());
            assertThat(address(row, 2)).isEqualTo(datagram.source());
            assertThat(address(row, 5)).isEqualTo(datagram.destination());
            assertThat(row.get(8)).isEqualTo("" + (8 + datagram.length()));
            assertThat(row.get(9)).isEqualTo(HexFormat.of().formatHex(datagram.payload()));
            assertThat(row.get(10)).as("1 is good, and IPv6 has none").isIn("1", "");
            assertThat(row.get(11)).as("1 is good").isEqualTo("1");
            assertThat(row.get(12)).isEqualTo(datagram.comment().orElse(""));
            assertThat(row.get(13)).isEmpty();
        }
    }

    private static InetSocketAddress address(List<String> row, int at) {
        var host = row.get(at).isEmpty() ? row.get(at + 1) : row.get(at);
        return new InetSocketAddress(host, Integer.parseInt(row.get(at + 2)));
    }

    @Test
    void shouldWriteWhatCapinfosReads() throws Exception {
        var file = write();
        assertThat(Tool.require("capinfos", "wireshark-common").run(file))
                .containsPattern("File type: +Wireshark/... - pcapng")
                .containsPattern("File encapsulation: +Raw IP")
                .containsPattern("File timestamp precision: +nanoseconds")
                .containsPattern("Number of packets: +" + written.size())
                .containsPattern("Capture application: +domin");
    }

    @ParameterizedTest
    @CsvSource({"pcapng,NANOS", "pcap,MICROS", "nsecpcap,NANOS", "modpcap,MICROS"})
    void shouldReadWhatEditcapConverts(String format, ChronoUnit precision) throws Exception {
        var file = write();
        var converted = folder.resolve("converted." + format);
        Tool.require("editcap", "wireshark-common").run("-F", format, file, converted);
        boolean comments = format.equals("pcapng");
        var expected = written.stream()
                .map(each -> new CapturedDatagram(
                        each.number(),
                        each.time().truncatedTo(precision),
                        each.source(),
                        each.destination(),
                        each.payload(),
                        each.length(),
                        comments ? each.comment() : Optional.empty()))
                .toList();
        assertThat(CaptureReader.readAll(converted)).isEqualTo(expected);
    }

    @Test
    void shouldReadWhatEditcapCuts() throws Exception {
        var cut = folder.resolve("cut.pcapng");
        Tool.require("editcap", "wireshark-common").run("-s", "200", write(), cut);
        var read = CaptureReader.readAll(cut);
        assertThat(read).hasSameSizeAs(written);
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i).length()).isEqualTo(written.get(i).length());
            assertThat(read.get(i).truncated()).isEqualTo(written.get(i).length() > 200);
            assertThat(written.get(i).payload()).startsWith(read.get(i).payload());
        }
    }

    @Test
    void shouldReadWhatMergecapMerges() throws Exception {
        var file = write();
        var pcap = Files.write(
                folder.resolve("other.pcap"),
                CaptureFile.pcap(ByteOrder.BIG_ENDIAN, 0xA1B2C3D4, 1)
                        .pcapPacket(5, 5, Packets.ethernet(0x86DD, Packets.ipv6(Packets.udp(Packets.text("hello")))))
                        .toBytes());
        var merged = folder.resolve("merged.pcapng");
        Tool.require("mergecap", "wireshark-common").run("-a", "-I", "none", "-w", merged, file, pcap, file);
        var read = CaptureReader.readAll(merged);
        assertThat(read).hasSize(2 * written.size() + 1);
        assertThat(read.get(written.size()).source()).isEqualTo(CLIENT6);
        assertThat(read.get(written.size()).time()).isEqualTo(Instant.ofEpochSecond(5, 5_000));
        assertThat(read.subList(0, written.size())).isEqualTo(written);
        assertThat(read.get(2 * written.size()).payload())
                .isEqualTo(written.get(written.size() - 1).payload());
    }

    @Test
    void shouldJoinFragmentsAsTsharkDoes() throws Exception {
        var random = new Random(6);
        var file = CaptureFile.pcapng(ByteOrder.LITTLE_ENDIAN, 101);
        for (int id = 1; id <= 20; id++) {
            var payload = new byte[2_000 + random.nextInt(4_000)];
            random.nextBytes(payload);
            var datagram = Packets.udp(payload);
            boolean six = random.nextBoolean();
            var pieces = new ArrayList<byte[]>();
            for (int from = 0; from < datagram.length; from += 1_232) {
                int end = Math.min(datagram.length, from + 1_232);
                boolean more = end < datagram.length;
                var part = Packets.part(datagram, from, end);
                pieces.add(
                        six
                                ? Packets.ipv6Fragment(part, from, more, id)
                                : Packets.ipv4(part, 17, from / 8 | (more ? 0x2000 : 0), id));
            }
            Collections.shuffle(pieces, random);
            for (var piece : pieces) {
                file.packet(id, piece);
            }
        }
        var path = Files.write(folder.resolve("fragments.pcapng"), file.toBytes());
        var seen = fields(path, List.of(), "frame.number", "udp.payload").stream()
                .filter(row -> !row.get(1).isEmpty())
                .map(row -> List.of(row.get(0), "" + row.get(1).hashCode()))
                .toList();
        assertThat(seen).hasSize(20);
        var read = CaptureReader.readAll(path).stream()
                .map(each -> List.of(
                        "" + each.number(),
                        "" + HexFormat.of().formatHex(each.payload()).hashCode()))
                .toList();
        assertThat(read).isEqualTo(seen);
    }

    @Test
    void shouldNumberPacketsAsTsharkDoes() throws Exception {
        var order = ByteOrder.LITTLE_ENDIAN;
        var hello = Packets.ipv4(Packets.udp(Packets.text("hello")));
        var path = Files.write(
                folder.resolve("mixed.pcapng"),
                CaptureFile.pcapng(order, 101)
                        .block(5, new CaptureFile(order).u32(0).u32(0).u32(0))
                        .packet(1, hello)
                        .block(
                                9,
                                new CaptureFile(order)
                                        .add(Packets.text("__REALTIME_TIMESTAMP=1\nMESSAGE=hi\n"))
                                        .pad())
                        .block(
                                3,
                                new CaptureFile(order)
                                        .u32(hello.length)
                                        .add(hello)
                                        .pad())
                        .block(0x0BAD, new CaptureFile(order).u32(12_345).u32(0))
                        .block(4, new CaptureFile(order).u32(0))
                        .block(0x7777, new CaptureFile(order).u32(0))
                        .packet(1, hello)
                        .block(0x40000BAD, new CaptureFile(order).u32(12_345).u32(0))
                        .packet(1, Packets.ipv4(new byte[20], 6, 0, 0))
                        .packet(2, hello)
                        .toBytes());
        var seen = fields(path, List.of(), "frame.number", "udp.dstport").stream()
                .filter(row -> row.get(1).equals("" + SERVER.getPort()))
                .map(row -> Long.parseLong(row.get(0)))
                .toList();
        assertThat(CaptureReader.readAll(path))
                .extracting(CapturedDatagram::number)
                .isEqualTo(seen);
    }
}
