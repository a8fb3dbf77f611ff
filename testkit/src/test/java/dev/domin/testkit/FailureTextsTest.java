package dev.domin.testkit;

import static dev.domin.testkit.Match.any;
import static dev.domin.testkit.Match.contains;
import static dev.domin.testkit.Match.length;
import static dev.domin.testkit.Match.matching;
import static dev.domin.testkit.Match.not;
import static dev.domin.testkit.Match.prefix;
import static dev.domin.testkit.Match.text;
import static dev.domin.testkit.Match.that;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What failures say about packets that were not what a test wanted. */
@Timeout(60)
class FailureTextsTest {

    private static final Duration LONG = ofSeconds(20);

    private final UdpServer server = UdpServer.create();

    @AfterEach
    void close() {
        server.close();
    }

    private static void send(UdpServer to, String... texts) {
        try (UdpClient client = UdpClient.to(to.address())) {
            for (String text : texts) {
                client.send(text);
                to.take(LONG); // its fate is decided
            }
        }
    }

    private String messageOf(Match match) {
        try {
            server.verify(1, match);
        } catch (AssertionError e) {
            return e.getMessage();
        }
        throw new AssertionError("passed");
    }

    @Test
    void shouldShowTheStubNearestToAPacketThatNoneTook() {
        server.when(text("get /a")).reply("a");
        server.when(text("put")).reply("b");
        server.start();
        send(server, "get /b");
        assertThat(server.journal().toString())
                .containsSubsequence(
                        "silent, unmatched  \"get /b\"",
                        "\nunmatched: in 1\n  nearest: stub text \"get /a\"\n  wanted: text \"get /a\"\n",
                        "67 65 74 20 2f 62",
                        "^^");
        assertThat(messageOf(text("get /a"))).contains("unmatched: in 1", "nearest: stub text \"get /a\"");
    }

    @Test
    void shouldShowEachReasonOnce() {
        server.when(text("get /a")).reply("a");
        server.start();
        send(server, "get /b", "get /c", "get /b", "get /b");
        assertThat(server.journal().toString())
                .containsSubsequence("\nunmatched: in 2\n", "\nunmatched: in 4\n")
                .doesNotContain("unmatched: in 1\n", "unmatched: in 3\n");
    }

    @Test
    void shouldShowNoStubWhereThereIsNone() {
        server.start();
        send(server, "hello");
        assertThat(server.journal().toString()).contains("silent, unmatched").doesNotContain("unmatched: in");
    }

    @Test
    void shouldShowTheNearestRequestOfARecording(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("run.pcapng");
        try (UdpServer real = UdpServer.echo().recordTo(file).start();
                UdpClient client = UdpClient.to(real.address())) {
            client.ask("recorded", LONG);
        }
        try (UdpServer replay =
                UdpServer.replaying(Recording.read(file)).strict().start()) {
            send(replay, "recorder");
            assertThat(replay.journal().toString())
                    .contains(
                            "unmatched: in 1\n  nearest: stub for 1 request of a recording",
                            "came:   72 65 63 6f 72 64 65 72");
            assertThatThrownBy(replay::throwIfFailed)
                    .hasMessageContaining("  nearest: stub for 1 request of a recording")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("unmatched: in"));
        }
    }

    @Test
    void shouldExplainThePacketThatTheServerGot() {
        server.when(text("hello")).reply("ok");
        server.faults().requests().nth(1).truncate(4);
        server.strict().start();
        send(server, "hello");
        assertThatThrownBy(server::throwIfFailed)
                .hasMessageContaining("the server got \"hell\"\n  nearest: stub text \"hello\"")
                .hasMessageContaining("length: wanted 5, came 4");
    }

    @Test
    void shouldSayInWhichStateAPacketWasNotTaken() {
        server.when(text("list")).whenState("in").reply("a b c");
        server.when(text("login")).thenState("in").reply("welcome");
        server.when(text("quit")).scenario("end").whenState("last").times(1).reply("bye");
        server.start();
        send(server, "list", "login", "quit");
        assertThat(server.journal().toString())
                .contains("it matches, but the state was started, not in\n")
                .contains("it matches, but the state of scenario end was started, not last\n");
    }

    @Test
    void shouldSayThatAStubHadTakenItsPackets() {
        server.when(text("a")).times(2).reply("ok");
        server.strict().start();
        send(server, "a", "a", "a");
        assertThatThrownBy(server::throwIfFailed)
                .hasMessageContaining("it matches, but it had taken 2 packets already (times)");
    }

    @Test
    void shouldSayThatAStubWasAddedTooLate() {
        server.when(text("b")).reply("ok");
        server.strict().start();
        send(server, "a");
        server.when(text("a")).reply("ok");
        assertThatThrownBy(server::throwIfFailed)
                .hasMessageContaining("it matches, but was added after the packet had come");
    }

    @Test
    void shouldShowTheLatestPacketWhereNoneIsNear() {
        server.start();
        send(server, "one", "two!");
        String latest = "none of 2 matched\n\nnone is near; the latest is in 2\n";
        assertThat(messageOf(contains("x"))).contains(latest + "  wanted: contains \"x\"\n  came:   \"two!\"\n");
        assertThat(messageOf(matching("[0-9]"))).contains(latest, "came:   \"two!\"\n");
        assertThat(messageOf(length(5))).contains(latest + "  wanted: length 5\n  came:   length 4\n");
        assertThat(messageOf(Match.from(new InetSocketAddress("127.0.0.1", 9))))
                .contains(latest + "  wanted: from 127.0.0.1:9\n  came:   from 127.0.0.1:");
        assertThat(messageOf(that("odd", packet -> false))).contains(latest, "wanted: odd\n  came:   \"two!\"\n");
        assertThat(messageOf(not(any()))).contains(latest, "wanted: not (any packet)\n");
        assertThat(messageOf(text("xxxxxx"))).contains(latest, "78 78 78 78 78 78");
        assertThat(messageOf(prefix("tw!"))).contains("nearest miss: in 2");
    }

    @Test
    void shouldSayThatTheServerIsClosed() {
        server.start();
        assertThat(server.journal().toString())
                .contains("no packet came or was sent")
                .doesNotContain("the server is closed");
        server.close();
        assertThat(server.journal().toString()).contains("no packet came or was sent", "\nthe server is closed\n");
        server.send(Reply.text("x"), new InetSocketAddress("127.0.0.1", 9));
        server.send(Reply.text("y").after(ofMillis(1)), new InetSocketAddress("127.0.0.1", 9));
        assertThat(server.journal().sent()).extracting(Packet::fate).containsExactly(Fate.CLOSED, Fate.CLOSED);
    }

    @Test
    void shouldRefuseArgumentsThatMakeNoSense() {
        server.start();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.verify(-1, any()))
                .withMessage("the number of packets must not be negative, got -1");
        assertThatIllegalArgumentException().isThrownBy(() -> server.await(-1, any(), LONG));
        List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                        () -> server.verify(0, null),
                        () -> server.await(0, null, LONG),
                        () -> server.never(null, LONG),
                        () -> server.when(null),
                        () -> not(null),
                        () -> any().and(null),
                        () -> any().or(null))
                .forEach(each ->
                        assertThatNullPointerException().isThrownBy(each).withMessage("match"));
    }

    @Test
    void shouldSayThatAFunctionForTextsReturnedNull() {
        try (UdpServer nothing = UdpServer.answeringText(text -> null).start()) {
            send(nothing, "x");
            assertThat(nothing.journal().received().get(0).reason()).contains("the function returned null");
            Awaitility.await().until(() -> !nothing.failures().isEmpty());
            assertThatThrownBy(nothing::throwIfFailed).hasMessageContaining("the function returned null");
        }
    }
}
