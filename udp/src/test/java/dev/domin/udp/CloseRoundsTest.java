package dev.domin.udp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.leftovers.LeftoversExtension;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Opens and closes endpoints, in each of the ways in which they can be closed. {@code -Dclose.rounds=N} does it more
 * often.
 */
@Timeout(1200)
class CloseRoundsTest {

    private static final int ROUNDS = Integer.getInteger("close.rounds", 20);
    private static final int WARM_UP = 10;
    private static final long SEED = Long.getLong("close.seed", 1);
    private static final long MAX_HEAP_PER_ROUND = 200;
    private static final long BUFFERS_NOISE = 8 * 65_536; // the JDK keeps a buffer for each thread that uses a socket
    private static final long HEAP_NOISE = 2 << 20;

    enum Way {
        MAIN,
        CALLBACK,
        TWO_THREADS,
        TWICE,
        DURING_OPEN,
        UNDER_LOAD,
        LATE_CALLBACK,
        ENDLESS_CALLBACK,
        FAILING_CALLBACK
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveNothingBehind(Way way) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            new Round(way, new Random(SEED - 1 - i)).run();
        }
        long heap = heap();
        long memory = directMemory();
        for (int i = 0; i < ROUNDS; i++) {
            try {
                new Round(way, new Random(SEED + i)).run();
            } catch (Exception | AssertionError e) {
                throw new AssertionError("round " + i, e);
            }
        }
        assertThat(directMemory()).as("memory outside the heap").isLessThan(memory + BUFFERS_NOISE);
        assertThat(heap() - heap).as("heap").isLessThan(HEAP_NOISE + ROUNDS * MAX_HEAP_PER_ROUND);
    }

    /** Another process may have got the port meanwhile. */
    private static void assertFree(int port) throws IOException {
        try {
            new DatagramSocket(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port))
                    .close();
        } catch (BindException e) {
            Set<String> own = LeftoversExtension.descriptors();
            Path table = Path.of("/proc/net/udp");
            boolean elsewhere = Files.exists(table)
                    && Files.readAllLines(table).stream()
                            .map(line -> line.strip().split("\\s+", -1))
                            .filter(columns -> columns[1].endsWith(String.format(":%04X", port)))
                            .map(columns -> "socket:[" + columns[9] + "]")
                            .anyMatch(socket -> own.stream().noneMatch(each -> each.endsWith(socket)));
            if (!elsewhere) {
                throw e;
            }
        }
    }

    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private static long directMemory() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /** An observer that cares for the opening only. */
    private record Opened(Consumer<UdpEndpoint> listener) implements UdpObserver {
        @Override
        public void opened(UdpEndpoint endpoint) {
            listener.accept(endpoint);
        }

        @Override
        public void received(long number, long arrival, Datagram packet) {}

        @Override
        public void decided(long number, Fate fate) {}

        @Override
        public void sent(long number, byte[] bytes, int offset, int length, InetSocketAddress to) {}
    }

    private static final class Round {
        private final Way way;
        private final Random random;
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicReference<UdpEndpoint> self = new AtomicReference<>();
        private final CountDownLatch release = new CountDownLatch(1);

        Round(Way way, Random random) {
            this.way = way;
            this.random = random;
        }

        void run() throws Exception {
            UdpOptions.Builder options =
                    Options.closeGrace(UdpOptions.DEFAULTS, way == Way.ENDLESS_CALLBACK ? 1 : 5000).toBuilder();
            options.onError(problem -> {});
            if (way == Way.LATE_CALLBACK) {
                options = Options.timeout(options.build(), 1).toBuilder();
            }
            AtomicReference<CompletableFuture<Void>> during =
                    new AtomicReference<>(CompletableFuture.completedFuture(null));
            if (way == Way.DURING_OPEN) {
                options.observer(new Opened(endpoint -> {
                    during.set(CompletableFuture.runAsync(endpoint::close));
                    pause();
                }));
            }
            UdpEndpoint endpoint = UdpEndpoint.open(options.build(), this::handle);
            self.set(endpoint);
            int sent = 0;
            try (Client client = Client.of(endpoint)) {
                sent = traffic(endpoint, client);
                close(endpoint);
            }
            during.get().get();
            endpoint.close();
            release.countDown();
            endpoint.advanced().awaitTermination();
            assertThat(running).as("handlers that run").hasValue(0);
            int before = calls.get();
            assertFree(endpoint.port());
            assertThat(calls).as("handlers that began after closing").hasValue(before);
            UdpStats stats = endpoint.stats();
            assertThat(stats.inFlight()).isZero();
            if (way != Way.DURING_OPEN && way != Way.UNDER_LOAD && way != Way.CALLBACK) { // all came before the close
                assertThat(stats.received() + stats.lostByKernel().orElse(0)).isEqualTo(sent);
            }
        }

        private void pause() {
            int turns = random.nextInt(2000);
            for (int i = 0; i < turns; i++) {
                Thread.onSpinWait();
            }
        }

        private int traffic(UdpEndpoint endpoint, Client client) throws Exception {
            switch (way) {
                case MAIN, TWO_THREADS, TWICE, FAILING_CALLBACK, CALLBACK, LATE_CALLBACK -> {
                    int count = 1 + random.nextInt(5);
                    for (int i = 0; i < count; i++) {
                        client.send("hello");
                    }
                    if (way == Way.LATE_CALLBACK && random.nextBoolean()) {
                        Waiting.until(() -> endpoint.stats().dropped() > 0);
                    }
                    return count;
                }
                case ENDLESS_CALLBACK -> {
                    client.send("hello");
                    Waiting.until(() -> running.get() == 1);
                    return 1;
                }
                case UNDER_LOAD -> {
                    CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
                        try {
                            while (endpoint.isOpen()) {
                                client.send("hello");
                            }
                        } catch (IOException e) {
                            // the endpoint has closed
                        }
                    });
                    Waiting.until(() -> endpoint.stats().received() > 0);
                    endpoint.close();
                    load.get();
                    return 0;
                }
                default -> {
                    return 0;
                }
            }
        }

        private void close(UdpEndpoint endpoint) throws Exception {
            switch (way) {
                case CALLBACK -> Waiting.until(() -> endpoint.advanced().isTerminated());
                case TWO_THREADS -> {
                    CompletableFuture<Void> other = CompletableFuture.runAsync(endpoint::close);
                    pause();
                    endpoint.close();
                    assertThat(endpoint.advanced().isTerminated()).isTrue();
                    other.get();
                }
                case TWICE -> {
                    assertThat(endpoint.shutdown()).isTrue();
                    assertThat(endpoint.shutdown()).isFalse();
                }
                default -> endpoint.close();
            }
        }

        private void handle(Datagram packet) throws Exception {
            calls.incrementAndGet();
            running.incrementAndGet();
            try {
                switch (way) {
                    case CALLBACK -> {
                        while (self.get() == null) {
                            Thread.onSpinWait();
                        }
                        self.get().close();
                    }
                    case LATE_CALLBACK -> {
                        long end = System.nanoTime() + 2_000_000;
                        while (System.nanoTime() - end < 0) {
                            Thread.onSpinWait();
                        }
                    }
                    case ENDLESS_CALLBACK -> release.await(); // until it is interrupted
                    case FAILING_CALLBACK -> throw new IllegalStateException("on purpose");
                    default -> packet.reply(packet.payload());
                }
            } finally {
                running.decrementAndGet();
            }
        }
    }
}
