package dev.domin.udp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an observer is notified of besides packets: the endpoint's begin and end, and datagrams that are refused. */
@Tag("timing")
@Timeout(120)
class ObservedEndpointTest {

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final ScriptedTransport socket = new ScriptedTransport(true);

    /** Records all notifications but those of packets' fates. */
    private class Recorder implements UdpObserver {

        @Override
        public void opened(UdpEndpoint endpoint) {
            seen.add("opened");
        }

        @Override
        public void received(long number, long arrival, Datagram packet) {
            seen.add("received " + number);
        }

        @Override
        public void decided(long number, Fate fate) {}

        @Override
        public void sent(long number, byte[] bytes, int offset, int length, InetSocketAddress to) {
            seen.add("sent " + number + " to " + to.getPort());
        }

        @Override
        public void refused(long number, InetSocketAddress to, IOException problem) {
            seen.add("refused " + number + " to " + to.getPort() + ": " + problem.getMessage());
        }

        @Override
        public void closed() {
            seen.add("closed");
        }
    }

    private UdpOptions.Builder options(UdpObserver observer) {
        return UdpOptions.builder().observer(observer).onError(errors::add);
    }

    private UdpEndpoint open(UdpOptions.Builder some) throws IOException {
        return UdpEndpoint.open(socket, some.build(), AdvancedOptions.DEFAULTS, HandlerKind.simple(EchoTest.ECHO));
    }

    @Test
    void shouldBeNotifiedOfTheBeginAndTheEnd() throws Exception {
        try (Client receiver = new Client(9)) {
            UdpObserver observer = new Recorder() {
                @Override
                public void opened(UdpEndpoint endpoint) {
                    seen.add("opened on " + Thread.currentThread().getName());
                    try (Client client = Client.of(endpoint)) {
                        client.send("too early"); // it is received when the endpoint is open
                        endpoint.send("ready".getBytes(UTF_8), receiver.address());
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }
            };
            UdpEndpoint endpoint = UdpEndpoint.open(options(observer).build(), packet -> {});
            assertThat(receiver.receiveText()).isEqualTo("ready");
            Waiting.until(() -> seen.contains("received 1"));
            assertThat(seen)
                    .containsExactly(
                            "opened on " + Thread.currentThread().getName(),
                            "sent 0 to " + receiver.address().getPort(),
                            "received 1");
            endpoint.close();
            assertThat(seen).hasSize(4).last().isEqualTo("closed");
            endpoint.close();
            assertThat(seen).hasSize(4);
        }
    }

    @Test
    void shouldNotOpenWhenTheObserverThrows() throws Exception {
        UdpObserver broken = new Recorder() {
            @Override
            public void opened(UdpEndpoint endpoint) {
                throw new IllegalStateException("no place for port " + endpoint.port());
            }
        };
        UdpOptions options = Options.timeout(options(broken).build(), 1000);
        int port;
        try (DatagramSocket free = new DatagramSocket(0, Client.address(127, 0, 0, 1))) {
            port = free.getLocalPort();
        }
        assertThatThrownBy(() -> UdpEndpoint.open(options.toBuilder().port(port).build(), EchoTest.ECHO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no place for port " + port);
        assertThat(seen).isEmpty();
        UdpEndpoint.open(UdpOptions.builder().port(port).build(), EchoTest.ECHO).close();
        Waiting.until(() -> DeadlineTest.watchdogs().findAny().isEmpty());
    }

    @Test
    void shouldLetTheObserverCloseTheEndpointAtOnce() throws Exception {
        UdpObserver closing = new Recorder() {
            @Override
            public void opened(UdpEndpoint endpoint) {
                endpoint.close();
            }
        };
        UdpEndpoint endpoint = UdpEndpoint.open(Options.timeout(options(closing).build(), 1000), EchoTest.ECHO);
        assertThat(endpoint.isOpen()).isFalse();
        endpoint.close();
        assertThat(seen).containsExactly("closed");
        assertThat(errors).isEmpty();
        Waiting.until(() -> DeadlineTest.watchdogs().findAny().isEmpty());
    }

    @Test
    void shouldBeNotifiedOfTheEndWhenNoThreadCanBeStarted() {
        AdvancedOptions greedy = new AdvancedOptions(0, 1L << 50);
        assertThatThrownBy(() -> UdpEndpoint.open(
                        socket, options(new Recorder()).build(), greedy, HandlerKind.simple(EchoTest.ECHO)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot start a thread for port 1");
        assertThat(seen).containsExactly("opened", "closed");
        assertThat(socket.released).hasValue(1);
    }

    @Test
    void shouldSurviveAnObserverThatThrowsAtTheEnd() throws Exception {
        UdpObserver broken = new Recorder() {
            @Override
            public void closed() {
                throw new IllegalStateException("closed");
            }
        };
        UdpEndpoint endpoint = open(options(broken));
        endpoint.close();
        endpoint.advanced().awaitTermination();
        assertThat(errors).extracting(Throwable::getMessage).containsExactly("closed");
    }

    /** Both answers of the batch are held, and the system refuses one of them later. */
    @Test
    void shouldBeNotifiedWhichAnswersAreRefused() throws Exception {
        try (UdpEndpoint endpoint = open(options(new Recorder()))) {
            socket.deliver("one", "unsendable", "three");
            Waiting.until(() -> socket.replies.contains("three"));
            Waiting.until(() -> !errors.isEmpty());
            assertThat(endpoint.stats().sent()).isEqualTo(2);
        }
        assertThat(seen)
                .containsSubsequence("sent 1 to 9", "sent 2 to 9", "refused 2 to 9: unsendable")
                .filteredOn(each -> each.startsWith("refused"))
                .hasSize(1);
        assertThat(errors).extracting(Throwable::getMessage).containsExactly("unsendable");
    }

    @Test
    void shouldBeNotifiedOfWhatACallerSendsBeforeItIsSent() throws Exception {
        InetSocketAddress to = new InetSocketAddress(Client.address(127, 0, 0, 1), 9);
        UdpEndpoint endpoint = open(options(new Recorder()));
        endpoint.send("first".getBytes(UTF_8), to);
        assertThatThrownBy(() -> endpoint.send("unsendable".getBytes(UTF_8), to))
                .isInstanceOf(IOException.class)
                .hasMessage("unsendable");
        endpoint.close();
        assertThat(endpoint.stats().sent()).isEqualTo(1);
        assertThat(seen)
                .containsExactly("opened", "sent 0 to 9", "sent 0 to 9", "refused 0 to 9: unsendable", "closed");
    }

    @Test
    void shouldRefuseToSendFromAClosedEndpoint() throws Exception {
        UdpEndpoint endpoint = UdpEndpoint.open(options(new Recorder()).build(), EchoTest.ECHO);
        int free;
        try (Client client = Client.of(endpoint)) {
            free = client.address().getPort();
        }
        InetSocketAddress nobody = new InetSocketAddress(endpoint.address().getAddress(), free);
        endpoint.send("a port without a socket is no error".getBytes(UTF_8), nobody);
        endpoint.close();
        String message = "the endpoint on port " + endpoint.port() + " is closed";
        assertThatThrownBy(() -> endpoint.send("late".getBytes(UTF_8), nobody)).hasMessage(message);
        assertThat(seen)
                .containsExactly(
                        "opened",
                        "sent 0 to " + free,
                        "closed",
                        "sent 0 to " + free,
                        "refused 0 to " + free + ": " + message);
    }

    /** The watchdog sends them: an observer that waits must not keep it. */
    @Test
    void shouldBeNotifiedWhichDelayedDatagramsAreRefused() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        UdpObserver waiting = new Recorder() {
            @Override
            public void refused(long number, InetSocketAddress to, IOException problem) {
                super.refused(number, to, problem);
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        UdpImpairment delaying = new UdpImpairment() {
            @Override
            public void received(long arrival, Datagram packet, Outlet outlet) {
                outlet.pass(packet.array(), packet.offset(), packet.length(), 0);
            }

            @Override
            public void sending(
                    long number, byte[] bytes, int offset, int length, InetSocketAddress to, Outlet outlet) {
                outlet.pass(bytes, offset, length, 1);
            }
        };
        InetSocketAddress to = new InetSocketAddress(Client.address(127, 0, 0, 1), 8);
        try (UdpEndpoint endpoint = open(options(waiting).impairment(delaying))) {
            socket.deliver("one", "unsendable");
            Waiting.until(() -> seen.contains("refused 2 to 9: unsendable"));
            endpoint.send("news".getBytes(UTF_8), to);
            endpoint.send("unsendable".getBytes(UTF_8), to);
            Waiting.until(() -> socket.sent.contains("news")); // although the observer waits
            release.countDown();
            Waiting.until(() -> seen.contains("refused 0 to 8: unsendable"));
            Waiting.until(() -> errors.size() == 2);
            assertThat(socket.sent).containsExactly("one", "news");
        }
        assertThat(errors).extracting(Throwable::getMessage).containsExactly("unsendable", "unsendable");
    }
}
