package dev.domin.testkit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Changes valid files at random. A reader returns datagrams and counts the rest, or throws a {@link
 * CaptureFormatException}; anything else is a mistake. {@code -Dfuzz.rounds=N} and {@code -Dfuzz.seed=N} for more.
 */
class FuzzTest {

    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 8_000);
    private static final long SEED = Long.getLong("fuzz.seed", 1);

    /** Lengths and numbers that are often handled wrongly. */
    private static final int[] NUMBERS = {
        0,
        1,
        3,
        4,
        7,
        8,
        11,
        12,
        15,
        16,
        20,
        28,
        255,
        256,
        0x7FFF,
        0x8000,
        0xFFFF,
        0x10000,
        0x7FFFFFFF,
        0x80000000,
        -1,
        -4,
        -8,
        0x0A0D0D0A,
        600_000
    };

    private static List<byte[]> files() throws IOException {
        var random = new Random(SEED);
        var files = new ArrayList<byte[]>();
        for (var order : FormatsTest.orders()) {
            var all = new CaptureFile(order).section();
            var pcapng = all.description(
                            1, all.option(9, new byte[] {9}), all.option(14, all.i64(3)), all.option(0, new byte[0]))
                    .description(101)
                    .description(0)
                    .description(113, all.option(9, new byte[] {(byte) 0x8A}))
                    .description(276);
            for (int i = 0; i < 5; i++) {
                pcapng.packet(i, 1_700_000_000_000_000L + i, packet(i, random), 2_000, all.option(1, new byte[9]));
                var packet = packet(0, random);
                pcapng.block(
                        3, new CaptureFile(order).u32(packet.length).add(packet).pad());
            }
            for (var piece : fragments(random)) {
                pcapng.packet(1, 5, piece, piece.length);
            }
            pcapng.block(4, new CaptureFile(order).u32(0))
                    .section()
                    .description(101)
                    .packet(5, packet(1, random));
            files.add(pcapng.toBytes());
            for (int magic : new int[] {0xA1B2C3D4, 0xA1B23C4D, 0xA1B2CD34}) {
                for (int link : new int[] {0, 1, 2, 3, 4}) {
                    var pcap = CaptureFile.pcap(order, magic, new int[] {1, 101, 0, 113, 276}[link]);
                    for (int i = 0; i < 4; i++) {
                        pcap.pcapPacket(5, i, packet(link, random));
                    }
                    files.add(pcap.toBytes());
                }
                var raw = CaptureFile.pcap(order, magic, 101);
                for (var piece : fragments(random)) {
                    raw.pcapPacket(5, 5, piece);
                }
                files.add(raw.toBytes());
            }
        }
        var written = new ByteArrayOutputStream();
        try (var writer = CaptureWriter.create(written)) {
            for (int i = 0; i < 10; i++) {
                writer.write(Instant.ofEpochSecond(i), Packets.CLIENT, Packets.SERVER, new byte[i * 10]);
                writer.write(i, Packets.CLIENT6, Packets.SERVER6, new byte[i], 0, i, "comment");
            }
        }
        files.add(written.toByteArray());
        return files;
    }

    private static byte[] packet(int link, Random random) {
        var payload = new byte[random.nextInt(40)];
        boolean six = random.nextBoolean();
        var extended = Packets.join(Packets.hex("3c00050200000000 1100000000000000"), Packets.udp(payload));
        var ip = six
                ? random.nextBoolean() ? Packets.ipv6(Packets.udp(payload)) : Packets.ipv6(extended, 0)
                : Packets.ipv4(Packets.udp(payload));
        var type = Packets.u16(six ? 0x86DD : 0x0800);
        return switch (link) {
            case 0 -> Packets.join(new byte[12], Packets.hex("81000001"), type, ip);
            case 2 -> Packets.join(Packets.hex(six ? "1e000000" : "02000000"), ip);
            case 3 -> Packets.join(new byte[14], type, ip);
            case 4 -> Packets.join(type, new byte[18], ip);
            default -> ip;
        };
    }

    private static List<byte[]> fragments(Random random) {
        var pieces = new ArrayList<byte[]>();
        var datagram = Packets.udp(new byte[48 + random.nextInt(40)]);
        for (int from = 0; from < datagram.length; from += 16) {
            int end = Math.min(datagram.length, from + 16);
            var part = Arrays.copyOfRange(datagram, from, end);
            pieces.add(Packets.ipv4(part, 17, from / 8 | (end < datagram.length ? 0x2000 : 0), 5));
            pieces.add(Packets.ipv6Fragment(part, from, end < datagram.length, 6));
        }
        return pieces;
    }

    private static byte[] mutate(List<byte[]> files, Random random) {
        var file = files.get(random.nextInt(files.size())).clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && file.length > 8; i++) {
            int at = random.nextInt(file.length - 4);
            switch (random.nextInt(8)) {
                case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> file[at] = (byte) random.nextInt();
                case 2, 3 -> put(file, at & ~3, NUMBERS[random.nextInt(NUMBERS.length)], random.nextBoolean(), 4);
                case 4 -> put(file, at, NUMBERS[random.nextInt(NUMBERS.length)], random.nextBoolean(), 2);
                case 5 -> file = Arrays.copyOf(file, at);
                case 6 -> { // a part again, or left out
                    int to = random.nextInt(file.length);
                    file = Packets.join(Arrays.copyOf(file, at), Arrays.copyOfRange(file, to, file.length));
                }
                default -> {
                    var other = files.get(random.nextInt(files.size()));
                    file = Packets.join(
                            Arrays.copyOf(file, at), Arrays.copyOfRange(other, at % other.length, other.length));
                }
            }
        }
        return file;
    }

    private static void put(byte[] file, int at, int number, boolean little, int size) {
        for (int i = 0; i < size; i++) {
            int shift = 8 * (little ? i : size - 1 - i);
            file[at + i] = (byte) (number >> shift);
        }
    }

    @Test
    void shouldReadOrRefuseAnything() throws IOException {
        var files = files();
        for (var file : files) {
            var content = CaptureFile.read(file);
            assertThat(content.datagrams()).isNotEmpty();
            assertThat(content.summary().truncated()).isFalse();
        }
        long seen = 0;
        long refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var file = mutate(files, new Random(SEED * 1_000_003 + round));
            try {
                seen += read(file);
            } catch (CaptureFormatException e) {
                refused++;
                assertThat(e).message().startsWith("the stream").contains("expected", "found");
            } catch (IOException | RuntimeException | AssertionError e) {
                throw new AssertionError("round " + round + " of -Dfuzz.seed=" + SEED + ": " + e, e);
            }
        }
        assertThat(seen).isGreaterThan(ROUNDS);
        assertThat(refused).isBetween(ROUNDS / 50L, ROUNDS / 2L);
    }

    /** {@return how many datagrams there were} */
    private static long read(byte[] file) throws IOException {
        try (var reader = CaptureReader.open(new ByteArrayInputStream(file))) {
            long datagrams = 0;
            try {
                for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                    datagrams++;
                    check(next.get(), file);
                }
            } finally {
                check(reader.summary(), datagrams, file);
            }
            return datagrams;
        }
    }

    private static void check(CapturedDatagram datagram, byte[] file) {
        if (datagram.payload().length > file.length
                || datagram.length() > 65_527
                || datagram.toString().isEmpty()) {
            throw new AssertionError(datagram.toString());
        }
    }

    private static void check(CaptureSummary summary, long datagrams, byte[] file) {
        boolean allCounted = summary.datagrams() == datagrams
                && summary.packets() == datagrams + summary.joinedFragments() + summary.skippedPackets();
        if (!allCounted || summary.packets() > file.length || summary.describe().isEmpty()) {
            throw new AssertionError(summary.toString());
        }
    }

    @Test
    void shouldNotReserveMemoryForLyingLengths() throws IOException {
        var order = ByteOrder.LITTLE_ENDIAN;
        for (int type : new int[] {1, 2, 3, 4, 6, 9, 0x0A0D0D0A, 0x7777}) {
            for (long length : new long[] {0xFFFF_FFFCL, 0x7FFF_FFFCL, 0x0FFF_FFFCL, 0x0010_0000L}) {
                var file =
                        new CaptureFile(order).section().u32(type).u32(length).u32(0x1A2B3C4DL);
                try {
                    assertThat(file.read().datagrams()).isEmpty();
                } catch (CaptureFormatException e) {
                    assertThat(e).hasMessageContaining("" + length);
                }
            }
        }
        for (long length : new long[] {0xFFFF_FFFFL, 0x7FFF_FFFFL, 0x07FF_FFFFL, 0x0010_0000L}) {
            var file = CaptureFile.pcap(order, 0xA1B2C3D4, 101)
                    .u32(0)
                    .u32(0)
                    .u32(length)
                    .u32(length);
            try {
                assertThat(file.read().datagrams()).isEmpty();
            } catch (CaptureFormatException e) {
                assertThat(e).hasMessageContaining("" + length);
            }
        }
    }
}
