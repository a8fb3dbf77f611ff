package dev.domin.conformance.fuzz;

import dev.domin.testkit.ByteRange;
import dev.domin.testkit.Recording;
import dev.domin.testkit.Replay;
import dev.domin.testkit.UdpServer;
import dev.domin.testkit.capture.CaptureFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Replays any bytes that are a capture, as the server and as its clients at once: what was recorded is answered, or the
 * difference is reported. The first byte chooses how it is replayed.
 */
final class ReplayTarget implements FuzzTarget {

    private static final int TIMED = 2;
    private static final long PATIENCE_NANOS = Duration.ofSeconds(15).toNanos();

    private final FuzzTarget captures = new CaptureTarget();
    private final Path file;

    ReplayTarget() {
        try {
            file = Files.createTempFile("domin-replay", ".pcapng");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        file.toFile().deleteOnExit();
    }

    @Override
    public void run(byte[] data) throws IOException {
        if (data.length == 0) {
            return;
        }
        Files.write(file, java.util.Arrays.copyOfRange(data, 1, data.length));
        Recording recording;
        try {
            recording = chosen(Recording.read(file), data[0]);
        } catch (CaptureFormatException _) {
            return; // CAPTURE checks what it says
        } catch (IllegalArgumentException e) {
            if (e.getMessage() == null || !e.getMessage().startsWith("no datagram of the recording was sent to port")) {
                throw e;
            }
            return;
        }
        var exchanges = recording.exchanges();
        if (exchanges.isEmpty()) {
            return;
        }
        try (var server = UdpServer.replaying(recording).start()) {
            var report = Replay.of(recording)
                    .speed(Double.POSITIVE_INFINITY)
                    .waiting(Duration.ofMillis(5))
                    .to(server.address());
            if (report.toString().isEmpty() || server.journal().toString().isEmpty()) {
                throw new AssertionError("without a description");
            }
            var stats = server.stats();
            if (stats.received() > exchanges.size()) {
                throw new AssertionError("received " + stats.received() + " of " + exchanges.size() + " requests");
            }
            if ((data[0] & TIMED) == 0) {
                checkAnswers(server, exchanges);
            }
            if (server.problem().isPresent()) {
                throw new AssertionError(server.problem().get());
            }
        }
    }

    /** If each request has arrived, each recorded answer is sent. */
    private static void checkAnswers(UdpServer server, List<Recording.Exchange> exchanges) {
        int answers = exchanges.stream().mapToInt(each -> each.answers().size()).sum();
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (server.stats().received() == exchanges.size() && server.stats().sent() != answers) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("sent " + server.stats().sent() + " of " + answers + " answers");
            }
            Thread.onSpinWait();
        }
    }

    private static Recording chosen(Recording read, byte choice) {
        var recording = (choice & 1) == 0 ? read : read.inOrder();
        recording = (choice & TIMED) == 0 ? recording : recording.timed();
        recording = (choice & 4) == 0 ? recording : recording.ignoring(ByteRange.bytes(choice & 0xF, choice & 0x1F));
        return (choice & 8) == 0 ? recording : recording.ofServer(40_000);
    }

    @Override
    public List<byte[]> seeds() throws IOException {
        var seeds = new java.util.ArrayList<byte[]>();
        for (var capture : captures.seeds()) {
            for (byte choice = 0; choice < 16; choice++) {
                var seed = new byte[capture.length + 1];
                seed[0] = choice;
                System.arraycopy(capture, 0, seed, 1, capture.length);
                seeds.add(seed);
            }
        }
        return seeds;
    }

    @Override
    public int rounds() {
        return 300;
    }

    @Override
    public void close() {
        captures.close();
    }
}
