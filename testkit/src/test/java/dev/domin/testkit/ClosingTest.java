package dev.domin.testkit;

import static dev.domin.testkit.Match.any;
import static dev.domin.testkit.Match.that;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.domin.testkit.capture.CaptureReader;
import dev.domin.testkit.capture.CapturedDatagram;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("timing")
@Timeout(60)
class ClosingTest {

    private static final Duration LONG = ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void shouldCancelRepliesThatWait() {
        UdpServer server = UdpServer.create().start();
        server.when(any()).reply(Reply.text("at once"), Reply.text("in an hour").after(ofHours(1)));
        try (server;
                UdpClient client = UdpClient.to(server.address())) {
            assertThat(client.ask("x", LONG).text()).isEqualTo("at once");
            server.take(LONG);
            server.send(Reply.text("unasked").after(ofHours(1)), client.address());
        }
        assertThat(server.journal().sent())
                .extracting(each -> each.text() + ": " + each.fate() + " " + each.answerTo())
                .containsExactlyInAnyOrder("at once: SENT 1", "in an hour: CLOSED 1", "unasked: CLOSED 0");
    }

    @Test
    void shouldDecideAnswersThatFaultsDelay() {
        UdpServer server = UdpServer.echo().start();
        server.faults().replies().nth(1).delay(ofHours(1));
        server.faults().replies().nth(3).reorder(ofHours(1));
        server.faults().replies().nth(5).reorder(ofHours(1));
        try (server;
                UdpClient client = UdpClient.to(server.address())) {
            for (String text : new String[] {"1", "2", "3", "4", "5"}) {
                client.send(text);
            }
            assertThat(client.await(LONG).text()).isEqualTo("2");
            assertThat(client.await(LONG).text()).isEqualTo("4");
            assertThat(client.await(LONG).text()).isEqualTo("3");
            Awaitility.await().until(() -> server.journal().sent().size() == 5);
        }
        assertThat(server.journal().sent())
                .extracting(Packet::fate)
                .containsExactly(Fate.CLOSED, Fate.SENT, Fate.SENT, Fate.SENT, Fate.CLOSED);
    }

    @Test
    void shouldRecordTheAnswerOfAFunctionThatClosesItsServer() throws Exception {
        Path file = folder.resolve("closed.pcapng");
        UdpServer server = UdpServer.create().recordTo(file);
        server.when(any()).reply(packet -> {
            server.close();
            return Reply.text("the last answer");
        });
        server.start();
        try (server;
                UdpClient client = UdpClient.to(server.address())) {
            assertThat(client.ask("close", LONG).text()).isEqualTo("the last answer");
        }
        assertThat(CaptureReader.readAll(file))
                .extracting(CapturedDatagram::text)
                .containsExactly("close", "the last answer");
        assertThat(CaptureReader.readAll(file)).allMatch(each -> each.comment().isEmpty());
        assertThat(server.failures()).isEmpty();
    }

    @Test
    void shouldCloseFromTheMatchOfAFault() {
        UdpServer server = UdpServer.echo().start();
        server.faults()
                .requests()
                .matching(that("closes", packet -> {
                    server.close();
                    return false;
                }))
                .drop();
        try (server;
                UdpClient client = UdpClient.to(server.address())) {
            client.send("x");
            Awaitility.await().until(() -> !server.isRunning());
            Awaitility.await().until(() -> server.journal().received().get(0).fate() == Fate.CLOSED);
        }
    }

    /** A pipe without a reader is as good as a full disk: nothing can be written any more. */
    @Test
    void shouldThrowIfTheRecordingCouldNotBeWritten() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/mkfifo"))
                        && new ProcessBuilder("/usr/bin/mkfifo", pipe.toString())
                                        .start()
                                        .waitFor()
                                == 0,
                "there is no mkfifo here");
        var reader = CompletableFuture.supplyAsync(() -> open(pipe));
        UdpServer server = UdpServer.echo().recordTo(pipe).start();
        reader.get().close();
        try (UdpClient client = UdpClient.to(server.address())) {
            Awaitility.await().until(() -> {
                client.ask("x", LONG);
                return server.stats().received() > 10;
            });
            Thread.sleep(300); // the writer flushes every 50 ms, so that it meets the error before the next packet
            assertThat(client.ask("y", LONG).text()).isEqualTo("y");
        }
        assertThatThrownBy(server::close)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("the recording is not complete: ")
                .hasMessageContaining("Broken pipe");
        server.close();
    }

    private static InputStream open(Path pipe) {
        try {
            return Files.newInputStream(pipe);
        } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
