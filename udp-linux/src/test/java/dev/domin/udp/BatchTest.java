package dev.domin.udp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.domin.udp.linux.LinuxProbe;
import dev.domin.udp.transport.AdaptiveTransport;
import dev.domin.udp.transport.ChannelTransport;
import dev.domin.udp.transport.Polling;
import java.io.File;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real packets in real batches. */
@Tag("timing")
@Timeout(120)
@EnabledIf("dev.domin.udp.TransportKind#batchesAvailable")
class BatchTest {

    private final UdpOptions options = Options.batching(UdpOptions.DEFAULTS, Batching.NOW);

    /** Echoes. "first" waits until the test has sent what should be one batch, "slow" until the test releases it. */
    private static final class Gate implements DatagramHandler {
        final CountDownLatch firstRuns = new CountDownLatch(1);
        final CountDownLatch queued = new CountDownLatch(1);
        final CountDownLatch slowRuns = new CountDownLatch(1);
        final CountDownLatch slowEnds = new CountDownLatch(1);

        @Override
        public void handle(Datagram packet) throws InterruptedException {
            if (packet.length() == 5 && EchoTest.text(packet).equals("first")) {
                firstRuns.countDown();
                queued.await();
            } else if (packet.length() == 4 && EchoTest.text(packet).equals("slow")) {
                slowRuns.countDown();
                slowEnds.await();
            }
            packet.reply(packet.array(), packet.offset(), packet.length());
        }

        void queue(Client client, String... packets) throws Exception {
            client.send("first");
            firstRuns.await();
            for (String packet : packets) {
                client.send(packet);
            }
            queued.countDown();
            assertThat(client.receiveText()).isEqualTo("first");
        }
    }

    /**
     * Without this, all tests of segmentation offload would pass with answers that are sent one by one. Linux has it
     * since 4.18.
     */
    @Test
    void shouldFindThatThisSystemOffloadsSegmentation() {
        assumeTrue(Integer.parseInt(System.getProperty("os.version").split("\\.")[0]) >= 5, "skipped: an old Linux");
        assertThat(LinuxProbe.offloads()).isTrue();
    }

    /**
     * The system cuts a message into as many datagrams as there were answers, in their order and of their lengths.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 64, 1200, 1984, 9000, 32_754})
    void shouldKeepAnswersOfOneLengthApart(int size) throws Exception {
        Gate gate = new Gate();
        Random random = new Random(size);
        try (UdpEndpoint endpoint = UdpEndpoint.open(options, gate);
                Client client = Client.of(endpoint)) {
            client.send("first");
            gate.firstRuns.await();
            List<byte[]> sent = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                byte[] payload = new byte[i % 13 == 12 ? size - 1 : size];
                random.nextBytes(payload);
                sent.add(payload);
                client.send(payload);
            }
            gate.queued.countDown();
            assertThat(client.receiveText()).isEqualTo("first");
            for (byte[] payload : sent) {
                assertThat(client.receive()).isEqualTo(payload);
            }
            assertThat(endpoint.shutdown()).isTrue();
            assertThat(endpoint.advanced().sent()).isEqualTo(41);
        }
    }

    @Test
    void shouldAnswerEachOfManyClientsInOneBatch() throws Exception {
        Gate gate = new Gate();
        try (UdpEndpoint endpoint = UdpEndpoint.open(options, gate);
                Client one = Client.of(endpoint);
                Client two = Client.of(endpoint)) {
            one.send("first");
            gate.firstRuns.await();
            String order = "1122212221111212";
            for (int i = 0; i < order.length(); i++) {
                (order.charAt(i) == '1' ? one : two).send("packet" + (char) ('a' + i));
            }
            gate.queued.countDown();
            assertThat(one.receiveText()).isEqualTo("first");
            for (int i = 0; i < order.length(); i++) {
                assertThat((order.charAt(i) == '1' ? one : two).receiveText()).isEqualTo("packet" + (char) ('a' + i));
            }
        }
    }

    /**
     * The system does not cut messages without checksums: then answers are sent one by one, and none is lost.
     */
    @Test
    void shouldSendAnswersOneByOneWhereTheSystemRefusesOffload() throws Exception {
        Gate gate = new Gate();
        try (UdpEndpoint endpoint = UdpEndpoint.open(options, gate);
                Client client = Client.of(endpoint)) {
            SocketOptions.sendWithoutChecksums(LinuxProbe.descriptor(endpoint.port()));
            gate.queue(client, "aaaa", "bbbb", "cc", "dd", "dd");
            for (String answer : List.of("aaaa", "bbbb", "cc", "dd", "dd")) {
                assertThat(client.receiveText()).isEqualTo(answer);
            }
            assertThat(endpoint.shutdown()).isTrue();
            assertThat(endpoint.advanced().sent()).isEqualTo(6);
        }
    }

    @Test
    void shouldEchoPacketsOfAllSizesInOneBatch() throws Exception {
        int[] sizes = {0, 1, 1983, 1984, 1985, 65_507, 64, 65_507, 9000, 65_507, 0, 65_506, 1500};
        Gate gate = new Gate();
        Random random = new Random(1);
        try (UdpEndpoint endpoint = UdpEndpoint.open(options, gate);
                Client client = Client.of(endpoint)) {
            client.send("first");
            gate.firstRuns.await();
            List<byte[]> sent = new ArrayList<>();
            for (int size : sizes) {
                byte[] payload = new byte[size];
                random.nextBytes(payload);
                sent.add(payload);
                client.send(payload);
            }
            gate.queued.countDown();
            assertThat(client.receiveText()).isEqualTo("first");
            for (byte[] payload : sent) {
                assertThat(client.receive()).isEqualTo(payload);
            }
        }
    }

    @Test
    void shouldSendEachOfManySendersItsOwnAnswersInOrder() throws Exception {
        Gate gate = new Gate();
        Client[] clients = new Client[8];
        try (UdpEndpoint endpoint = UdpEndpoint.open(options, gate)) {
            for (int i = 0; i < clients.length; i++) {
                clients[i] = Client.of(endpoint);
            }
            clients[0].send("first");
            gate.firstRuns.await();
            for (int round = 0; round < 40; round++) {
                for (int i = 0; i < clients.length; i++) {
                    clients[i].send(i + " " + round);
                }
            }
            gate.queued.countDown();
            assertThat(clients[0].receiveText()).isEqualTo("first");
            for (int round = 0; round < 40; round++) {
                for (int i = 0; i < clients.length; i++) {
                    assertThat(clients[i].receiveText()).isEqualTo(i + " " + round);
                }
            }
            Waiting.until(() -> endpoint.advanced().sent() == 321);
        } finally {
            for (Client client : clients) {
                client.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 60_000})
    void shouldAnswerWhileALaterPacketOfTheBatchIsSlow(int timeout) throws Exception {
        Gate gate = new Gate();
        try (UdpEndpoint endpoint = UdpEndpoint.open(Options.timeout(options, timeout), gate);
                Client client = Client.of(endpoint)) {
            gate.queue(client, "one", "two", "slow", "four");
            assertThat(client.receiveText()).isEqualTo("one");
            assertThat(client.receiveText()).isEqualTo("two");
            assertThat(endpoint.stats().inFlight()).isEqualTo(2);
            gate.slowEnds.countDown();
            assertThat(client.receiveText()).isEqualTo("slow");
            assertThat(client.receiveText()).isEqualTo("four");
        } finally {
            gate.slowEnds.countDown();
        }
    }

    @Test
    void shouldLetTheNextReceiverGoOnWithTheBatchInOrder() throws Exception {
        Gate gate = new Gate();
        try (UdpEndpoint endpoint = UdpEndpoint.open(Options.timeout(options, 2000), gate);
                Client client = Client.of(endpoint)) {
            gate.queue(client, "one", "slow", "three", "four", "five");
            for (String expected : new String[] {"one", "three", "four", "five"}) {
                assertThat(client.receiveText()).isEqualTo(expected);
            }
            assertThat(endpoint.advanced().dropped()).isEqualTo(1);
            assertThat(endpoint.advanced().handled()).isEqualTo(5);
            assertThat(endpoint.stats().inFlight()).isZero();
            gate.slowEnds.countDown();
            assertThat(client.ask("after")).as("the late answer is thrown away").isEqualTo("after");
        } finally {
            gate.slowEnds.countDown();
        }
    }

    @Test
    void shouldStartThePacketsClockAtItsTurn() throws Exception {
        DatagramHandler handler = packet -> {
            Thread.sleep(250);
            EchoTest.ECHO.handle(packet);
        };
        // The last one waits for 5 s in its batch, which is longer than its own 4 s.
        try (UdpEndpoint endpoint = UdpEndpoint.open(Options.timeout(options, 4000), handler);
                Client client = Client.of(endpoint)) {
            for (int i = 0; i < 21; i++) {
                client.send("x");
            }
            for (int i = 0; i < 21; i++) {
                assertThat(client.receiveText()).isEqualTo("x");
            }
            assertThat(endpoint.advanced().dropped()).isZero();
        }
    }

    @Test
    void shouldAnswerWhatIsDoneAndDropTheRestOfTheBatchOnClose() throws Exception {
        Gate gate = new Gate();
        try (UdpEndpoint endpoint = UdpEndpoint.open(options, gate);
                Client client = Client.of(endpoint)) {
            gate.queue(client, "one", "slow", "three", "four");
            gate.slowRuns.await();
            CompletableFuture<Void> closing =
                    CompletableFuture.runAsync(endpoint::close, task -> new Thread(task).start());
            Waiting.until(() -> !endpoint.isOpen());
            gate.slowEnds.countDown();
            closing.get();
            assertThat(client.receiveText()).isEqualTo("one");
            assertThat(client.receiveText()).isEqualTo("slow");
            assertThat(endpoint.advanced().handled()).isEqualTo(3);
            assertThat(endpoint.advanced().sent()).isEqualTo(3);
            assertThat(endpoint.advanced().dropped())
                    .isEqualTo(endpoint.advanced().received() - 3)
                    .isBetween(0L, 2L);
            assertThat(endpoint.stats().inFlight()).isZero();
        } finally {
            gate.slowEnds.countDown();
        }
    }

    @Test
    void shouldAnswerTheOthersOfABatchWithClosedClients() throws Exception {
        Gate gate = new Gate();
        List<Throwable> reported = new CopyOnWriteArrayList<>();
        try (UdpEndpoint endpoint = UdpEndpoint.open(Options.onError(options, reported::add), gate);
                Client client = Client.of(endpoint)) {
            client.send("first");
            gate.firstRuns.await();
            for (int i = 0; i < 50; i++) {
                try (Client gone = Client.of(endpoint)) {
                    gone.send("bye");
                }
                client.send("here " + i);
            }
            gate.queued.countDown();
            assertThat(client.receiveText()).isEqualTo("first");
            for (int i = 0; i < 50; i++) {
                assertThat(client.receiveText()).isEqualTo("here " + i);
            }
            assertThat(endpoint.advanced().handled()).isEqualTo(101);
            assertThat(reported).isEmpty();
        }
    }

    @Test
    void shouldSendUnaskedWhileAnswersAreHeld() throws Exception {
        Gate gate = new Gate();
        try (UdpEndpoint endpoint = UdpEndpoint.open(options, gate);
                Client client = Client.of(endpoint);
                Client other = Client.of(endpoint)) {
            gate.queue(client, "one", "slow");
            gate.slowRuns.await();
            endpoint.send("news".getBytes(UTF_8), 0, 4, other.address());
            assertThat(other.receiveText()).isEqualTo("news");
            gate.slowEnds.countDown();
            assertThat(client.receiveText()).isEqualTo("one");
            assertThat(client.receiveText()).isEqualTo("slow");
        } finally {
            gate.slowEnds.countDown();
        }
    }

    @Test
    void shouldGoOverToBatchesUnderLoadAndLoseNothing() throws Exception {
        try (UdpEndpoint endpoint =
                        UdpEndpoint.open(Options.batching(UdpOptions.DEFAULTS, Batching.AUTO), EchoTest.ECHO);
                Client client = Client.of(endpoint)) {
            assertThat(client.ask("hello")).isEqualTo("hello");
            assertThat(endpoint.advanced().batching()).isFalse();
            long[] rounds = {0};
            Waiting.until(() -> {
                long end = System.nanoTime() + 100_000_000;
                while (System.nanoTime() - end < 0) {
                    ask(client, 64);
                    rounds[0]++;
                }
                return endpoint.advanced().batching();
            });
            assertThat(client.ask("still there?")).isEqualTo("still there?");
            assertThat(endpoint.advanced().batchingProblem()).isNull();
            assertThat(endpoint.advanced().handled()).isEqualTo(2 + 64 * rounds[0]);
            assertThat(endpoint.advanced().dropped()).isZero();
        }
    }

    /**
     * Pauses after 100, 430, 612 packets and so on, so that each 256 packets from a multiple of 256 on have a pause.
     */
    @Test
    void shouldGoOverToBatchesWhereverABurstBegins() throws Exception {
        try (UdpEndpoint endpoint =
                        UdpEndpoint.open(Options.batching(UdpOptions.DEFAULTS, Batching.AUTO), EchoTest.ECHO);
                Client client = Client.of(endpoint)) {
            ask(client, 100);
            Waiting.until(() -> {
                pause();
                ask(client, 330);
                pause();
                ask(client, 182);
                return endpoint.advanced().batching();
            });
        }
    }

    private static void ask(Client client, int packets) throws Exception {
        for (int left = packets; left > 0; left -= 64) {
            int some = Math.min(left, 64);
            for (int i = 0; i < some; i++) {
                client.send("x " + i);
            }
            for (int i = 0; i < some; i++) {
                assertThat(client.receiveText()).isEqualTo("x " + i);
            }
        }
    }

    /** Longer than the time within which packets count as one burst. */
    private static void pause() {
        long end = System.nanoTime() + 60_000_000;
        Waiting.until(() -> System.nanoTime() - end >= 0);
    }

    @Test
    void shouldStayWithOneAtATimeWhenSwitchedOff() throws Exception {
        try (UdpEndpoint endpoint = UdpEndpoint.open(Options.batching(options, Batching.OFF), EchoTest.ECHO);
                Client client = Client.of(endpoint)) {
            for (int i = 0; i < 5000; i++) {
                client.ask("x");
            }
            assertThat(endpoint.advanced().batching()).isFalse();
        }
    }

    @Test
    void shouldLeaveNothingBehindWhenClosedWhileGoingOver() throws Exception {
        int before = descriptors();
        for (int i = 0; i < 200; i++) {
            AdaptiveTransport port = new AdaptiveTransport(
                    ChannelTransport.open(new InetSocketAddress(Client.address(127, 0, 0, 1), 0), 65_536),
                    new Polling(0));
            Thread preparing = new Thread(port::startBatching);
            preparing.start();
            if (i % 2 == 0) {
                Thread.onSpinWait();
            } else {
                Waiting.until(() -> port.batching());
            }
            port.close();
            try (DatagramSocket probe =
                    new DatagramSocket(port.localAddress().getPort(), Client.address(127, 0, 0, 1))) {
                assertThat(probe.isBound()).isTrue();
            }
            preparing.join();
            port.release();
        }
        Waiting.until(() -> descriptors() <= before);
    }

    @Test
    void shouldPollOnlyWhereThatPays() throws Exception {
        try (UdpEndpoint endpoint = UdpEndpoint.open(Options.polling(options, 20_000), EchoTest.ECHO);
                Client client = Client.of(endpoint)) {
            Waiting.until(
                    () -> client.ask("x").equals("x") && endpoint.advanced().successfulPolls() > 100);
            long after = endpoint.advanced().polls();
            Waiting.until(() -> endpoint.advanced().polls() > after);
            // With no packet any more it polls once at most, and sleeps then.
            long idle = endpoint.advanced().polls();
            assertThat(client.receive(200)).isNull();
            assertThat(endpoint.advanced().polls() - idle).isBetween(0L, 1L);
        }
        try (UdpEndpoint endpoint = UdpEndpoint.open(Options.polling(options, 0), EchoTest.ECHO);
                Client client = Client.of(endpoint)) {
            for (int i = 0; i < 1000; i++) {
                client.ask("x");
            }
            assertThat(endpoint.advanced().polls()).isZero();
        }
    }

    @Test
    void shouldShareItsMemoryAmongManySockets() throws Exception {
        int before = descriptors();
        Random random = new Random(2);
        UdpEndpoint[] endpoints = new UdpEndpoint[40];
        Client[] clients = new Client[endpoints.length];
        try {
            for (int i = 0; i < endpoints.length; i++) {
                endpoints[i] = UdpEndpoint.open(options, EchoTest.ECHO);
                clients[i] = Client.of(endpoints[i]);
            }
            for (int size : new int[] {0, 64, 65_507, 1984, 3000}) {
                byte[] payload = new byte[size];
                random.nextBytes(payload);
                for (int i = 0; i < 5 * clients.length; i++) {
                    clients[i % clients.length].send(payload);
                }
                for (int i = 0; i < 5 * clients.length; i++) {
                    assertThat(clients[i % clients.length].receive()).isEqualTo(payload);
                }
            }
            Waiting.until(() -> !LinuxProbe.memoryIsScarce());
            for (int i = 0; i < endpoints.length; i++) {
                endpoints[i].send("news".getBytes(UTF_8), 0, 4, clients[i].address());
                assertThat(clients[i].receiveText()).isEqualTo("news");
                assertThat(endpoints[i].advanced().handled()).isEqualTo(25);
                assertThat(endpoints[i].advanced().batchingProblem()).isNull();
            }
        } finally {
            for (int i = 0; i < endpoints.length; i++) {
                if (clients[i] != null) {
                    endpoints[i].close();
                    clients[i].close();
                }
            }
        }
        Waiting.until(() -> descriptors() <= before);
    }

    @Test
    void shouldFollowTheSystemPropertyWhereTheChoiceIsLeftToIt() {
        String before = System.getProperty(Batching.PROPERTY);
        try {
            System.setProperty(Batching.PROPERTY, "off");
            assertThat(Batching.AUTO.resolve()).isEqualTo(Batching.OFF);
            assertThat(Batching.NOW.resolve()).isEqualTo(Batching.NOW);
            System.setProperty(Batching.PROPERTY, "now");
            assertThat(Batching.AUTO.resolve()).isEqualTo(Batching.NOW);
            System.setProperty(Batching.PROPERTY, "yes");
            assertThatThrownBy(Batching.AUTO::resolve)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the system property dev.domin.udp.batching must be auto, off or now, got yes");
        } finally {
            if (before == null) {
                System.clearProperty(Batching.PROPERTY);
            } else {
                System.setProperty(Batching.PROPERTY, before);
            }
        }
    }

    private static int descriptors() {
        String[] open = new File("/proc/self/fd").list();
        return open == null ? 0 : open.length;
    }
}
