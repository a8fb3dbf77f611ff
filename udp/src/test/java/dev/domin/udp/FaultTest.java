package dev.domin.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures that a real socket has too rarely for a test. */
@Tag("timing")
@Timeout(120)
@ParameterizedClass(name = "answers held: {0}")
@ValueSource(booleans = {false, true})
class FaultTest {

    @Parameter
    boolean holding;

    private ScriptedTransport socket;
    private final List<Throwable> reported = new CopyOnWriteArrayList<>();
    private final UdpOptions options = Options.onError(UdpOptions.DEFAULTS, reported::add);

    @BeforeEach
    void createSocket() {
        socket = new ScriptedTransport(holding);
    }

    @Test
    void shouldReportReceiveErrorsAndContinue() throws Exception {
        try (UdpEndpoint endpoint = open(options, EchoTest.ECHO)) {
            for (int i = 0; i < 4; i++) {
                socket.fail(new IOException("broken " + i));
            }
            socket.fail(new OutOfMemoryError("for a moment"));
            socket.fail(new PortUnreachableException());
            socket.deliver("hello");
            Waiting.until(() -> socket.replies.contains("hello"));
            assertThat(reported)
                    .extracting(Throwable::getMessage)
                    .containsExactly("broken 0", "broken 1", "broken 2", "broken 3", "for a moment");
            assertThat(endpoint.advanced().received()).isEqualTo(1);
        }
        assertThat(socket.closed).hasValue(1);
        assertThat(socket.released).hasValue(1);
    }

    @Test
    void shouldSlowDownWhenReceiveErrorsRepeat() throws Exception {
        int errors = 8;
        try (UdpEndpoint endpoint = open(options, EchoTest.ECHO)) {
            long start = System.nanoTime();
            for (int i = 0; i < errors; i++) {
                socket.fail(new IOException("broken"));
            }
            socket.deliver("hello");
            Waiting.until(() -> socket.replies.contains("hello"));
            assertThat(System.nanoTime() - start).isGreaterThan(200_000_000L);
            assertThat(endpoint.isOpen()).isTrue();
        }
    }

    @Test
    void shouldBindAgainWhenTheSocketWasClosedUnderneath() throws Exception {
        try (UdpEndpoint endpoint = open(options, EchoTest.ECHO)) {
            socket.fail(new ClosedByInterruptException());
            socket.deliver("hello");
            Waiting.until(() -> socket.replies.contains("hello"));
            assertThat(socket.reopened).hasValue(1);
            assertThat(endpoint.isOpen()).isTrue();
        }
    }

    @Test
    void shouldCountAReplyThatCannotBeSentAsHandled() throws Exception {
        try (UdpEndpoint endpoint = open(options, EchoTest.ECHO)) {
            socket.deliver("unsendable");
            socket.deliver("hello");
            Waiting.until(() -> socket.replies.contains("hello"));
            Waiting.until(() -> endpoint.advanced().sent() == 1);
            assertThat(endpoint.advanced().handled()).isEqualTo(2);
            assertThat(reported).extracting(Throwable::getMessage).containsExactly("unsendable");
        }
    }

    /**
     * What the engine does between two packets of a batch, such as reporting an error, does not count for the next one.
     */
    @ParameterizedTest
    @ValueSource(strings = {"unsendable", "too large", "fails"})
    void shouldStartThePacketsClockAfterAnErrorWasReported(String bad) throws Exception {
        UdpOptions slowListener = Options.onError(Options.timeout(options, 1000), problem -> {
            reported.add(problem);
            long end = System.nanoTime() + 1_200_000_000L;
            while (System.nanoTime() - end < 0) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
        });
        DatagramHandler handler = packet -> {
            if (EchoTest.text(packet).equals("fails")) {
                throw new IllegalStateException("fails");
            }
            EchoTest.ECHO.handle(packet);
        };
        try (UdpEndpoint endpoint = open(slowListener, handler)) {
            socket.deliver("one", bad, "three");
            Waiting.until(() ->
                    endpoint.advanced().received() == 3 && endpoint.stats().inFlight() == 0);
            assertThat(endpoint.advanced().handled()).isEqualTo(bad.equals("unsendable") ? 3 : 2);
            Waiting.until(() -> endpoint.advanced().sent() == 2);
            assertThat(socket.replies).containsExactly("one", "three");
            assertThat(reported).extracting(Throwable::getMessage).containsExactly(bad);
        }
    }

    @Test
    void shouldLetTheNextReceiverGoOnWithTheBatch() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        DatagramHandler handler = packet -> {
            if (EchoTest.text(packet).equals("slow")) {
                release.await();
            }
            EchoTest.ECHO.handle(packet);
        };
        try (UdpEndpoint endpoint = open(Options.timeout(options, 1000), handler)) {
            socket.deliver("one", "slow", "two", "three");
            Waiting.until(() -> socket.replies.contains("three"));
            assertThat(socket.replies).containsExactly("one", "two", "three");
            assertThat(endpoint.advanced().received()).isEqualTo(4);
            assertThat(endpoint.advanced().dropped()).isEqualTo(1);
            release.countDown();
        }
    }

    @Test
    void shouldSendHeldAnswersBeforeAHandlerWaits() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicReference<List<String>> seen = new AtomicReference<>();
        DatagramHandler handler = packet -> {
            if (EchoTest.text(packet).equals("waits")) {
                ((AdvancedDatagram) packet).flushAnswers();
                seen.set(List.copyOf(socket.replies));
                release.await();
            }
            EchoTest.ECHO.handle(packet);
        };
        try (UdpEndpoint endpoint = open(options, handler)) {
            socket.deliver("one", "two", "waits", "four");
            Waiting.until(() -> seen.get() != null);
            assertThat(seen.get()).containsExactly("one", "two");
            assertThat(endpoint.advanced().sent()).isEqualTo(2);
            release.countDown();
            Waiting.until(() -> endpoint.advanced().sent() == 4);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 60_000})
    void shouldNotHoldAnswersBackWhileTheNextPacketIsSlow(int timeout) throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicReference<CountDownLatch> gate = new AtomicReference<>();
        DatagramHandler handler = packet -> {
            if (EchoTest.text(packet).equals("slow")) {
                release.await();
            } else if (EchoTest.text(packet).equals("gated")) {
                gate.get().await();
            }
            EchoTest.ECHO.handle(packet);
        };
        try (UdpEndpoint endpoint = open(Options.timeout(options, timeout), handler)) {
            socket.deliver("one", "two", "slow");
            Waiting.until(() -> socket.replies.size() == 2);
            release.countDown();
            Waiting.until(() -> socket.replies.size() == 3);
            // The watchdog is woken again after it has been resting.
            for (int i = 0; i < 3; i++) {
                Waiting.until(
                        () -> DeadlineTest.watchdogs().noneMatch(thread -> thread.getState() == Thread.State.RUNNABLE));
                int before = socket.replies.size();
                CountDownLatch hold = new CountDownLatch(1);
                gate.set(hold);
                socket.deliver("again", "gated");
                Waiting.until(() -> socket.replies.size() == before + 1);
                hold.countDown();
                Waiting.until(() -> socket.replies.size() == before + 2);
            }
            Waiting.until(() -> endpoint.advanced().sent() == 9);
        }
    }

    @Test
    void shouldDropTheRestOfTheBatchOnClose() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        DatagramHandler handler = packet -> {
            running.countDown();
            release.await();
            EchoTest.ECHO.handle(packet);
        };
        try (UdpEndpoint endpoint = open(options, handler)) {
            socket.deliver("one", "two", "three");
            running.await();
            assertThat(endpoint.stats().inFlight()).isEqualTo(3);
            CompletableFuture<Void> closing = CompletableFuture.runAsync(endpoint::close);
            Waiting.until(() -> !endpoint.isOpen());
            release.countDown();
            closing.get();
            assertThat(socket.replies).containsExactly("one");
            assertThat(endpoint.advanced().dropped()).isEqualTo(2);
            assertThat(endpoint.stats().inFlight()).isZero();
        }
    }

    @Test
    void shouldDropForgedPacketsWithoutAnAnswer() throws Exception {
        List<Fate> kinds = new CopyOnWriteArrayList<>();
        AtomicInteger calls = new AtomicInteger();
        AdvancedHandler handler = new AdvancedHandler() {
            @Override
            public void handle(AdvancedDatagram packet) throws Exception {
                calls.incrementAndGet();
                EchoTest.ECHO.handle(packet);
            }

            @Override
            public void dropped(Fate fate) {
                kinds.add(fate);
            }
        };
        try (UdpEndpoint endpoint = openAdvanced(options, handler)) {
            socket.deliver("from elsewhere", "from itself");
            socket.deliver("from itself");
            socket.deliver("hello");
            Waiting.until(() -> socket.replies.contains("hello"));
            assertThat(socket.replies).containsExactly("hello");
            assertThat(calls).hasValue(1);
            assertThat(endpoint.advanced().count(Fate.FORGED)).isEqualTo(3);
            assertThat(endpoint.advanced().dropped()).isEqualTo(3);
            assertThat(kinds).containsExactly(Fate.FORGED);
        }
    }

    /** Whatever is thrown between receiving a packet and passing it to the handler. */
    @Test
    void shouldCountAPacketThatCannotBeTaken() throws Exception {
        try (UdpEndpoint endpoint = open(options, EchoTest.ECHO)) {
            socket.deliver("one", "unreadable", "too large", "four");
            Waiting.until(() -> socket.replies.contains("four"));
            assertThat(endpoint.advanced().received()).isEqualTo(4);
            assertThat(endpoint.advanced().count(Fate.NO_BUFFER)).isEqualTo(2);
            assertThat(endpoint.stats().inFlight()).isZero();
            assertThat(reported).extracting(Throwable::getMessage).containsExactly("unreadable", "too large");
        }
    }

    /** Whatever else the receiver throws, it keeps its role until the endpoint is closed. */
    @Test
    void shouldCloseAfterAnErrorInTheReceiver() throws Exception {
        try (UdpEndpoint endpoint = open(options, EchoTest.ECHO)) {
            socket.deliver("one");
            Waiting.until(() -> socket.replies.contains("one"));
            socket.failOnce = new NoClassDefFoundError("once");
            assertThat(endpoint.shutdown()).isTrue();
        }
        assertThat(reported).extracting(Throwable::getMessage).containsExactly("once");
        assertThat(socket.closed).hasValue(1);
        assertThat(socket.released).hasValue(1);
    }

    @Test
    void shouldReportTermination() throws Exception {
        AtomicInteger terminated = new AtomicInteger();
        AtomicReference<UdpEndpoint> self = new AtomicReference<>();
        AdvancedHandler handler = new AdvancedHandler() {
            @Override
            public void handle(AdvancedDatagram packet) throws Exception {
                self.get().shutdown();
                EchoTest.ECHO.handle(packet);
            }

            @Override
            public void terminated() {
                assertThat(self.get().advanced().isTerminated()).isTrue();
                assertThat(socket.replies).containsExactly("last");
                terminated.incrementAndGet();
            }
        };
        try (UdpEndpoint endpoint = openAdvanced(options, handler)) {
            self.set(endpoint);
            socket.deliver("last");
            Waiting.until(() -> terminated.get() == 1);
        }
        assertThat(terminated).hasValue(1);
        assertThat(reported).isEmpty();
    }

    @Test
    void shouldCloseWithinAPauseAfterAnError() throws Exception {
        UdpEndpoint endpoint = open(options, EchoTest.ECHO);
        socket.fail(new IOException("broken"));
        Waiting.until(() -> !reported.isEmpty());
        endpoint.close();
        assertThat(socket.closed).hasValue(1);
    }

    @Test
    void shouldCloseTheSocketWhenNoThreadCanBeStarted() {
        AdvancedOptions greedy = new AdvancedOptions(0, 1L << 50);
        assertThatThrownBy(() -> UdpEndpoint.open(socket, options, greedy, HandlerKind.simple(EchoTest.ECHO)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot start a thread for port 1");
        assertThat(socket.closed).hasValue(1);
    }

    @Test
    void shouldReuseTheBuffersOfLatePackets() throws Exception {
        AtomicInteger made = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        AdvancedHandler handler = packet -> {
            if (packet.attachment() == null) {
                packet.attach(made.incrementAndGet());
            }
            while (System.nanoTime() - packet.deadlineNanos() < 5_000_000) {
                Thread.onSpinWait();
            }
            ended.incrementAndGet();
        };
        try (UdpEndpoint endpoint = openAdvanced(Options.timeout(options, 1), handler)) {
            for (int i = 1; i <= 50; i++) {
                int sent = i;
                socket.deliver("late");
                Waiting.until(() -> endpoint.advanced().dropped() == sent && ended.get() == sent);
            }
            assertThat(made.get()).isBetween(1, 10);
        }
        assertThat(socket.released).hasValue(1);
    }

    private UdpEndpoint open(UdpOptions some, DatagramHandler handler) throws IOException {
        return UdpEndpoint.open(socket, some, AdvancedOptions.DEFAULTS, HandlerKind.simple(handler));
    }

    private UdpEndpoint openAdvanced(UdpOptions some, AdvancedHandler handler) throws IOException {
        return UdpEndpoint.open(socket, some, AdvancedOptions.DEFAULTS, new HandlerKind(handler, false));
    }
}
