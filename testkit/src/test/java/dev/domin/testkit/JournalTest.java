package dev.domin.testkit;

import static dev.domin.testkit.Match.any;
import static dev.domin.testkit.Match.text;
import static dev.domin.testkit.Match.that;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the journal has where functions, matches and faults get in each other's way. */
@Tag("timing")
@Timeout(60)
class JournalTest {

    private static final Duration LONG = ofSeconds(20);

    private final UdpServer server = UdpServer.create();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void close() {
        release.countDown();
        server.close();
    }

    private boolean awaitRelease() {
        try {
            return release.await(LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void shouldKeepTheFateOfALatePacketWhoseFunctionFailsThen() {
        server.when(text("throws")).reply(packet -> {
            awaitRelease();
            throw new IllegalStateException("failed late");
        });
        server.when(text("fails")).reply(packet -> {
            awaitRelease();
            server.enqueue(Reply.none()); // shows that this was called
            return Reply.failure("failed late");
        });
        server.timeout(ofMillis(50)).start();
        try (UdpClient client = UdpClient.to(server.address())) {
            client.send("throws");
            client.send("fails");
            assertThat(server.await(2, any(), LONG)).extracting(Packet::fate).containsOnly(Fate.LATE);
            release.countDown();
            Awaitility.await().until(() -> !server.failures().isEmpty());
            Awaitility.await().until(() -> server.stats().inFlight() == 0);
        }
        server.close(); // no function runs any more
        assertThat(server.journal().received()).extracting(Packet::fate).containsOnly(Fate.LATE);
        assertThat(server.stats().dropped()).isEqualTo(2);
    }

    @Test
    void shouldReportAnUnmatchedPacketThatWasForgotten() {
        server.when(text("known")).silence();
        server.strict().keep(1, 1 << 20).start();
        try (UdpClient client = UdpClient.to(server.address())) {
            client.send("unknown");
            client.send("known");
            Awaitility.await().until(() -> server.stats().handled() == 2);
        }
        assertThatThrownBy(server::throwIfFailed)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("1 packet was not expected: in 1 from ")
                .hasMessageContaining("\"unknown\"");
        server.journal().clear();
        server.throwIfFailed();
    }

    @Test
    void shouldNotGiveAnAnswerTheNumberOfAPacketThatWasCleared() {
        server.when(any()).reply(packet -> {
            awaitRelease();
            return Reply.text("answer");
        });
        server.start();
        try (UdpClient client = UdpClient.to(server.address())) {
            client.send("before");
            Awaitility.await().until(() -> server.journal().received().size() == 1);
            server.journal().clear();
            client.send("after");
            release.countDown();
            client.await(LONG);
            client.await(LONG);
        }
        assertThat(server.journal().received()).extracting(Packet::text).containsExactly("after");
        assertThat(server.journal().sent()).extracting(Packet::answerTo).containsExactly(0L, 1L);
    }

    @Test
    void shouldAddAStubFromTheMatchOfAnother() {
        server.when(that("adds a stub", packet -> {
                    server.when(text("b")).reply("B");
                    return packet.text().equals("a");
                }))
                .reply("A");
        server.start();
        try (UdpClient client = UdpClient.to(server.address())) {
            assertThat(client.ask("a", LONG).text()).isEqualTo("A");
            assertThat(client.ask("b", LONG).text()).isEqualTo("B");
        }
        server.throwIfFailed();
    }

    @Test
    void shouldHandlePacketsWhileAMatchWaits() {
        server.when(that("waits", packet -> packet.text().equals("slow") && awaitRelease()))
                .reply("late");
        server.when(text("fast")).reply("soon");
        server.timeout(ofMillis(100)).start();
        try (UdpClient client = UdpClient.to(server.address()).retry(20, ofMillis(500))) {
            client.send("slow");
            assertThat(server.await(1, text("slow"), LONG))
                    .extracting(Packet::fate)
                    .containsExactly(Fate.LATE);
            assertThat(client.ask("fast", LONG).text()).isEqualTo("soon");
        }
    }

    @Test
    void shouldDecideAPacketWhoseFaultFails() {
        server.when(any()).reply("answer");
        server.faults()
                .requests()
                .matching(that("reads the 6th byte", packet -> packet.payload()[5] == '!'))
                .drop();
        server.start();
        try (UdpClient client = UdpClient.to(server.address())) {
            client.send("short");
            Packet lost = server.take(LONG);
            assertThat(lost.fate()).isEqualTo(Fate.FAULT);
            assertThat(lost.reason()).contains("a rule has failed", "ArrayIndexOutOfBoundsException");
            assertThat(client.ask("long enough", LONG).text()).isEqualTo("answer");
        }
        assertThat(server.failures()).singleElement().asString().contains("ArrayIndexOutOfBoundsException");
    }

    @Test
    void shouldCountAPacketWhoseFaultFailsAsLostByTheFault() {
        server.when(any()).reply("answer");
        server.faults()
                .requests()
                .matching(that("checks", packet -> {
                    assertThat(packet.text()).isEqualTo("good");
                    return false;
                }))
                .drop();
        server.start();
        try (UdpClient client = UdpClient.to(server.address())) {
            client.send("bad");
            assertThat(client.ask("good", LONG).text()).isEqualTo("answer");
        }
        assertThat(server.journal().received()).extracting(Packet::fate).containsExactly(Fate.FAULT, Fate.HANDLED);
        assertThat(server.stats().received()).isOne();
        assertThat(server.failures())
                .singleElement()
                .asString()
                .contains("a rule of the faults has failed: ", "but was: \"bad\"");
    }

    @Test
    void shouldDecideAnAnswerWhoseFaultFails() {
        server.when(any()).reply("answer");
        server.faults()
                .replies()
                .matching(that("fails once", packet -> {
                    assertThat(packet.number()).isGreaterThan(1);
                    return false;
                }))
                .drop();
        server.start();
        try (UdpClient client = UdpClient.to(server.address()).retry(20, ofMillis(300))) {
            assertThat(client.ask("x", LONG).text()).isEqualTo("answer");
        }
        assertThat(server.journal().sent()).extracting(Packet::fate).containsExactly(Fate.FAULT, Fate.SENT);
        assertThat(server.failures()).singleElement().asString().contains("AssertionError");
    }

    @Test
    void shouldNotHandWhatATestHasLeftToTheNextOne() {
        server.when(text("late")).reply(Reply.text("reply of the first test").after(ofSeconds(2)));
        server.faults().seed(1);
        server.start();
        Checkpoint checkpoint = server.checkpoint();
        try (UdpClient client = UdpClient.to(server.address())) {
            server.faults().requests().matching(text("delayed")).delay(ofSeconds(2));
            client.send("delayed");
            client.send("late");
            server.await(1, text("late"), LONG);
            checkpoint.restore();

            server.enqueue(Reply.text("reply of the second test"));
            Awaitility.await().until(() -> server.stats().received() == 2);
            Awaitility.await()
                    .pollDelay(ofMillis(2200))
                    .until(() -> server.stats().handled() == 2);
            assertThat(client.ask("x", LONG).text()).isEqualTo("reply of the second test");
        }
        assertThat(server.journal().packets()).extracting(Packet::number).containsExactly(1L, 1L);
    }

    @Test
    void shouldRefuseRepliesThatCannotBeSent() {
        server.start();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reply.several(Reply.text("a"), Reply.failure("b")))
                .withMessageStartingWith("a failure cannot be one of several replies: failure: b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.send(Reply.failure("b"), server.address()))
                .withMessageStartingWith("a failure can only answer a packet");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        server.send(Reply.text("x").after(ofMillis(1)), new java.net.InetSocketAddress("192.0.2.1", 9)))
                .withMessageStartingWith("datagrams go to a port on a loopback address only");
    }
}
