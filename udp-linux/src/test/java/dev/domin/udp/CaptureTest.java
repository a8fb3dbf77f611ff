package dev.domin.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.domin.udp.linux.LinuxProbe;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** A capture shows each answer separately, also of a busy server. */
@Timeout(120)
@EnabledIf("dev.domin.udp.TransportKind#batchesAvailable")
class CaptureTest {

    private static final int LENGTH = 100;
    private static final int ANSWERS = 20;

    private final Semaphore waiting = new Semaphore(0);
    private final Semaphore queued = new Semaphore(0);

    @Test
    void shouldSendEachAnswerByItselfWhileSomethingCaptures() throws Exception {
        assumeTrue(LinuxProbe.offloads(), "skipped: this system has no segmentation offload");
        UdpOptions options = Options.batching(UdpOptions.DEFAULTS, Batching.NOW);
        DatagramHandler handler = packet -> {
            if (packet.length() == 0) {
                waiting.release();
                queued.acquire();
            }
            packet.reply(packet.array(), packet.offset(), packet.length());
        };
        try (UdpEndpoint endpoint = UdpEndpoint.open(options, handler);
                Client client = Client.of(endpoint)) {
            try (PacketCapture capture = startCapture()) {
                Waiting.until(() -> {
                    ask(client);
                    return capture.longestFrom(endpoint.port()) == LENGTH;
                });
                for (int i = 0; i < 10; i++) {
                    assertThat(longestAnswer(client, endpoint, capture)).isEqualTo(LENGTH);
                }
            }
            Waiting.until(() -> {
                ask(client);
                return LinuxProbe.allowsSharing();
            });
        }
    }

    /** Asks until the capture has seen answers: it loses packets while others send many. */
    private int longestAnswer(Client client, UdpEndpoint endpoint, PacketCapture capture) {
        AtomicInteger longest = new AtomicInteger();
        Waiting.until(() -> {
            ask(client);
            longest.set(capture.longestFrom(endpoint.port()));
            return longest.get() > 0;
        });
        return longest.get();
    }

    private static PacketCapture startCapture() throws Exception {
        try {
            return new PacketCapture();
        } catch (IOException e) {
            return abort("skipped: capturing packets is " + e.getMessage());
        }
    }

    /** Receives answers that are sent together. */
    private void ask(Client client) throws Exception {
        client.send();
        waiting.acquire();
        for (int i = 0; i < ANSWERS; i++) {
            client.send(new byte[LENGTH]);
        }
        queued.release();
        assertThat(client.receive()).isEmpty();
        for (int i = 0; i < ANSWERS; i++) {
            assertThat(client.receive()).hasSize(LENGTH);
        }
    }
}
