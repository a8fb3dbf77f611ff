package dev.domin.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class TwoObserversTest {

    private final List<String> calls = new CopyOnWriteArrayList<>();

    @Test
    void shouldNotifyBothInOrder() throws Exception {
        UdpObserver both = new Noting("a", false).andThen(new Noting("b", false));
        converse(both);
        assertThat(calls)
                .containsExactly(
                        "a opened",
                        "b opened",
                        "a received",
                        "b received",
                        "a begun",
                        "b begun",
                        "a decided",
                        "b decided",
                        "a sent",
                        "b sent",
                        "a closed",
                        "b closed");
        calls.clear();
        both.refused(0, new InetSocketAddress(9), new IOException());
        both.unsent(new byte[1], 0, 1, new InetSocketAddress(9), "why");
        assertThat(calls).containsExactly("a refused", "b refused", "a unsent", "b unsent");
    }

    @Test
    void shouldNotifyTheSecondEvenIfTheFirstThrows() throws Exception {
        converse(new Noting("a", true).andThen(new Noting("b", false)));
        assertThat(calls)
                .filteredOn(call -> call.startsWith("b"))
                .containsExactly("b opened", "b received", "b begun", "b decided", "b sent", "b closed");
    }

    private void converse(UdpObserver observer) throws IOException {
        UdpOptions options =
                UdpOptions.builder().observer(observer).onError(error -> {}).build();
        UdpEndpoint echo = UdpEndpoint.open(options, packet -> packet.reply(packet.payload()));
        try (echo;
                DatagramSocket client = new DatagramSocket(0, echo.address().getAddress())) {
            client.setSoTimeout(20_000);
            client.send(new DatagramPacket(new byte[1], 1, echo.address()));
            client.receive(new DatagramPacket(new byte[1], 1));
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> calls.contains("b closed"));
    }

    private final class Noting implements UdpObserver {

        private final String name;
        private final boolean throwing; // from all but opened, which would end the endpoint

        Noting(String name, boolean throwing) {
            this.name = name;
            this.throwing = throwing;
        }

        private void note(String call) {
            calls.add(name + " " + call);
            if (throwing && !call.equals("opened")) {
                throw new IllegalStateException(call);
            }
        }

        @Override
        public void opened(UdpEndpoint endpoint) {
            note("opened");
        }

        @Override
        public void received(long number, long arrival, Datagram packet) {
            note("received");
        }

        @Override
        public void begun(long number) {
            note("begun");
        }

        @Override
        public void decided(long number, Fate fate) {
            note("decided");
        }

        @Override
        public void sent(long number, byte[] bytes, int offset, int length, InetSocketAddress to) {
            note("sent");
        }

        @Override
        public void refused(long number, InetSocketAddress to, IOException problem) {
            note("refused");
        }

        @Override
        public void closed() {
            note("closed");
        }

        @Override
        public void unsent(byte[] bytes, int offset, int length, InetSocketAddress to, String reason) {
            note("unsent");
        }
    }
}
