package dev.domin.testkit;

import static dev.domin.testkit.Match.text;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("timing")
class UdpClientTest {

    private static final Duration LONG = ofSeconds(20);

    @Test
    void shouldAskAgainAsOftenAsItMay() {
        try (UdpServer server = UdpServer.echo().start();
                UdpClient client = UdpClient.to(server.address()).retry(4, ofMillis(20))) {
            server.faults().requests().always().atMost(3).drop();
            assertThat(client.ask("x", LONG).text()).isEqualTo("x");
            server.verify(4, text("x"));
            server.faults().requests().always().drop();
            assertThatThrownBy(() -> client.ask("y".getBytes(java.nio.charset.StandardCharsets.UTF_8), ofMillis(100)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("none came within 100 ms from 127.0.0.1:" + server.port())
                    .hasMessageMatching("(?s).*, which got [1-4] datagrams?");
        }
    }

    @Test
    void shouldIgnoreAnswersThatDoNotMatch() {
        try (UdpServer server = UdpServer.create().start();
                UdpClient client = UdpClient.to(server.address())) {
            server.when(Match.any()).reply(Reply.text("no"), Reply.text("yes"));
            assertThat(client.ask(new byte[1], text("yes"), LONG).text()).isEqualTo("yes");
            assertThat(client.ask("x", text("yes"), LONG).text()).isEqualTo("yes");
            assertThatThrownBy(() -> client.ask(new byte[1], text("maybe"), ofMillis(200)))
                    .hasMessageContaining("came: \"no\"")
                    .hasMessageContaining("came: \"yes\"");
        }
    }

    @Test
    void shouldIgnoreStrangers() {
        try (UdpServer server = UdpServer.create().start();
                UdpServer stranger = UdpServer.create().start();
                UdpClient client = UdpClient.to(server.address());
                UdpClient open = UdpClient.to(server.address()).fromAnyPort()) {
            stranger.send(Reply.text("stray"), client.address());
            server.send(Reply.text("real"), client.address());
            assertThat(client.await(LONG).text()).isEqualTo("real");
            stranger.send(Reply.text("data"), open.address());
            Packet data = open.await(LONG);
            assertThat(data.text()).isEqualTo("data");
            assertThat(data.server()).isEqualTo(stranger.address());
            open.send(new byte[] {1}, data.server());
            assertThat(stranger.take(LONG).payload()).containsExactly(1);
            server.verify(0, Match.any());
        }
    }

    @Test
    void shouldNotTakeALateCopyAsTheNextAnswer() {
        try (UdpServer server = UdpServer.echo().start();
                UdpClient client = UdpClient.to(server.address())) {
            server.faults().replies().nth(1).duplicate();
            assertThat(client.ask("a", LONG).text()).isEqualTo("a");
            awaitAnswers(server, 2); // the copy is in the client's socket now
            assertThat(client.ask("b", LONG).text()).isEqualTo("b");
            server.faults().replies().nth(1).duplicate();
            assertThat(client.ask("c", LONG).text()).isEqualTo("c");
            assertThat(client.await(LONG).text()).isEqualTo("c");
        }
    }

    private static void awaitAnswers(UdpServer server, int count) {
        Awaitility.await().until(() -> server.stats().sent() >= count);
    }

    @Test
    void shouldMentionDatagramsFromOtherPorts() {
        try (UdpServer server = UdpServer.create().start();
                UdpServer stranger = UdpServer.create().start();
                UdpClient client = UdpClient.to(server.address())) {
            stranger.send(Reply.text("data"), client.address());
            assertThatThrownBy(() -> client.await(ofMillis(300)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageEndingWith(
                            "\n1 datagram came from 127.0.0.1:" + stranger.port() + ": fromAnyPort() accepts it");
        }
    }

    @Test
    void shouldWaitLongerAndLonger() {
        try (UdpServer server = UdpServer.echo().start();
                UdpClient client = UdpClient.to(server.address()).retry(4, ofMillis(40), 2)) {
            server.faults().requests().always().atMost(3).drop();
            long begin = System.nanoTime();
            assertThat(client.ask("x", LONG).text()).isEqualTo("x");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(ofMillis(40 + 80 + 160));
            server.verify(4, text("x"));
            assertThatIllegalArgumentException().isThrownBy(() -> client.retry(2, LONG, 0.5));
        }
    }

    @Test
    void shouldDescribeItselfAndItsAnswers() {
        try (UdpServer server = UdpServer.echo().start();
                UdpClient client = UdpClient.to(server.address())) {
            String port = "127.0.0.1:" + server.port();
            assertThat(client.ask("x", LONG)).hasToString("answer 1 from " + port + ", 1 byte \"x\"");
            assertThat(client)
                    .hasToString("client 127.0.0.1:" + client.address().getPort() + " of " + port);
        }
    }

    @Test
    void shouldKeepWorkingWhenItsThreadIsInterrupted() {
        try (UdpServer server = UdpServer.echo().start();
                UdpClient client = UdpClient.to(server.address())) {
            Thread.currentThread().interrupt();
            String answer = client.ask("x", LONG).text();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(answer).isEqualTo("x");
        }
    }

    @Test
    void shouldSayThatItIsClosed() {
        try (UdpServer server = UdpServer.echo().start()) {
            UdpClient client = UdpClient.to(server.address());
            client.close();
            client.close();
            assertThatThrownBy(() -> client.ask("x", LONG)).hasMessageEndingWith("the client is closed");
            assertThatThrownBy(() -> client.await(LONG)).hasMessageEndingWith("the client is closed");
        }
    }

    @Test
    void shouldSendFromAPort() {
        try (UdpServer server = UdpServer.echo().start()) {
            int port;
            try (UdpClient first = UdpClient.to(server.address())) {
                port = first.address().getPort();
                assertThatThrownBy(() -> UdpClient.to(server.address(), port))
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageContaining("cannot open a client on port " + port);
            }
            try (UdpClient client = UdpClient.to(server.address(), port)) {
                client.ask("x", LONG);
                assertThat(server.take(LONG).peer().getPort()).isEqualTo(port);
            }
        }
    }

    @Test
    void shouldWaitForASilentPortWithoutAnError() {
        int port;
        try (UdpServer server = UdpServer.create().start()) {
            port = server.port();
        }
        try (UdpClient client = UdpClient.to(new java.net.InetSocketAddress("127.0.0.1", port))) {
            client.send("x");
            assertThat(client.poll(ofMillis(20))).isEmpty();
            assertThatIllegalArgumentException().isThrownBy(() -> client.retry(0, LONG));
        }
    }
}
