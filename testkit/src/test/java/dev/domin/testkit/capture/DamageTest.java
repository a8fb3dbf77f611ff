package dev.domin.testkit.capture;

import static dev.domin.testkit.capture.Packets.hex;
import static dev.domin.testkit.capture.Packets.ipv4;
import static dev.domin.testkit.capture.Packets.join;
import static dev.domin.testkit.capture.Packets.part;
import static dev.domin.testkit.capture.Packets.text;
import static dev.domin.testkit.capture.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are incomplete, damaged, or of another format. */
class DamageTest {

    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
    private static final byte[] HELLO = ipv4(udp(text("hello")));

    @TempDir
    Path folder;

    static Stream<Arguments> files() {
        var pcapng = CaptureFile.pcapng(LITTLE, 101).packet(1, HELLO).packet(2, HELLO);
        var pcap = CaptureFile.pcap(LITTLE, 0xA1B2C3D4, 101)
                .pcapPacket(1, 1, HELLO)
                .pcapPacket(1, 1, HELLO);
        return Stream.of(arguments(pcapng.toBytes(), 28, 48), arguments(pcap.toBytes(), 24, 24));
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldReadAllWholePacketsOfAFileThatEndsAnywhere(byte[] file, int firstHeader, int headers)
            throws IOException {
        int packet = (file.length - headers) / 2;
        for (int length = 4; length <= file.length; length++) {
            var content = CaptureFile.read(part(file, 0, length));
            int rest = length - headers;
            assertThat(content.datagrams()).hasSize(Math.max(0, rest / packet));
            boolean betweenBlocks = rest >= 0 && rest % packet == 0 || length == firstHeader;
            assertThat(content.summary().truncated()).isEqualTo(!betweenBlocks);
        }
    }

    static Stream<Arguments> others() {
        return Stream.of(
                arguments(
                        "",
                        "found an empty file; the program that captured it wrote no packets, or has not begun"
                                + " to write"),
                arguments("0a0d", "found a file of less than 4 bytes"),
                arguments("00000000 00", "found zeros"),
                arguments("28b52ffd 00", "found a file compressed with zstd; decompress it first: zstd -d FILE"),
                arguments("fd377a58 5a00", "found a file compressed with xz; decompress it first: unxz FILE"),
                arguments("425a6839 31", "found a file compressed with bzip2; decompress it first: bunzip2 FILE"),
                arguments("04224d18", "found a file compressed with lz4; decompress it first: lz4 -d FILE"),
                arguments("504b0304", "found a ZIP archive; extract the capture first: unzip FILE"),
                arguments(
                        "736e6f6f 70000000",
                        "found a capture of snoop; Wireshark's editcap converts it: editcap -F"
                                + " pcapng FILE NEW.pcapng"),
                arguments("474d4255", "found a capture of Network Monitor"),
                arguments(
                        "7b226122",
                        "found a file that begins with the bytes 7b226122; if Wireshark opens it, its"
                                + " editcap converts it: editcap -F pcapng FILE NEW.pcapng"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void shouldSayWhatIsNotACapture(String content, String message) throws IOException {
        var file = Files.write(folder.resolve("some.file"), hex(content));
        assertThatThrownBy(() -> CaptureReader.open(file))
                .isInstanceOf(CaptureFormatException.class)
                .hasMessageStartingWith(file + ", byte 0: expected a capture in the format pcapng or pcap, " + message);
    }

    static Stream<Arguments> damages() {
        var big = ByteOrder.BIG_ENDIAN;
        return Stream.of(
                arguments(
                        new CaptureFile(big).u32(6).u32(7).u32(7),
                        "expected the length of a block, a multiple of 4 from 12 to 268435456, found 7"),
                arguments(
                        new CaptureFile(big).u32(6).u32(0xFFFFFFFCL).u32(7),
                        "expected the length of a block, a multiple of 4 from 12 to 268435456, found 4294967292"),
                arguments(
                        new CaptureFile(big).u32(5).u32(12).u32(16),
                        "expected a block that ends with its length, 12, found one that ends with 16"),
                arguments(
                        new CaptureFile(big).block(6, new CaptureFile(big).u32(0)),
                        "expected a packet with a header of 28 bytes, found a block of 16 bytes"),
                arguments(
                        new CaptureFile(big).block(6, new CaptureFile(big).add(new byte[16])),
                        "expected a packet with a header of 28 bytes, found a block of 28 bytes"),
                arguments(
                        new CaptureFile(big).block(2, new CaptureFile(big).add(new byte[16])),
                        "expected a packet with a header of 28 bytes, found a block of 28 bytes"),
                arguments(
                        new CaptureFile(big).block(3, new CaptureFile(big)),
                        "expected a packet with a header of 12 bytes, found a block of 12 bytes"),
                arguments(
                        new CaptureFile(big)
                                .block(
                                        6,
                                        new CaptureFile(big)
                                                .u32(0)
                                                .u32(0)
                                                .u32(0)
                                                .u32(5)
                                                .u32(5)
                                                .u32(0)),
                        "expected a packet inside its block of 36 bytes, found one of 5 bytes"),
                arguments(
                        new CaptureFile(big).block(1, new CaptureFile(big).u32(0)),
                        "expected the description of an interface, found a block of 16 bytes"),
                arguments(
                        new CaptureFile(big)
                                .u32(0x0A0D0D0A)
                                .u32(28)
                                .u32(0x1A2B3C4D)
                                .u16(1)
                                .u16(0)
                                .u32(-1)
                                .u32(-1)
                                .u32(32),
                        "expected a block that ends with its length, 28, found one that ends with 32"),
                arguments(
                        new CaptureFile(big).u32(0x0A0D0D0A).u32(28).u32(5),
                        "expected the byte order of a section, 1a2b3c4d or 4d3c2b1a, found 00000005"),
                arguments(
                        new CaptureFile(big)
                                .block(
                                        0x0A0D0D0A,
                                        new CaptureFile(big)
                                                .u32(0x1A2B3C4D)
                                                .u16(2)
                                                .u16(0)
                                                .u32(-1)
                                                .u32(-1)),
                        "expected a section of pcapng 1, found one of version 2"));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void shouldSayWhereAFileIsDamaged(CaptureFile damage, String message) throws IOException {
        var good =
                CaptureFile.pcapng(ByteOrder.BIG_ENDIAN, 101).packet(1, HELLO).toBytes();
        var file = Files.write(folder.resolve("a.pcapng"), join(good, damage.toBytes()));
        try (var reader = CaptureReader.open(file)) {
            assertThat(reader.next()).isPresent();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(reader::next)
                        .isInstanceOf(CaptureFormatException.class)
                        .hasMessage(
                                "%s, byte %d: %s; the file is damaged here, and only the packets before this place"
                                        + " can be read",
                                file, good.length, message);
            }
            assertThatThrownBy(() -> reader.stream().count())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(CaptureFormatException.class);
            assertThat(reader.summary().datagrams()).isEqualTo(1);
        }
    }

    @Test
    void shouldNotTakeTheLongestBlockForADamagedOne() throws IOException {
        var content = CaptureFile.pcapng(LITTLE, 101)
                .packet(1, HELLO)
                .u32(0x7777)
                .u32(256 << 20)
                .u32(0)
                .read();
        assertThat(content.datagrams()).hasSize(1);
        assertThat(content.summary().truncated()).isTrue();
    }

    @Test
    void shouldRefusePacketsOfPcapThatAreLongerThanAny() {
        var file = CaptureFile.pcap(LITTLE, 0xA1B2C3D4, 101)
                .u32(0)
                .u32(0)
                .u32(0xFFFFFFFFL)
                .u32(5);
        assertThatThrownBy(file::read)
                .isInstanceOf(CaptureFormatException.class)
                .hasMessageStartingWith(
                        "the stream, byte 24: expected a packet of at most 134217728 bytes, found one of"
                                + " 4294967295");
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var compressed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        }
        return compressed.toByteArray();
    }

    @Test
    void shouldReadAnIncompleteGzipFileAsFarAsItGoes() throws IOException {
        var random = new byte[20_000];
        new Random(3).nextBytes(random);
        var file = CaptureFile.pcapng(LITTLE, 101);
        for (int i = 0; i < 10; i++) {
            file.packet(1, ipv4(udp(part(random, 2_000 * i, 2_000 * (i + 1)))));
        }
        var compressed = gzip(file.toBytes());
        var content = CaptureFile.read(part(compressed, 0, compressed.length / 2));
        assertThat(content.datagrams()).hasSizeBetween(1, 9);
        assertThat(content.summary().truncated()).isTrue();
    }

    @Test
    void shouldSayThatAGzipFileIsDamaged() throws IOException {
        assertThatThrownBy(() -> CaptureFile.read(hex("1f8b 00")))
                .isInstanceOf(CaptureFormatException.class)
                .hasMessageContaining("expected a gzip file, found an incomplete or damaged header");
        var compressed = gzip(CaptureFile.pcapng(LITTLE, 101).packet(1, HELLO).toBytes());
        compressed[compressed.length - 6]++; // its checksum
        assertThatThrownBy(() -> CaptureFile.read(compressed))
                .isInstanceOf(CaptureFormatException.class)
                .hasMessageStartingWith("the stream, uncompressed: the gzip file is damaged (");
    }

    @Test
    void shouldCloseAStreamThatIsNotACapture() {
        var closed = new boolean[1];
        var stream = new ByteArrayInputStream(new byte[0]) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        assertThatThrownBy(() -> CaptureReader.open(stream)).isInstanceOf(CaptureFormatException.class);
        assertThat(closed[0]).isTrue();
    }

    @Test
    void shouldReadAFileThatIsStillWritten() throws IOException {
        var file = folder.resolve("growing.pcapng");
        var all = CaptureFile.pcapng(LITTLE, 101)
                .packet(1, HELLO)
                .packet(2, HELLO)
                .toBytes();
        Files.write(file, part(all, 0, all.length - 3));
        try (var reader = CaptureReader.open(file)) {
            assertThat(reader.next()).isPresent();
            assertThat(reader.next()).isEmpty();
            assertThat(reader.summary().truncated()).isTrue();
            Files.write(file, part(all, all.length - 3, all.length), StandardOpenOption.APPEND);
            assertThat(reader.next()).isPresent();
            assertThat(reader.next()).isEmpty();
            assertThat(reader.summary().truncated()).isFalse();
        }
    }
}
