package dev.domin.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What closing waits for, releases and counts, with a transport that fails or loses as a test says. */
@Tag("timing")
@Timeout(60)
class ShutdownTest {

    /** Longer than a test may take: nothing is cancelled because it has passed. */
    private static final Duration LONG = Duration.ofMinutes(10);

    private final ScriptedTransport socket = new ScriptedTransport(false);
    private final List<String> errors = new CopyOnWriteArrayList<>();

    private UdpOptions.Builder options(Duration grace) {
        return UdpOptions.builder().closeGrace(grace).onError(problem -> errors.add(problem.getMessage()));
    }

    private Engine start(UdpOptions options, DatagramHandler handler) throws Exception {
        Engine engine = new Engine(socket, options, 0, HandlerKind.simple(handler), Machine.REAL);
        engine.start(options, AdvancedOptions.DEFAULTS);
        return engine;
    }

    @Test
    void shouldReleaseItsBuffersAndItsTransport() throws Exception {
        Engine engine = start(options(LONG).build(), EchoTest.ECHO);
        socket.deliver("hello");
        Waiting.until(() -> socket.replies.contains("hello"));
        assertThat(engine.pool().all()).isNotEmpty();
        assertThat(engine.shutdown().close(false)).isTrue();
        assertThat(engine.pool().all()).isEmpty();
        assertThat(socket.closed).hasValue(1);
        assertThat(socket.released).hasValue(1);
        assertThat(engine.shutdown().close(false)).isFalse();
        assertThat(socket.released).hasValue(1);
    }

    /** Inside that shutdown, its packet could have been dropped. Afterwards it is answered as any other. */
    @Test
    void shouldWaitForAHandlerThatHasClosedAnotherEndpoint() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        UdpEndpoint other = UdpEndpoint.open(EchoTest.ECHO);
        DatagramHandler handler = packet -> {
            other.close();
            closed.countDown();
            release.await();
            packet.reply(packet.payload());
        };
        Engine engine = start(options(LONG).build(), handler);
        socket.deliver("hello");
        closed.await();
        Thread closing = new Thread(() -> {
            try {
                engine.shutdown().close(false);
            } catch (InterruptedException e) {
                errors.add("interrupted");
            }
        });
        closing.start();
        Waiting.until(() ->
                closing.getState() == Thread.State.TIMED_WAITING || closing.getState() == Thread.State.TERMINATED);
        release.countDown();
        closing.join();
        assertThat(socket.replies).containsExactly("hello");
        assertThat(engine.accounts().count(Fate.CLOSED)).isZero();
        assertThat(errors).isEmpty();
    }

    /** Nothing else wakes the receiver, which waits in the transport. */
    @Test
    void shouldCloseTheTransportAtTheEndOfTheGraceIfTheMarkerIsLost() throws Exception {
        Engine engine = start(options(Duration.ofMillis(20)).build(), EchoTest.ECHO);
        socket.deliver("hello");
        Waiting.until(() -> socket.replies.contains("hello"));
        socket.sendsToLose.set(1);
        assertThat(engine.shutdown().close(false)).isTrue();
        assertThat(socket.closed).hasValue(1);
        assertThat(socket.released).hasValue(1);
        assertThat(errors).isEmpty();
    }

    /** The first marker was lost, which is not a packet that the system has lost. */
    @Test
    void shouldNotReportALostMarkerAsALostPacket() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        UdpOptions options = options(LONG).build();
        UdpEndpoint endpoint =
                UdpEndpoint.open(socket, options, AdvancedOptions.DEFAULTS, HandlerKind.simple(packet -> {
                    running.countDown();
                    release.await();
                }));
        socket.deliver("hello");
        running.await();
        socket.sendsToLose.set(1);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(endpoint::close);
        Waiting.until(() -> socket.sendsToLose.get() == 0);
        release.countDown();
        closing.get();
        assertThat(endpoint.stats().lostByKernel()).hasValue(0);
        assertThat(endpoint.stats().received()).isEqualTo(1);
    }

    @Test
    void shouldNotKnowWhatIsLostWhereItCannotBeRead() throws Exception {
        Failing failing = new Failing(
                socket, Failing.Operation.LOST_PACKETS, 1, false, () -> new IllegalStateException("unreadable"));
        UdpEndpoint endpoint = UdpEndpoint.open(
                failing, options(LONG).build(), AdvancedOptions.DEFAULTS, HandlerKind.simple(EchoTest.ECHO));
        socket.deliver("hello");
        Waiting.until(() -> socket.replies.contains("hello"));
        endpoint.close();
        assertThat(endpoint.stats().lostByKernel()).isEqualTo(OptionalLong.empty());
        assertThat(socket.closed).hasValue(1);
    }

    @Test
    void shouldKnowWhatIsLostWhileItIsOpenAndLater() throws Exception {
        UdpEndpoint endpoint = UdpEndpoint.open(
                socket, options(LONG).build(), AdvancedOptions.DEFAULTS, HandlerKind.simple(EchoTest.ECHO));
        socket.deliver("hello");
        Waiting.until(() -> socket.replies.contains("hello"));
        assertThat(endpoint.stats().lostByKernel()).hasValue(0);
        lose(endpoint, 2);
        assertThat(endpoint.stats().lostByKernel()).hasValue(2);
        endpoint.close();
        assertThat(endpoint.stats().lostByKernel()).hasValue(2);
        socket.sendsToLose.set(1); // as if the system counted on
        socket.send(new byte[1], 0, 1, socket.localAddress());
        assertThat(endpoint.stats().lostByKernel()).hasValue(2);
    }

    private void lose(UdpEndpoint endpoint, int datagrams) throws Exception {
        socket.sendsToLose.set(datagrams);
        for (int i = 0; i < datagrams; i++) {
            endpoint.send(new byte[1], endpoint.address());
        }
    }

    @Test
    void shouldCloseAlthoughCountingTheQueueFails() throws Exception {
        Engine engine = start(options(LONG).build(), EchoTest.ECHO);
        socket.failBufferSize = new OutOfMemoryError("no memory, in a test");
        assertThat(engine.shutdown().close(false)).isTrue();
        assertThat(errors).containsExactly("no memory, in a test");
        assertThat(socket.closed).hasValue(1);
        assertThat(socket.released).hasValue(1);
    }

    /** The grace period is watched, since no thread waits for its end. */
    @Test
    void shouldLeaveNoWatchdogWhenAHandlerClosesItsEndpoint() throws Exception {
        UdpEndpoint[] endpoint = new UdpEndpoint[1];
        CountDownLatch open = new CountDownLatch(1);
        endpoint[0] =
                UdpEndpoint.open(socket, options(LONG).build(), AdvancedOptions.DEFAULTS, HandlerKind.simple(packet -> {
                    open.await();
                    endpoint[0].close();
                    assertThat(DeadlineTest.watchdogs()).isNotEmpty();
                }));
        open.countDown();
        socket.deliver("hello");
        endpoint[0].advanced().awaitTermination();
        Waiting.until(() -> DeadlineTest.watchdogs().findAny().isEmpty());
        assertThat(errors).isEmpty();
    }

    /** As {@link #shouldLeaveNoWatchdogWhenAHandlerClosesItsEndpoint}, for answers that are held. */
    @Test
    void shouldLeaveNoWatchdogWhenAnswersWereHeld() throws Exception {
        ScriptedTransport holding = new ScriptedTransport(true);
        UdpEndpoint endpoint = UdpEndpoint.open(
                holding, options(LONG).build(), AdvancedOptions.DEFAULTS, HandlerKind.simple(EchoTest.ECHO));
        holding.deliver("one", "two", "three");
        Waiting.until(() -> holding.replies.size() == 3);
        assertThat(DeadlineTest.watchdogs()).isNotEmpty();
        endpoint.close();
        Waiting.until(() -> DeadlineTest.watchdogs().findAny().isEmpty());
    }

    @Test
    void shouldReturnOnlyWhenAHandlerHasEndedThatWasCancelled() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        List<String> done = new CopyOnWriteArrayList<>();
        AdvancedHandler handler = new AdvancedHandler() {
            @Override
            public void handle(AdvancedDatagram packet) throws InterruptedException {
                packet.begin();
                running.countDown();
                cancelled.await();
                Thread.sleep(20); // cleans up
                done.add("handled");
            }

            @Override
            public void cancel(AdvancedDatagram packet) {
                cancelled.countDown();
            }
        };
        UdpEndpoint endpoint = UdpEndpoint.open(options(Duration.ZERO).build(), AdvancedOptions.DEFAULTS, handler);
        try (endpoint;
                Client client = Client.of(endpoint)) {
            client.send("hello");
            running.await();
            endpoint.shutdown();
            assertThat(done).containsExactly("handled");
        }
    }
}
