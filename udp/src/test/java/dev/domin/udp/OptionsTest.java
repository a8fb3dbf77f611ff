package dev.domin.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OptionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1"})
    void shouldBindOtherLoopbackAddresses(String text) throws Exception {
        InetAddress address = InetAddress.getByName(text);
        assumeTrue(canBind(address), "skipped: this machine has no " + text);
        UdpOptions options = UdpOptions.builder().address(address).build();
        try (UdpEndpoint echo = UdpEndpoint.open(options, packet -> packet.reply(packet.payload()));
                DatagramSocket client = new DatagramSocket(0, address)) {
            client.setSoTimeout(30_000);
            assertThat(echo.address().getAddress()).isEqualTo(address);
            byte[] bytes = {1, 2, 3};
            client.send(new DatagramPacket(bytes, 3, echo.address()));
            DatagramPacket answer = new DatagramPacket(new byte[10], 10);
            client.receive(answer);
            assertThat(answer.getLength()).isEqualTo(3);
            assertThat(answer.getAddress()).isEqualTo(address);
            assertThat(echo.stats().lostByKernel().orElse(0)).isZero();
            echo.send(bytes, (java.net.InetSocketAddress) client.getLocalSocketAddress());
            client.receive(answer);
            Waiting.until(() -> echo.advanced().sent() == 2);
            assertThat(echo.shutdown()).isTrue();
            assertThat(echo.stats().inFlight()).isZero();
        }
    }

    @Test
    void shouldRefuseAddressesThatOthersReach() {
        for (String text : new String[] {"0.0.0.0", "192.0.2.1", "::"}) {
            assertThatThrownBy(() -> UdpOptions.builder().address(InetAddress.getByName(text)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("an endpoint binds a loopback address only, not ");
        }
    }

    @Test
    void shouldKeepOptionsThatABuilderChangesLater() {
        UdpOptions.Builder builder =
                UdpOptions.builder().timeout(Duration.ofSeconds(1)).port(7);
        UdpOptions options = builder.build();
        builder.noTimeout().port(8);
        assertThat(options.timeout()).contains(Duration.ofSeconds(1));
        assertThat(options.port()).isEqualTo(7);
        assertThat(options.toBuilder().port(9).build().timeout()).contains(Duration.ofSeconds(1));
    }

    @Test
    void shouldRefuseValuesOutOfRange() {
        UdpOptions.Builder builder = UdpOptions.builder();
        assertThatThrownBy(() -> builder.maxBuffers(0)).hasMessage("maxBuffers must be 1 to 65536, got 0");
        assertThatThrownBy(() -> builder.receiveBuffer(0)).hasMessageContaining("receiveBuffer");
        assertThatThrownBy(() -> builder.closeGrace(Duration.ofMillis(-1))).hasMessageContaining("closeGrace");
        assertThatThrownBy(() -> builder.polling(Duration.ofSeconds(2)))
                .hasMessage("polling must be at most PT1S, got PT2S");
    }

    @Test
    void shouldInterruptAPlainHandlerThatDoesNotEnd() throws Exception {
        UdpOptions options = UdpOptions.builder()
                .closeGrace(Duration.ofMillis(20))
                .onError(e -> {})
                .build();
        try (UdpEndpoint endpoint = UdpEndpoint.open(options, packet -> new CountDownLatch(1).await());
                Client client = Client.of(endpoint)) {
            client.send("x");
            Waiting.until(() -> endpoint.stats().inFlight() == 1);
            assertThat(endpoint.shutdown()).isTrue();
            assertThat(endpoint.advanced().count(Fate.CLOSED)).isEqualTo(1);
        }
    }

    private static boolean canBind(InetAddress address) {
        try (DatagramSocket probe = new DatagramSocket(0, address)) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
