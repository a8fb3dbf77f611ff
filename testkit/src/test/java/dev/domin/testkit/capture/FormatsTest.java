package dev.domin.testkit.capture;

import static dev.domin.testkit.capture.Packets.CLIENT;
import static dev.domin.testkit.capture.Packets.SERVER;
import static dev.domin.testkit.capture.Packets.ipv4;
import static dev.domin.testkit.capture.Packets.text;
import static dev.domin.testkit.capture.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Both file formats in both byte orders, byte by byte. */
class FormatsTest {

    private static final int RAW = 101;
    private static final byte[] HELLO = ipv4(udp(text("hello")));

    /** The longest block of pcapng that is read, not skipped. */
    private static final int LONGEST_BLOCK = 524_288;

    static List<ByteOrder> orders() {
        return List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldReadPcapWithMicroseconds(ByteOrder order) throws IOException {
        var content = CaptureFile.pcap(order, 0xA1B2C3D4, RAW)
                .pcapPacket(1_700_000_000L, 999_999, HELLO)
                .pcapPacket(4_000_000_000L, 1, HELLO)
                .read();
        assertThat(content.datagrams())
                .extracting(CapturedDatagram::number, CapturedDatagram::time)
                .containsExactly(
                        tuple(1L, Instant.ofEpochSecond(1_700_000_000L, 999_999_000)),
                        tuple(2L, Instant.ofEpochSecond(4_000_000_000L, 1_000)));
        var first = content.datagrams().get(0);
        assertThat(first.source()).isEqualTo(CLIENT);
        assertThat(first.destination()).isEqualTo(SERVER);
        assertThat(first.text()).isEqualTo("hello");
        assertThat(first.comment()).isEmpty();
        assertThat(first.truncated()).isFalse();
        assertThat(content.summary().describe()).isEqualTo("pcap: 2 packets, 2 UDP datagrams");
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldReadPcapWithNanoseconds(ByteOrder order) throws IOException {
        var content = CaptureFile.pcap(order, 0xA1B23C4D, RAW)
                .pcapPacket(1, 999_999_999, HELLO)
                .read();
        assertThat(content.datagrams())
                .singleElement()
                .satisfies(each -> assertThat(each.time()).isEqualTo(Instant.ofEpochSecond(1, 999_999_999)));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldReadModifiedPcap(ByteOrder order) throws IOException {
        var content =
                CaptureFile.pcap(order, 0xA1B2CD34, RAW).pcapPacket(1, 2, HELLO).read();
        assertThat(content.datagrams()).extracting(CapturedDatagram::text).containsExactly("hello");
    }

    @Test
    void shouldIgnoreTheLengthOfTheCheckSequenceInTheLinkType() throws IOException {
        var content = CaptureFile.pcap(ByteOrder.LITTLE_ENDIAN, 0xA1B2C3D4, 0x44000000 | RAW)
                .pcapPacket(1, 1, HELLO)
                .read();
        assertThat(content.datagrams()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldReadEnhancedSimpleAndObsoletePackets(ByteOrder order) throws IOException {
        long units = 1_700_000_000_000_001L;
        var content = CaptureFile.pcapng(order, RAW)
                .packet(units, HELLO)
                .block(3, new CaptureFile(order).u32(HELLO.length).add(HELLO).pad())
                .block(
                        2,
                        new CaptureFile(order)
                                .u16(0)
                                .u16(5) // dropped packets
                                .u32(units >>> 32)
                                .u32(units)
                                .u32(HELLO.length)
                                .u32(HELLO.length)
                                .add(HELLO)
                                .pad())
                .read();
        var time = Instant.ofEpochSecond(1_700_000_000L, 1_000);
        assertThat(content.datagrams()).extracting(CapturedDatagram::time).containsExactly(time, Instant.EPOCH, time);
        assertThat(content.datagrams()).extracting(CapturedDatagram::text).containsOnly("hello");
        assertThat(content.datagrams()).extracting(CapturedDatagram::number).containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldReadSectionsOfBothByteOrders() throws IOException {
        var little = CaptureFile.pcapng(ByteOrder.LITTLE_ENDIAN, RAW)
                .packet(1, HELLO)
                .toBytes();
        var big = CaptureFile.pcapng(ByteOrder.BIG_ENDIAN, 1)
                .packet(2, Packets.ethernet(0x0800, HELLO))
                .toBytes();
        var content = CaptureFile.read(Packets.join(little, big, little));
        assertThat(content.datagrams()).extracting(CapturedDatagram::text).containsExactly("hello", "hello", "hello");
        assertThat(content.datagrams()).extracting(CapturedDatagram::number).containsExactly(1L, 2L, 3L);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldReadSeveralInterfacesAndIgnoreOtherBlocks(ByteOrder order) throws IOException {
        var file = new CaptureFile(order).section().description(RAW);
        var content = file.description(
                        1,
                        file.option(2, text("eth0")),
                        file.option(9, new byte[] {9}),
                        file.option(14, file.i64(-10)),
                        file.option(0, new byte[0]))
                .block(4, new CaptureFile(order).u32(0)) // names
                .block(5, new CaptureFile(order).u32(0).u32(0).u32(0)) // statistics
                .block(0x0BAD, new CaptureFile(order).u32(12_345)) // custom
                .block(0x7777, new CaptureFile(order).u32(0))
                .packet(1, 12_000_000_345L, Packets.ethernet(0x0800, HELLO), 47)
                .packet(0, 7, HELLO, HELLO.length)
                .packet(2, 7, HELLO, HELLO.length)
                .block(9, new CaptureFile(order).add(text("A=1\n"))) // a journal entry
                .read();
        assertThat(content.datagrams())
                .extracting(CapturedDatagram::time)
                .containsExactly(Instant.ofEpochSecond(2, 345), Instant.ofEpochSecond(0, 7_000));
        assertThat(content.summary().skipped())
                .containsOnly(
                        entry("of an interface that the file does not describe", 1L),
                        entry("a record that is not a packet of a network", 2L));
        assertThat(content.summary().unknownBlocks()).isEqualTo(1);
        assertThat(content.summary().packets()).isEqualTo(5);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldReadComments(ByteOrder order) throws IOException {
        var file = CaptureFile.pcapng(order, RAW);
        var content = file.packet(
                        0,
                        1,
                        HELLO,
                        HELLO.length,
                        file.option(2, new byte[4]),
                        file.option(1, text("größer")),
                        file.option(1, text("two")),
                        file.option(0, new byte[0]))
                .packet(0, 1, HELLO, HELLO.length, file.option(1, text("no end of options")))
                .packet(0, 1, HELLO, HELLO.length, file.option(1, new byte[0]))
                .packet(1, HELLO)
                .read();
        assertThat(content.datagrams())
                .extracting(each -> each.comment().orElse("none"))
                .containsExactly("größer\ntwo", "no end of options", "", "none");
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldLeaveOutOptionsWithoutTheirValues(ByteOrder order) throws IOException {
        var resolution = new CaptureFile(order).u16(9).u16(1).toBytes();
        var comment = new CaptureFile(order).u16(1).u16(4).toBytes();
        var content = new CaptureFile(order)
                .section()
                .description(RAW, resolution)
                .packet(0, 5, HELLO, HELLO.length, comment)
                .read();
        assertThat(content.datagrams()).singleElement().satisfies(each -> {
            assertThat(each.time()).isEqualTo(Instant.ofEpochSecond(0, 5_000));
            assertThat(each.comment()).isEmpty();
        });
    }

    static Stream<Arguments> units() {
        return Stream.of(
                unit(0, 5, Instant.ofEpochSecond(5)),
                unit(3, 5_001, Instant.ofEpochSecond(5, 1_000_000)),
                unit(6, 1_700_000_000_123_456L, Instant.ofEpochSecond(1_700_000_000L, 123_456_000)),
                unit(9, 1_700_000_000_123_456_789L, Instant.ofEpochSecond(1_700_000_000L, 123_456_789)),
                unit(9, -1, Instant.ofEpochSecond(18_446_744_073L, 709_551_615)), // 2 to the power of 64, minus 1
                unit(12, 3_000_000_000_999L, Instant.ofEpochSecond(3)),
                unit(12, 3_000_000_001_000L, Instant.ofEpochSecond(3, 1)),
                unit(19, -1, Instant.ofEpochSecond(1, 844_674_407)),
                unit(20, -1, Instant.ofEpochSecond(0, 184_467_440)),
                unit(127, -1, Instant.EPOCH),
                unit(0x80, 5, Instant.ofEpochSecond(5)),
                unit(0x81, 5, Instant.ofEpochSecond(2, 500_000_000)),
                unit(0x80 | 20, (7L << 20) + (1 << 18), Instant.ofEpochSecond(7, 250_000_000)),
                unit(0x80 | 32, (7L << 32) + (1L << 31), Instant.ofEpochSecond(7, 500_000_000)),
                unit(0x80 | 63, (1L << 63) + (1L << 61), Instant.ofEpochSecond(1, 250_000_000)),
                unit(0x80 | 64, 1L << 63, Instant.ofEpochSecond(0, 500_000_000)),
                unit(0x80 | 66, -1, Instant.ofEpochSecond(0, 249_999_999)),
                unit(0xFF, -1, Instant.EPOCH),
                unit(0, -1, Instant.MAX));
    }

    private static Arguments unit(int resolution, long units, Instant time) {
        return Arguments.of(resolution, units, time);
    }

    @ParameterizedTest
    @MethodSource("units")
    void shouldReadTimesOfEveryResolution(int resolution, long units, Instant time) throws IOException {
        for (var order : orders()) {
            var file = new CaptureFile(order).section();
            var content = file.description(RAW, file.option(9, new byte[] {(byte) resolution}))
                    .packet(units, HELLO)
                    .read();
            assertThat(content.datagrams()).extracting(CapturedDatagram::time).containsExactly(time);
        }
    }

    @Test
    void shouldReadTruncatedPackets() throws IOException {
        var big = ByteOrder.BIG_ENDIAN;
        var packet = ipv4(udp(text("0123456789")));
        var content = CaptureFile.pcapng(big, RAW)
                .packet(0, 1, Packets.part(packet, 0, packet.length - 4), packet.length)
                .packet(0, 1, Packets.part(packet, 0, 24), packet.length)
                .packet(0, 1, Packets.part(packet, 0, 10), packet.length)
                .packet(0, 1, Packets.part(packet, 0, packet.length - 4), packet.length - 4)
                .read();
        assertThat(content.datagrams()).singleElement().satisfies(each -> {
            assertThat(each.text()).isEqualTo("012345");
            assertThat(each.length()).isEqualTo(10);
            assertThat(each.truncated()).isTrue();
            assertThat(each)
                    .hasToString("#1 1970-01-01T00:00:00.000001Z 192.0.2.1:40000 > 192.0.2.2:53, 10 bytes"
                            + " (captured 6)");
        });
        assertThat(content.summary().describe())
                .isEqualTo("pcapng: 4 packets, 1 UDP datagram; left out: 2 cut by the snap length in its headers,"
                        + " 1 with wrong lengths in its headers");
    }

    @Test
    void shouldUseTheSnapLengthForSimplePackets() throws IOException {
        var big = ByteOrder.BIG_ENDIAN;
        var packet = ipv4(udp(text("0123456789")));
        var content = new CaptureFile(big)
                .section()
                .block(1, new CaptureFile(big).u16(RAW).u16(0).u32(packet.length - 3))
                .block(
                        3,
                        new CaptureFile(big)
                                .u32(packet.length)
                                .add(Packets.part(packet, 0, packet.length - 3))
                                .pad())
                .read();
        assertThat(content.datagrams()).extracting(CapturedDatagram::text).containsExactly("0123456");
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldReadSimplePacketsOfAnInterfaceWithoutASnapLength(ByteOrder order) throws IOException {
        var content = new CaptureFile(order)
                .section()
                .block(1, new CaptureFile(order).u16(RAW).u16(0).u32(0))
                .block(3, new CaptureFile(order).u32(HELLO.length).add(HELLO).pad())
                .read();
        assertThat(content.datagrams()).extracting(CapturedDatagram::text).containsExactly("hello");
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldEndSimplePacketsWithTheirBlock(ByteOrder order) throws IOException {
        var packet = ipv4(udp(text("0123456789")));
        var content = CaptureFile.pcapng(order, RAW)
                .block(3, new CaptureFile(order).u32(packet.length).add(Packets.part(packet, 0, 32)))
                .read();
        assertThat(content.datagrams()).singleElement().satisfies(each -> {
            assertThat(each.text()).isEqualTo("0123");
            assertThat(each.length()).isEqualTo(10);
        });
    }

    @Test
    void shouldReadGzip() throws IOException {
        var file = CaptureFile.pcapng(ByteOrder.LITTLE_ENDIAN, RAW)
                .packet(1, HELLO)
                .toBytes();
        var compressed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(compressed)) {
            out.write(file);
        }
        assertThat(CaptureFile.read(compressed.toByteArray()).datagrams())
                .extracting(CapturedDatagram::text)
                .containsExactly("hello");
    }

    @Test
    void shouldSkipBlocksThatAreLongerThanTheLongestThatIsRead() throws IOException {
        var little = ByteOrder.LITTLE_ENDIAN;
        int rest = LONGEST_BLOCK - 32 - 36; // without the parts of the block, and the packet with its padding
        var content = CaptureFile.pcapng(little, RAW)
                .packet(0, 1, HELLO, HELLO.length, new byte[rest])
                .packet(0, 1, HELLO, HELLO.length, new byte[rest + 4])
                .block(0x7777, new CaptureFile(little).add(new byte[LONGEST_BLOCK]))
                .block(0x7777, new CaptureFile(little).add(new byte[LONGEST_BLOCK]))
                .packet(1, HELLO)
                .read();
        assertThat(content.datagrams()).extracting(CapturedDatagram::number).containsExactly(1L, 3L);
        assertThat(content.summary().skipped()).containsOnly(entry("longer than a UDP packet can be", 1L));
        assertThat(content.summary().unknownBlocks()).isEqualTo(2);
    }

    /** A section whose header has that length. */
    private static CaptureFile section(int length) {
        var little = ByteOrder.LITTLE_ENDIAN;
        var body = new CaptureFile(little).u32(0x1A2B3C4D).u16(1).u16(0).u32(-1).u32(-1);
        return new CaptureFile(little)
                .block(0x0A0D0D0A, body.add(new byte[length - 28]))
                .description(RAW)
                .packet(1, HELLO);
    }

    @Test
    void shouldReadHeadersOfSectionsUpToTheLongestBlock() throws IOException {
        assertThat(section(LONGEST_BLOCK).read().datagrams()).hasSize(1);
        assertThatThrownBy(() -> section(LONGEST_BLOCK + 4).read())
                .isInstanceOf(CaptureFormatException.class)
                .hasMessageContaining("expected the header of a section, found a block of 524292 bytes");
    }

    @Test
    void shouldSkipPacketsThatAreTooLongForUdp() throws IOException {
        var little = ByteOrder.LITTLE_ENDIAN;
        var content = CaptureFile.pcapng(little, RAW)
                .packet(1, new byte[600_000])
                .block(0x7777, new CaptureFile(little).add(new byte[700_000]))
                .packet(1, HELLO)
                .read();
        assertThat(content.datagrams()).extracting(CapturedDatagram::number).containsExactly(2L);
        assertThat(content.summary().skipped()).containsOnlyKeys("longer than a UDP packet can be");
        var pcap = CaptureFile.pcap(little, 0xA1B2C3D4, RAW)
                .pcapPacket(1, 1, new byte[600_000])
                .pcapPacket(1, 1, HELLO)
                .read();
        assertThat(pcap.datagrams()).extracting(CapturedDatagram::number).containsExactly(2L);
    }
}
