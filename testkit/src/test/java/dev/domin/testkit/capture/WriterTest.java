package dev.domin.testkit.capture;

import static dev.domin.testkit.capture.Packets.CLIENT;
import static dev.domin.testkit.capture.Packets.CLIENT6;
import static dev.domin.testkit.capture.Packets.SERVER;
import static dev.domin.testkit.capture.Packets.SERVER6;
import static dev.domin.testkit.capture.Packets.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterTest {

    private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000L, 123_456_789);

    private static final String THREAD = "domin-capture-writer";

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("test.pcapng");
    }

    @Test
    void shouldReadWhatWasWritten() throws IOException {
        var random = new Random(1);
        var written = new ArrayList<CapturedDatagram>();
        var lengths = new ArrayList<>(List.of(0, 1, 2, 3, 1_472, 65_506, 65_507));
        for (int i = 0; i < 500; i++) {
            lengths.add(random.nextInt(2_000));
        }
        for (int length : lengths) {
            var payload = new byte[length];
            random.nextBytes(payload);
            boolean six = random.nextBoolean();
            written.add(new CapturedDatagram(
                    written.size() + 1,
                    TIME.plusNanos(random.nextLong(1L << 40)),
                    six ? CLIENT6 : CLIENT,
                    six ? SERVER6 : SERVER,
                    payload,
                    length,
                    random.nextInt(3) == 0 ? Optional.of("größer " + length) : Optional.empty()));
        }
        try (var writer = CaptureWriter.create(file())) {
            for (var each : written) {
                writer.write(each);
            }
        }
        assertThat(CaptureReader.readAll(file())).isEqualTo(written);
    }

    @Test
    void shouldWriteLoopbackAddressesAndMixedOnes() throws IOException {
        var four = new InetSocketAddress("127.0.0.1", 65_535);
        var six = new InetSocketAddress("::1", 0);
        try (var writer = CaptureWriter.create(file())) {
            writer.write(TIME, four, four, text("a"));
            writer.write(TIME, six, six, new byte[65_527]);
            writer.write(TIME, four, six, text("c"));
        }
        var read = CaptureReader.readAll(file());
        assertThat(read).extracting(CapturedDatagram::source).startsWith(four, six);
        assertThat(read).extracting(CapturedDatagram::destination).containsExactly(four, six, six);
        assertThat(read.get(1).length()).isEqualTo(65_527);
        assertThat(read.get(2).source().getAddress().getAddress())
                .isEqualTo(Packets.hex("00000000 00000000 0000ffff 7f000001"));
    }

    @Test
    void shouldWriteAPartOfAnArray() throws IOException {
        try (var writer = CaptureWriter.create(file())) {
            writer.write(1_234_567_891L, CLIENT, SERVER, text("xhellox"), 1, 5, "");
        }
        assertThat(CaptureReader.readAll(file()))
                .containsExactly(new CapturedDatagram(
                        1, Instant.ofEpochSecond(1, 234_567_891), CLIENT, SERVER, text("hello"), 5, Optional.of("")));
    }

    @Test
    void shouldWriteTimesUntil2554() throws IOException {
        var last = Instant.ofEpochSecond(18_446_744_072L, 999_999_999);
        try (var writer = CaptureWriter.create(file())) {
            writer.write(Instant.EPOCH, CLIENT, SERVER, text("a"));
            writer.write(0, CLIENT, SERVER, text("a"), 0, 1, null);
            writer.write(last, CLIENT, SERVER, text("b"));
            assertThatThrownBy(() -> writer.write(last.plusNanos(1), CLIENT, SERVER, text("c")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected a time from 1970 to 2554, found 2554-07-21T23:34:33Z");
        }
        assertThat(CaptureReader.readAll(file()))
                .extracting(CapturedDatagram::time)
                .containsExactly(Instant.EPOCH, Instant.EPOCH, last);
    }

    @Test
    void shouldRefuseWhatCannotBeWritten() throws IOException {
        var unresolved = InetSocketAddress.createUnresolved("server.example", 53);
        try (var writer = CaptureWriter.create(file())) {
            assertThatThrownBy(() -> writer.write(TIME, CLIENT, SERVER, new byte[65_508]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a UDP datagram over IPv4 has at most 65507 bytes, this one has 65508");
            assertThatThrownBy(() -> writer.write(TIME, CLIENT6, SERVER6, new byte[65_528]))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> writer.write(TIME, CLIENT, unresolved, new byte[1]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("expected an address with a resolved host, found server.example");
            assertThatThrownBy(() -> writer.write(TIME, unresolved, SERVER, new byte[1]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("expected an address with a resolved host, found server.example");
            assertThatThrownBy(() -> writer.write(-1, CLIENT, SERVER, new byte[1], 0, 1, null))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> writer.write(1, CLIENT, SERVER, new byte[1], 0, 1, "x".repeat(65_536)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> writer.write(1, CLIENT, SERVER, new byte[1], 1, 1, null))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            writer.write(1, CLIENT, SERVER, new byte[65_507], 0, 65_507, "x".repeat(65_535));
        }
        assertThat(CaptureReader.readAll(file())).hasSize(1);
    }

    @Test
    void shouldWriteFromManyThreads() throws Exception {
        int threads = 8;
        int each = 2_000;
        var pool = Executors.newFixedThreadPool(threads);
        try (var writer = CaptureWriter.create(file())) {
            var runs = new ArrayList<Future<?>>();
            for (int i = 0; i < threads; i++) {
                var source = new InetSocketAddress("127.0.0.1", 1_000 + i);
                runs.add(pool.submit(() -> {
                    for (int n = 0; n < each; n++) {
                        writer.write(TIME, source, SERVER, text(n + " " + "x".repeat(n % 500)));
                    }
                    return null;
                }));
            }
            for (var run : runs) {
                run.get();
            }
        } finally {
            pool.shutdown();
        }
        var statistics = CaptureStatistics.of(file());
        assertThat(statistics.summary().describe()).isEqualTo("pcapng: 16,000 packets, 16,000 UDP datagrams");
        assertThat(statistics.flows())
                .hasSize(threads)
                .allSatisfy(flow -> assertThat(flow.traffic().datagrams()).isEqualTo(each));
    }

    @Test
    void shouldHaveTheHeaderInTheFileAtOnce() throws IOException {
        try (var writer = CaptureWriter.create(file())) {
            assertThat(CaptureReader.readAll(file())).isEmpty();
            writer.write(TIME, CLIENT, SERVER, text("a"));
            writer.flush();
            assertThat(CaptureReader.readAll(file())).hasSize(1);
        }
    }

    @Test
    void shouldWriteToTheFileAfterAWhileWithoutFlush() throws IOException {
        try (var writer = CaptureWriter.create(file())) {
            for (int i = 1; i <= 3; i++) {
                int count = i;
                writer.write(TIME, CLIENT, SERVER, text("a"));
                await().untilAsserted(
                                () -> assertThat(CaptureReader.readAll(file())).hasSize(count));
            }
        }
    }

    @Test
    void shouldWriteWholeBlocks() throws IOException {
        var sizes = new ArrayList<Integer>();
        var whole = new ByteArrayOutputStream();
        var out = new OutputStream() {
            @Override
            public void write(int b) {
                throw new AssertionError("single bytes");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                sizes.add(length);
                whole.write(bytes, offset, length);
            }
        };
        try (var writer = CaptureWriter.create(out)) {
            for (int i = 0; i < 1_000; i++) {
                writer.write(TIME, CLIENT, SERVER, new byte[1_001]);
            }
            writer.flush();
            writer.flush(); // has nothing to write
        }
        int end = 0;
        for (int size : sizes) {
            end += size;
            var content = CaptureFile.read(Packets.part(whole.toByteArray(), 0, end));
            assertThat(content.summary().truncated()).isFalse();
        }
        assertThat(sizes).hasSizeBetween(5, 200).doesNotContain(0);
    }

    @Test
    void shouldFlushAStreamWithABuffer() throws IOException {
        var whole = new ByteArrayOutputStream();
        try (var writer = CaptureWriter.create(new BufferedOutputStream(whole, 1 << 20))) {
            assertThat(CaptureFile.read(whole.toByteArray()).datagrams()).isEmpty();
            writer.write(TIME, CLIENT, SERVER, text("a"));
            writer.flush();
            assertThat(CaptureFile.read(whole.toByteArray()).datagrams()).hasSize(1);
        }
    }

    @Test
    void shouldNotBeDisturbedByInterrupts() throws IOException {
        try (var writer = CaptureWriter.create(file())) {
            Thread.currentThread().interrupt();
            for (int i = 0; i < 1_000; i++) {
                writer.write(TIME, CLIENT, SERVER, new byte[1_000]);
            }
            writer.flush();
            assertThat(Thread.interrupted()).isTrue();
            Thread.currentThread().interrupt();
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(CaptureReader.readAll(file())).hasSize(1_000);
    }

    @Test
    void shouldEndItsThreadWhenItIsClosed() throws IOException {
        var before = threads();
        var writer = CaptureWriter.create(file());
        assertThat(threads()).hasSize(before.size() + 1);
        writer.write(TIME, CLIENT, SERVER, text("a"));
        writer.close();
        writer.close();
        assertThat(threads()).hasSameSizeAs(before);
        assertThatThrownBy(() -> writer.write(TIME, CLIENT, SERVER, text("b")))
                .isInstanceOf(IOException.class)
                .hasMessage(file() + ": the capture is closed");
        assertThatThrownBy(writer::flush)
                .isInstanceOf(IOException.class)
                .hasMessage(file() + ": the capture is closed");
        assertThat(CaptureReader.readAll(file())).hasSize(1);
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().equals(THREAD))
                .toList();
    }

    @Test
    void shouldSayWhyAFileCannotBeCreated() {
        assertThatThrownBy(() -> CaptureWriter.create(folder.resolve("no/file.pcapng")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no/file.pcapng (No such file or directory)");
        assertThatThrownBy(() -> CaptureReader.open(folder.resolve("no.pcapng")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no.pcapng (No such file or directory)");
    }

    /** Fails from the second write on. */
    private static final class FullDisk extends OutputStream {

        final AtomicInteger closed = new AtomicInteger();
        private int writes;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (writes++ > 0) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private static final String FULL = "the stream: the capture cannot be written: No space left on device;"
            + " it has the first 76 bytes, and no packets after them";

    @Test
    void shouldReportAFullDiskToTheNextCall() throws IOException {
        var disk = new FullDisk();
        var writer = CaptureWriter.create(disk);
        writer.write(TIME, CLIENT, SERVER, text("a"));
        assertThatThrownBy(writer::flush).isInstanceOf(IOException.class).hasMessage(FULL);
        assertThatThrownBy(() -> writer.write(TIME, CLIENT, SERVER, text("b")))
                .isInstanceOf(IOException.class)
                .hasMessage(FULL);
        assertThatCode(writer::close).doesNotThrowAnyException();
        writer.close();
        assertThat(disk.closed).hasValue(1);
    }

    @Test
    void shouldReportAFullDiskThatTheTimerNoticed() throws IOException {
        var writer = CaptureWriter.create(new FullDisk());
        writer.write(TIME, CLIENT, SERVER, text("a"));
        await().untilAsserted(() -> assertThatThrownBy(() -> writer.write(TIME, CLIENT, SERVER, text("b")))
                .isInstanceOf(IOException.class)
                .hasMessage(FULL));
        writer.close();
    }

    @Test
    void shouldReportAFullDiskWhenItIsClosed() throws IOException {
        var writer = CaptureWriter.create(new FullDisk());
        writer.write(TIME, CLIENT, SERVER, text("a"));
        assertThatThrownBy(writer::close).isInstanceOf(IOException.class).hasMessage(FULL);
        assertThatCode(writer::close).doesNotThrowAnyException();
    }

    @Test
    void shouldReportAnythingThatAStreamThrows() throws IOException {
        var writer = CaptureWriter.create(new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                if (size() > 0) {
                    throw new OutOfMemoryError("of the test");
                }
                super.write(bytes, offset, length);
            }
        });
        writer.write(TIME, CLIENT, SERVER, text("a"));
        await().untilAsserted(() -> assertThatThrownBy(() -> writer.write(TIME, CLIENT, SERVER, text("b")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("OutOfMemoryError: of the test"));
        writer.close();
    }

    @Test
    void shouldReportThatADeviceIsFull() {
        assumeTrue(Files.exists(Path.of("/dev/full")), "skipped: there is no /dev/full here");
        assertThatThrownBy(() -> CaptureWriter.create(Path.of("/dev/full")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/dev/full: the capture cannot be written: No space left on device");
    }

    @Test
    void shouldWriteAnyAddress() throws IOException {
        var random = new Random(2);
        var addresses = new ArrayList<InetSocketAddress>();
        try (var writer = CaptureWriter.create(file())) {
            for (int i = 0; i < 2_000; i++) {
                var host = new byte[i % 2 == 0 ? 4 : 16];
                random.nextBytes(host);
                addresses.add(new InetSocketAddress(InetAddress.getByAddress(host), random.nextInt(65_536)));
                writer.write(TIME, addresses.get(i), addresses.get(i), text("a"));
            }
        }
        assertThat(CaptureReader.readAll(file()))
                .extracting(CapturedDatagram::source)
                .isEqualTo(addresses);
    }
}
