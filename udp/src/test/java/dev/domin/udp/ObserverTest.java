package dev.domin.udp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("timing")
@Timeout(120)
@ParameterizedClass
@MethodSource("dev.domin.udp.TransportKind#available")
class ObserverTest {

    @Parameter
    TransportKind transport;

    private final Recorder recorder = new Recorder();

    /** Records all notifications. */
    private static final class Recorder implements UdpObserver {
        final List<String> received = new CopyOnWriteArrayList<>();
        final List<Long> begun = new CopyOnWriteArrayList<>();
        final Map<Long, Fate> fates = new ConcurrentHashMap<>();
        final List<String> sent = new CopyOnWriteArrayList<>();

        @Override
        public void received(long number, long arrival, Datagram packet) {
            assertThat(arrival).isEqualTo(number); // without an impairment
            received.add(number + " " + packet.text());
        }

        @Override
        public void begun(long number) {
            begun.add(number);
        }

        @Override
        public void decided(long number, Fate fate) {
            assertThat(fates.put(number, fate)).isNull();
        }

        @Override
        public void sent(long number, byte[] bytes, int offset, int length, InetSocketAddress to) {
            sent.add(number + " " + new String(bytes, offset, length, UTF_8));
        }
    }

    private UdpOptions options(int timeout) {
        return Options.timeout(transport.options(), timeout).toBuilder()
                .observer(recorder)
                .onError(e -> {})
                .build();
    }

    @Test
    void shouldNotLetAnObserverAnswerOrDropAPacket() throws Exception {
        List<Throwable> errors = new CopyOnWriteArrayList<>();
        UdpObserver meddler = new UdpObserver() {
            @Override
            public void received(long number, long arrival, Datagram packet) {
                if (packet.text().equals("drop")) {
                    packet.drop();
                }
                packet.reply("from the observer");
            }

            @Override
            public void decided(long number, Fate fate) {}

            @Override
            public void sent(long number, byte[] bytes, int offset, int length, InetSocketAddress to) {}
        };
        UdpOptions options = transport.options().toBuilder()
                .observer(meddler)
                .onError(errors::add)
                .build();
        DatagramHandler handler = packet -> {
            if (!packet.text().equals("silent")) {
                packet.reply("from the handler");
            }
        };
        try (UdpEndpoint endpoint = UdpEndpoint.open(options, handler);
                Client client = Client.of(endpoint)) {
            client.send("silent");
            client.send("drop");
            assertThat(client.receiveText()).isEqualTo("from the handler");
            Waiting.until(() -> endpoint.stats().handled() == 2);
        }
        assertThat(errors)
                .hasSize(2)
                .allSatisfy(each -> assertThat(each)
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessage("observers and impairments cannot answer or drop a packet; its handler can"));
    }

    @Test
    void shouldBeNotifiedOfEveryPacketAndItsFate() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        DatagramHandler handler = packet -> {
            switch (packet.text()) {
                case "silent" -> {}
                case "fails" -> throw new IllegalStateException("fails");
                case "late" -> release.await();
                default -> packet.reply(packet.payload());
            }
        };
        try (UdpEndpoint endpoint = UdpEndpoint.open(options(300), handler);
                Client client = Client.of(endpoint)) {
            for (String text : List.of("silent", "fails", "late", "hello")) {
                client.send(text);
            }
            assertThat(client.receiveText()).isEqualTo("hello");
            endpoint.send("news".getBytes(UTF_8), client.address());
            assertThat(client.receiveText()).isEqualTo("news");
            Waiting.until(() -> recorder.sent.size() == 2);
            release.countDown();
        }
        assertThat(recorder.received).containsExactly("1 silent", "2 fails", "3 late", "4 hello");
        assertThat(recorder.begun).containsExactly(1L, 2L, 3L, 4L);
        assertThat(recorder.fates)
                .containsOnly(
                        Map.entry(1L, Fate.SILENT),
                        Map.entry(2L, Fate.FAILED),
                        Map.entry(3L, Fate.LATE),
                        Map.entry(4L, Fate.HANDLED));
        assertThat(recorder.sent).containsExactly("4 hello", "0 news");
    }

    @Test
    void shouldBeNotifiedOfPacketsThatNoHandlerGets() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        DatagramHandler handler = packet -> {
            running.countDown();
            release.await();
        };
        UdpOptions options = options(-1);
        UdpEndpoint endpoint = UdpEndpoint.open(options, handler);
        try (Client client = Client.of(endpoint)) {
            client.send("first");
            running.await();
            for (int i = 0; i < 20; i++) {
                client.send("queued");
            }
            Thread closing = new Thread(endpoint::close);
            closing.start();
            Waiting.until(() -> !endpoint.isOpen());
            release.countDown();
            closing.join();
        }
        assertThat(recorder.received).hasSize(21).contains("1 first", "21 queued");
        assertThat(recorder.begun).containsExactly(1L);
        assertThat(recorder.fates).hasSize(21).containsEntry(1L, Fate.SILENT).containsEntry(21L, Fate.CLOSED);
        assertThat(endpoint.stats().received()).isEqualTo(21);
    }

    @Test
    void shouldBeNotifiedWhenAHandlerThatWaitsBegins() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch turn = new CountDownLatch(1);
        AdvancedHandler handler = packet -> {
            waiting.countDown();
            turn.await();
            boolean first = packet.begin();
            boolean again = packet.begin();
            if (first && again) {
                packet.reply(packet.payload());
            }
        };
        try (UdpEndpoint endpoint = UdpEndpoint.open(options(-1), AdvancedOptions.DEFAULTS, handler);
                Client client = Client.of(endpoint)) {
            client.send("hello");
            waiting.await();
            assertThat(recorder.received).containsExactly("1 hello");
            assertThat(recorder.begun).isEmpty();
            turn.countDown();
            assertThat(client.receiveText()).isEqualTo("hello");
            assertThat(recorder.begun).containsExactly(1L);
        }
    }

    @Test
    void shouldNotReportThatAPacketBeginsWhoseDeadlineHasPassed() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        AdvancedHandler handler = packet -> {
            late.await();
            assertThat(packet.begin()).isFalse();
        };
        try (UdpEndpoint endpoint = UdpEndpoint.open(options(1), AdvancedOptions.DEFAULTS, handler);
                Client client = Client.of(endpoint)) {
            client.send("hello");
            Waiting.until(() -> endpoint.stats().dropped() == 1);
            late.countDown();
        }
        assertThat(recorder.begun).isEmpty();
        assertThat(recorder.fates).containsOnly(Map.entry(1L, Fate.LATE));
    }

    @Test
    void shouldSurviveAnObserverThatThrows() throws Exception {
        List<Throwable> errors = new CopyOnWriteArrayList<>();
        UdpObserver broken = new UdpObserver() {
            @Override
            public void received(long number, long arrival, Datagram packet) {
                throw new IllegalStateException("received");
            }

            @Override
            public void begun(long number) {
                throw new IllegalStateException("begun");
            }

            @Override
            public void decided(long number, Fate fate) {
                throw new IllegalStateException("decided");
            }

            @Override
            public void sent(long number, byte[] bytes, int offset, int length, InetSocketAddress to) {
                throw new IllegalStateException("sent");
            }
        };
        UdpOptions options = transport.options().toBuilder()
                .observer(broken)
                .onError(errors::add)
                .build();
        try (UdpEndpoint endpoint = UdpEndpoint.open(options, EchoTest.ECHO);
                Client client = Client.of(endpoint)) {
            assertThat(client.ask("hello")).isEqualTo("hello");
            assertThat(endpoint.stats().handled()).isEqualTo(1);
        }
        assertThat(errors).extracting(Throwable::getMessage).containsExactly("received", "begun", "decided", "sent");
    }
}
