package dev.domin.udp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Datagrams that an impairment keeps until the next one has passed. */
@Timeout(120)
@ParameterizedClass
@MethodSource("dev.domin.udp.TransportKind#available")
class ReorderingTest {

    private static final long HOUR = Duration.ofHours(1).toNanos();

    @Parameter
    TransportKind transport;

    private final List<Throwable> errors = new CopyOnWriteArrayList<>();

    /**
     * Treats a datagram as its first word asks for: {@code keep} it until the next one has passed, keep it for a
     * {@code while} at most, {@code lose} it, duplicate it ({@code twice}), or pass it.
     */
    private static final class Script implements UdpImpairment {
        private final boolean in;

        Script(boolean in) {
            this.in = in;
        }

        @Override
        public void received(long arrival, Datagram packet, Outlet outlet) {
            apply(in, packet.array(), packet.offset(), packet.length(), outlet);
        }

        @Override
        public void sending(long number, byte[] bytes, int offset, int length, InetSocketAddress to, Outlet outlet) {
            apply(!in, bytes, offset, length, outlet);
        }

        private static void apply(boolean active, byte[] bytes, int offset, int length, Outlet outlet) {
            String word = active ? new String(bytes, offset, length, UTF_8).split(" ")[0] : "";
            switch (word) {
                case "keep" -> outlet.passAfterNext(bytes, offset, length, HOUR);
                case "while" -> outlet.passAfterNext(bytes, offset, length, 50_000_000);
                case "lose" -> {}
                case "twice" -> {
                    outlet.pass(bytes, offset, length, 0);
                    outlet.pass(bytes, offset, length, 0);
                }
                default -> outlet.pass(bytes, offset, length, 0);
            }
        }
    }

    private UdpEndpoint open(UdpImpairment impairment) throws Exception {
        UdpOptions options = transport.options().toBuilder()
                .impairment(impairment)
                .onError(errors::add)
                .build();
        return UdpEndpoint.open(options, EchoTest.ECHO);
    }

    @Test
    void shouldReorderPackets() throws Exception {
        try (UdpEndpoint endpoint = open(new Script(true))) {
            assertOrder(endpoint);
        }
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldReorderAnswers() throws Exception {
        try (UdpEndpoint endpoint = open(new Script(false))) {
            assertOrder(endpoint);
            assertThat(endpoint.stats().sent()).isEqualTo(10);
        }
        assertThat(errors).isEmpty();
    }

    private static void assertOrder(UdpEndpoint endpoint) throws Exception {
        try (Client client = Client.of(endpoint)) {
            for (String text : List.of("keep 1", "pass 2", "keep 3", "lose 4", "keep 5", "twice 6")) {
                client.send(text);
            }
            assertThat(texts(client, 6)).containsExactly("pass 2", "keep 1", "keep 3", "twice 6", "twice 6", "keep 5");
            for (String text : List.of("keep 1", "keep 2", "keep 3", "pass 4")) {
                client.send(text);
            }
            assertThat(texts(client, 4)).containsExactly("keep 1", "keep 2", "pass 4", "keep 3");
            Waiting.until(() -> endpoint.stats().sent() == 10);
        }
    }

    @Test
    void shouldReorderWhatACallerSends() throws Exception {
        try (UdpEndpoint endpoint = open(new Script(false));
                Client client = Client.of(endpoint)) {
            endpoint.send("keep news".getBytes(UTF_8), client.address());
            assertThat(client.ask("answer")).isEqualTo("answer");
            assertThat(client.receiveText()).isEqualTo("keep news");
            client.send("keep answer");
            Waiting.until(() -> endpoint.stats().handled() == 2);
            endpoint.send("news".getBytes(UTF_8), client.address());
            assertThat(texts(client, 2)).containsExactly("news", "keep answer");
            Waiting.until(() -> endpoint.stats().sent() == 4);
        }
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldPassWhatIsKeptWhenItsTimeIsUp() throws Exception {
        for (boolean in : new boolean[] {true, false}) {
            try (UdpEndpoint endpoint = open(new Script(in));
                    Client client = Client.of(endpoint)) {
                long start = System.nanoTime();
                assertThat(client.ask("while alone")).isEqualTo("while alone");
                assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000_000);
                assertThat(client.ask("next")).isEqualTo("next"); // the first one does not come again
                assertThat(client.ask("last")).isEqualTo("last");
            }
        }
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldLoseWhatIsKeptWhenTheEndpointCloses() throws Exception {
        for (boolean in : new boolean[] {true, false}) {
            try (UdpEndpoint endpoint = open(new Script(in));
                    Client client = Client.of(endpoint)) {
                assertThat(client.ask("hello")).isEqualTo("hello");
                client.send("keep this");
                client.send("keep that, too"); // for longer than the test takes
                Waiting.until(() -> endpoint.stats().received() == (in ? 2 : 3));
                assertThat(endpoint.shutdown()).isTrue();
                assertThat(endpoint.stats().inFlight()).isZero();
                assertThat(endpoint.advanced().isTerminated()).isTrue();
            }
        }
        assertThat(errors).isEmpty();
        Waiting.until(() -> DeadlineTest.watchdogs().findAny().isEmpty());
    }

    /** The next datagram and the end of the time compete for each datagram. */
    @Test
    void shouldPassEachOnceWithSeveralSenders() throws Exception {
        int each = 2000;
        AtomicInteger turn = new AtomicInteger();
        UdpImpairment impairment = new UdpImpairment() {
            @Override
            public void received(long arrival, Datagram packet, Outlet outlet) {
                apply(packet.array(), packet.offset(), packet.length(), outlet);
            }

            @Override
            public void sending(
                    long number, byte[] bytes, int offset, int length, InetSocketAddress to, Outlet outlet) {
                apply(bytes, offset, length, outlet);
            }

            private void apply(byte[] bytes, int offset, int length, Outlet outlet) {
                if (turn.incrementAndGet() % 2 == 0) {
                    outlet.pass(bytes, offset, length, 0);
                } else {
                    outlet.passAfterNext(bytes, offset, length, 20_000);
                }
            }
        };
        Set<String> expected = new HashSet<>();
        List<String> got = new ArrayList<>();
        try (UdpEndpoint endpoint = open(impairment);
                Client client = Client.of(endpoint)) {
            Thread[] senders = new Thread[2];
            for (int i = 0; i < senders.length; i++) {
                String name = i + " ";
                senders[i] = new Thread(() -> {
                    for (int n = 0; n < each; n++) {
                        try {
                            endpoint.send((name + n).getBytes(UTF_8), client.address());
                        } catch (Exception e) {
                            errors.add(e);
                        }
                    }
                });
                senders[i].start();
                for (int n = 0; n < each; n++) {
                    expected.add(name + n);
                }
            }
            for (int n = 0; n < each; n++) {
                client.send("ask " + n);
                expected.add("ask " + n);
            }
            for (int n = 0; n < 3 * each; n++) {
                got.add(client.receiveText());
            }
            assertThat(client.receive(50)).as("nothing comes twice").isNull();
            for (Thread sender : senders) {
                sender.join();
            }
            Waiting.until(() -> endpoint.stats().sent() == 3L * each);
        }
        assertThat(got).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(errors).isEmpty();
    }

    private static List<String> texts(Client client, int count) throws Exception {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(client.receiveText());
        }
        return texts;
    }
}
