package dev.domin.testkit.capture;

import static dev.domin.testkit.capture.Packets.CLIENT;
import static dev.domin.testkit.capture.Packets.CLIENT6;
import static dev.domin.testkit.capture.Packets.SERVER;
import static dev.domin.testkit.capture.Packets.SERVER6;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsTest {

    @TempDir
    Path folder;

    @Test
    void shouldCountFlows() throws IOException {
        var file = folder.resolve("a.pcapng");
        try (var writer = CaptureWriter.create(file)) {
            writer.write(Instant.ofEpochSecond(5), CLIENT, SERVER, new byte[10]);
            writer.write(Instant.ofEpochSecond(9), SERVER, CLIENT, new byte[100]);
            writer.write(Instant.ofEpochSecond(7), SERVER, CLIENT, new byte[300]);
            writer.write(Instant.ofEpochSecond(4), CLIENT6, SERVER6, new byte[0]);
        }
        var statistics = CaptureStatistics.of(file);
        assertThat(statistics.flows())
                .extracting(CaptureStatistics.Flow::addresses)
                .containsExactly(
                        "192.0.2.2:53 > 192.0.2.1:40000",
                        "[2001:db8:0:0:0:0:0:1]:40000 > [2001:db8:0:0:0:0:0:2]:53",
                        "192.0.2.1:40000 > 192.0.2.2:53");
        assertThat(statistics.flows().get(0).traffic())
                .isEqualTo(new CaptureStatistics.Traffic(
                        2, 400, 100, 300, Instant.ofEpochSecond(7), Instant.ofEpochSecond(9)));
        assertThat(statistics.total()).hasValueSatisfying(total -> {
            assertThat(total.datagrams()).isEqualTo(4);
            assertThat(total.duration()).isEqualTo(Duration.ofSeconds(5));
        });
        assertThat(statistics.others()).isEmpty();
    }

    @Test
    void shouldHaveNoTrafficInAnEmptyCapture() throws IOException {
        var file = folder.resolve("a.pcapng");
        CaptureWriter.create(file).close();
        assertThat(CaptureStatistics.of(file).total()).isEmpty();
        assertThat(CaptureStatistics.of(file).flows()).isEmpty();
    }

    @Test
    void shouldCountABoundedNumberOfFlows() throws IOException {
        var file = folder.resolve("a.pcapng");
        try (var writer = CaptureWriter.create(file)) {
            for (int port = 1; port <= CaptureStatistics.MAX_FLOWS + 100; port++) {
                writer.write(Instant.EPOCH, new InetSocketAddress("127.0.0.1", port), SERVER, new byte[1]);
            }
            writer.write(Instant.EPOCH, new InetSocketAddress("127.0.0.1", 7), SERVER, new byte[1]);
        }
        var statistics = CaptureStatistics.of(file);
        assertThat(statistics.flows()).hasSize(CaptureStatistics.MAX_FLOWS);
        assertThat(statistics.flows().get(0).source().getPort()).isEqualTo(7);
        assertThat(statistics.others())
                .hasValueSatisfying(others -> assertThat(others.datagrams()).isEqualTo(100));
    }
}
