package dev.domin.udp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** The socket of an endpoint is handed over while it changes from single packets to batches. */
@Tag("timing")
@Timeout(120)
@EnabledIf("dev.domin.udp.TransportKind#batchesAvailable")
class HandoverToBatchesTest {

    private static final AdvancedHandler ECHO = packet -> {
        if (packet.begin()) {
            packet.reply(packet.payload());
        }
    };

    @Test
    void shouldLoseNoPacketWhileItSwitchesToBatches() throws Exception {
        UdpOptions busy = Options.batching(UdpOptions.DEFAULTS, Batching.AUTO);
        UdpEndpoint current = UdpEndpoint.open(busy, AdvancedOptions.DEFAULTS, ECHO);
        try (HandoverTest.TrafficClient traffic = new HandoverTest.TrafficClient(current.port())) {
            long received = 0;
            int after = 10;
            for (int i = 0; after > 0; i++) {
                traffic.awaitMoreAnswers(50);
                if (current.advanced().batching()) {
                    after--;
                } else if (i == 100) { // on a busy machine it takes longer
                    Waiting.until(current.advanced()::batching);
                }
                BoundSocket socket = current.advanced().handOver().orElseThrow();
                current.close();
                received += current.stats().received();
                current = UdpEndpoint.open(socket, busy, AdvancedOptions.DEFAULTS, ECHO);
            }
            traffic.stopAndAwaitAnswers();
            current.close();
            assertThat(received + current.stats().received()).isEqualTo(traffic.sent());
        } finally {
            current.close();
        }
    }
}
