package dev.domin.testkit;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.udp.Datagram;
import dev.domin.udp.UdpStats;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random runs: every datagram that a client has sent is accounted for, exactly. Each run follows from its seed, which a
 * failure shows; {@code -Daccounting.seed=N} repeats it. {@code -Daccounting.rounds=N} does more of them, {@code
 * -Daccounting.total=N} as many as are needed for N packets.
 */
@Tag("timing")
class AccountingTest {

    private static final int ROUNDS = Integer.getInteger("accounting.rounds", 12);
    private static final long TOTAL = Long.getLong("accounting.total", 0);
    private static final long SEED = Long.getLong("accounting.seed", System.nanoTime());
    private static final int PACKETS = Integer.getInteger("accounting.packets", 300);

    private volatile CountDownLatch end = new CountDownLatch(1); // what endless handlers wait for

    @Test
    void shouldAccountForEveryPacket() throws Exception {
        long packets = 0;
        for (int round = 0; round < ROUNDS || packets < TOTAL; round++) {
            long seed = round == 0 ? SEED : SEED + round * 1_000_003L;
            try {
                packets += run(new Random(seed), seed);
            } catch (AssertionError e) {
                throw new AssertionError("repeat this run with -Daccounting.rounds=1 -Daccounting.seed=" + seed, e);
            }
        }
        if (TOTAL > 0) {
            System.out.println("accounting: " + packets + " datagrams, all accounted for");
        }
    }

    /** {@return how many datagrams were sent} */
    private long run(Random random, long seed) throws Exception {
        end = new CountDownLatch(1);
        boolean closeAmid = random.nextInt(4) == 0;
        UdpServer server = server(random).start();
        boolean faults = random.nextBoolean();
        if (faults) {
            addFaults(server.faults().seed(seed), random);
        }
        AtomicBoolean watching = new AtomicBoolean(true);
        var threads = Executors.newCachedThreadPool();
        try {
            Future<?> watcher = threads.submit(() -> watch(server, watching));
            List<Future<Long>> senders = new ArrayList<>();
            int count = 1 + random.nextInt(8);
            for (int i = 0; i < count; i++) {
                long own = random.nextLong();
                senders.add(threads.submit(() -> send(server, new Random(own), closeAmid)));
            }
            if (closeAmid) {
                Thread.sleep(random.nextInt(20)); // a random moment, not a wait for something
                server.close();
            }
            long sent = 0;
            for (Future<Long> sender : senders) {
                sent += sender.get(1, TimeUnit.MINUTES);
            }
            if (random.nextInt(3) == 0) {
                Thread.sleep(random.nextInt(10)); // likewise
            }
            end.countDown();
            server.close();
            watching.set(false);
            watcher.get(1, TimeUnit.MINUTES);
            check(server, sent, closeAmid);
            return sent;
        } finally {
            end.countDown();
            watching.set(false);
            server.close();
            threads.shutdownNow();
        }
    }

    private UdpServer server(Random random) {
        int kind = random.nextInt(5);
        long own = random.nextLong();
        UdpServer server = UdpServer.answering(packet -> answer(packet, kind));
        server.keep(1_000_000, Long.MAX_VALUE);
        switch (random.nextInt(3)) {
            case 0 -> server.timeout(ofMillis(0));
            case 1 -> server.timeout(ofMillis(1 + new Random(own).nextInt(30)));
            default -> {} // no limit
        }
        return server;
    }

    private Reply answer(Packet packet, int kind) throws Exception {
        int choice = kind == 4 ? packet.length() % 4 : kind;
        return switch (choice) {
            case 0 -> Reply.bytes(packet.bytes());
            case 1 -> packet.length() % 3 == 0 ? Reply.failure("on purpose") : Reply.none();
            case 2 -> {
                if (packet.number() % 50 == 0) {
                    Thread.sleep(2); // a slow handler
                }
                yield Reply.text("slow").after(ofMillis(packet.length() % 3));
            }
            default -> {
                if (packet.number() == 20) {
                    end.await(); // an endless handler
                }
                yield Reply.several(Reply.text("a"), Reply.text("b"));
            }
        };
    }

    private static void addFaults(Faults faults, Random random) {
        faults.requests().chance(random.nextDouble() * 0.5).drop();
        faults.requests().chance(random.nextDouble() * 0.2).duplicate();
        faults.requests().chance(random.nextDouble() * 0.2).delay(ofMillis(2), ofMillis(2));
        faults.requests().chance(random.nextDouble() * 0.2).reorder(ofMillis(5));
        faults.requests().chance(random.nextDouble() * 0.2).corrupt();
        faults.replies().chance(random.nextDouble() * 0.5).drop();
        faults.replies().chance(random.nextDouble() * 0.2).duplicate();
        faults.replies().chance(random.nextDouble() * 0.2).delay(ofMillis(2));
    }

    /** {@return how many datagrams the system has taken} */
    private static long send(UdpServer server, Random random, boolean mayEnd) throws IOException {
        long sent = 0;
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < PACKETS; i++) {
                if (mayEnd && !server.isRunning()) {
                    return sent;
                }
                int length = random.nextInt(40) == 0 ? random.nextInt(Datagram.MAX_PAYLOAD + 1) : random.nextInt(100);
                try {
                    socket.send(new DatagramPacket(new byte[length], length, server.address()));
                    sent++;
                } catch (PortUnreachableException e) {
                    // the server has closed
                }
            }
        }
        return sent;
    }

    /** Checks snapshots during the traffic. {@return null} */
    private static Void watch(UdpServer server, AtomicBoolean watching) {
        UdpStats before = server.stats();
        while (watching.get()) {
            UdpStats now = server.stats();
            assertThat(now.inFlight()).isNotNegative();
            assertThat(now.received()).isGreaterThanOrEqualTo(before.received());
            assertThat(now.handled()).isGreaterThanOrEqualTo(before.handled());
            assertThat(now.dropped()).isGreaterThanOrEqualTo(before.dropped());
            before = now;
            Thread.onSpinWait();
        }
        return null;
    }

    private static void check(UdpServer server, long sent, boolean closedAmid) {
        UdpStats stats = server.stats();
        List<Packet> received = server.journal().received();
        long arrived = received.stream().filter(packet -> !packet.isDuplicate()).count();
        long lost =
                received.stream().filter(packet -> packet.fate() == Fate.FAULT).count();
        long delayed = received.stream()
                .filter(packet -> packet.reason().equals("delayed when the server closed"))
                .count();
        long duplicates = received.size() - arrived;
        assertThat(stats.inFlight()).isZero();
        assertThat(received)
                .filteredOn(packet -> packet.fate() == Fate.PENDING)
                .as("undecided")
                .isEmpty();
        assertThat(stats.received()).isEqualTo(arrived - lost - delayed + duplicates);
        assertThat(stats.handled())
                .isEqualTo(received.stream()
                        .filter(packet -> packet.fate() == Fate.HANDLED || packet.fate() == Fate.SILENT)
                        .count());
        if (!closedAmid && stats.lostByKernel().isPresent()) {
            assertThat(arrived + stats.lostByKernel().getAsLong())
                    .as("datagrams that clients sent")
                    .isEqualTo(sent);
        }
    }
}
