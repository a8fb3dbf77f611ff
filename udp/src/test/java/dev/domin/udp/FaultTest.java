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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real socket does too rarely to wait for. */
@Timeout(120)
@ParameterizedClass(name = "answers held: {0}")
@ValueSource(booleans = {false, true})
class FaultTest {

    @Parameter
    boolean holding;

    private ScriptedPort port;
    private final List<Throwable> told = new CopyOnWriteArrayList<>();
    private final UdpOptions options = UdpOptions.DEFAULTS.withOnError(told::add);

    @BeforeEach
    void makePort() {
        port = new ScriptedPort(holding);
    }

    @Test
    void shouldTellReceiveErrorsAndGoOn() throws Exception {
        try (UdpEndpoint endpoint = UdpEndpoint.open(port, options, EchoTest.ECHO)) {
            for (int i = 0; i < 4; i++) {
                port.fail(new IOException("broken " + i));
            }
            port.fail(new OutOfMemoryError("for a moment"));
            port.fail(new PortUnreachableException());
            port.deliver("hello");
            Waiting.until(() -> port.replies.contains("hello"));
            assertThat(told)
                    .extracting(Throwable::getMessage)
                    .containsExactly("broken 0", "broken 1", "broken 2", "broken 3", "for a moment");
            assertThat(endpoint.count(Counter.RECEIVED)).isEqualTo(1);
        }
        assertThat(port.closed).hasValue(1);
        assertThat(port.released).hasValue(1);
    }

    @Test
    void shouldSlowDownWhenReceiveErrorsRepeat() throws Exception {
        int errors = 8;
        try (UdpEndpoint endpoint = UdpEndpoint.open(port, options, EchoTest.ECHO)) {
            long start = System.nanoTime();
            for (int i = 0; i < errors; i++) {
                port.fail(new IOException("broken"));
            }
            port.deliver("hello");
            Waiting.until(() -> port.replies.contains("hello"));
            assertThat(System.nanoTime() - start).isGreaterThan(200_000_000L);
            assertThat(endpoint.isOpen()).isTrue();
        }
    }

    @Test
    void shouldBindAgainWhenTheSocketWasClosedUnderneath() throws Exception {
        try (UdpEndpoint endpoint = UdpEndpoint.open(port, options, EchoTest.ECHO)) {
            port.fail(new ClosedByInterruptException());
            port.deliver("hello");
            Waiting.until(() -> port.replies.contains("hello"));
            assertThat(port.reopened).hasValue(1);
            assertThat(endpoint.isOpen()).isTrue();
        }
    }

    @Test
    void shouldCountAReplyThatCannotBeSentAsHandled() throws Exception {
        try (UdpEndpoint endpoint = UdpEndpoint.open(port, options, EchoTest.ECHO)) {
            port.deliver("unsendable");
            port.deliver("hello");
            Waiting.until(() -> port.replies.contains("hello"));
            Waiting.until(() -> endpoint.count(Counter.SENT) == 1);
            assertThat(endpoint.count(Counter.HANDLED)).isEqualTo(2);
            assertThat(told).extracting(Throwable::getMessage).containsExactly("unsendable");
        }
    }

    /** What the engine does between two packets of a batch, such as telling an error, is not the next packet's time. */
    @ParameterizedTest
    @ValueSource(strings = {"unsendable", "too large", "fails"})
    void shouldStartThePacketsClockAfterAnErrorWasTold(String bad) throws Exception {
        UdpOptions slowToTell = options.withTimeoutMillis(1000).withOnError(problem -> {
            told.add(problem);
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
        try (UdpEndpoint endpoint = UdpEndpoint.open(port, slowToTell, handler)) {
            port.deliver("one", bad, "three");
            Waiting.until(() -> endpoint.count(Counter.RECEIVED) == 3 && endpoint.inFlight() == 0);
            assertThat(endpoint.count(Counter.HANDLED)).isEqualTo(bad.equals("unsendable") ? 3 : 2);
            Waiting.until(() -> endpoint.count(Counter.SENT) == 2);
            assertThat(port.replies).containsExactly("one", "three");
            assertThat(told).extracting(Throwable::getMessage).containsExactly(bad);
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
        try (UdpEndpoint endpoint = UdpEndpoint.open(port, options.withTimeoutMillis(1000), handler)) {
            port.deliver("one", "slow", "two", "three");
            Waiting.until(() -> port.replies.contains("three"));
            assertThat(port.replies).containsExactly("one", "two", "three");
            assertThat(endpoint.count(Counter.RECEIVED)).isEqualTo(4);
            assertThat(endpoint.count(Counter.DROPPED)).isEqualTo(1);
            release.countDown();
        }
    }

    @Test
    void shouldSendHeldAnswersBeforeAHandlerWaits() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicReference<List<String>> seen = new AtomicReference<>();
        DatagramHandler handler = packet -> {
            if (EchoTest.text(packet).equals("waits")) {
                packet.sendHeldAnswers();
                seen.set(List.copyOf(port.replies));
                release.await();
            }
            EchoTest.ECHO.handle(packet);
        };
        try (UdpEndpoint endpoint = UdpEndpoint.open(port, options, handler)) {
            port.deliver("one", "two", "waits", "four");
            Waiting.until(() -> seen.get() != null);
            assertThat(seen.get()).containsExactly("one", "two");
            assertThat(endpoint.count(Counter.SENT)).isEqualTo(2);
            release.countDown();
            Waiting.until(() -> endpoint.count(Counter.SENT) == 4);
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
        try (UdpEndpoint endpoint = UdpEndpoint.open(port, options.withTimeoutMillis(timeout), handler)) {
            port.deliver("one", "two", "slow");
            Waiting.until(() -> port.replies.size() == 2);
            release.countDown();
            Waiting.until(() -> port.replies.size() == 3);
            // The watchdog comes again after it had been at rest.
            for (int i = 0; i < 3; i++) {
                Waiting.until(
                        () -> DeadlineTest.watchdogs().noneMatch(thread -> thread.getState() == Thread.State.RUNNABLE));
                int before = port.replies.size();
                CountDownLatch hold = new CountDownLatch(1);
                gate.set(hold);
                port.deliver("again", "gated");
                Waiting.until(() -> port.replies.size() == before + 1);
                hold.countDown();
                Waiting.until(() -> port.replies.size() == before + 2);
            }
            Waiting.until(() -> endpoint.count(Counter.SENT) == 9);
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
        try (UdpEndpoint endpoint = UdpEndpoint.open(port, options, handler)) {
            port.deliver("one", "two", "three");
            running.await();
            assertThat(endpoint.inFlight()).isEqualTo(3);
            CompletableFuture<Void> closing = CompletableFuture.runAsync(endpoint::close);
            Waiting.until(() -> !endpoint.isOpen());
            release.countDown();
            closing.get();
            assertThat(port.replies).containsExactly("one");
            assertThat(endpoint.count(Counter.DROPPED)).isEqualTo(2);
            assertThat(endpoint.inFlight()).isZero();
        }
    }

    @Test
    void shouldDropForgedPacketsWithoutAnAnswer() throws Exception {
        List<Fate> kinds = new CopyOnWriteArrayList<>();
        AtomicInteger calls = new AtomicInteger();
        DatagramHandler handler = new DatagramHandler() {
            @Override
            public void handle(Datagram packet) throws Exception {
                calls.incrementAndGet();
                EchoTest.ECHO.handle(packet);
            }

            @Override
            public void dropped(Fate fate) {
                kinds.add(fate);
            }
        };
        try (UdpEndpoint endpoint = UdpEndpoint.open(port, options, handler)) {
            port.deliver("from elsewhere", "from itself");
            port.deliver("from itself");
            port.deliver("hello");
            Waiting.until(() -> port.replies.contains("hello"));
            assertThat(port.replies).containsExactly("hello");
            assertThat(calls).hasValue(1);
            assertThat(endpoint.count(Fate.FORGED)).isEqualTo(3);
            assertThat(endpoint.count(Counter.DROPPED)).isEqualTo(3);
            assertThat(kinds).containsExactly(Fate.FORGED);
        }
    }

    /** Whatever is thrown between taking a packet and handing it over. */
    @Test
    void shouldCountAPacketThatCannotBeTaken() throws Exception {
        try (UdpEndpoint endpoint = UdpEndpoint.open(port, options, EchoTest.ECHO)) {
            port.deliver("one", "unreadable", "too large", "four");
            Waiting.until(() -> port.replies.contains("four"));
            assertThat(endpoint.count(Counter.RECEIVED)).isEqualTo(4);
            assertThat(endpoint.count(Fate.NO_BUFFER)).isEqualTo(2);
            assertThat(endpoint.inFlight()).isZero();
            assertThat(told).extracting(Throwable::getMessage).containsExactly("unreadable", "too large");
        }
    }

    @Test
    void shouldReportTermination() throws Exception {
        AtomicInteger terminated = new AtomicInteger();
        AtomicReference<UdpEndpoint> self = new AtomicReference<>();
        DatagramHandler handler = new DatagramHandler() {
            @Override
            public void handle(Datagram packet) throws Exception {
                self.get().shutdown();
                EchoTest.ECHO.handle(packet);
            }

            @Override
            public void terminated() {
                assertThat(self.get().isTerminated()).isTrue();
                assertThat(port.replies).containsExactly("last");
                terminated.incrementAndGet();
            }
        };
        try (UdpEndpoint endpoint = UdpEndpoint.open(port, options, handler)) {
            self.set(endpoint);
            port.deliver("last");
            Waiting.until(() -> terminated.get() == 1);
        }
        assertThat(terminated).hasValue(1);
        assertThat(told).isEmpty();
    }

    @Test
    void shouldCloseWithinAPauseAfterAnError() throws Exception {
        UdpEndpoint endpoint = UdpEndpoint.open(port, options, EchoTest.ECHO);
        port.fail(new IOException("broken"));
        Waiting.until(() -> !told.isEmpty());
        endpoint.close();
        assertThat(port.closed).hasValue(1);
    }

    @Test
    void shouldGiveTheSocketBackWhenThereIsNoThread() {
        UdpOptions greedy = options.withStackSize(1L << 50);
        assertThatThrownBy(() -> UdpEndpoint.open(port, greedy, EchoTest.ECHO))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no thread to be had for port 1");
        assertThat(port.closed).hasValue(1);
    }

    @Test
    void shouldReuseTheBuffersOfLatePackets() throws Exception {
        AtomicInteger made = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        DatagramHandler handler = packet -> {
            if (packet.attachment() == null) {
                packet.attach(made.incrementAndGet());
            }
            while (System.nanoTime() - packet.deadlineNanos() < 5_000_000) {
                Thread.onSpinWait();
            }
            ended.incrementAndGet();
        };
        try (UdpEndpoint endpoint = UdpEndpoint.open(port, options.withTimeoutMillis(1), handler)) {
            for (int i = 1; i <= 50; i++) {
                int sent = i;
                port.deliver("late");
                Waiting.until(() -> endpoint.count(Counter.DROPPED) == sent && ended.get() == sent);
            }
            assertThat(made.get()).isBetween(1, 10);
        }
        assertThat(port.released).hasValue(1);
    }

    @Test
    void shouldReadTheLostPacketsOutOfTheTable() {
        String table =
                "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode "
                        + "ref pointer drops\n"
                        + " 5077: 0100007F:0035 00000000:0000 07 0:0 0:0 0  0  0 12 2 0 17\n"
                        + "15078: 00000000:D431 00000000:0000 07 0:0 0:0 0  0  0 13 2 0 5\n"
                        + "15078: 0100007F:D431 00000000:0000 07 0:0 0:0 0  0  0 14 2 0 0\n";
        assertThat(KernelDrops.find(table, 53)).isEqualTo(17);
        assertThat(KernelDrops.find(table, 0xD431)).isZero();
        assertThat(KernelDrops.find(table, 99)).isEqualTo(-1);
        assertThat(KernelDrops.find("", 99)).isEqualTo(-1);
    }
}
