package dev.domin.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What closing asks of handlers, and what it does when they fail at it. */
@Tag("timing")
@Timeout(60)
class CancelTest {

    /** Longer than a test may take: nothing is cancelled because it has passed. */
    private static final Duration GRACE = Duration.ofMinutes(10);

    private final List<String> errors = new CopyOnWriteArrayList<>();

    /** Runs until it is cancelled. */
    private static class Running implements AdvancedHandler {
        final CountDownLatch running = new CountDownLatch(1);
        final CountDownLatch cancelled = new CountDownLatch(1);

        @Override
        public void handle(AdvancedDatagram packet) throws InterruptedException {
            packet.begin();
            running.countDown();
            cancelled.await();
        }

        @Override
        public void cancel(AdvancedDatagram packet) {
            cancelled.countDown();
        }
    }

    /** Waits for its turn, which never comes. */
    private static final class Waiter extends Running {
        @Override
        public void handle(AdvancedDatagram packet) throws InterruptedException {
            running.countDown();
            cancelled.await();
            assertThat(packet.begin()).isFalse();
        }
    }

    private UdpEndpoint open(Duration grace, AdvancedHandler handler) throws Exception {
        UdpOptions options = UdpOptions.builder()
                .closeGrace(grace)
                .onError(problem -> errors.add(problem.getMessage()))
                .build();
        return UdpEndpoint.open(options, AdvancedOptions.DEFAULTS, handler);
    }

    @Test
    void shouldAskAHandlerThatWaitsForItsTurnToReturnAtOnce() throws Exception {
        Waiter handler = new Waiter();
        try (UdpEndpoint endpoint = open(GRACE, handler);
                Client client = Client.of(endpoint)) {
            client.send("x");
            handler.running.await();
            assertThat(endpoint.shutdown()).isTrue();
            assertThat(endpoint.advanced().count(Fate.CLOSED)).isEqualTo(1);
        }
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldCancelWhatRunsWhenTheWaitingForItsEndIsInterrupted() throws Exception {
        Running handler = new Running();
        try (UdpEndpoint endpoint = open(GRACE, handler);
                Client client = Client.of(endpoint)) {
            client.send("x");
            handler.running.await();
            assertThat(endpoint.advanced().closingNanos()).isZero();
            CompletableFuture<Void> closing = CompletableFuture.runAsync(endpoint::close);
            Waiting.until(() -> !endpoint.isOpen());
            assertThat(endpoint.advanced().closingNanos()).isPositive().isLessThan(GRACE.toNanos());
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> endpoint.advanced().awaitTermination()).isInstanceOf(InterruptedException.class);
            closing.get();
            assertThat(handler.cancelled.getCount()).isZero();
        }
    }

    @Test
    void shouldCancelWhatRunsWhenTheShutdownIsInterrupted() throws Exception {
        Running handler = new Running() {
            @Override
            public void handle(AdvancedDatagram packet) throws InterruptedException {
                super.handle(packet);
                throw new InterruptedException("cancelled");
            }
        };
        UdpEndpoint endpoint = open(GRACE, handler);
        try (endpoint;
                Client client = Client.of(endpoint)) {
            client.send("x");
            handler.running.await();
            Thread.currentThread().interrupt();
            assertThatThrownBy(endpoint::shutdown).isInstanceOf(InterruptedException.class);
            handler.cancelled.await(); // long before the end of the grace period
        }
        assertThat(endpoint.advanced().count(Fate.CLOSED))
                .as("dropped since it closed")
                .isEqualTo(1);
    }

    @Test
    void shouldCloseAlthoughCancellingFails() throws Exception {
        Running handler = new Running() {
            @Override
            public void cancel(AdvancedDatagram packet) {
                super.cancel(packet);
                throw new IllegalStateException("cannot cancel");
            }
        };
        UdpEndpoint endpoint = open(Duration.ZERO, handler);
        try (endpoint;
                Client client = Client.of(endpoint)) {
            client.send("x");
            handler.running.await();
        }
        assertThat(errors).isNotEmpty().containsOnly("cannot cancel");
        assertThat(endpoint.stats().inFlight()).isZero();
        assertThat(endpoint.advanced().isTerminated()).isTrue();
    }

    @Test
    void shouldCloseAlthoughTheHandlerFailsAtTheEnd() throws Exception {
        AdvancedHandler handler = new AdvancedHandler() {
            @Override
            public void handle(AdvancedDatagram packet) {
                packet.begin();
            }

            @Override
            public void terminated() {
                throw new IllegalStateException("failed at the end");
            }
        };
        UdpEndpoint endpoint = open(GRACE, handler);
        try (endpoint;
                Client client = Client.of(endpoint)) {
            client.send("x");
            Waiting.until(() -> endpoint.stats().handled() == 1);
        }
        endpoint.advanced().awaitTermination();
        assertThat(errors).containsExactly("failed at the end");
    }
}
