package dev.domin.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
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
class DeadlineTest {

    @Parameter
    TransportKind port;

    private UdpOptions options() {
        return port.options();
    }

    private UdpOptions soon() {
        return Options.timeout(options(), 20);
    }

    @Test
    void shouldDropAPacketAtItsDeadlineAndGoOnReceiving() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch lateIsBack = new CountDownLatch(1);
        DatagramHandler handler = packet -> {
            if (EchoTest.text(packet).equals("slow")) {
                release.await();
                packet.reply(packet.array(), packet.offset(), packet.length());
                lateIsBack.countDown();
                return;
            }
            EchoTest.ECHO.handle(packet);
        };
        UdpOptions patient = Options.timeout(options(), 1000);
        try (UdpEndpoint endpoint = UdpEndpoint.open(patient, handler);
                Client client = Client.of(endpoint)) {
            client.send("slow");
            client.send("quick");
            assertThat(client.receiveText()).isEqualTo("quick");
            assertThat(endpoint.advanced().dropped()).isEqualTo(1);
            assertThat(endpoint.advanced().handled()).isEqualTo(1);
            assertThat(endpoint.stats().inFlight()).isZero();

            release.countDown();
            lateIsBack.await();
            assertThat(client.ask("after")).as("the late answer is thrown away").isEqualTo("after");
            assertThat(endpoint.shutdown()).isTrue();
            assertThat(endpoint.advanced().dropped()).isEqualTo(1);
            assertThat(endpoint.advanced().handled()).isEqualTo(2);
            assertThat(endpoint.advanced().sent()).isEqualTo(2);
        }
    }

    @Test
    void shouldServeEachOfManyLatePacketsInARow() throws Exception {
        Semaphore release = new Semaphore(0);
        DatagramHandler handler = packet -> release.acquire();
        try (UdpEndpoint endpoint = UdpEndpoint.open(soon(), handler);
                Client client = Client.of(endpoint)) {
            for (int i = 1; i <= 10; i++) {
                int sent = i;
                client.send("slow");
                Waiting.until(() -> endpoint.advanced().dropped() == sent);
            }
            release.release(10);
            endpoint.shutdown();
            assertThat(endpoint.advanced().received()).isEqualTo(10);
            assertThat(endpoint.advanced().handled()).isZero();
        }
    }

    @Test
    void shouldDropAtOnceWhenAllBuffersAreHeldByLatePackets() throws Exception {
        int buffers = 64;
        Semaphore release = new Semaphore(0);
        AtomicInteger called = new AtomicInteger();
        AtomicBoolean quick = new AtomicBoolean();
        DatagramHandler handler = packet -> {
            called.incrementAndGet();
            if (quick.get()) {
                EchoTest.ECHO.handle(packet);
            } else {
                release.acquire();
            }
        };
        try (UdpEndpoint endpoint = UdpEndpoint.open(Options.timeout(options(), 0), handler);
                Client client = Client.of(endpoint)) {
            for (int i = 1; i <= buffers; i++) {
                int sent = i;
                client.send("slow");
                Waiting.until(() -> endpoint.advanced().dropped() == sent);
            }
            assertThat(called).hasValue(buffers);
            for (int i = 1; i <= 100; i++) {
                client.send("no buffer");
            }
            Waiting.until(() -> endpoint.advanced().dropped() == buffers + 100);
            assertThat(called).as("packets without a buffer reach no handler").hasValue(buffers);

            quick.set(true);
            release.release(buffers);
            Waiting.until(() -> {
                client.send("again");
                return client.receive(100) != null;
            });
        } finally {
            release.release(buffers);
        }
    }

    @Test
    void shouldHandleInTimeEvenWithTheShortestTimeout() throws Exception {
        try (UdpEndpoint endpoint = UdpEndpoint.open(Options.timeout(options(), 0), EchoTest.ECHO);
                Client client = Client.of(endpoint)) {
            Waiting.until(() -> {
                client.send("hello");
                return client.receive(100) != null;
            });
            assertThat(endpoint.advanced().handled()).isPositive();
        }
    }

    @Test
    void shouldDropWhatEndsAfterTheDeadlineHoweverShortlyAfter() throws Exception {
        AdvancedHandler handler = packet -> {
            packet.begin();
            while (System.nanoTime() - packet.deadlineNanos() < 0) {
                Thread.onSpinWait();
            }
            packet.reply(packet.array(), packet.offset(), packet.length());
        };
        try (UdpEndpoint endpoint = UdpEndpoint.open(Options.timeout(options(), 0), AdvancedOptions.DEFAULTS, handler);
                Client client = Client.of(endpoint)) {
            for (int i = 0; i < 200; i++) {
                client.send("late");
            }
            Waiting.until(() -> endpoint.advanced().dropped() == 200);
            assertThat(endpoint.advanced().handled()).isZero();
        }
    }

    @Test
    void shouldNotBeginAPacketWhoseTurnComesTooLate() throws Exception {
        CountDownLatch turn = new CountDownLatch(1);
        AtomicReference<Boolean> began = new AtomicReference<>();
        AdvancedHandler handler = packet -> {
            if (EchoTest.text(packet).equals("waits")) {
                turn.await();
                began.set(packet.begin());
            } else if (packet.begin()) {
                EchoTest.ECHO.handle(packet);
            }
        };
        UdpOptions options = Options.timeout(options(), 1000);
        try (UdpEndpoint endpoint = UdpEndpoint.open(options, AdvancedOptions.DEFAULTS, handler);
                Client client = Client.of(endpoint)) {
            client.send("waits");
            assertThat(client.ask("meanwhile")).isEqualTo("meanwhile");
            assertThat(endpoint.advanced().dropped()).isEqualTo(1);
            turn.countDown();
            Waiting.until(() -> began.get() != null);
            assertThat(began.get()).isFalse();
            endpoint.shutdown();
            assertThat(endpoint.advanced().dropped()).isEqualTo(1);
        }
    }

    @Test
    void shouldCountAHandlerThatNeverBeganAsDropped() throws Exception {
        try (UdpEndpoint endpoint = UdpEndpoint.open(options(), AdvancedOptions.DEFAULTS, EchoTest.ECHO::handle);
                Client client = Client.of(endpoint)) {
            client.send("never begins");
            Waiting.until(() -> endpoint.advanced().dropped() == 1);
            assertThat(endpoint.advanced().sent()).isZero();
        }
    }

    @Test
    void shouldKeepManyEndpointsInTimeAtOnce() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        DatagramHandler stuck = packet -> release.await();
        UdpEndpoint[] endpoints = new UdpEndpoint[20];
        try {
            for (int i = 0; i < endpoints.length; i++) {
                endpoints[i] = UdpEndpoint.open(Options.timeout(soon(), 50 + 10 * i), stuck);
                try (Client client = Client.of(endpoints[i])) {
                    client.send("stuck");
                }
            }
            for (UdpEndpoint endpoint : endpoints) {
                Waiting.until(() -> endpoint.advanced().dropped() == 1);
            }
        } finally {
            release.countDown();
            for (UdpEndpoint endpoint : endpoints) {
                endpoint.close();
            }
        }
    }

    @Test
    void shouldLeaveNoWatchdogBehind() throws Exception {
        try (UdpEndpoint endpoint = UdpEndpoint.open(Options.timeout(options(), Integer.MAX_VALUE), EchoTest.ECHO);
                Client client = Client.of(endpoint)) {
            assertThat(client.ask("hello")).isEqualTo("hello");
            assertThat(watchdogRuns()).isTrue();
        }
        Waiting.until(() -> !watchdogRuns());
    }

    @Test
    void shouldLetTheWatchdogSleepWhileALateHandlerGoesOn() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        DatagramHandler handler = packet -> release.await();
        try (UdpEndpoint endpoint = UdpEndpoint.open(soon(), handler);
                Client client = Client.of(endpoint)) {
            client.send("stuck");
            Waiting.until(() -> endpoint.advanced().dropped() == 1);
            Waiting.until(() -> watchdogs().allMatch(thread -> thread.getState() == Thread.State.WAITING));
            release.countDown();
        }
    }

    private static boolean watchdogRuns() {
        return watchdogs().findAny().isPresent();
    }

    static Stream<Thread> watchdogs() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("domin-udp-watchdog"));
    }
}
