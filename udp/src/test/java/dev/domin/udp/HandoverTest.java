package dev.domin.udp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
@ParameterizedClass
@MethodSource("dev.domin.udp.TransportKind#available")
class HandoverTest {

    private static final AdvancedHandler ECHO = packet -> {
        if (packet.begin()) {
            packet.reply(packet.payload());
        }
    };

    @Parameter
    TransportKind kind;

    private UdpOptions options() {
        return kind.options();
    }

    private UdpEndpoint open(AdvancedHandler handler) throws IOException {
        return UdpEndpoint.open(options(), AdvancedOptions.DEFAULTS, handler);
    }

    private UdpEndpoint open(BoundSocket socket, AdvancedHandler handler) throws IOException {
        return UdpEndpoint.open(socket, options(), AdvancedOptions.DEFAULTS, handler);
    }

    /** Answers with a text and the payload, so that a client knows who has answered. */
    private static AdvancedHandler answering(String text) {
        return packet -> {
            if (packet.begin()) {
                byte[] payload = packet.payload();
                packet.reply((text + new String(payload, UTF_8)).getBytes(UTF_8));
            }
        };
    }

    @Test
    void shouldAnswerWhatIsQueuedWithTheNextEndpoint() throws Exception {
        try (UdpEndpoint first = open(answering("old "));
                Client client = Client.of(first)) {
            assertThat(client.ask("1")).isEqualTo("old 1");
            BoundSocket socket = first.advanced().handOver().orElseThrow();
            assertThat(socket.port()).isEqualTo(first.port());
            assertThat(first.isOpen()).isTrue();
            client.send("2");
            client.send("3");
            first.shutdown();
            assertThat(socket.isFree()).isTrue();
            assertThat(portIsFree(first.port())).isFalse();
            client.send("4");
            assertThat(client.receive(50)).isNull();
            try (UdpEndpoint second = open(socket, answering("new "))) {
                assertThat(second.port()).isEqualTo(first.port());
                assertThat(List.of(client.receiveText(), client.receiveText(), client.receiveText()))
                        .containsExactly("new 2", "new 3", "new 4");
                assertThat(client.ask("5")).isEqualTo("new 5");
                Waiting.until(() -> second.stats().sent() == 4);
                assertThat(counts(first)).isEqualTo("1 1 0 1");
                assertThat(counts(second)).isEqualTo("4 4 0 4");
                second.shutdown();
                assertThat(counts(second)).isEqualTo("4 4 0 4");
                assertThat(second.stats().lostByKernel().orElse(0)).isZero();
                assertThat(portIsFree(first.port())).isTrue();
            }
        }
    }

    @Test
    void shouldSendButReceiveNothingWhileItRests() throws Exception {
        try (UdpEndpoint first = open(ECHO);
                Client client = Client.of(first)) {
            try (BoundSocket socket = first.advanced().handOver().orElseThrow()) {
                client.send("later");
                first.send(new byte[] {7}, client.address());
                assertThat(client.receive()).containsExactly(7);
                assertThatThrownBy(() -> open(socket, ECHO))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("close that one first");
                first.shutdown();
                assertThatThrownBy(() -> first.send(new byte[1], client.address()))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("is closed");
                assertThat(socket.discard()).isEqualTo(1);
                assertThatThrownBy(() -> open(socket, ECHO))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("it is closed");
            }
            assertThat(portIsFree(first.port())).isTrue();
        }
    }

    @Test
    void shouldHandleWhatItHasTakenBeforeItRests() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AdvancedHandler slow = packet -> {
            if (packet.begin()) {
                running.countDown();
                release.await();
                packet.reply(packet.payload());
            }
        };
        try (UdpEndpoint first = open(slow);
                Client client = Client.of(first)) {
            client.send("1");
            running.await();
            for (int i = 2; i <= 20; i++) {
                client.send(String.valueOf(i));
            }
            CompletableFuture<Optional<BoundSocket>> socket = handOver(first);
            assertThatThrownBy(() -> socket.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            release.countDown();
            BoundSocket kept = socket.get().orElseThrow();
            first.shutdown();
            try (UdpEndpoint second = open(kept, ECHO)) {
                List<String> answers = new ArrayList<>();
                for (int i = 1; i <= 20; i++) {
                    answers.add(client.receiveText());
                }
                assertThat(answers)
                        .hasSize(20)
                        .doesNotHaveDuplicates()
                        .startsWith("1", "2")
                        .endsWith("20");
                Waiting.until(
                        () -> first.advanced().handled() + second.advanced().handled() == 20);
                assertThat(first.stats().dropped() + second.stats().dropped()).isZero();
                assertThat(first.stats().inFlight()).isZero();
            }
        }
    }

    @Test
    void shouldCloseAtTheEndOfTheGracePeriodAndKeepTheSocket() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        AdvancedHandler endless = new AdvancedHandler() {
            @Override
            public void handle(AdvancedDatagram packet) throws Exception {
                packet.attach(Thread.currentThread());
                if (packet.begin()) {
                    running.countDown();
                    Thread.sleep(1_000_000);
                }
            }

            @Override
            public void cancel(AdvancedDatagram packet) {
                if (packet.attachment() instanceof Thread thread) {
                    thread.interrupt();
                }
            }
        };
        UdpOptions hasty = Options.closeGrace(options(), 100);
        try (UdpEndpoint first = UdpEndpoint.open(hasty, AdvancedOptions.DEFAULTS, endless);
                Client client = Client.of(first)) {
            client.send("endless");
            running.await();
            client.send("queued");
            BoundSocket socket = first.advanced().handOver().orElseThrow();
            assertThat(first.isOpen()).isFalse();
            assertThat(first.stats().dropped()).isEqualTo(1);
            assertThat(first.stats().inFlight()).isZero();
            try (UdpEndpoint second = open(socket, ECHO)) {
                assertThat(client.receiveText()).isEqualTo("queued");
                assertThat(second.stats().received()).isEqualTo(1);
            }
        }
    }

    @Test
    void shouldLetALateHandlerEndFirst() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        AdvancedHandler handler = packet -> {
            if (packet.begin() && calls.incrementAndGet() == 1) {
                release.await();
            } else {
                packet.reply(packet.payload());
            }
        };
        UdpOptions timed = Options.timeout(options(), 20);
        try (UdpEndpoint first = UdpEndpoint.open(timed, AdvancedOptions.DEFAULTS, handler);
                Client client = Client.of(first)) {
            client.send("late");
            assertThat(client.ask("in time")).isEqualTo("in time"); // by another thread
            CompletableFuture<Optional<BoundSocket>> socket = handOver(first);
            assertThatThrownBy(() -> socket.get(50, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            release.countDown();
            BoundSocket kept = socket.get().orElseThrow();
            assertThat(counts(first)).isEqualTo("2 1 1 1");
            first.shutdown();
            kept.close();
        }
    }

    @Test
    void shouldHandOverOnceOnly() throws Exception {
        try (UdpEndpoint first = open(ECHO)) {
            BoundSocket socket = first.advanced().handOver().orElseThrow();
            assertThat(first.advanced().handOver()).isEmpty();
            first.shutdown();
            assertThat(first.advanced().handOver()).isEmpty();
            try (UdpEndpoint second = open(socket, ECHO)) {
                assertThatThrownBy(() -> open(socket, ECHO))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("another endpoint");
                assertThat(socket.discard()).isZero();
                assertThat(second.isOpen()).isTrue();
            }
        }
        try (UdpEndpoint closed = open(ECHO)) {
            closed.shutdown();
            assertThat(closed.advanced().handOver()).isEmpty();
        }
    }

    @Test
    void shouldCloseTheSocketWithTheEndpointIfItIsClosedBefore() throws Exception {
        try (UdpEndpoint first = open(ECHO)) {
            BoundSocket socket = first.advanced().handOver().orElseThrow();
            socket.close();
            assertThat(portIsFree(first.port())).isFalse();
            first.shutdown();
            assertThat(portIsFree(first.port())).isTrue();
        }
    }

    @Test
    void shouldLetAHandlerCloseItsEndpointMeanwhile() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicReference<UdpEndpoint> own = new AtomicReference<>();
        AtomicReference<Throwable> refused = new AtomicReference<>();
        AdvancedHandler closing = packet -> {
            if (packet.begin()) {
                running.countDown();
                release.await();
                try {
                    own.get().advanced().handOver();
                } catch (IllegalStateException e) {
                    refused.set(e);
                }
                own.get().close();
                packet.reply(packet.payload());
            }
        };
        try (UdpEndpoint first = open(closing);
                Client client = Client.of(first)) {
            own.set(first);
            client.send("last");
            running.await();
            CompletableFuture<Optional<BoundSocket>> socket = handOver(first);
            release.countDown();
            assertThat(client.receiveText()).isEqualTo("last");
            try (BoundSocket kept = socket.get().orElseThrow()) {
                first.advanced().awaitTermination();
                assertThat(kept.isFree()).isTrue();
            }
            assertThat(refused.get()).hasMessageContaining("a handler cannot hand over");
            assertThat(counts(first)).isEqualTo("1 1 0 1");
        }
    }

    @Test
    void shouldLeaveNothingOpenWhenNoEndpointCanBeOpenedOnIt() throws Exception {
        try (UdpEndpoint first = open(ECHO)) {
            BoundSocket socket = first.advanced().handOver().orElseThrow();
            first.shutdown();
            UdpOptions refusing = options().toBuilder()
                    .observer(new Unconcerned() {
                        @Override
                        public void opened(UdpEndpoint endpoint) {
                            throw new IllegalStateException("not this one");
                        }
                    })
                    .build();
            assertThatThrownBy(() -> UdpEndpoint.open(socket, refusing, AdvancedOptions.DEFAULTS, ECHO))
                    .hasMessage("not this one");
            assertThat(portIsFree(first.port())).isTrue();
        }
    }

    @Test
    void shouldCloseEverythingWhenInterrupted() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AdvancedHandler slow = packet -> {
            if (packet.begin()) {
                running.countDown();
                release.await();
            }
        };
        try (UdpEndpoint first = open(slow);
                Client client = Client.of(first)) {
            client.send("slow");
            running.await();
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread waiting = new Thread(() -> {
                try {
                    first.advanced().handOver();
                } catch (InterruptedException e) {
                    thrown.complete(e);
                }
            });
            waiting.start();
            waiting.interrupt();
            Waiting.until(() -> !first.isOpen());
            release.countDown();
            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
            waiting.join();
            assertThat(portIsFree(first.port())).isTrue();
        }
    }

    @Test
    void shouldHandleDelayedPacketsAtOnce() throws Exception {
        UdpImpairment slowLink = new UdpImpairment() {
            @Override
            public void received(long number, Datagram packet, Outlet outlet) {
                outlet.pass(packet.array(), packet.offset(), packet.length(), TimeUnit.HOURS.toNanos(1));
            }

            @Override
            public void sending(
                    long number, byte[] bytes, int offset, int length, InetSocketAddress to, Outlet outlet) {
                outlet.pass(bytes, offset, length, TimeUnit.HOURS.toNanos(1));
            }
        };
        AtomicInteger arrived = new AtomicInteger();
        Unconcerned observer = new Unconcerned() {
            @Override
            public void received(long number, long arrival, Datagram packet) {
                arrived.incrementAndGet();
            }
        };
        UdpOptions impaired =
                options().toBuilder().impairment(slowLink).observer(observer).build();
        try (UdpEndpoint first = UdpEndpoint.open(impaired, AdvancedOptions.DEFAULTS, answering("old "));
                Client client = Client.of(first)) {
            for (int i = 0; i < 10; i++) {
                client.send(String.valueOf(i));
            }
            first.send(new byte[] {'x'}, client.address());
            assertThat(client.receive(50)).isNull();
            BoundSocket socket = first.advanced().handOver().orElseThrow();
            List<String> answers = new ArrayList<>();
            long handled = first.advanced().handled();
            for (int i = 0; i < handled + 1; i++) {
                answers.add(client.receiveText());
            }
            assertThat(answers).contains("x").doesNotHaveDuplicates();
            first.shutdown();
            try (UdpEndpoint second = open(socket, answering("new "))) {
                for (long i = handled; i < 10; i++) {
                    answers.add(client.receiveText());
                }
                assertThat(answers).hasSize(11);
                Waiting.until(() -> first.stats().handled() + second.stats().handled() == 10);
                assertThat(second.advanced().count(Fate.FORGED)).isZero(); // what has woken the first one
                assertThat(arrived).hasValue((int) handled);
            }
        }
    }

    @Test
    void shouldLoseNoPacketUnderTraffic() throws Exception {
        int handovers = 50;
        AtomicInteger handled = new AtomicInteger();
        AdvancedHandler counting = packet -> {
            if (packet.begin()) {
                handled.incrementAndGet();
                packet.reply(packet.payload());
            }
        };
        UdpEndpoint current = open(counting);
        try (TrafficClient traffic = new TrafficClient(current.port())) {
            long received = 0;
            long dropped = 0;
            for (int i = 0; i < handovers; i++) {
                traffic.awaitMoreAnswers(20);
                BoundSocket socket = current.advanced().handOver().orElseThrow();
                current.close();
                UdpStats stats = current.stats();
                assertThat(stats.received()).isEqualTo(stats.handled() + stats.dropped());
                received += stats.received();
                dropped += stats.dropped();
                current = open(socket, counting);
            }
            traffic.stopAndAwaitAnswers();
            current.close();
            assertThat(dropped + current.stats().dropped()).isZero();
            assertThat(received + current.stats().received()).isEqualTo(traffic.sent());
            assertThat(traffic.answered()).isEqualTo(traffic.sent());
            assertThat(handled.get()).isEqualTo(traffic.sent());
        } finally {
            current.close();
        }
    }

    @Test
    void shouldCountWhatTheSystemLostOnce() throws Exception {
        int packets = 3000;
        UdpOptions small = options().toBuilder().receiveBuffer(1 << 16).build();
        try (UdpEndpoint first = UdpEndpoint.open(small, AdvancedOptions.DEFAULTS, ECHO);
                Client client = Client.of(first)) {
            assertThat(client.ask("counted")).isEqualTo("counted");
            assumeTrue(first.stats().lostByKernel().isPresent(), "skipped: this system does not report it");
            BoundSocket socket = first.advanced().handOver().orElseThrow();
            send(client, packets);
            first.shutdown();
            long lostBefore = first.stats().lostByKernel().orElseThrow();
            assertThat(lostBefore).isPositive().isLessThan(packets);
            send(client, packets);
            try (UdpEndpoint second = open(socket, ECHO)) {
                Waiting.until(() -> second.stats().received() + lostBefore + lost(second) == 2L * packets);
                second.shutdown();
                assertThat(second.stats().received() + lostBefore + lost(second))
                        .isEqualTo(2L * packets);
                assertThat(first.stats().lostByKernel()).hasValue(lostBefore);
            }
        }
    }

    private static void send(Client client, int packets) throws IOException {
        for (int i = 0; i < packets; i++) {
            client.send(new byte[100]);
        }
    }

    private static long lost(UdpEndpoint endpoint) {
        return endpoint.stats().lostByKernel().orElseThrow();
    }

    /** {@return the result of a handover that has begun and waits, or has ended} */
    private static CompletableFuture<Optional<BoundSocket>> handOver(UdpEndpoint endpoint) {
        CompletableFuture<Optional<BoundSocket>> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(endpoint.advanced().handOver());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        thread.start();
        Waiting.until(() -> thread.getState() == Thread.State.TIMED_WAITING || !thread.isAlive());
        return result;
    }

    private static String counts(UdpEndpoint endpoint) {
        UdpStats stats = endpoint.stats();
        return stats.received() + " " + stats.handled() + " " + stats.dropped() + " " + stats.sent();
    }

    private static boolean portIsFree(int port) {
        try (DatagramSocket socket = new DatagramSocket(null)) {
            socket.bind(new InetSocketAddress(Client.address(127, 0, 0, 1), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** An observer that does nothing. */
    private static class Unconcerned implements UdpObserver {

        @Override
        public void received(long number, long arrival, Datagram packet) {}

        @Override
        public void decided(long number, Fate fate) {}

        @Override
        public void sent(long number, byte[] bytes, int offset, int length, InetSocketAddress to) {}
    }

    /** Sends numbered packets and counts the answers, with a limited number of packets on their way. */
    static final class TrafficClient implements AutoCloseable {

        private static final int WINDOW = 64;

        private final Client client;
        private final AtomicInteger sent = new AtomicInteger();
        private final AtomicInteger answered = new AtomicInteger();
        private final Thread sender = new Thread(this::send, "traffic-sender");
        private final Thread receiver = new Thread(this::receive, "traffic-receiver");
        private volatile boolean stopped;
        private volatile boolean closed;

        TrafficClient(int port) throws IOException {
            client = new Client(port);
            sender.start();
            receiver.start();
        }

        private void send() {
            try {
                while (!stopped) {
                    if (sent.get() - answered.get() < WINDOW) {
                        client.send(String.valueOf(sent.get()));
                        sent.incrementAndGet();
                    } else {
                        Thread.onSpinWait();
                    }
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private void receive() {
            try {
                while (!closed) {
                    if (client.receive(20) != null) {
                        answered.incrementAndGet();
                    }
                }
            } catch (IOException e) {
                if (!closed) {
                    throw new IllegalStateException(e);
                }
            }
        }

        void awaitMoreAnswers(int count) {
            int wanted = answered.get() + count;
            Waiting.until(() -> answered.get() >= wanted);
        }

        void stopAndAwaitAnswers() throws InterruptedException {
            stopped = true;
            sender.join(Duration.ofSeconds(60).toMillis());
            Waiting.until(() -> answered.get() >= sent.get());
        }

        int sent() {
            return sent.get();
        }

        int answered() {
            return answered.get();
        }

        @Override
        public void close() {
            stopped = true;
            closed = true;
            try {
                sender.join();
                receiver.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            client.close();
        }
    }
}
