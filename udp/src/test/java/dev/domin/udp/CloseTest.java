package dev.domin.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("timing")
@Timeout(120)
@ParameterizedClass
@MethodSource("dev.domin.udp.TransportKind#available")
class CloseTest {

    @Parameter
    TransportKind port;

    private UdpOptions options() {
        return port.options();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1000})
    void shouldFreePortAndThreadOfAnIdleEndpoint(int timeout) throws Exception {
        UdpOptions options = Options.threadName(Options.timeout(options(), timeout), "idle-one");
        try (UdpEndpoint endpoint = UdpEndpoint.open(options, EchoTest.ECHO)) {
            assertThat(endpoint.isOpen()).isTrue();
            assertThat(threadRuns("idle-one")).isTrue();
            assertThat(endpoint.shutdown()).isTrue();
            assertThat(endpoint.isOpen()).isFalse();
            assertThat(threadRuns("idle-one")).isFalse();
            assertThat(portIsFree(endpoint.port())).isTrue();
            assertThat(endpoint.shutdown()).isFalse();
            assertThat(endpoint.stats().lostByKernel().orElse(-1)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 60_000})
    void shouldAnswerTheRunningPacketAndNoLaterOne(int timeout) throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        DatagramHandler handler = packet -> {
            calls.incrementAndGet();
            running.countDown();
            release.await();
            EchoTest.ECHO.handle(packet);
        };
        try (UdpEndpoint endpoint = UdpEndpoint.open(Options.timeout(options(), timeout), handler);
                Client client = Client.of(endpoint)) {
            client.send("first");
            running.await();
            client.send("second");
            CompletableFuture<Boolean> closing = shutdown(endpoint);
            Waiting.until(() -> !endpoint.isOpen());
            assertThat(closing).isNotDone();
            assertThat(endpoint.stats().inFlight()).isEqualTo(1);
            release.countDown();
            assertThat(client.receiveText()).isEqualTo("first");
            assertThat(closing.get()).isTrue();
            assertThat(calls).hasValue(1);
            assertThat(endpoint.advanced().handled()).isEqualTo(1);
            assertThat(endpoint.stats().inFlight()).isZero();
            assertThat(portIsFree(endpoint.port())).isTrue();
        }
    }

    @Test
    void shouldLetTheSecondCloseWaitForTheFirst() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        DatagramHandler handler = packet -> {
            running.countDown();
            release.await();
        };
        try (UdpEndpoint endpoint = UdpEndpoint.open(options(), handler);
                Client client = Client.of(endpoint)) {
            client.send("x");
            running.await();
            CompletableFuture<Boolean> first = shutdown(endpoint);
            Waiting.until(() -> !endpoint.isOpen());
            CompletableFuture<Boolean> second = shutdown(endpoint);
            assertThat(first).isNotDone();
            assertThat(second).isNotDone();
            release.countDown();
            assertThat(first.get()).isTrue();
            assertThat(second.get()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 60_000})
    void shouldAllowClosingFromTheOwnHandler(int timeout) throws Exception {
        AtomicReference<UdpEndpoint> self = new AtomicReference<>();
        AtomicReference<Boolean> answer = new AtomicReference<>();
        DatagramHandler handler = packet -> {
            answer.set(self.get().shutdown());
            EchoTest.ECHO.handle(packet);
        };
        try (UdpEndpoint endpoint = UdpEndpoint.open(Options.timeout(options(), timeout), handler);
                Client client = Client.of(endpoint)) {
            self.set(endpoint);
            assertThat(client.ask("last words")).isEqualTo("last words");
            assertThat(answer.get()).isTrue();
            assertThat(endpoint.isOpen()).isFalse();
            assertThat(endpoint.shutdown()).isFalse();
            assertThat(endpoint.stats().inFlight()).isZero();
            assertThat(endpoint.advanced().handled()).isEqualTo(1);
            assertThat(portIsFree(endpoint.port())).isTrue();
        }
    }

    @Test
    void shouldAllowTwoEndpointsToCloseEachOther() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        List<Long> inFlight = new CopyOnWriteArrayList<>();
        AtomicReference<UdpEndpoint> one = new AtomicReference<>();
        AtomicReference<UdpEndpoint> other = new AtomicReference<>();
        try (UdpEndpoint first = UdpEndpoint.open(options(), packet -> {
                    both.await();
                    other.get().shutdown();
                    inFlight.add(other.get().stats().inFlight());
                    EchoTest.ECHO.handle(packet);
                });
                UdpEndpoint second = UdpEndpoint.open(options(), packet -> {
                    both.await();
                    one.get().shutdown();
                    inFlight.add(one.get().stats().inFlight());
                    EchoTest.ECHO.handle(packet);
                });
                Client firstClient = Client.of(first);
                Client secondClient = Client.of(second)) {
            one.set(first);
            other.set(second);
            firstClient.send("one");
            secondClient.send("two");
            Waiting.until(() -> !first.isOpen() && !second.isOpen());
            assertThat(first.shutdown()).isFalse();
            assertThat(second.shutdown()).isFalse();
            assertThat(first.stats().inFlight() + second.stats().inFlight()).isZero();
            assertThat(first.advanced().count(Fate.CLOSED) + second.advanced().count(Fate.CLOSED))
                    .isBetween(1L, 2L);
            Waiting.until(
                    () -> first.advanced().isTerminated() && second.advanced().isTerminated());
            assertThat(inFlight).as("in flight after the other's shutdown").containsOnly(0L);
            assertThat(first.advanced().sent()).isEqualTo(first.advanced().handled());
            assertThat(second.advanced().sent()).isEqualTo(second.advanced().handled());
            assertThat(portIsFree(first.port()) && portIsFree(second.port())).isTrue();
        }
    }

    @Test
    void shouldAllowTwoHandlersThatNeverBeginToCloseTheOthersEndpoint() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        AtomicReference<UdpEndpoint> one = new AtomicReference<>();
        AtomicReference<UdpEndpoint> other = new AtomicReference<>();
        UdpEndpoint first = UdpEndpoint.open(options(), AdvancedOptions.DEFAULTS, packet -> {
            both.await();
            other.get().shutdown();
        });
        UdpEndpoint second = UdpEndpoint.open(options(), AdvancedOptions.DEFAULTS, packet -> {
            both.await();
            one.get().shutdown();
        });
        one.set(first);
        other.set(second);
        askBothAndSeeThemEnd(first, second);
        assertThat(first.advanced().count(Fate.CLOSED)).isEqualTo(1);
        assertThat(second.advanced().count(Fate.CLOSED)).isEqualTo(1);
    }

    @Test
    void shouldAllowTwoErrorListenersToCloseTheOthersEndpoint() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        AtomicReference<UdpEndpoint> one = new AtomicReference<>();
        AtomicReference<UdpEndpoint> other = new AtomicReference<>();
        DatagramHandler failing = packet -> {
            throw new IllegalStateException("on purpose");
        };
        UdpEndpoint first =
                UdpEndpoint.open(Options.onError(options(), e -> closeTogether(both, other.get())), failing);
        UdpEndpoint second = UdpEndpoint.open(Options.onError(options(), e -> closeTogether(both, one.get())), failing);
        one.set(first);
        other.set(second);
        askBothAndSeeThemEnd(first, second);
        assertThat(first.advanced().count(Fate.FAILED)).isEqualTo(1);
        assertThat(second.advanced().count(Fate.FAILED)).isEqualTo(1);
    }

    private static void closeTogether(CyclicBarrier both, UdpEndpoint other) {
        try {
            both.await();
            other.shutdown();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void askBothAndSeeThemEnd(UdpEndpoint first, UdpEndpoint second) throws Exception {
        try (Client firstClient = Client.of(first);
                Client secondClient = Client.of(second)) {
            firstClient.send("one");
            secondClient.send("two");
            Waiting.until(
                    () -> first.advanced().isTerminated() && second.advanced().isTerminated());
        }
        assertThat(first.stats().inFlight() + second.stats().inFlight()).isZero();
        assertThat(portIsFree(first.port()) && portIsFree(second.port())).isTrue();
    }

    @Test
    void shouldNotWaitForAnObserverInsideTheShutdownOfAnotherEndpoint() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch observing = new CountDownLatch(1);
        UdpEndpoint slow = UdpEndpoint.open(options(), packet -> {
            running.countDown();
            release.await();
        });
        UdpObserver closing = new UdpObserver() {
            @Override
            public void received(long number, long arrival, Datagram packet) {
                observing.countDown();
                slow.close();
            }

            @Override
            public void decided(long number, Fate fate) {}

            @Override
            public void sent(long number, byte[] bytes, int offset, int length, InetSocketAddress to) {}
        };
        UdpEndpoint observed =
                UdpEndpoint.open(options().toBuilder().observer(closing).build(), EchoTest.ECHO);
        try (Client slowClient = Client.of(slow);
                Client client = Client.of(observed)) {
            slowClient.send("x");
            running.await();
            client.send("x");
            observing.await();
            Waiting.until(() -> !slow.isOpen());
            assertThat(shutdown(observed).get(30, TimeUnit.SECONDS)).isTrue();
            release.countDown();
            Waiting.until(
                    () -> slow.advanced().isTerminated() && observed.advanced().isTerminated());
        } finally {
            release.countDown();
        }
        assertThat(observed.stats().inFlight()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 60_000})
    void shouldDropThePacketOfAHandlerThatIsInsideAnotherShutdown(int timeout) throws Exception {
        CountDownLatch closing = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        DatagramHandler slow = packet -> {
            closing.countDown();
            release.await();
        };
        try (UdpEndpoint other = UdpEndpoint.open(options(), slow);
                UdpEndpoint endpoint = UdpEndpoint.open(Options.timeout(options(), timeout), packet -> {
                    other.shutdown();
                    EchoTest.ECHO.handle(packet);
                    done.countDown();
                });
                Client otherClient = Client.of(other);
                Client client = Client.of(endpoint)) {
            otherClient.send("x");
            closing.await();
            client.send("x");
            Waiting.until(() -> !other.isOpen());
            assertThat(endpoint.shutdown()).isTrue();
            assertThat(endpoint.advanced().count(Fate.CLOSED)).isEqualTo(1);
            assertThat(endpoint.stats().inFlight()).isZero();
            assertThat(portIsFree(endpoint.port())).isTrue();
            assertThat(endpoint.advanced().isTerminated()).isFalse();
            release.countDown();
            done.await();
            endpoint.advanced().awaitTermination();
            assertThat(endpoint.advanced().dropped()).isEqualTo(1);
            assertThat(endpoint.advanced().sent()).isZero();
        }
    }

    /**
     * What the socket holds is counted, whether the receiver is in a handler or waits for packets when the shutdown
     * begins.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCountWhatIsQueuedInTheSocket(boolean busy) throws Exception {
        int queued = 500;
        CountDownLatch running = new CountDownLatch(busy ? 1 : 0);
        CountDownLatch release = new CountDownLatch(1);
        DatagramHandler handler = packet -> {
            running.countDown();
            if (busy) {
                release.await();
            }
        };
        for (int round = 0; round < 20; round++) {
            try (UdpEndpoint endpoint = UdpEndpoint.open(options(), handler);
                    Client client = Client.of(endpoint)) {
                for (int i = 0; i < queued; i++) {
                    client.send("x");
                }
                running.await();
                CompletableFuture<Boolean> closing = shutdown(endpoint);
                Waiting.until(() -> !endpoint.isOpen());
                release.countDown();
                assertThat(closing.get()).isTrue();
                assertThat(endpoint.advanced().received()).isEqualTo(queued);
                assertThat(endpoint.advanced().handled() + endpoint.advanced().dropped())
                        .isEqualTo(queued);
                assertThat(endpoint.advanced().count(Fate.CLOSED))
                        .isEqualTo(endpoint.advanced().dropped());
                assertThat(endpoint.stats().lostByKernel().orElse(-1)).isIn(0L, -1L);
                assertThat(endpoint.stats().inFlight()).isZero();
            }
        }
    }

    /** The receive buffer of the socket has no room for the closing marker. */
    @Test
    void shouldCountAFullSocketAndWhatTheSystemLost() throws Exception {
        int burst = 40_000;
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        DatagramHandler handler = packet -> {
            running.countDown();
            release.await();
        };
        try (UdpEndpoint endpoint = UdpEndpoint.open(options(), handler);
                Client client = Client.of(endpoint)) {
            client.send("x");
            running.await();
            assumeTrue(
                    endpoint.stats().lostByKernel().orElse(-1) >= 0,
                    "this system does not say how many packets it lost");
            for (int i = 1; i < burst; i++) {
                client.send("x");
            }
            CompletableFuture<Boolean> closing = shutdown(endpoint);
            Waiting.until(() -> !endpoint.isOpen());
            release.countDown();
            assertThat(closing.get()).isTrue();
            assertThat(endpoint.stats().lostByKernel().orElse(-1)).isPositive();
            assertThat(endpoint.advanced().handled()
                            + endpoint.advanced().dropped()
                            + endpoint.stats().lostByKernel().orElse(-1))
                    .isEqualTo(burst);
        }
    }

    @Test
    void shouldCloseUnderAFlood() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        DatagramHandler handler = packet -> {
            running.countDown();
            release.await();
        };
        UdpEndpoint endpoint = UdpEndpoint.open(options(), handler);
        CompletableFuture<Long> flood = CompletableFuture.supplyAsync(
                () -> {
                    long sent = 0;
                    try (Client client = Client.of(endpoint)) {
                        while (!stop.get()) {
                            client.send("x");
                            sent++;
                        }
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                    return sent;
                },
                task -> new Thread(task).start());
        try {
            running.await();
            CompletableFuture<Boolean> closing = shutdown(endpoint);
            Waiting.until(() -> !endpoint.isOpen());
            release.countDown();
            assertThat(closing.get(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            stop.set(true);
        }
        assertThat(endpoint.advanced().received()).isLessThanOrEqualTo(flood.get());
        assertThat(endpoint.stats().inFlight()).isZero();
    }

    @Test
    void shouldDropAPacketThatStillWaits() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch revoked = new CountDownLatch(1);
        AtomicReference<Boolean> began = new AtomicReference<>();
        AdvancedHandler handler = new AdvancedHandler() {
            @Override
            public void handle(AdvancedDatagram packet) throws InterruptedException {
                waiting.countDown();
                revoked.await();
                began.set(packet.begin());
            }

            @Override
            public void cancel(AdvancedDatagram packet) {
                revoked.countDown();
            }
        };
        try (UdpEndpoint endpoint = UdpEndpoint.open(options(), AdvancedOptions.DEFAULTS, handler);
                Client client = Client.of(endpoint)) {
            client.send("x");
            waiting.await();
            assertThat(endpoint.shutdown()).isTrue();
            assertThat(began.get()).isFalse();
            assertThat(endpoint.advanced().dropped()).isEqualTo(1);
            assertThat(endpoint.stats().inFlight()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 5, 60_000})
    void shouldCancelAStuckHandlerAfterTheGrace(int timeout) throws Exception {
        Stuck handler = new Stuck();
        UdpOptions options = Options.closeGrace(Options.timeout(options(), timeout), 50);
        try (UdpEndpoint endpoint = UdpEndpoint.open(options, AdvancedOptions.DEFAULTS, handler);
                Client client = Client.of(endpoint)) {
            long tooLate = 0; // packets whose deadline passed before the handler could begin
            client.send("x");
            while (!handler.running.await(10, TimeUnit.MILLISECONDS)) {
                if (endpoint.advanced().dropped() > tooLate) {
                    tooLate++;
                    client.send("x");
                }
            }
            long start = System.nanoTime();
            assertThat(endpoint.shutdown()).isTrue();
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000_000L);
            assertThat(endpoint.advanced().dropped()).isEqualTo(tooLate + 1);
            assertThat(portIsFree(endpoint.port())).isTrue();
        }
    }

    @Test
    void shouldCancelAHandlerThatClosedItsEndpointAndGoesOnWithoutEnd() throws Exception {
        AtomicReference<UdpEndpoint> self = new AtomicReference<>();
        Stuck handler = new Stuck() {
            @Override
            public void handle(AdvancedDatagram packet) throws InterruptedException {
                packet.begin();
                self.get().shutdown();
                super.handle(packet);
            }
        };
        try (UdpEndpoint endpoint =
                        UdpEndpoint.open(Options.closeGrace(options(), 50), AdvancedOptions.DEFAULTS, handler);
                Client client = Client.of(endpoint)) {
            self.set(endpoint);
            client.send("x");
            handler.running.await();
            Waiting.until(() -> endpoint.advanced().dropped() == 1);
            Waiting.until(() -> portIsFree(endpoint.port()));
        }
    }

    @Test
    void shouldCancelWhatRunsWhenInterrupted() throws Exception {
        Stuck handler = new Stuck();
        try (UdpEndpoint endpoint = UdpEndpoint.open(options(), AdvancedOptions.DEFAULTS, handler);
                Client client = Client.of(endpoint)) {
            client.send("x");
            handler.running.await();
            Thread.currentThread().interrupt();
            assertThatThrownBy(endpoint::shutdown).isInstanceOf(InterruptedException.class);
            assertThat(endpoint.shutdown()).isFalse();
            assertThat(endpoint.stats().inFlight()).isZero();
            assertThat(portIsFree(endpoint.port())).isTrue();
        }
    }

    @Test
    void shouldCloseUninterruptibly() throws Exception {
        UdpEndpoint endpoint = UdpEndpoint.open(options(), EchoTest.ECHO);
        Thread.currentThread().interrupt();
        endpoint.close();
        assertThat(Thread.interrupted()).as("the interrupt is still there").isTrue();
        assertThat(portIsFree(endpoint.port())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 50})
    void shouldAccountForEveryPacketWhenClosedDuringTraffic(int timeout) throws Exception {
        for (int round = 0; round < 20; round++) {
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger afterClose = new AtomicInteger();
            AtomicBoolean closed = new AtomicBoolean();
            DatagramHandler handler = packet -> {
                if (closed.get()) {
                    afterClose.incrementAndGet();
                }
                EchoTest.ECHO.handle(packet);
            };
            UdpEndpoint endpoint = UdpEndpoint.open(Options.timeout(options(), timeout), handler);
            CompletableFuture<Void> traffic = CompletableFuture.runAsync(() -> {
                try (Client client = Client.of(endpoint)) {
                    while (!stop.get()) {
                        client.send("x");
                    }
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            try {
                Waiting.until(() -> endpoint.advanced().received() > 100);
            } finally {
                endpoint.close();
                closed.set(true);
                stop.set(true);
            }
            traffic.get();
            assertThat(endpoint.stats().inFlight()).isZero();
            assertThat(endpoint.advanced().handled() + endpoint.advanced().dropped())
                    .isEqualTo(endpoint.advanced().received());
            assertThat(endpoint.advanced().sent()).isEqualTo(endpoint.advanced().handled());
            assertThat(afterClose).hasValue(0);
        }
    }

    /** Runs until it is cancelled. */
    private static class Stuck implements AdvancedHandler {
        final CountDownLatch running = new CountDownLatch(1);
        final CountDownLatch cancelled = new CountDownLatch(1);

        @Override
        public void handle(AdvancedDatagram packet) throws InterruptedException {
            if (packet.begin()) {
                running.countDown();
                cancelled.await();
            }
            packet.drop();
        }

        @Override
        public void cancel(AdvancedDatagram packet) {
            cancelled.countDown();
        }
    }

    private static CompletableFuture<Boolean> shutdown(UdpEndpoint endpoint) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return endpoint.shutdown();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> new Thread(task).start());
    }

    private static boolean threadRuns(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(name));
    }

    private static boolean portIsFree(int port) throws java.io.IOException {
        try (DatagramSocket probe = new DatagramSocket(port, Client.address(127, 0, 0, 1))) {
            return probe.isBound();
        } catch (java.net.BindException e) {
            return false;
        }
    }
}
