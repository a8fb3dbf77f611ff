package dev.domin.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
@ParameterizedClass
@MethodSource("dev.domin.udp.TransportKind#available")
class EnduranceTest {

    private static final int MAX_ROUNDS = 10;

    @Parameter
    TransportKind port;

    private UdpOptions options() {
        return port.options();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 60_000})
    void shouldAllocateNothingPerPacket(int timeout) throws Exception {
        int packets = 20_000;
        AtomicReference<Thread> receiver = new AtomicReference<>();
        DatagramHandler handler = packet -> {
            receiver.setPlain(Thread.currentThread());
            EchoTest.ECHO.handle(packet);
        };
        try (UdpEndpoint endpoint = UdpEndpoint.open(Options.timeout(options(), timeout), handler);
                Client client = Client.of(endpoint)) {
            echo(client, packets / 2);
            assertThat(steadyAllocation(receiver, packets, () -> echo(client, packets)))
                    .as("bytes for %d packets", packets)
                    .isLessThan(packets);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 60_000})
    void shouldAllocateNoMoreThanAnAddressWhenSendersAlternate(int timeout) throws Exception {
        // A channel allocates the address of each sender that differs from the last one; batches allocate nothing.
        int perPacket = port == TransportKind.BATCHES ? 1 : 200;
        int rounds = 2_000;
        AtomicReference<Thread> receiver = new AtomicReference<>();
        DatagramHandler handler = packet -> {
            receiver.setPlain(Thread.currentThread());
            EchoTest.ECHO.handle(packet);
        };
        Client[] clients = new Client[8];
        try (UdpEndpoint endpoint = UdpEndpoint.open(Options.timeout(options(), timeout), handler)) {
            for (int i = 0; i < clients.length; i++) {
                clients[i] = Client.of(endpoint);
            }
            echoInTurn(clients, rounds);
            int limit = perPacket * clients.length * rounds;
            assertThat(steadyAllocation(receiver, limit, () -> echoInTurn(clients, rounds)))
                    .as("bytes for %d rounds", rounds)
                    .isLessThan(limit);
        } finally {
            for (Client client : clients) {
                client.close();
            }
        }
    }

    /**
     * {@return the smallest allocation of several rounds of traffic, enough rounds for a busy machine to compile the
     * code}
     */
    private static long steadyAllocation(AtomicReference<Thread> receiver, long limit, Traffic traffic)
            throws Exception {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < MAX_ROUNDS && least >= limit; round++) {
            long before = allocatedBytes(receiver.get());
            traffic.run();
            least = Math.min(least, allocatedBytes(receiver.get()) - before);
        }
        return least;
    }

    private interface Traffic {
        void run() throws Exception;
    }

    private static void echoInTurn(Client[] clients, int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            for (Client client : clients) {
                client.send((byte) round);
            }
            for (Client client : clients) {
                assertThat(client.receive()[0]).isEqualTo((byte) round);
            }
        }
    }

    private static void echo(Client client, int packets) throws Exception {
        for (int i = 0; i < packets; i++) {
            client.send((byte) i);
            assertThat(client.receive()[0]).isEqualTo((byte) i);
        }
    }

    /** By reflection: the module reads only java.base, also in tests. */
    private static long allocatedBytes(Thread thread) throws Exception {
        Object bean = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        Method method =
                Class.forName("com.sun.management.ThreadMXBean").getMethod("getThreadAllocatedBytes", long.class);
        return (long) method.invoke(bean, thread.getId());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1000})
    void shouldLeaveThreadsAndDescriptorsAsTheyWere(int timeout) throws Exception {
        UdpOptions options = Options.threadName(Options.timeout(options(), timeout), "leak-probe");
        UdpEndpoint.open(options, EchoTest.ECHO).close();
        int descriptors = descriptors();
        for (int i = 0; i < 1000; i++) {
            try (UdpEndpoint endpoint = UdpEndpoint.open(options, EchoTest.ECHO)) {
                if (i % 10 == 0) {
                    try (Client client = Client.of(endpoint)) {
                        assertThat(client.ask("hello")).isEqualTo("hello");
                    }
                }
            }
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("leak-probe"));
        Waiting.until(() -> descriptors() <= descriptors);
    }

    private static int descriptors() {
        String[] open = new File("/proc/self/fd").list();
        return open == null ? 0 : open.length;
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1000})
    void shouldCarryAThousandIdleEndpoints(int timeout) throws Exception {
        List<UdpEndpoint> endpoints = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) {
                endpoints.add(UdpEndpoint.open(Options.timeout(options(), timeout), EchoTest.ECHO));
            }
            for (int i = 0; i < endpoints.size(); i += 100) {
                try (Client client = Client.of(endpoints.get(i))) {
                    assertThat(client.ask("hello")).isEqualTo("hello");
                }
            }
        } finally {
            for (UdpEndpoint endpoint : endpoints) {
                endpoint.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void shouldNeverShowCountersThatContradictEachOther(int timeout) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong number = new AtomicLong();
        DatagramHandler handler = packet -> {
            if (number.incrementAndGet() % 500 == 0) {
                packet.drop();
            } else {
                EchoTest.ECHO.handle(packet);
            }
        };
        try (UdpEndpoint endpoint = UdpEndpoint.open(Options.timeout(options(), timeout), handler)) {
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
                long handled = 0;
                long dropped = 0;
                while (endpoint.advanced().received() < 20_000) {
                    long nowHandled = endpoint.advanced().handled();
                    long nowDropped = endpoint.advanced().dropped();
                    assertThat(endpoint.stats().inFlight()).isBetween(0L, 100_000L);
                    assertThat(nowHandled).isGreaterThanOrEqualTo(handled);
                    assertThat(nowDropped).isGreaterThanOrEqualTo(dropped);
                    assertThat(endpoint.advanced().received()).isGreaterThanOrEqualTo(nowHandled + nowDropped);
                    handled = nowHandled;
                    dropped = nowDropped;
                }
            } finally {
                stop.set(true);
            }
            traffic.get();
            endpoint.shutdown();
            assertThat(endpoint.advanced().received())
                    .isEqualTo(
                            endpoint.advanced().handled() + endpoint.advanced().dropped());
        }
    }

    @Test
    void shouldHaveCountedAPacketBeforeItsAnswerArrives() throws Exception {
        try (UdpEndpoint endpoint = UdpEndpoint.open(options(), EchoTest.ECHO);
                Client client = Client.of(endpoint)) {
            for (int i = 1; i <= 2000; i++) {
                client.ask("x");
                assertThat(endpoint.advanced().handled()).isEqualTo(i);
            }
        }
    }

    @Test
    void shouldOutliveEveryKindOfFailureInTheHandler() throws Exception {
        List<Throwable> reported = new CopyOnWriteArrayList<>();
        DatagramHandler handler = packet -> {
            switch (EchoTest.text(packet)) {
                case "checked" -> throw new java.io.IOException("checked");
                case "unchecked" -> throw new IllegalStateException("unchecked");
                case "deep" -> recurse(0);
                case "memory" -> throw new OutOfMemoryError("memory");
                case "interrupt" -> Thread.currentThread().interrupt();
                case "answered" -> {
                    packet.reply(packet.array(), 0, 1);
                    throw new IllegalArgumentException("answered");
                }
                default -> EchoTest.ECHO.handle(packet);
            }
        };
        UdpOptions options = Options.onError(options(), problem -> {
            reported.add(problem);
            throw new IllegalStateException("even the listener fails");
        });
        try (UdpEndpoint endpoint = UdpEndpoint.open(options, handler);
                Client client = Client.of(endpoint)) {
            for (String kind : new String[] {"checked", "unchecked", "deep", "memory", "answered", "interrupt"}) {
                client.send(kind);
                assertThat(client.ask("alive?")).isEqualTo("alive?");
            }
            assertThat(endpoint.advanced().dropped()).isEqualTo(5);
            assertThat(endpoint.advanced().handled()).isEqualTo(7);
            assertThat(reported).hasSize(5);
            assertThat(reported.get(2)).isInstanceOf(StackOverflowError.class);
        }
    }

    private static int recurse(int depth) {
        return depth < 0 ? 0 : recurse(depth + 1) + 1;
    }

    @Test
    void shouldSurviveInterruptsFromOutside() throws Exception {
        AtomicReference<Thread> receiver = new AtomicReference<>();
        DatagramHandler handler = packet -> {
            receiver.set(Thread.currentThread());
            EchoTest.ECHO.handle(packet);
        };
        try (UdpEndpoint endpoint = UdpEndpoint.open(options(), handler);
                Client client = Client.of(endpoint)) {
            client.ask("who?");
            AtomicBoolean stop = new AtomicBoolean();
            CompletableFuture<Void> pest = CompletableFuture.runAsync(() -> {
                while (!stop.get()) {
                    receiver.get().interrupt();
                }
            });
            try {
                for (int i = 0; i < 2000; i++) {
                    assertThat(client.ask("x")).isEqualTo("x");
                }
            } finally {
                stop.set(true);
            }
            pest.get();
            Thread.currentThread().interrupt();
            endpoint.send(new byte[] {1}, 0, 1, client.address());
            assertThat(Thread.interrupted()).isTrue();
            assertThat(client.receive()).containsExactly(1);
            assertThat(client.ask("still there?")).isEqualTo("still there?");
        }
    }
}
