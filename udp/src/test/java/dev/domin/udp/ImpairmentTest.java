package dev.domin.udp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
        public void received(Datagram packet, Outlet outlet) {
            outlet.pass(packet.array(), packet.offset(), packet.length(), 0);
        }

        @Override
        public void sending(byte[] bytes, int offset, int length, InetSocketAddress to, Outlet outlet) {
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
            public void received(Datagram packet, Outlet outlet) {
                switch (packet.text()) {
                    case "lost" -> {}
                    case "twice" -> {
                        super.received(packet, outlet);
                        super.received(packet, outlet);
                    }
                    case "short" -> outlet.pass(packet.array(), packet.offset(), 2, 0);
                    default -> super.received(packet, outlet);
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
            public void sending(byte[] bytes, int offset, int length, InetSocketAddress to, Outlet outlet) {
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
        }
    }

    /** A delayed packet reaches a receiver that waits in the socket, and does not delay others. */
    @Test
    void shouldHoldPacketsAndAnswersBack() throws Exception {
        long delay = Duration.ofMillis(300).toNanos();
        UdpImpairment impairment = new Clean() {
            @Override
            public void received(Datagram packet, Outlet outlet) {
                outlet.pass(
                        packet.array(),
                        packet.offset(),
                        packet.length(),
                        packet.text().equals("in") ? delay : 0);
            }

            @Override
            public void sending(byte[] bytes, int offset, int length, InetSocketAddress to, Outlet outlet) {
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
            public void received(Datagram packet, Outlet outlet) {
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

    private static List<String> texts(Client client, int count) throws Exception {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(client.receiveText());
        }
        return texts;
    }
}
