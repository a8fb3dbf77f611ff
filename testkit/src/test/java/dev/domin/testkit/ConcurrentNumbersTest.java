package dev.domin.testkit;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Datagrams that several threads send have the numbers in the journal by which faults choose them. */
@Timeout(60)
class ConcurrentNumbersTest {

    private static final int THREADS = 4;
    private static final int EACH = 2500;

    @Test
    void shouldChooseByTheNumbersOfTheJournal() throws Exception {
        UdpServer server = UdpServer.create().keep(THREADS * EACH, 1 << 28).start();
        server.faults().replies().every(3).drop();
        try (server;
                UdpClient client = UdpClient.to(server.address())) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                threads.add(new Thread(() -> {
                    for (int n = 0; n < EACH; n++) {
                        server.send(Reply.text("x"), client.address());
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join(ofSeconds(40).toMillis());
            }
        }
        assertThat(server.journal().sent())
                .hasSize(THREADS * EACH)
                .allMatch(packet -> (packet.fate() == Fate.FAULT) == (packet.number() % 3 == 0));
    }
}
