package dev.domin.testkit;

import static dev.domin.testkit.Match.text;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.udp.BoundSocket;
import dev.domin.udp.Datagram;
import dev.domin.udp.UdpEndpoint;
import dev.domin.udp.UdpImpairment;
import dev.domin.udp.UdpOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The journal says of a delayed packet what really became of it. */
@Tag("timing")
@Timeout(60)
class DelayedFatesTest {

    private static final Duration LONG = ofSeconds(20);

    private final UdpTap tap = tap();

    private static UdpTap tap() {
        try {
            return UdpTap.builder().build();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private UdpEndpoint echo() throws Exception {
        return UdpEndpoint.open(
                tap.addTo("the echo", UdpOptions.builder()).build(), packet -> packet.reply(packet.payload()));
    }

    private List<String> sent() {
        return tap.journal().sent().stream()
                .map(each -> each.text() + " " + each.fate() + " " + each.reason())
                .toList();
    }

    @Test
    void shouldHaveSentWhatAHandoverSendsAtOnce() throws Exception {
        tap.faults().replies().always().delay(ofHours(1));
        try (tap;
                UdpEndpoint endpoint = echo();
                UdpClient client = UdpClient.to(endpoint.address())) {
            client.send("a");
            Awaitility.await().until(() -> endpoint.stats().handled() == 1);
            BoundSocket socket = endpoint.advanced().handOver().orElseThrow();
            assertThat(client.await(LONG).text()).isEqualTo("a");
            socket.close();
        }
        assertThat(sent()).containsExactly("a SENT ");
    }

    @Test
    void shouldHaveSentWhatWasHeldWhenTheRulesWereRemoved() throws Exception {
        tap.faults().replies().always().reorder(ofHours(1));
        try (tap;
                UdpEndpoint endpoint = echo();
                UdpClient client = UdpClient.to(endpoint.address())) {
            client.send("a");
            Awaitility.await().until(() -> endpoint.stats().handled() == 1);
            tap.faults().clear();
            client.send("b");
            assertThat(client.await(LONG).text()).isEqualTo("b");
            assertThat(client.await(LONG).text()).isEqualTo("a");
        }
        assertThat(sent()).containsExactly("a SENT ", "b SENT ");
    }

    /** Its time passes while the closing endpoint waits for a handler. */
    @Test
    void shouldNotHaveSentWhatAClosingEndpointDiscards() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        UdpOptions options = tap.addTo("slow", UdpOptions.builder())
                .timeout(ofMillis(50))
                .closeGrace(ofSeconds(30))
                .build();
        UdpEndpoint endpoint = UdpEndpoint.open(options, packet -> {
            if (packet.text().equals("slow")) {
                late.await();
            }
            packet.reply(packet.payload());
        });
        tap.faults().replies().always().delay(ofMillis(500));
        try (tap;
                endpoint;
                UdpClient client = UdpClient.to(endpoint.address())) {
            client.send("slow");
            Awaitility.await().until(() -> endpoint.stats().dropped() == 1);
            client.send("a");
            Awaitility.await().until(() -> endpoint.stats().handled() == 1);
            Thread closing = new Thread(endpoint::close);
            closing.start();
            assertThat(client.poll(ofSeconds(1))).isEmpty();
            late.countDown();
            closing.join();
        }
        assertThat(sent()).containsExactly("a CLOSED delayed when the server closed");
    }

    /** An outlet that fails at its nth call. */
    private static final class Failing implements UdpImpairment.Outlet {
        private final UdpImpairment.Outlet outlet;
        private int left;

        Failing(UdpImpairment.Outlet outlet, int nth) {
            this.outlet = outlet;
            this.left = nth;
        }

        @Override
        public boolean pass(byte[] bytes, int offset, int length, long delayNanos, UdpImpairment.Later later) {
            if (--left == 0) {
                throw new OutOfMemoryError("no memory");
            }
            return outlet.pass(bytes, offset, length, delayNanos, later);
        }

        @Override
        public boolean passAfterNext(
                byte[] bytes, int offset, int length, long maxDelayNanos, UdpImpairment.Later later) {
            return outlet.passAfterNext(bytes, offset, length, maxDelayNanos, later);
        }
    }

    @Test
    void shouldDecideWhatCannotBePassedOn() throws Exception {
        tap.faults().requests().matching(text("two copies")).duplicate();
        tap.faults().replies().matching(text("late")).delay(ofHours(1));
        UdpOptions.Builder options = tap.addTo("the echo", UdpOptions.builder());
        UdpImpairment faults = options.build().impairment().orElseThrow();
        options.onError(problem -> {}).impairment(new UdpImpairment() {
            @Override
            public void received(long arrival, Datagram packet, Outlet outlet) {
                int failure =
                        packet.text().equals("two copies") ? 2 : packet.text().equals("none") ? 1 : 0;
                faults.received(arrival, packet, new Failing(outlet, failure));
            }

            @Override
            public void sending(
                    long number, byte[] bytes, int offset, int length, InetSocketAddress to, Outlet outlet) {
                int failure = length == "late".length() ? 1 : 0;
                faults.sending(number, bytes, offset, length, to, new Failing(outlet, failure));
            }
        });
        UdpEndpoint endpoint = UdpEndpoint.open(options.build(), packet -> packet.reply(packet.payload()));
        try (tap;
                endpoint;
                UdpClient client = UdpClient.to(endpoint.address())) {
            assertThat(client.ask("two copies", LONG).text()).isEqualTo("two copies");
            client.send("none");
            client.send("late");
            assertThat(client.ask("end", LONG).text()).isEqualTo("end");
        }
        String lost = "java.lang.OutOfMemoryError: no memory";
        assertThat(tap.journal().received())
                .extracting(each -> each.text() + " " + each.fate() + " " + each.reason() + each.faults())
                .containsExactly(
                        "two copies HANDLED [duplicated by matching(text \"two copies\").always, 1 of 2 copies lost: "
                                + lost + "]",
                        "none NO_BUFFER lost: " + lost + "[]",
                        "late HANDLED []",
                        "end HANDLED []");
        assertThat(sent()).containsExactly("two copies SENT ", "late FAULT lost: " + lost, "end SENT ");
        assertThat(endpoint.stats().received()).isEqualTo(4);
        assertThat(endpoint.stats().dropped()).isEqualTo(1);
    }

    /** All the same, everything is decided, and its memory is given back once. */
    @Test
    void shouldDecideEverythingAlthoughAListenerFails() throws Exception {
        List<String> notified = new CopyOnWriteArrayList<>();
        UdpTap failing = UdpTap.builder()
                .onDecided(packet -> {
                    if (packet.fate() == Fate.CLOSED) {
                        notified.add(packet.direction() + " " + packet.text());
                        throw new IllegalStateException("expected by this test");
                    }
                })
                .build();
        failing.faults().requests().matching(text("in")).delay(ofHours(1));
        failing.faults().replies().matching(text("out")).delay(ofHours(1));
        long before = DelayedMemory.used();
        try (UdpEndpoint endpoint = UdpEndpoint.open(
                        failing.addTo("the echo", UdpOptions.builder()).build(),
                        packet -> packet.reply(packet.payload()));
                UdpClient client = UdpClient.to(endpoint.address())) {
            for (String text : List.of("in", "out", "in", "out")) {
                client.send(text);
            }
            client.ask("end", text("end"), LONG);
            assertThat(DelayedMemory.used()).isGreaterThan(before);
        }
        assertThat(notified).containsExactlyInAnyOrder("IN in", "IN in", "OUT out", "OUT out");
        assertThat(failing.journal().packets())
                .filteredOn(each -> each.fate() == Fate.CLOSED)
                .hasSize(4);
        assertThat(DelayedMemory.used()).isEqualTo(before);
        failing.close();
        assertThat(DelayedMemory.used()).isEqualTo(before);
    }
}
