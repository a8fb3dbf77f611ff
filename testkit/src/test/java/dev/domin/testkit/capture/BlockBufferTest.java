package dev.domin.testkit.capture;

import static dev.domin.testkit.capture.Packets.CLIENT;
import static dev.domin.testkit.capture.Packets.CLIENT6;
import static dev.domin.testkit.capture.Packets.SERVER;
import static dev.domin.testkit.capture.Packets.SERVER6;
import static dev.domin.testkit.capture.Packets.hex;
import static dev.domin.testkit.capture.Packets.part;
import static dev.domin.testkit.capture.Packets.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The blocks that are written, byte by byte, with the checksums of IP and UDP. */
class BlockBufferTest {

    private static final long TIME = 0x0102_0304_0506_0708L;

    /** What follows the length in a packet block: the interface and {@link #TIME}. */
    private static final String INTERFACE_AND_TIME = "00000000 04030201 08070605";

    /** A buffer that has been used: its array has other bytes than zeros. */
    private static BlockBuffer usedBuffer() {
        var buffer = new BlockBuffer(1_000);
        Arrays.fill(buffer.bytes(), (byte) 0x55);
        return buffer;
    }

    private static byte[] blocks(BlockBuffer buffer) {
        return part(buffer.bytes(), 0, buffer.length());
    }

    private static byte[] packet(
            InetSocketAddress source, InetSocketAddress destination, byte[] payload, byte @Nullable [] comment) {
        var buffer = usedBuffer();
        buffer.addPacket(TIME, source, destination, payload, 0, payload.length, comment);
        return blocks(buffer);
    }

    @Test
    void shouldWriteTheHeaderOfAFile() {
        var buffer = usedBuffer();
        buffer.addFileHeader();
        assertThat(blocks(buffer))
                .isEqualTo(hex("0a0d0d0a 2c000000 4d3c2b1a 01000000 ffffffffffffffff"
                        + "0400 0500 646f6d696e 000000" // the application: domin
                        + "0000 0000 2c000000"
                        + "01000000 20000000 6500 0000 00000400"
                        + "0900 0100 09 000000" // times in nanoseconds
                        + "0000 0000 20000000"));
    }

    @Test
    void shouldWriteAnIpv4Packet() {
        assertThat(packet(CLIENT, SERVER, text("hello"), null))
                .isEqualTo(hex("06000000 44000000" + INTERFACE_AND_TIME + "21000000 21000000"
                        + "4500 0021 0000 4000 4011 b6c8 c0000201 c0000202"
                        + "9c40 0035 000d 9b88 68656c6c6f 000000"
                        + "44000000"));
    }

    @Test
    void shouldWriteACommentAndTheEndOfTheOptions() {
        assertThat(packet(CLIENT, SERVER, text("hello"), text("ok")))
                .isEqualTo(hex("06000000 50000000" + INTERFACE_AND_TIME + "21000000 21000000"
                        + "4500 0021 0000 4000 4011 b6c8 c0000201 c0000202"
                        + "9c40 0035 000d 9b88 68656c6c6f 000000"
                        + "0100 0200 6f6b 0000"
                        + "0000 0000 50000000"));
    }

    @Test
    void shouldWriteAnIpv6Packet() {
        assertThat(packet(CLIENT6, SERVER6, text("hello"), null))
                .isEqualTo(hex("06000000 58000000" + INTERFACE_AND_TIME + "35000000 35000000"
                        + "60000000 000d 11 40"
                        + "20010db8 00000000 00000000 00000001 20010db8 00000000 00000000 00000002"
                        + "9c40 0035 000d c417 68656c6c6f 000000"
                        + "58000000"));
    }

    @Test
    void shouldWriteAnIpv4AddressInAnIpv6Packet() {
        assertThat(packet(CLIENT, SERVER6, text("hello"), null))
                .isEqualTo(hex("06000000 58000000" + INTERFACE_AND_TIME + "35000000 35000000"
                        + "60000000 000d 11 40"
                        + "00000000 00000000 0000ffff c0000201 20010db8 00000000 00000000 00000002"
                        + "9c40 0035 000d 2fd0 68656c6c6f 000000"
                        + "58000000"));
    }

    @Test
    void shouldWriteAChecksumOfZeroAsOnes() {
        // A checksum of 0 in a UDP header means that there is none.
        assertThat(part(packet(CLIENT, SERVER, hex("df60"), null), 48, 58)).isEqualTo(hex("9c40 0035 000a ffff df60"));
    }

    @Test
    void shouldHaveRoomForTheLongestPacket() {
        var buffer = new BlockBuffer(140_000);
        assertThat(buffer.hasRoom()).isTrue();
        int size = BlockBuffer.MAX_PAYLOAD_6;
        buffer.addPacket(TIME, CLIENT6, SERVER6, new byte[size], 0, size, new byte[BlockBuffer.MAX_COMMENT]);
        assertThat(buffer.length()).isEqualTo(131_152);
        assertThat(buffer.hasRoom()).isFalse();
    }
}
