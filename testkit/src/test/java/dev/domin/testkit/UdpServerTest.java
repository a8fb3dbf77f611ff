package dev.domin.testkit;

import static dev.domin.testkit.ByteRange.bytes;
import static dev.domin.testkit.Match.any;
import static dev.domin.testkit.Match.hex;
import static dev.domin.testkit.Match.prefix;
import static dev.domin.testkit.Match.text;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("timing")
class UdpServerTest {

    private static final Duration LONG = ofSeconds(20);

    private final UdpServer server = UdpServer.create();
    private UdpClient client;

    @AfterEach
    void close() {
        if (client != null) {
            client.close();
        }
        server.close();
    }

    private UdpClient client(UdpServer of) {
        client = UdpClient.to(of.address());
        return client;
    }

    @Test
    void shouldEcho() {
        try (UdpServer echo = UdpServer.echo().start()) {
            assertThat(client(echo).ask("hello", LONG).text()).isEqualTo("hello");
            Packet packet = echo.take(LONG);
            assertThat(packet.fate()).isEqualTo(Fate.HANDLED);
            assertThat(packet.text()).isEqualTo("hello");
            assertThat(packet.number()).isOne();
            assertThat(packet.peer()).isEqualTo(client.address());
            assertThat(packet.handledBy()).isEqualTo("echo");
            assertThat(echo.journal().sent()).singleElement().satisfies(answer -> {
                assertThat(answer.answerTo()).isOne();
                assertThat(answer.fate()).isEqualTo(Fate.SENT);
                assertThat(answer.direction()).isEqualTo(Direction.OUT);
            });
            echo.verifyNoMore();
        }
    }

    @Test
    void shouldAnswerByTheFirstStubThatMatches() {
        server.when(text("a").or(text("b"))).times(1).reply("first");
        server.when(hex("61")).reply("second");
        server.start();
        client(server);
        assertThat(client.ask("a", LONG).text()).isEqualTo("first");
        assertThat(client.ask("a", LONG).text()).isEqualTo("second");
        client.send("b");
        assertThat(server.await(1, text("b"), LONG)).hasSize(1);
        assertThat(client.ask("a", LONG).text()).isEqualTo("second");
        assertThat(server.journal().unmatched()).singleElement().satisfies(packet -> {
            assertThat(packet.text()).isEqualTo("b");
            assertThat(packet.fate()).isEqualTo(Fate.SILENT);
        });
    }

    @Test
    void shouldAnswerInTurnAndFromTheQueue() {
        server.when(prefix("n")).inTurn(Reply.text("1"), Reply.text("2"));
        server.enqueue(Reply.text("q1"), Reply.text("q2"));
        server.start();
        client(server);
        assertThat(client.ask("n", LONG).text()).isEqualTo("1");
        assertThat(client.ask("x", LONG).text()).isEqualTo("q1");
        assertThat(client.ask("n", LONG).text()).isEqualTo("2");
        assertThat(client.ask("n", LONG).text()).isEqualTo("2");
        assertThat(client.ask("y", LONG).text()).isEqualTo("q2");
    }

    @Test
    void shouldCopyFieldsOfThePacketToItsAnswers() {
        server.when(prefix("q"))
                .copying(bytes(1, 2), bytes(5, 9))
                .inTurn(
                        Reply.text("a--b-----"),
                        Reply.several(Reply.text("a"), Reply.text("c--")),
                        Reply.failure("end"));
        server.start();
        client(server);
        assertThat(client.ask("q12..xyz", LONG).text()).isEqualTo("a12b-xyz-");
        assertThat(client.ask("q34", LONG).text()).isEqualTo("a");
        assertThat(client.await(LONG).text()).isEqualTo("c34");
        client.send("q56");
        assertThat(server.await(3, prefix("q"), LONG).get(2).reason()).isEqualTo("end");
    }

    @Test
    void shouldSendSeveralAnswersInTheirOrder() {
        server.when(any()).reply(Reply.text("1"), Reply.text("2"), Reply.text("3"), Reply.bytes());
        server.start();
        client(server).send("go");
        assertThat(client.await(LONG).text()).isEqualTo("1");
        assertThat(client.await(LONG).text()).isEqualTo("2");
        assertThat(client.await(LONG).text()).isEqualTo("3");
        assertThat(client.await(LONG).length()).isZero();
        assertThat(server.take(LONG).fate()).isEqualTo(Fate.HANDLED);
        assertThat(server.stats().handled()).isOne();
        assertThat(server.journal().sent()).hasSize(4).allMatch(packet -> packet.answerTo() == 1);
    }

    @Test
    void shouldNotHoldUpOthersWhileAnAnswerWaits() {
        server.when(text("slow")).reply(Reply.text("late").after(ofMillis(300)));
        server.when(text("fast")).reply("soon");
        server.start();
        client(server).send("slow");
        assertThat(client.ask("fast", LONG).text()).isEqualTo("soon");
        assertThat(client.await(LONG).text()).isEqualTo("late");
        Packet late = server.journal().sent().get(1);
        assertThat(late.answerTo()).isOne();
        assertThat(Duration.between(server.journal().received().get(0).time(), late.time()))
                .isGreaterThanOrEqualTo(ofMillis(300));
    }

    @Test
    void shouldFollowTheStatesOfAScenario() {
        server.when(text("login")).thenState("in").reply("welcome");
        server.when(text("list")).whenState("in").reply("a b");
        server.when(text("list")).reply("denied");
        server.when(text("other")).scenario("second").thenState("x").silence();
        server.start();
        client(server);
        assertThat(client.ask("list", LONG).text()).isEqualTo("denied");
        assertThat(client.ask("login", LONG).text()).isEqualTo("welcome");
        assertThat(server.state()).isEqualTo("in");
        assertThat(client.ask("list", LONG).text()).isEqualTo("a b");
        client.send("other");
        server.await(1, text("other"), LONG);
        server.take(LONG);
        assertThat(client.ask("list", LONG).text()).isEqualTo("a b");
        assertThat(server.state("second")).isEqualTo("x");
        assertThat(server.state()).isEqualTo("in");
    }

    @Test
    void shouldReplaceStubsAndStates() {
        server.when(any()).reply("default");
        server.enqueue(Reply.text("queued"));
        server.start();
        assertThat(client(server).ask("x", LONG).text()).isEqualTo("default");
        server.removeStubs().enterState("open");
        server.when(text("x")).whenState("open").reply("new");
        assertThat(client.ask("x", LONG).text()).isEqualTo("new");
        assertThat(server.enterState("second", "on").state("second")).isEqualTo("on");
    }

    @Test
    void shouldSendUnsolicitedDatagrams() {
        server.start();
        client(server);
        server.send(Reply.several(Reply.text("push"), Reply.text("again").after(ofMillis(5))), client.address());
        assertThat(client.await(LONG).text()).isEqualTo("push");
        assertThat(client.await(LONG).text()).isEqualTo("again");
        assertThat(server.journal().sent()).hasSize(2).allMatch(packet -> packet.answerTo() == 0);
    }

    @Test
    void shouldDropAPacketWhoseFunctionIsLate() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        server.when(text("wait")).reply(packet -> {
            latch.await();
            return Reply.several(Reply.text("never"), Reply.text("sent"));
        });
        server.when(text("fail")).reply(packet -> {
            latch.await();
            throw new IllegalStateException("too late");
        });
        server.when(text("ok")).reply("ok");
        server.timeout(ofMillis(50)).start();
        client(server).send("wait");
        assertThat(server.take(LONG).fate()).isEqualTo(Fate.LATE);
        client.send("fail");
        assertThat(server.take(LONG).fate()).isEqualTo(Fate.LATE);
        latch.countDown();
        assertThat(client.ask("ok", LONG).text()).isEqualTo("ok");
        server.close();
        assertThat(server.journal().sent()).hasSize(1);
        assertThat(server.stats().dropped()).isEqualTo(2);
        assertThat(server.journal().received().get(1).fate()).isEqualTo(Fate.LATE);
        assertThat(server.journal().received().get(1).reason()).contains("too late");
    }

    @Test
    void shouldReportWhatAFunctionThrows() {
        server.when(text("bad")).reply(packet -> {
            throw new IllegalStateException("no such record");
        });
        server.when(text("refused")).fail("as the test wants");
        server.start();
        client(server).send("bad");
        Packet bad = server.take(LONG);
        assertThat(bad.fate()).isEqualTo(Fate.FAILED);
        assertThat(bad.reason()).isEqualTo("java.lang.IllegalStateException: no such record");
        client.send("refused");
        assertThat(server.take(LONG).reason()).isEqualTo("as the test wants");
        org.awaitility.Awaitility.await().until(() -> !server.failures().isEmpty());
        assertThatThrownBy(server::throwIfFailed)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the server has failed: java.lang.IllegalStateException: no such record")
                .hasMessageContaining("UdpServerTest.java")
                .hasMessageContaining("as the test wants");
        assertThat(server.failures()).hasSize(1);
    }

    @Test
    void shouldFailOnAStubWithoutAnAnswer() {
        server.start();
        Stubbing stubbing = server.when(text("hello")).times(2);
        assertThatThrownBy(server::throwIfFailed)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "the stub for text \"hello\" has no answer: end it with reply, inTurn, silence or fail");
        stubbing.reply("ok");
        server.throwIfFailed();
    }

    @Test
    void shouldFailOnUnmatchedPacketsWhenStrict() {
        server.when(text("hello")).reply("ok");
        server.strict().start();
        client(server).send("hallo");
        server.take(LONG);
        assertThatThrownBy(server::throwIfFailed)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 packet was not expected: in 1 from")
                .hasMessageContaining("nearest: stub text \"hello\"")
                .hasMessageContaining("68 61 6c 6c 6f");
    }

    @Test
    void shouldWaitForPacketsAndShowTheNearestMiss() {
        server.start();
        client(server).send("GET /index");
        assertThat(server.await(1, prefix("GET"), LONG)).hasSize(1);
        assertThatThrownBy(() -> server.await(2, text("GET /indes"), ofMillis(20)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected 2 packets: text \"GET /indes\"; none of 1 matched within 20 ms")
                .hasMessageContaining("nearest miss: in 1")
                .hasMessageContaining("packets:");
        assertThatThrownBy(() -> server.verify(2, any()))
                .hasMessageContaining("expected 2 packets: any packet; 1 came");
        server.verify(1, any());
        server.verify(0, text("x"));
        server.never(text("x"), ofMillis(10));
        assertThatThrownBy(() -> server.never(any(), LONG)).hasMessageContaining("expected no packet: any packet");
        server.verifyNoMore();
        client.send("more");
        server.await(1, text("more"), LONG);
        client.send("unseen");
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThatThrownBy(server::verifyNoMore).hasMessageContaining("\"unseen\""));
        assertThatThrownBy(() -> server.journal().gapBetween(1, 9))
                .hasMessageContaining("expected a packet with number 9");
        assertThat(server.journal().gapBetween(1, 2)).isPositive();
    }

    @Test
    void shouldForgetTheOldestPackets() {
        UdpServer small = UdpServer.echo().keep(3, 1 << 20).start();
        try (small) {
            client(small);
            for (int i = 0; i < 4; i++) {
                client.ask("n" + i, LONG);
            }
            assertThat(small.journal().packets()).hasSize(3);
            assertThat(small.journal().forgotten()).isEqualTo(5);
            assertThatThrownBy(() -> small.verify(9, any())).hasMessageContaining("5 of them forgotten");
        }
    }

    @Test
    void shouldInjectFaultsInBothDirections() {
        server.when(any()).reply(packet -> Reply.bytes(packet.payload()));
        server.start();
        server.faults().requests().nth(1).drop();
        server.faults().replies().nth(1).drop();
        client(server).retry(3, ofMillis(50));
        assertThat(client.ask("x", LONG).text()).isEqualTo("x");
        server.verify(3, text("x"));
        assertThat(server.journal().received())
                .extracting(Packet::fate)
                .containsExactly(Fate.FAULT, Fate.HANDLED, Fate.HANDLED);
        assertThat(server.journal().sent()).extracting(Packet::fate).containsExactly(Fate.FAULT, Fate.SENT);
        assertThat(server.journal().faulted()).hasSize(2);
        assertThat(server.journal().received().get(0).reason()).isEqualTo("dropped by nth(1)");
        assertThat(server.stats().received()).isEqualTo(2);
        assertThat(server.journal().gapBetween(1, 2)).isPositive();
        assertThat(server.journal().toString()).contains("faults: seed", "requests: nth(1).drop");
    }

    @Test
    void shouldShowDuplicatesOnce() {
        server.when(any()).reply(packet -> Reply.bytes(packet.payload()));
        server.faults().requests().nth(1).duplicate();
        server.faults().requests().nth(2).truncate(1);
        server.start();
        client(server).send("one");
        assertThat(client.await(LONG).text()).isEqualTo("one");
        assertThat(client.await(LONG).text()).isEqualTo("one");
        assertThat(client.ask("two", LONG).text()).isEqualTo("t");
        server.verify(2, any());
        server.verify(1, text("two"));
        assertThat(server.journal().received()).hasSize(3);
        assertThat(server.journal().received()).filteredOn(Packet::isDuplicate).hasSize(1);
    }

    @Test
    void shouldReorder() {
        server.when(any()).reply(packet -> Reply.bytes(packet.payload()));
        server.faults().replies().nth(1).reorder(LONG);
        server.start();
        client(server).send("1");
        client.send("2");
        assertThat(client.await(LONG).text()).isEqualTo("2");
        assertThat(client.await(LONG).text()).isEqualTo("1");
    }

    @Test
    void shouldGoBackToACheckpoint() {
        server.when(text("a")).inTurn(Reply.text("1"), Reply.text("2"));
        server.faults().replies().nth(2).drop();
        server.start();
        client(server);
        Checkpoint before = server.checkpoint();
        for (int i = 0; i < 2; i++) {
            server.when(text("b")).reply("b" + i);
            server.faults().requests().always().delay(ofMillis(1));
            assertThat(client.ask("a", LONG).text()).isEqualTo("1");
            client.send("a");
            assertThat(client.ask("b", LONG).text()).isEqualTo("b" + i);
            assertThat(server.journal().received()).hasSize(3);
            before.restore();
            assertThat(server.journal().packets()).isEmpty();
            assertThat(server.faults().requests().isEmpty()).isTrue();
        }
    }

    @Test
    void shouldStartAgainAfterClosing() {
        server.when(text("a")).reply("stub");
        server.enqueue(Reply.text("queue"));
        server.faults().requests().nth(3).drop();
        for (int i = 0; i < 2; i++) {
            server.start();
            try (UdpClient again = UdpClient.to(server.address())) {
                assertThat(again.ask("a", LONG).text()).isEqualTo("stub");
                assertThat(again.ask("b", LONG).text()).isEqualTo("queue");
                server.when(any()).reply("gone");
                again.send("lost");
                assertThat(again.ask("c", LONG).text()).isEqualTo("gone");
            }
            assertThat(server.settle(LONG)).isTrue();
            assertThat(server.journal().received())
                    .extracting(Packet::fate)
                    .containsExactly(Fate.HANDLED, Fate.HANDLED, Fate.FAULT, Fate.HANDLED);
            var journal = server.journal();
            server.close();
            assertThat(journal.received()).hasSize(4);
            assertThat(server.isRunning()).isFalse();
        }
    }

    @Test
    void shouldWaitForWhatWasSent() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.when(text("slow")).reply(packet -> {
            end.await();
            return Reply.text("end");
        });
        server.start();
        assertThat(server.settle(LONG)).isTrue();
        assertThat(server.stats().received()).isZero();
        client(server);
        for (int i = 1; i <= 300; i++) {
            client.send("x" + i);
            assertThat(server.settle(LONG)).isTrue();
            assertThat(server.journal().received()).hasSize(i).allMatch(each -> each.fate() == Fate.SILENT);
        }
        client.send("slow");
        assertThat(server.settle(ofMillis(50))).isFalse();
        end.countDown();
        assertThat(server.settle(LONG)).isTrue();
        server.faults().requests().always().delay(LONG);
        client.send("late");
        assertThat(server.settle(LONG))
                .as("does not wait for what a fault delays")
                .isTrue();
        assertThat(server.journal().received()).hasSize(302);
        assertThat(server.stats().received()).isEqualTo(301);
        server.close();
        assertThat(server.settle(LONG)).isTrue();
    }

    @Test
    void shouldSayWhatIsWrongWithTheUseOfIt() {
        assertThatThrownBy(server::address).hasMessageContaining("not started: call start()");
        server.start();
        assertThatThrownBy(server::start).hasMessageContaining("started already");
        assertThatThrownBy(() -> server.timeout(LONG)).hasMessageContaining("options are set before start()");
        assertThatThrownBy(() -> UdpServer.create().port(server.port()).start())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(String.valueOf(server.port()));
        int port = server.port();
        server.close();
        server.close();
        assertThat(server.isRunning()).isFalse();
        UdpServer.create().port(port).start().close();
    }
}
