package dev.domin.conformance.fuzz;

import dev.domin.testkit.Recording;
import dev.domin.testkit.capture.CaptureFormatException;
import dev.domin.testkit.capture.CaptureReader;
import dev.domin.testkit.capture.CaptureStatistics;
import dev.domin.testkit.capture.CaptureWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** Reads any bytes as a capture, and as a recording to replay: datagrams, or an error with what was expected. */
final class CaptureTarget implements FuzzTarget {

    private final Path file;

    CaptureTarget() {
        try {
            file = Files.createTempFile("domin-fuzz", ".pcapng");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        file.toFile().deleteOnExit();
    }

    @Override
    public void run(byte[] data) throws IOException {
        try (var reader = CaptureReader.open(new ByteArrayInputStream(data))) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                if (next.get().payload().length > data.length
                        || next.get().toString().isEmpty()) {
                    throw new AssertionError(next.get().toString());
                }
            }
            if (reader.summary().describe().isEmpty()) {
                throw new AssertionError("no summary");
            }
        } catch (CaptureFormatException e) {
            check(e);
        }
        try (var reader = CaptureReader.open(new ByteArrayInputStream(data))) {
            if (CaptureStatistics.of(reader).toString().isEmpty()) {
                throw new AssertionError("no statistics");
            }
        } catch (CaptureFormatException e) {
            check(e);
        }
        Files.write(file, data);
        try {
            var recording = Recording.read(file);
            if (recording.toString().isEmpty() || recording.exchanges().size() > data.length) {
                throw new AssertionError(recording.toString());
            }
        } catch (CaptureFormatException e) {
            check(e);
        }
    }

    private static void check(CaptureFormatException e) {
        if (!e.getMessage().contains("expected") || !e.getMessage().contains("found")) {
            throw new AssertionError(e);
        }
    }

    @Override
    public List<byte[]> seeds() throws IOException {
        var written = new ByteArrayOutputStream();
        var client = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 40_000);
        var server = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 53);
        try (var writer = CaptureWriter.create(written)) {
            for (int i = 0; i < 4; i++) {
                writer.write(Instant.ofEpochSecond(i), client, server, new byte[i * 5]);
                writer.write(Instant.ofEpochSecond(i), server, client, new byte[] {(byte) i, 2});
            }
        }
        var pcap = HexFormat.of()
                .parseHex("d4c3b2a1020004000000000000000000ffff000065000000" + "05000000010000001e0000001e000000"
                        + "4500001e00010000401100007f0000017f000001" + "9c400035000a00006869");
        return List.of(written.toByteArray(), pcap);
    }

    @Override
    public int rounds() {
        return 3_000;
    }
}
