package dev.domin.testkit.capture;

import static dev.domin.testkit.capture.Packets.ipv4;
import static dev.domin.testkit.capture.Packets.ipv6Fragment;
import static dev.domin.testkit.capture.Packets.part;
import static dev.domin.testkit.capture.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Datagrams in several IP packets. */
class FragmentsTest {

    private static final String INCOMPLETE = "a fragment of a datagram whose other fragments are missing";
    private static final String CONFLICT = "a fragment of a datagram whose fragments contradict each other";
    private static final String REPEATED = "a fragment that was there already";

    private static final byte[] PAYLOAD = bytes(3_000);
    private static final byte[] DATAGRAM = udp(PAYLOAD);

    private final CaptureFile file = CaptureFile.pcapng(ByteOrder.LITTLE_ENDIAN, 101);

    private static byte[] bytes(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] piece4(int id, int from, int end) {
        return ipv4(part(DATAGRAM, from, end), 17, from / 8 | (end < DATAGRAM.length ? 0x2000 : 0), id);
    }

    private static byte[] piece6(int id, int from, int end) {
        return ipv6Fragment(part(DATAGRAM, from, end), from, end < DATAGRAM.length, id);
    }

    private void assertWhole(CaptureFile.Content content, long number, long joined) {
        assertThat(content.datagrams()).singleElement().satisfies(each -> {
            assertThat(each.payload()).isEqualTo(PAYLOAD);
            assertThat(each.number()).isEqualTo(number);
        });
        assertThat(content.summary().joinedFragments()).isEqualTo(joined);
        assertAllCounted(content.summary());
    }

    private static void assertAllCounted(CaptureSummary summary) {
        assertThat(summary.datagrams() + summary.joinedFragments() + summary.skippedPackets())
                .isEqualTo(summary.packets());
    }

    @Test
    void shouldJoinFragments() throws IOException {
        var content = file.packet(1, piece4(7, 0, 1_480))
                .packet(2, piece4(7, 1_480, 2_960))
                .packet(3, piece4(7, 2_960, 3_008))
                .read();
        assertWhole(content, 3, 2);
        assertThat(content.summary().skipped()).isEmpty();
        assertThat(content.summary().describe())
                .isEqualTo("pcapng: 3 packets, 1 UDP datagram, 2 further fragments joined to them");
    }

    @Test
    void shouldJoinFragmentsInAnyOrder() throws IOException {
        assertWhole(
                file.packet(1, piece4(7, 2_960, 3_008))
                        .packet(2, piece4(7, 1_480, 2_960))
                        .packet(3, piece4(7, 0, 1_480))
                        .read(),
                3,
                2);
    }

    @Test
    void shouldJoinFragmentsOfIpv6() throws IOException {
        assertWhole(
                file.packet(1, piece6(7, 1_232, 2_464))
                        .packet(2, piece6(7, 0, 1_232))
                        .packet(3, piece6(7, 2_464, 3_008))
                        .read(),
                3,
                2);
    }

    @Test
    void shouldKeepFragmentsOfSeveralDatagramsApart() throws IOException {
        var content = file.packet(1, piece4(7, 0, 1_480))
                .packet(1, piece6(7, 0, 1_480))
                .packet(1, piece4(8, 0, 1_480))
                .packet(1, piece4(7, 1_480, 3_008))
                .packet(1, piece6(7, 1_480, 3_008))
                .packet(1, piece4(8, 1_480, 3_008))
                .read();
        assertThat(content.datagrams())
                .hasSize(3)
                .allSatisfy(each -> assertThat(each.payload()).isEqualTo(PAYLOAD));
        assertAllCounted(content.summary());
    }

    @Test
    void shouldIgnoreRepeatedFragments() throws IOException {
        var content = file.packet(1, piece4(7, 0, 1_480))
                .packet(1, piece4(7, 0, 1_480))
                .packet(1, piece4(7, 2_960, 3_008))
                .packet(1, piece4(7, 2_960, 3_008))
                .packet(1, piece4(7, 1_480, 2_960))
                .read();
        assertWhole(content, 5, 2);
        assertThat(content.summary().skipped()).containsOnly(entry(REPEATED, 2L));
    }

    @Test
    void shouldGiveUpDatagramsWhoseFragmentsOverlap() throws IOException {
        var content = file.packet(1, piece4(7, 0, 1_480))
                .packet(1, piece4(7, 1_472, 2_960))
                .packet(1, piece4(7, 1_480, 2_960))
                .packet(1, piece4(7, 2_960, 3_008))
                .read();
        assertThat(content.datagrams()).isEmpty();
        assertThat(content.summary().skipped()).containsOnly(entry(CONFLICT, 4L));
    }

    @Test
    void shouldGiveUpDatagramsWithOtherBytesForTheSamePlace() throws IOException {
        var other = piece4(7, 0, 1_480);
        other[100]++;
        var content = file.packet(1, piece4(7, 0, 1_480))
                .packet(1, other)
                .packet(1, piece4(7, 1_480, 3_008))
                .read();
        assertThat(content.datagrams()).isEmpty();
        assertThat(content.summary().skipped()).containsOnly(entry(CONFLICT, 3L));
    }

    @Test
    void shouldGiveUpDatagramsWithTwoEnds() throws IOException {
        var shortEnd = ipv4(part(DATAGRAM, 1_480, 1_488), 17, 1_480 / 8, 7);
        var content = file.packet(1, piece4(7, 2_960, 3_008))
                .packet(1, shortEnd)
                .packet(1, piece4(7, 0, 1_480))
                .read();
        assertThat(content.datagrams()).isEmpty();
        assertThat(content.summary().skipped()).containsOnly(entry(CONFLICT, 3L));
    }

    @Test
    void shouldGiveUpDatagramsWithBytesBehindTheirEnd() throws IOException {
        var shortEnd = ipv4(part(DATAGRAM, 1_480, 1_488), 17, 1_480 / 8, 7);
        var content =
                file.packet(1, piece4(7, 1_488, 2_960)).packet(1, shortEnd).read();
        assertThat(content.summary().skipped()).containsOnly(entry(CONFLICT, 2L));
    }

    @Test
    void shouldCountFragmentsThatAreNeverComplete() throws IOException {
        var content = file.packet(1, piece4(7, 0, 1_480))
                .packet(1, piece6(9, 1_232, 2_464))
                .read();
        assertThat(content.datagrams()).isEmpty();
        assertThat(content.summary().skipped()).containsOnly(entry(INCOMPLETE, 2L));
    }

    @Test
    void shouldNotJoinFragmentsThatAreFarApartInTime() throws IOException {
        var content = file.packet(0, piece4(7, 0, 1_480))
                .packet(31_000_000, piece4(7, 1_480, 3_008))
                .packet(32_000_000, piece4(7, 0, 1_480))
                .read();
        assertWhole(content, 3, 1);
        assertThat(content.summary().skipped()).containsOnly(entry(INCOMPLETE, 1L));
    }

    @Test
    void shouldSkipFragmentsThatCannotBeRight() throws IOException {
        var content = file.packet(1, ipv4(part(DATAGRAM, 0, 1_481), 17, 0x2000, 7)) // not a multiple of 8
                .packet(1, ipv4(part(DATAGRAM, 0, 1_480), 17, 0x1FFF, 7)) // beyond 65,535
                .packet(1, ipv4(new byte[0], 17, 0x2000, 7)) // empty
                .read();
        assertThat(content.summary().skipped()).containsOnly(entry("with wrong lengths in its headers", 3L));
    }

    @Test
    void shouldSkipFragmentsThatAreCut() throws IOException {
        var first = piece4(7, 0, 1_480);
        var content = file.packet(0, 1, part(first, 0, 200), first.length).read();
        assertThat(content.summary().skipped()).containsOnly(entry("a fragment cut by the snap length", 1L));
    }

    @Test
    void shouldSkipFragmentsOfOtherProtocols() throws IOException {
        var content = file.packet(1, ipv4(new byte[80], 6, 0x2000, 7)).read();
        assertThat(content.summary().skipped()).containsOnly(entry("not UDP: TCP", 1L));
    }

    @Test
    void shouldKeepABoundedNumberOfBytes() {
        var skipped = new Skipped();
        var fragments = new Fragments(skipped);
        var data = bytes(8);
        int packets = 20_000;
        for (int i = 0; i < packets; i++) {
            // Near the end of a packet, so that each needs 64 KiB.
            var piece = new Fragments.Piece(data, 0, 8, i % 2 == 0 ? 65_520 : 0, true, 17);
            assertThat(fragments.add(new Fragments.Key(4, 1, 0, 2, 0, i, 0), piece, Instant.EPOCH))
                    .isNull();
            assertThat(fragments.keptBytes()).isBetween(0L, (long) Fragments.MAX_BYTES);
            assertThat(fragments.kept()).isBetween(1L, (long) Fragments.MAX_PACKETS);
        }
        assertThat(skipped.byReason(fragments.kept())).containsOnly(entry(INCOMPLETE, (long) packets));
    }
}
