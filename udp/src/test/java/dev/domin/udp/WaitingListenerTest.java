package dev.domin.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A listener that waits does not keep other endpoints from dropping late packets. */
@Tag("timing")
@Timeout(120)
class WaitingListenerTest {

    private final CountDownLatch called = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final List<Fate> fates = new CopyOnWriteArrayList<>();

    private final class WaitingObserver implements UdpObserver {
        @Override
        public void received(long number, long arrival, Datagram packet) {}

        @Override
        public void decided(long number, Fate fate) {
            if (fate == Fate.LATE) {
                called.countDown();
                await();
            }
            fates.add(fate);
        }

        @Override
        public void sent(long number, byte[] bytes, int offset, int length, InetSocketAddress to) {}
    }

    @Test
    void shouldKeepDeadlinesWhileAnObserverWaits() throws Exception {
        UdpOptions options =
                UdpOptions.builder().observer(new WaitingObserver()).build();
        try (UdpEndpoint endpoint = UdpEndpoint.open(Options.timeout(options, 50), packet -> release.await());
                Client client = Client.of(endpoint)) {
            client.send("late");
            called.await();
            assertThat(endpoint.advanced().count(Fate.LATE)).isEqualTo(1);
            seeAnotherEndpointDropALatePacket();
            Waiting.until(() -> fates.contains(Fate.LATE));
        }
    }

    /** The answer is refused when the watchdog sends it: when it replaces the receiver, or after a millisecond. */
    @ParameterizedTest
    @ValueSource(ints = {50, -1})
    void shouldKeepDeadlinesWhileAnErrorListenerWaits(int timeout) throws Exception {
        UdpOptions options = Options.onError(UdpOptions.DEFAULTS, error -> {
            called.countDown();
            await();
        });
        ScriptedTransport socket = new ScriptedTransport(true);
        DatagramHandler handler = packet -> {
            if (packet.text().equals("slow")) {
                release.await();
            }
            packet.reply(packet.payload());
        };
        try (UdpEndpoint endpoint = UdpEndpoint.open(
                socket, Options.timeout(options, timeout), AdvancedOptions.DEFAULTS, HandlerKind.simple(handler))) {
            socket.deliver("unsendable", "slow", "next");
            called.await();
            seeAnotherEndpointDropALatePacket();
            Waiting.until(() -> socket.replies.contains("next"));
            assertThat(endpoint.stats().received()).isEqualTo(3);
        }
    }

    private void seeAnotherEndpointDropALatePacket() throws Exception {
        UdpOptions options = Options.timeout(UdpOptions.DEFAULTS, 50);
        try (UdpEndpoint other = UdpEndpoint.open(options, packet -> {
                    if (packet.text().equals("late")) {
                        release.await();
                    }
                    packet.reply(packet.payload());
                });
                Client client = Client.of(other)) {
            try {
                client.send("late");
                client.send("next");
                assertThat(client.receiveText()).isEqualTo("next");
                assertThat(other.advanced().count(Fate.LATE)).isEqualTo(1);
            } finally {
                release.countDown();
            }
        }
    }

    private void await() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
