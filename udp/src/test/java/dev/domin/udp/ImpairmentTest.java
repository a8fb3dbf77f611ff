package dev.domin.udp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
@ParameterizedClass
@MethodSource("dev.domin.udp.TransportKind#available")
class ImpairmentTest {

    @Parameter
    TransportKind transport;

    private UdpEndpoint open(UdpImpairment impairment) throws Exception {
        return UdpEndpoint.open(
                transport.options().toBuilder().impairment(impairment).build(), EchoTest.ECHO);
    }

    /** Passes everything; a test changes one direction. */
    private static class Clean implements UdpImpairment {
        @Override
        public void received(long arrival, Datagram packet, Outlet outlet) {
            outlet.pass(packet.array(), packet.offset(), packet.length(), 0);
        }

        @Override
        public void sending(long number, byte[] bytes, int offset, int length, InetSocketAddress to, Outlet outlet) {
            outlet.pass(bytes, offset, length, 0);
        }
    }

    @Test
    void shouldPassWhatIsNotImpaired() throws Exception {
        try (UdpEndpoint endpoint = open(new Clean());
                Client client = Client.of(endpoint)) {
            for (int size : new int[] {0, 1, 1500, 65_507}) {
                byte[] payload = new byte[size];
                client.send(payload);
                assertThat(client.receive()).isEqualTo(payload);
            }
            assertThat(endpoint.stats().handled()).isEqualTo(4);
        }
    }

    @Test
    void shouldLoseDuplicateAndChangePackets() throws Exception {
        UdpImpairment impairment = new Clean() {
            @Override
            public void received(long arrival, Datagram packet, Outlet outlet) {
                switch (packet.text()) {
                    case "lost" -> {}
                    case "twice" -> {
                        super.received(arrival, packet, outlet);
                        super.received(arrival, packet, outlet);
                    }
                    case "short" -> outlet.pass(packet.array(), packet.offset(), 2, 0);
                    default -> super.received(arrival, packet, outlet);
                }
            }
        };
        try (UdpEndpoint endpoint = open(impairment);
                Client client = Client.of(endpoint)) {
            for (String text : List.of("lost", "twice", "short", "end")) {
                client.send(text);
            }
            assertThat(texts(client, 4)).containsExactly("twice", "twice", "sh", "end");
            assertThat(endpoint.stats().received()).isEqualTo(4);
        }
    }

    @Test
    void shouldLoseAndDuplicateAnswers() throws Exception {
        UdpImpairment impairment = new Clean() {
            @Override
            public void sending(
                    long number, byte[] bytes, int offset, int length, InetSocketAddress to, Outlet outlet) {
                int times = bytes[offset] - '0';
                for (int i = 0; i < times; i++) {
                    outlet.pass(bytes, offset, length, 0);
                }
            }
        };
        try (UdpEndpoint endpoint = open(impairment);
                Client client = Client.of(endpoint)) {
            for (String text : List.of("0", "2", "1")) {
                client.send(text);
            }
            assertThat(texts(client, 3)).containsExactly("2", "2", "1");
            endpoint.send("0 news".getBytes(UTF_8), client.address());
            endpoint.send("1 news".getBytes(UTF_8), client.address());
            assertThat(client.receiveText()).isEqualTo("1 news");
            assertThat(endpoint.stats().handled()).isEqualTo(3);
            Waiting.until(() -> endpoint.stats().sent() == 4);
        }
    }

    /** Sent at once, twice, later, behind the next one, and lost: what is lost is not counted, copies are. */
    @Test
    void shouldCountWhatIsSent() throws Exception {
        UdpImpairment impairment = new Clean() {
            @Override
            public void sending(
                    long number, byte[] bytes, int offset, int length, InetSocketAddress to, Outlet outlet) {
                switch (new String(bytes, offset, length, UTF_8)) {
                    case "lost" -> {}
                    case "twice" -> {
                        outlet.pass(bytes, offset, length, 0);
                        outlet.pass(bytes, offset, length, 0);
                    }
                    case "late" -> outlet.pass(bytes, offset, length, 1);
                    case "behind" ->
                        outlet.passAfterNext(
                                bytes, offset, length, Duration.ofHours(1).toNanos());
                    default -> outlet.pass(bytes, offset, length, 0);
                }
            }
        };
        try (UdpEndpoint endpoint = open(impairment);
                Client client = Client.of(endpoint)) {
            for (String text : List.of("lost", "twice", "behind", "once", "late")) {
                endpoint.send(text.getBytes(UTF_8), client.address());
            }
            assertThat(texts(client, 5)).containsExactly("twice", "twice", "once", "behind", "late");
            Waiting.until(() -> endpoint.stats().sent() == 5);
        }
    }

    /** As a closing endpoint does. */
    @Test
    void shouldReceiveDelayedPacketsWhenItHasSentSomethingToItself() throws Exception {
        UdpImpairment impairment = new Clean() {
            @Override
            public void received(long arrival, Datagram packet, Outlet outlet) {
                outlet.pass(packet.array(), packet.offset(), packet.length(), 1);
            }
        };
        byte[] likeAMarker = Arrays.copyOf("dominend".getBytes(UTF_8), 24);
        try (UdpEndpoint endpoint = open(impairment);
                Client client = Client.of(endpoint)) {
            endpoint.send("itself".getBytes(UTF_8), endpoint.address());
            endpoint.send(likeAMarker, endpoint.address());
            assertThat(client.ask("hello")).isEqualTo("hello");
            Waiting.until(() -> endpoint.stats().sent() == 3);
        }
    }

    /** A delayed packet reaches a receiver that waits in the socket, and does not delay others. */
    @Test
    void shouldHoldPacketsAndAnswersBack() throws Exception {
        long delay = Duration.ofMillis(300).toNanos();
        UdpImpairment impairment = new Clean() {
            @Override
            public void received(long arrival, Datagram packet, Outlet outlet) {
                outlet.pass(
                        packet.array(),
                        packet.offset(),
                        packet.length(),
                        packet.text().equals("in") ? delay : 0);
            }

            @Override
            public void sending(
                    long number, byte[] bytes, int offset, int length, InetSocketAddress to, Outlet outlet) {
                outlet.pass(bytes, offset, length, new String(bytes, offset, length, UTF_8).equals("out") ? delay : 0);
            }
        };
        try (UdpEndpoint endpoint = open(impairment);
                Client client = Client.of(endpoint)) {
            long start = System.nanoTime();
            client.send("in");
            client.send("out");
            client.send("quick");
            assertThat(client.receiveText()).isEqualTo("quick");
            assertThat(texts(client, 2)).containsExactlyInAnyOrder("in", "out");
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(delay);
            Waiting.until(() -> endpoint.stats().sent() == 3);
            assertThat(endpoint.stats().handled()).isEqualTo(3);
        }
    }

    @Test
    void shouldCloseWhilePacketsAreHeldBack() throws Exception {
        UdpImpairment impairment = new Clean() {
            @Override
            public void received(long arrival, Datagram packet, Outlet outlet) {
                long delay = packet.text().equals("held") ? Duration.ofHours(1).toNanos() : 0;
                outlet.pass(packet.array(), packet.offset(), packet.length(), delay);
            }
        };
        try (UdpEndpoint endpoint = open(impairment);
                Client client = Client.of(endpoint)) {
            client.send("held");
            assertThat(client.ask("hello")).isEqualTo("hello");
            assertThat(endpoint.shutdown()).isTrue();
            assertThat(endpoint.stats().received()).isEqualTo(1);
            assertThat(endpoint.stats().inFlight()).isZero();
            assertThat(endpoint.advanced().isTerminated()).isTrue();
        }
        Waiting.until(() -> DeadlineTest.watchdogs().findAny().isEmpty());
    }

    /** Records what both see; the endpoint loses, duplicates and passes. */
    private static final class Numbers extends Clean implements UdpObserver {
        final List<String> seen = new CopyOnWriteArrayList<>();

        @Override
        public void received(long arrival, Datagram packet, Outlet outlet) {
            seen.add("arrival " + arrival + " " + packet.text());
            int times = packet.text().equals("lost") ? 0 : packet.text().equals("twice") ? 2 : 1;
            for (int i = 0; i < times; i++) {
                super.received(arrival, packet, outlet);
            }
            if (packet.text().equals("later")) {
                outlet.pass("delayed".getBytes(UTF_8), 0, 7, 1_000_000);
            }
        }

        @Override
        public void received(long number, long arrival, Datagram packet) {
            seen.add("packet " + number + " of arrival " + arrival + " " + packet.text());
        }

        @Override
        public void decided(long number, Fate fate) {}

        @Override
        public void sent(long number, byte[] bytes, int offset, int length, InetSocketAddress to) {
            seen.add("sent " + number);
        }

        @Override
        public void sending(long number, byte[] bytes, int offset, int length, InetSocketAddress to, Outlet outlet) {
            seen.add("sending " + number);
            super.sending(number, bytes, offset, length, to, outlet);
        }
    }

    @Test
    void shouldGiveImpairmentAndObserverTheSameNumbers() throws Exception {
        Numbers numbers = new Numbers();
        UdpOptions options = transport.options().toBuilder()
                .impairment(numbers)
                .observer(numbers)
                .build();
        try (UdpEndpoint endpoint = UdpEndpoint.open(options, EchoTest.ECHO);
                Client client = Client.of(endpoint)) {
            client.send("lost");
            client.send("twice");
            assertThat(texts(client, 2)).containsExactly("twice", "twice");
            client.send("later"); // a datagram of the engine's own wakes the receiver for the delayed one
            assertThat(texts(client, 2)).containsExactly("later", "delayed");
            assertThat(client.ask("end")).isEqualTo("end");
            endpoint.send("news".getBytes(UTF_8), client.address());
            assertThat(client.receiveText()).isEqualTo("news");
        }
        assertThat(numbers.seen.stream().filter(each -> each.startsWith("arrival")))
                .containsExactly("arrival 1 lost", "arrival 2 twice", "arrival 3 later", "arrival 4 end");
        assertThat(numbers.seen.stream().filter(each -> each.startsWith("packet")))
                .containsExactly(
                        "packet 1 of arrival 2 twice",
                        "packet 2 of arrival 2 twice",
                        "packet 3 of arrival 3 later",
                        "packet 4 of arrival 3 delayed",
                        "packet 5 of arrival 4 end");
        List<String> numbered =
                numbers.seen.stream().filter(each -> each.startsWith("sen")).toList();
        assertThat(numbered.stream().filter(each -> each.startsWith("sent")))
                .containsExactly("sent 1", "sent 2", "sent 3", "sent 4", "sent 5", "sent 0");
        assertThat(numbered.stream().filter(each -> each.startsWith("sending")))
                .containsExactly("sending 1", "sending 2", "sending 3", "sending 4", "sending 5", "sending 0");
    }

    /** The engine numbers packets for the impairment alone, too. */
    @Test
    void shouldNumberAnswersWithoutAnObserver() throws Exception {
        Numbers numbers = new Numbers();
        try (UdpEndpoint endpoint = open(numbers);
                Client client = Client.of(endpoint)) {
            client.ask("one");
            client.ask("two");
            endpoint.send("news".getBytes(UTF_8), client.address());
            client.receiveText();
        }
        assertThat(numbers.seen)
                .containsExactly("arrival 1 one", "sending 1", "arrival 2 two", "sending 2", "sending 0");
    }

    @Test
    void shouldReportWhatTheSystemLostWhenNothingIsPassed() throws Exception {
        CountDownLatch full = new CountDownLatch(1);
        UdpImpairment impairment = new Clean() {
            @Override
            public void received(long arrival, Datagram packet, Outlet outlet) {
                try {
                    full.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        UdpOptions options = transport.options().toBuilder()
                .impairment(impairment)
                .receiveBuffer(1) // the system grants a few kilobytes
                .build();
        UdpEndpoint endpoint = UdpEndpoint.open(options, EchoTest.ECHO);
        try (endpoint;
                Client client = Client.of(endpoint)) {
            for (int i = 0; i < 200; i++) {
                client.send(new byte[1000]);
            }
            full.countDown();
        }
        assertThat(endpoint.stats().received()).isZero();
        assertThat(endpoint.stats().lostByKernel().orElse(0)).isBetween(1L, 199L);
    }

    /** A packet with the endpoint's own address as its sender arrives as well, but on no network. */
    @Test
    void shouldNumberForgedPackets() throws Exception {
        Numbers numbers = new Numbers();
        UdpOptions options = transport.options().toBuilder()
                .impairment(numbers)
                .observer(numbers)
                .build();
        try (UdpEndpoint endpoint = UdpEndpoint.open(options, EchoTest.ECHO);
                Client client = Client.of(endpoint)) {
            endpoint.send("itself".getBytes(UTF_8), endpoint.address());
            Waiting.until(() -> endpoint.stats().dropped() == 1);
            client.ask("hello");
        }
        assertThat(numbers.seen)
                .contains("packet 1 of arrival 1 itself", "arrival 2 hello", "packet 2 of arrival 2 hello")
                .doesNotContain("arrival 1 itself");
    }

    private static List<String> texts(Client client, int count) throws Exception {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(client.receiveText());
        }
        return texts;
    }
}
