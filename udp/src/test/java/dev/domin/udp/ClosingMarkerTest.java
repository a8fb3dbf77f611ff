package dev.domin.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a closing endpoint sends to itself is no packet, whatever happens to it. */
@Tag("timing")
@Timeout(120)
class ClosingMarkerTest {

    private static final int ROUNDS = 300;

    private final ScriptedTransport socket = new ScriptedTransport(false);

    /** An interrupt may end the sending after the system has taken the datagram. */
    @Test
    void shouldNotCountAMarkerWhoseSendingFailedAfterItWasSent() throws Exception {
        socket.failAfterSendingToItself = new ClosedByInterruptException();
        UdpEndpoint endpoint = UdpEndpoint.open(
                socket, UdpOptions.DEFAULTS, AdvancedOptions.DEFAULTS, HandlerKind.simple(packet -> {}));
        endpoint.close();
        assertThat(endpoint.stats().received()).isZero();
        assertThat(endpoint.stats().dropped()).isZero();
    }

    @Test
    void shouldCountNoMarkerWhenTheClosingThreadIsInterrupted() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            UdpEndpoint endpoint = UdpEndpoint.open(packet -> {});
            Thread closing = new Thread(endpoint::close);
            AtomicBoolean ended = new AtomicBoolean();
            Thread interrupting = new Thread(() -> {
                while (!ended.get()) {
                    closing.interrupt();
                }
            });
            interrupting.start();
            closing.start();
            closing.join();
            ended.set(true);
            interrupting.join();
            assertThat(endpoint.stats().received()).as("round %d", i).isZero();
        }
    }
}
