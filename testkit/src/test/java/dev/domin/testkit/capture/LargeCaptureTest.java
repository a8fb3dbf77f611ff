package dev.domin.testkit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** A capture that is much larger than what a reader keeps. */
class LargeCaptureTest {

    private static final int PACKET = 1_200;
    private static final int FILE_MEGABYTES = Integer.getInteger("capture.megabytes", 200);

    /** Repeats a packet block without end after the headers. */
    private static final class Endless extends InputStream {

        private final byte[] headers =
                CaptureFile.pcapng(ByteOrder.LITTLE_ENDIAN, 101).toBytes();
        private final byte[] block;
        private final long length;
        private long position;

        Endless(long packets) {
            block = new CaptureFile(ByteOrder.LITTLE_ENDIAN)
                    .packet(1, Packets.ipv4(Packets.udp(new byte[PACKET])))
                    .toBytes();
            length = headers.length + packets * block.length;
        }

        @Override
        public int read() {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) {
            if (position == length) {
                return -1;
            }
            var source = position < headers.length ? headers : block;
            int at = (int) (position < headers.length ? position : (position - headers.length) % block.length);
            int read = Math.min(count, source.length - at);
            System.arraycopy(source, at, bytes, offset, read);
            position += read;
            return read;
        }
    }

    @Test
    void shouldReadALargeCapture() throws IOException {
        long packets = FILE_MEGABYTES * 1_000_000L / PACKET;
        try (var reader = CaptureReader.open(new Endless(packets))) {
            var statistics = CaptureStatistics.of(reader);
            assertThat(statistics.flows()).singleElement().satisfies(flow -> {
                assertThat(flow.traffic().datagrams()).isEqualTo(packets);
                assertThat(flow.traffic().bytes()).isEqualTo(packets * PACKET);
            });
            assertThat(statistics.summary().skipped()).isEmpty();
        }
    }
}
