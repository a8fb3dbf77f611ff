package dev.domin.junit;

import static dev.domin.testkit.Match.any;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.domin.testkit.Fate;
import dev.domin.testkit.Packet;
import dev.domin.testkit.Reply;
import dev.domin.testkit.UdpClient;
import dev.domin.testkit.UdpServer;
import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * 200 servers in eight test classes at the same time, again and again: none gets packets of another, and nothing is
 * left over. {@code -Drounds=100} for more rounds.
 */
@Tag("timing")
class ManyServersTest {

    private static final int SERVERS = 25; // of each class
    private static final Duration LONG = ofSeconds(60);

    @Test
    void shouldNeitherInterfereNorLeaveAnythingBehind() {
        round(); // loads all classes
        Awaitility.await().atMost(LONG).until(() -> threads().isEmpty());
        int descriptors = descriptors();
        int rounds = Integer.getInteger("rounds", 2);
        for (int i = 0; i < rounds; i++) {
            round();
        }
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() ->
                        assertThat(threads()).as("threads that are left over").isEmpty());
        assertThat(descriptors()).as("open files and sockets").isLessThanOrEqualTo(descriptors);
        assertThat(UdpServer.startedBy(Thread.currentThread())).isEmpty();
    }

    private static void round() {
        EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "8")
                .configurationParameter("junit.jupiter.execution.parallel.config.executor-service", "FORK_JOIN_POOL")
                .selectors(
                        selectClass(A.class),
                        selectClass(B.class),
                        selectClass(C.class),
                        selectClass(D.class),
                        selectClass(E.class),
                        selectClass(F.class),
                        selectClass(G.class),
                        selectClass(H.class))
                .execute()
                .testEvents()
                .assertStatistics(stats -> stats.succeeded(8).failed(0));
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("domin-"))
                .collect(Collectors.toSet());
    }

    /** {@return how many files and sockets this process has open, where the system tells; otherwise 0} */
    private static int descriptors() {
        String[] all = new File("/proc/self/fd").list();
        return all == null ? 0 : all.length;
    }

    @Execution(ExecutionMode.CONCURRENT)
    abstract static class Case {

        @StartUdp
        final UdpServer own = UdpServer.create();

        private final List<UdpServer> servers = new ArrayList<>(List.of(own));

        @BeforeEach
        void start() {
            while (servers.size() < SERVERS) {
                servers.add(UdpServer.create().start());
            }
        }

        @AfterEach
        void close() {
            servers.stream().filter(server -> server != own).forEach(UdpServer::close);
        }

        @Test
        void shouldHaveItsOwnPackets() {
            for (UdpServer server : servers) {
                String name = "answer of " + server.port();
                server.when(any()).reply(packet -> Reply.text(name));
                server.faults().requests().nth(2).drop();
            }
            List<UdpClient> clients = new ArrayList<>();
            try {
                servers.forEach(server -> clients.add(UdpClient.to(server.address())));
                clients.forEach(client -> Stream.of("1", "2", "3").forEach(client::send));
                for (int i = 0; i < SERVERS; i++) {
                    UdpServer server = servers.get(i);
                    UdpClient client = clients.get(i);
                    assertThat(client.await(LONG).text()).isEqualTo("answer of " + server.port());
                    assertThat(client.await(LONG).text()).isEqualTo("answer of " + server.port());
                    assertThat(server.await(3, any(), LONG))
                            .extracting(Packet::fate)
                            .containsExactly(Fate.HANDLED, Fate.FAULT, Fate.HANDLED);
                    assertThat(server.journal().packets())
                            .hasSize(5)
                            .allMatch(packet -> packet.peer().equals(client.address()));
                }
            } finally {
                clients.forEach(UdpClient::close);
            }
        }
    }

    static class A extends Case {}

    static class B extends Case {}

    static class C extends Case {}

    static class D extends Case {}

    static class E extends Case {}

    static class F extends Case {}

    static class G extends Case {}

    static class H extends Case {}
}
