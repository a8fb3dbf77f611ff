package dev.domin.testkit;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same seed has the same effects, packet for packet in the order of their arrival, whoever sends them. */
@Tag("timing")
class SeedTest {

    private static final int PACKETS = 160; // fewer than the socket's buffer holds

    /** What happened to each packet, in both directions. */
    private static List<String> run(int senders, long seed) throws Exception {
        UdpServer server = UdpServer.echo().start();
        server.faults().seed(seed);
        for (FaultRules rules :
                List.of(server.faults().requests(), server.faults().replies())) {
            rules.chance(0.2).drop();
            rules.chance(0.1).duplicate();
            rules.chance(0.1).corrupt();
            rules.chance(0.1).reorder(ofSeconds(60));
            rules.chance(0.1).truncate(3);
        }
        try (server) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < senders; i++) {
                threads.add(new Thread(() -> {
                    try (UdpClient client = UdpClient.to(server.address())) {
                        for (int packet = 0; packet < PACKETS / senders; packet++) {
                            client.send("payload");
                        }
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            Awaitility.await()
                    .atMost(ofSeconds(30))
                    .until(() -> server.journal().received().stream()
                                            .filter(packet -> !packet.isDuplicate())
                                            .count()
                                    == PACKETS
                            && server.stats().inFlight() == 0);
        }
        List<String> all = new ArrayList<>();
        for (Packet packet : server.journal().received()) {
            all.add("in " + packet.number() + " " + packet.fate() + " " + packet.faults());
        }
        for (Packet packet : server.journal().sent()) {
            all.add("out " + packet.number() + " " + packet.fate() + " " + packet.faults());
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void shouldRepeatEveryFate(int senders) throws Exception {
        List<String> first = run(1, 42);
        assertThat(first).anyMatch(line -> line.contains("dropped")).anyMatch(line -> line.contains("duplicated"));
        assertThat(run(senders, 42)).isEqualTo(first);
        assertThat(run(senders, 43)).isNotEqualTo(first);
    }
}
