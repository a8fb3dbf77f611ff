package dev.domin.junit;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.domin.testkit.UdpClient;
import dev.domin.testkit.UdpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** A server that cannot be closed without an error, since its recording is a pipe that nobody reads any more. */
@Timeout(60)
class FailedCloseTest {

    private static Path pipe = Path.of("");

    @TempDir
    Path folder;

    @Test
    void shouldCloseTheOtherServersAndRunTheOtherTests() throws Exception {
        pipe = folder.resolve("pipe");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "there is no mkfifo here");
        assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString())
                        .start()
                        .waitFor())
                .isZero();
        var events = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(PipeCase.class))
                .execute()
                .testEvents();
        events.assertStatistics(stats -> stats.started(2).failed(2));
        assertThat(events.failed().stream()
                        .map(each -> each.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .orElseThrow()))
                .hasSize(2)
                .allMatch(each -> each instanceof UncheckedIOException
                        && each.getMessage().startsWith("the recording is not complete: "));
        assertThat(PipeCase.SHARED.isRunning()).isFalse();
        assertThat(PipeCase.other.isRunning()).isFalse();
    }

    static class PipeCase {

        @StartUdp
        static final UdpServer SHARED = UdpServer.echo();

        private static UdpServer other = UdpServer.create();

        private final CompletableFuture<InputStream> reader = CompletableFuture.supplyAsync(PipeCase::open);

        @StartUdp
        final UdpServer server = UdpServer.echo().recordTo(pipe);

        @StartUdp
        final UdpServer second = UdpServer.create();

        private static InputStream open() {
            try {
                return Files.newInputStream(pipe);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void test() throws Exception {
            other = second;
            reader.get().close();
            try (UdpClient client = UdpClient.to(server.address());
                    UdpClient another = UdpClient.to(SHARED.address())) {
                client.ask("x", ofSeconds(20));
                another.ask("x", ofSeconds(20));
            }
            SHARED.verify(1, dev.domin.testkit.Match.any());
        }

        @Test
        void shouldFailFirst() throws Exception {
            test();
        }

        @Test
        void shouldFailThen() throws Exception {
            test();
        }
    }
}
