package dev.domin.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A closing endpoint counts the packets that are queued in its socket. */
@Tag("timing")
@Timeout(120)
class DrainTest {

    private final ScriptedTransport socket = new ScriptedTransport(false);
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();

    /** Passes all packets except for those with the text "lost". */
    private static final UdpImpairment LOSSY = new UdpImpairment() {
        @Override
        public void received(long arrival, Datagram packet, Outlet outlet) {
            if (!packet.text().equals("lost")) {
                outlet.pass(packet.array(), packet.offset(), packet.length(), 0);
            }
        }

        @Override
        public void sending(long number, byte[] bytes, int offset, int length, InetSocketAddress to, Outlet outlet) {
            outlet.pass(bytes, offset, length, 0);
        }
    };

    @Test
    void shouldNotCountMoreThanTheQueueOfAFloodedSocketWhoseMarkerIsLost() throws Exception {
        socket.sendsToLose.set(1);
        UdpStats stats = closeWithQueued(UdpOptions.builder(), 300, "queued");
        assertThat(stats.received()).isBetween(301L, 600L);
        assertThat(stats.dropped()).isEqualTo(stats.received() - 1);
    }

    /** The deadline of the handler passes while the endpoint closes, so no other thread goes on with the batch. */
    @Test
    void shouldCountTheRestOfABatchWhoseHandlerIsLateWhileItCloses() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        DatagramHandler slow = packet -> {
            begun.countDown();
            end.await();
        };
        UdpOptions options =
                UdpOptions.builder().timeout(Duration.ofMillis(300)).build();
        try (UdpEndpoint endpoint = open(options, slow)) {
            socket.deliver("slow", "two", "three");
            begun.await();
            CompletableFuture<Void> closing = CompletableFuture.runAsync(endpoint::close);
            Waiting.until(() -> endpoint.stats().inFlight() == 0);
            end.countDown();
            closing.get();
            assertThat(endpoint.stats().received()).isEqualTo(3);
            assertThat(endpoint.stats().dropped()).isEqualTo(3);
        }
    }

    @Test
    void shouldCountWhatIsQueuedBehindManyPacketsThatTheImpairmentLoses() throws Exception {
        UdpStats stats = closeWithQueued(UdpOptions.builder().impairment(LOSSY), 5000, "lost");
        assertThat(stats.received()).isEqualTo(2);
        assertThat(stats.dropped()).isEqualTo(1);
    }

    @Test
    void shouldCountPacketsThatCannotBeCopiedForTheImpairment() throws Exception {
        UdpOptions options =
                UdpOptions.builder().impairment(LOSSY).onError(errors::add).build();
        try (UdpEndpoint endpoint = open(options, EchoTest.ECHO)) {
            socket.deliver("one", "too large", "three");
            Waiting.until(
                    () -> endpoint.stats().received() == 3 && endpoint.stats().inFlight() == 0);
            assertThat(endpoint.stats().handled()).isEqualTo(2);
            assertThat(endpoint.advanced().count(Fate.NO_BUFFER)).isEqualTo(1);
            assertThat(socket.replies).containsExactly("one", "three");
            assertThat(errors)
                    .singleElement()
                    .satisfies(error -> assertThat(error).hasRootCauseMessage("too large"));
        }
    }

    /** What wakes the receiver for a delayed packet is no packet, also for the count of what the system lost. */
    @Test
    void shouldNotReportThatTheSystemLostWhatWakesTheReceiver() throws Exception {
        UdpImpairment slow = new UdpImpairment() {
            @Override
            public void received(long arrival, Datagram packet, Outlet outlet) {
                long delay = packet.text().equals("delayed") ? 1 : 0;
                outlet.pass(packet.array(), packet.offset(), packet.length(), delay);
            }

            @Override
            public void sending(
                    long number, byte[] bytes, int offset, int length, InetSocketAddress to, Outlet outlet) {
                outlet.pass(bytes, offset, length, 0);
            }
        };
        socket.sendsToLose.set(1);
        UdpEndpoint endpoint = open(UdpOptions.builder().impairment(slow).build(), EchoTest.ECHO);
        socket.deliver("delayed");
        Waiting.until(() -> socket.sendsToLose.get() == 0);
        socket.deliver("next");
        Waiting.until(() -> socket.replies.size() == 2);
        endpoint.close();
        assertThat(endpoint.stats().received()).isEqualTo(2);
        assertThat(endpoint.stats().lostByKernel()).hasValue(0);
    }

    /** Closes an endpoint while its handler is busy and packets with a text are queued. */
    private UdpStats closeWithQueued(UdpOptions.Builder options, int count, String text) throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        UdpEndpoint endpoint = open(options.build(), packet -> {
            running.countDown();
            release.await();
        });
        socket.deliver("first");
        running.await();
        for (int i = 0; i < count; i++) {
            socket.deliver(text);
        }
        if (text.equals("lost")) {
            socket.deliver("kept");
        } else {
            socket.flooded = true;
        }
        CompletableFuture<Void> closing = CompletableFuture.runAsync(endpoint::close);
        Waiting.until(() -> !endpoint.isOpen());
        release.countDown();
        closing.get();
        return endpoint.stats();
    }

    private UdpEndpoint open(UdpOptions options, DatagramHandler handler) throws Exception {
        return UdpEndpoint.open(socket, options, AdvancedOptions.DEFAULTS, HandlerKind.simple(handler));
    }
}
