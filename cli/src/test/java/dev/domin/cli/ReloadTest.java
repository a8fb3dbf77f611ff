package dev.domin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A script with two servers is reloaded again and again while clients send: every packet is answered once. */
@Tag("timing")
class ReloadTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** What profiles of methods may need that become frequent meanwhile; a script that is left needs 10 KB. */
    private static final long METASPACE = 2 << 20;

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private static final String SCRIPT = """
            plugin "../plugins/print/PrintPlugin";
            plugin "../plugins/timer/TimerPlugin";
            plugin "../plugins/callback_udp_server/CallbackUdpServerPlugin";
            // version VERSION
            callback i32 First(ref blob $X) { return(1); }
            callback i32 Second(ref blob $X) { return(1); }
            i32 main() {
                callbackudpserver.Open("First", -1);
                callbackudpserver.Open("Second", 1000);
                printf("ports %d %d\\n", callbackudpserver.Port(1), callbackudpserver.Port(2));
                while (1) timer.SleepMs(1000);
            }
            """;

    @TempDir
    private Path folder;

    @Test
    @Timeout(300)
    void shouldAnswerEveryPacketOnceWhileItIsReloaded() throws Exception {
        reload(5, 30);
    }

    /** What the faults have delayed is handled by the old version, at once. */
    @Test
    @Timeout(300)
    void shouldAnswerEveryPacketOnceThoughFaultsDelayIt() throws Exception {
        reload(2, 12, "--faults", "delay=10ms±5ms,seed=3");
    }

    /** Without faults, 1000 times: classes, threads and descriptors are as before. */
    @Test
    @Tag("soak")
    @Timeout(3600)
    void shouldLeaveNothingBehindWhenItIsReloadedAThousandTimes() throws Exception {
        reload(50, 1000);
    }

    private void reload(int before, int reloads, String... options) throws Exception {
        try (var script = new WatchedScript(folder.resolve("served.dom"), version(0), options)) {
            script.awaitOut("ports ");
            String[] ports = script.out().strip().split(" ");
            try (var first = new Traffic(Integer.parseInt(ports[1]));
                    var second = new Traffic(Integer.parseInt(ports[2]))) {
                for (int i = 1; i <= before; i++) {
                    reload(script, i, first, second);
                }
                var start = Usage.now();
                var half = start;
                for (int i = before + 1; i <= reloads; i++) {
                    reload(script, i, first, second);
                    half = i == reloads / 2 ? Usage.now() : half;
                    assertThat(script.out()).isEqualTo(String.join(" ", ports) + "\n");
                }
                awaitSame(start);
                System.out.println(reloads + " reloads, " + (first.sent() + second.sent()) + " packets; after " + before
                        + ": " + start + "; half-way: " + half + "; at the end: " + Usage.now());
                first.stop();
                second.stop();
            }
        }
    }

    private static void reload(WatchedScript script, int version, Traffic... traffic) throws IOException {
        script.clear();
        script.save(version(version));
        script.awaitErr("has been reloaded in ");
        for (var each : traffic) {
            each.awaitMore();
        }
        script.awaitOut("ports ");
        assertThat(script.err())
                .doesNotContain("dropped")
                .doesNotContain("lost")
                .doesNotContain("error");
    }

    private static String version(int number) {
        return SCRIPT.replace("VERSION", String.valueOf(number));
    }

    private static void awaitSame(Usage before) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            var now = Usage.now();
            assertThat(now.threads).as("threads").isLessThanOrEqualTo(before.threads);
            assertThat(now.descriptors).as("descriptors").isLessThanOrEqualTo(before.descriptors);
            assertThat(now.classes).as("classes").isLessThanOrEqualTo(before.classes + 40);
            assertThat(now.metaspace).as("metaspace").isLessThanOrEqualTo(before.metaspace + METASPACE);
        });
    }

    /** What leaks would be seen in. */
    private record Usage(long threads, long descriptors, int classes, long metaspace) {

        static Usage now() throws IOException {
            System.gc(); // unloads classes
            long metaspace = ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getName().equals("Metaspace"))
                    .map(MemoryPoolMXBean::getUsage)
                    .mapToLong(usage -> usage.getUsed())
                    .sum();
            long descriptors = 0;
            if (Files.isDirectory(DESCRIPTORS)) {
                try (var files = Files.list(DESCRIPTORS)) {
                    descriptors = files.count();
                }
            }
            return new Usage(
                    Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> !thread.getName().startsWith("awaitility"))
                            .count(),
                    descriptors,
                    ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                    metaspace);
        }
    }

    /** Sends numbered packets, few of which are on their way at a time, and counts the answers. */
    private static final class Traffic implements AutoCloseable {

        private static final int ON_THE_WAY = 32;

        private final DatagramSocket socket;
        private final InetSocketAddress server;
        private final AtomicInteger sent = new AtomicInteger();
        private final AtomicInteger answered = new AtomicInteger();
        private final BitSet answers = new BitSet(); // belongs to the receiving thread
        private final Thread sender = new Thread(this::send, "traffic-sender");
        private final Thread receiver = new Thread(this::receive, "traffic-receiver");
        private volatile boolean stopped;
        private volatile String problem = "";

        Traffic(int port) throws IOException {
            server = new InetSocketAddress("127.0.0.1", port);
            socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
            socket.setSoTimeout(100);
            sender.start();
            receiver.start();
        }

        int sent() {
            return sent.get();
        }

        void awaitMore() {
            int wanted = answered.get() + 10;
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> answered.get() >= wanted || !problem.isEmpty());
            assertThat(problem).isEmpty();
        }

        /** Stops to send, and waits for all answers. */
        void stop() throws InterruptedException {
            stopped = true;
            sender.join();
            await().atMost(PATIENCE).until(() -> answered.get() >= sent.get() || !problem.isEmpty());
            assertThat(problem).isEmpty();
            assertThat(answered.get()).isEqualTo(sent.get());
        }

        private void send() {
            try {
                var number = ByteBuffer.allocate(Integer.BYTES);
                while (!stopped) {
                    if (sent.get() - answered.get() >= ON_THE_WAY) {
                        Thread.sleep(1);
                        continue;
                    }
                    number.putInt(0, sent.get());
                    socket.send(new DatagramPacket(number.array(), Integer.BYTES, server));
                    sent.incrementAndGet();
                }
            } catch (IOException | InterruptedException e) {
                problem = e.toString();
            }
        }

        private void receive() {
            var packet = new DatagramPacket(new byte[256], 256);
            while (!socket.isClosed()) {
                try {
                    packet.setLength(256);
                    socket.receive(packet);
                    int number = ByteBuffer.wrap(packet.getData()).getInt(packet.getLength() - Integer.BYTES);
                    if (answers.get(number)) {
                        problem = "packet " + number + " was answered twice";
                    }
                    answers.set(number);
                    answered.incrementAndGet();
                } catch (SocketTimeoutException _) {
                    // It is tried again.
                } catch (IOException e) {
                    problem = socket.isClosed() ? problem : e.toString();
                }
            }
        }

        @Override
        public void close() {
            stopped = true;
            socket.close();
        }
    }
}
