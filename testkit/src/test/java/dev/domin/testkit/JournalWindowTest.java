package dev.domin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.domin.udp.UdpEndpoint;
import dev.domin.udp.UdpOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a viewer needs that reads the journal while packets come. */
@Timeout(60)
class JournalWindowTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private static void ask(UdpServer server, int times) {
        try (UdpClient client = UdpClient.to(server.address())) {
            for (int i = 0; i < times; i++) {
                client.ask("p" + i, LONG);
            }
        }
    }

    private static List<Long> positions(List<Packet> packets) {
        return packets.stream().map(Packet::position).toList();
    }

    @Test
    void shouldReadAnyPartOfTheJournal() {
        try (UdpServer server = UdpServer.echo().start()) {
            ask(server, 40); // more than the first size of the ring
            Journal journal = server.journal();
            assertThat(journal.first()).isZero();
            assertThat(journal.next()).isEqualTo(80);
            assertThat(positions(journal.window(10, 4))).containsExactly(10L, 11L, 12L, 13L);
            assertThat(journal.window(10, 1).get(0).text()).isEqualTo("p5");
            assertThat(positions(journal.window(78, 10))).containsExactly(78L, 79L);
            assertThat(journal.window(80, 10)).isEmpty();
            assertThat(journal.window(1L << 40, 10)).isEmpty();
            assertThat(journal.window(3, 0)).isEmpty();
            assertThatIllegalArgumentException().isThrownBy(() -> journal.window(0, -1));
        }
    }

    @Test
    void shouldKeepPositionsWhenPacketsAreForgotten() {
        try (UdpServer server = UdpServer.echo().keep(20, 1 << 20).start()) {
            ask(server, 25);
            Journal journal = server.journal();
            assertThat(journal.first()).isEqualTo(30);
            assertThat(journal.next()).isEqualTo(50);
            assertThat(positions(journal.window(0, 2))).containsExactly(30L, 31L);
            assertThat(journal.window(0, 1).get(0).text()).isEqualTo("p15");
            journal.clear();
            assertThat(journal.first()).isEqualTo(50);
            assertThat(journal.window(0, 100)).isEmpty();
            ask(server, 1);
            assertThat(positions(journal.packets())).containsExactly(50L, 51L);
            assertThat(journal.packets().get(0).number()).isEqualTo(1);
            assertThat(journal.maxPackets()).isEqualTo(20);
            assertThat(journal.maxBytes()).isEqualTo(1 << 20);
        }
    }

    @Test
    void shouldHaveNoPositionsWhenTheJournalIsOff() {
        try (UdpServer server = UdpServer.echo().keep(0, 0).start();
                UdpClient client = UdpClient.to(server.address())) {
            assertThat(client.ask("p", LONG).position()).isEqualTo(-1);
            assertThat(server.journal().next()).isZero();
            assertThat(server.journal().window(0, 10)).isEmpty();
        }
    }

    @Test
    void shouldNameTheAnswersOfAPacket() throws Exception {
        try (UdpServer server = UdpServer.create().start();
                UdpClient client = UdpClient.to(server.address())) {
            server.when(Match.text("three")).reply(Reply.several(Reply.text("a"), Reply.text("b"), Reply.text("c")));
            client.ask("three", LONG);
            client.await(LONG);
            client.await(LONG);
            client.send("none");
            server.await(2, Match.any(), LONG);
            List<Packet> received = server.journal().received();
            assertThat(received.get(0).answers()).containsExactly(1L, 2L, 3L);
            assertThat(server.journal().window(3, 1).get(0).text()).isEqualTo("c");
            assertThat(received.get(1).answers()).isEmpty();
            assertThat(server.journal().sent().get(0).answers()).isEmpty();
        }
    }

    @Test
    void shouldTellWaitingFromWorking() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (UdpServer server = UdpServer.answering(packet -> {
                            release.await();
                            return Reply.none();
                        })
                        .start();
                UdpClient client = UdpClient.to(server.address())) {
            server.faults().requests().nth(2).drop();
            client.send("slow");
            await().until(() -> server.journal().next() == 1);
            await().until(() -> server.journal().window(0, 1).get(0).waited().isPresent());
            assertThat(server.journal().window(0, 1).get(0).took()).isEmpty();
            client.send("lost");
            release.countDown();
            Packet slow = server.take(LONG);
            Packet lost = server.take(LONG);
            assertThat(slow.took()).hasValueSatisfying(time -> assertThat(time).isPositive());
            assertThat(slow.waited())
                    .hasValueSatisfying(time -> assertThat(time).isLessThan(LONG));
            assertThat(lost.fate()).isEqualTo(Fate.FAULT);
            assertThat(lost.waited()).isEmpty();
            assertThat(lost.took()).isEmpty();
        }
    }

    @Test
    void shouldListTheEndpointsWithTheirCounts() throws Exception {
        try (UdpTap tap = UdpTap.builder().build()) {
            UdpEndpoint first = open(tap, "first");
            try (UdpEndpoint second = open(tap, "second")) {
                try (UdpClient client = UdpClient.to(first.address())) {
                    client.ask("x", LONG);
                }
                first.shutdown();
                await().until(() -> tap.endpoints().stream().noneMatch(each -> each.number() == 1 && each.isOpen()));
                assertThat(tap.endpoints()).extracting(TappedEndpoint::number).containsExactly(1, 2);
                assertThat(tap.endpoints()).extracting(TappedEndpoint::handler).containsExactly("first", "second");
                assertThat(tap.endpoints()).extracting(TappedEndpoint::isOpen).containsExactly(false, true);
                assertThat(tap.endpoints().get(0).address()).isEqualTo(first.address());
                assertThat(tap.endpoints().get(0).stats().handled()).isEqualTo(1);
                assertThat(tap.endpoints().get(1).stats().received()).isZero();
                assertThat(second.isOpen()).isTrue();
            }
        }
        try (UdpServer server = UdpServer.echo().start()) {
            assertThat(server.endpoints()).extracting(TappedEndpoint::address).containsExactly(server.address());
        }
    }

    private static UdpEndpoint open(UdpTap tap, String name) throws Exception {
        return UdpEndpoint.open(
                tap.addTo(name, UdpOptions.builder().onError(error -> {})).build(), packet -> {
                    if (packet.text().equals("fail")) {
                        tap.explain("line 3: it fails");
                        throw new IllegalStateException("fail");
                    }
                    packet.reply(packet.payload());
                });
    }

    @Test
    void shouldExplainTheFailureOfThePacketThatAThreadHandles() throws Exception {
        try (UdpTap tap = UdpTap.builder().build();
                UdpEndpoint endpoint = open(tap, "echo");
                UdpClient client = UdpClient.to(endpoint.address())) {
            tap.explain("of no packet");
            client.send("fail");
            client.ask("works", LONG);
            Packet failed = tap.journal().take(LONG);
            assertThat(failed.fate()).isEqualTo(Fate.FAILED);
            assertThat(failed.reason()).isEqualTo("line 3: it fails");
            assertThat(tap.journal().take(LONG).reason()).isEmpty();
        }
    }

    @Test
    void shouldLoseEverythingWhileADirectionIsBlocked() {
        try (UdpServer server = UdpServer.echo().start();
                UdpClient client = UdpClient.to(server.address())) {
            server.faults().replies().nth(2).duplicate();
            server.faults().replies().block("answering is paused");
            assertThat(server.faults().replies().isBlocked()).isTrue();
            assertThat(server.faults().toString()).contains("replies: all lost: answering is paused");
            client.send("a");
            server.await(1, Match.any(), LONG);
            await().until(() -> server.journal().sent().size() == 1);
            assertThat(server.journal().sent().get(0).fate()).isEqualTo(Fate.FAULT);
            assertThat(server.journal().sent().get(0).reason()).isEqualTo("answering is paused");
            server.faults().replies().unblock();
            client.ask("b", LONG);
            assertThat(server.journal().sent().get(1).faults()).hasSize(1); // the second one, as the rule says
            server.faults().replies().block("again");
            server.faults().clear();
            assertThat(server.faults().replies().isBlocked()).isFalse();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> server.faults().replies().block(""));
        }
    }

    @Test
    void shouldReplaceFaultsAndKeepThemWhereTheNewOnesAreWrong() {
        try (UdpServer server = UdpServer.echo().start()) {
            Faults faults = server.faults().apply("in.loss=50%,seed=1");
            faults.replies().block("paused");
            assertThatIllegalArgumentException().isThrownBy(() -> faults.replace("in.delay=5ms,loss=lots"));
            assertThat(faults.toString()).contains("chance(0.5)").doesNotContain("delay");
            faults.replace("out.delay=5ms");
            assertThat(faults.toString()).contains("delay 5 ms", "paused").doesNotContain("0.5");
            faults.replace(" ");
            faults.replies().unblock();
            assertThat(faults.toString()).isEmpty();
        }
    }
}
