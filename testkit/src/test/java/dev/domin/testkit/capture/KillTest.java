package dev.domin.testkit.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that records is killed. */
class KillTest {

    /** The promise is 100 ms; the rest is for a machine that is busy with other tests. */
    private static final long PATIENCE_MILLIS = Long.getLong("capture.patience", 500);

    @TempDir
    Path folder;

    /** Writes packets with their number and the time since the start, until it is killed. */
    static final class Recorder {

        private Recorder() {}

        /** Prints the number of each packet that is older than the patience. */
        public static void main(String[] arguments) throws IOException, InterruptedException {
            var address = new InetSocketAddress("127.0.0.1", 4_000);
            int size = Integer.parseInt(arguments[1]);
            int pause = Integer.parseInt(arguments[2]);
            long patience = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[3]));
            var payload = ByteBuffer.allocate(size);
            var written = new ArrayDeque<long[]>();
            try (var writer = CaptureWriter.create(Path.of(arguments[0]))) {
                for (long number = 1; ; number++) {
                    payload.putLong(0, number);
                    writer.write(Instant.now(), address, address, payload.array());
                    written.add(new long[] {number, System.nanoTime()});
                    while (!written.isEmpty() && System.nanoTime() - written.peek()[1] > patience) {
                        System.out.println(written.remove()[0]);
                    }
                    if (number % pause == 0) {
                        Thread.sleep(1);
                    }
                }
            }
        }
    }

    /** {@return the whole lines of a file} */
    private static List<String> lines(Path file) throws IOException {
        var text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"64 1", "1200 50", "60000 1"})
    void shouldHaveAllPacketsButTheLatestInTheFile(String sizeAndPacketsPerMillisecond) throws Exception {
        var file = folder.resolve("killed.pcapng");
        var log = Files.createFile(folder.resolve("numbers.txt"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var path =
                System.getProperty("java.class.path") + File.pathSeparator + System.getProperty("jdk.module.path", "");
        var parts = sizeAndPacketsPerMillisecond.split(" ");
        var process = new ProcessBuilder(
                        java,
                        "-Xshare:auto",
                        "-cp",
                        path,
                        Recorder.class.getName(),
                        file.toString(),
                        parts[0],
                        parts[1],
                        "" + PATIENCE_MILLIS)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(log.toFile())
                .start();
        try {
            await().until(() -> !process.isAlive() || lines(log).size() > 20);
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly(); // SIGKILL
            process.waitFor();
        }
        var lines = lines(log);
        long last = Long.parseLong(lines.get(lines.size() - 1));
        long expected = 0;
        try (var reader = CaptureReader.open(file)) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                expected++;
                assertThat(next.get().payload()).hasSize(Integer.parseInt(parts[0]));
                assertThat(ByteBuffer.wrap(next.get().payload()).getLong()).isEqualTo(expected);
            }
            assertThat(reader.summary().skipped()).isEmpty();
        }
        assertThat(expected).isGreaterThanOrEqualTo(last);
    }
}
