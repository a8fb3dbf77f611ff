package dev.domin.udp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@MethodSource("dev.domin.udp.TransportKind#available")
class EchoTest {

    @Parameter
    TransportKind port;

    private UdpOptions options() {
        return port.options();
    }

    static final DatagramHandler ECHO = packet -> packet.reply(packet.array(), packet.offset(), packet.length());

    @ParameterizedTest
    @CsvSource({"0,0", "1,0", "512,0", "1400,24", "9000,0", "65507,0", "65507,40"})
    void shouldEchoEverySizeByteForByte(int size, int headroom) throws Exception {
        byte[] payload = new byte[size];
        new Random(size).nextBytes(payload);
        try (UdpEndpoint endpoint = UdpEndpoint.open(options(), new AdvancedOptions(headroom, 0), packet -> {
                    assertThat(packet.begin()).isTrue();
                    ECHO.handle(packet);
                });
                Client client = Client.of(endpoint)) {
            client.send(payload);
            assertThat(client.receive()).isEqualTo(payload);
            assertThat(endpoint.advanced().handled()).isEqualTo(1);
            client.send((byte) 7);
            assertThat(client.receive()).containsExactly(7);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 60_000})
    void shouldLoseNothingOfABurst(int timeout) throws Exception {
        int packets = 3000;
        try (UdpEndpoint endpoint = UdpEndpoint.open(Options.timeout(options(), timeout), ECHO);
                Client client = Client.of(endpoint)) {
            byte[] payload = "thirty-two bytes of small talk..".getBytes(UTF_8);
            for (int i = 0; i < packets; i++) {
                client.send(payload);
            }
            Waiting.until(() -> endpoint.advanced().handled()
                            + endpoint.stats().lostByKernel().orElse(-1)
                    == packets);
            if (endpoint.advanced().receiveBufferBytes() >= 4 << 20) {
                assertThat(endpoint.advanced().handled()).isEqualTo(packets);
            }
            assertThat(endpoint.shutdown()).isTrue();
            assertThat(endpoint.advanced().sent()).isEqualTo(endpoint.advanced().handled());
            assertThat(endpoint.stats().lostByKernel().orElse(-1))
                    .isEqualTo(packets - endpoint.advanced().received());
        }
    }

    @Test
    void shouldAnswerOnlyWhereTheHandlerSaysSo() throws Exception {
        DatagramHandler handler = packet -> {
            String text = text(packet);
            if (text.equals("empty")) {
                packet.reply(packet.array(), 0, 0);
            } else if (text.equals("twice")) {
                packet.reply("first".getBytes(UTF_8), 0, 5);
                packet.reply("second".getBytes(UTF_8), 0, 6);
            } else if (text.equals("drop")) {
                packet.reply(packet.array(), 0, 1);
                packet.drop();
            }
        };
        try (UdpEndpoint endpoint = UdpEndpoint.open(options(), handler);
                Client client = Client.of(endpoint)) {
            client.send("nothing");
            client.send("drop");
            client.send("empty");
            client.send("twice");
            assertThat(client.receive()).isEmpty();
            assertThat(client.receiveText()).isEqualTo("second");
            assertThat(endpoint.advanced().handled()).isEqualTo(3);
            assertThat(endpoint.advanced().dropped()).isEqualTo(1);
        }
    }

    @Test
    void shouldReturnTheSenderOfThePacket() throws Exception {
        AtomicReference<InetSocketAddress> sender = new AtomicReference<>();
        DatagramHandler handler = packet -> {
            sender.set(packet.sender());
            byte[] port = Integer.toString(packet.sender().getPort()).getBytes(UTF_8);
            packet.reply(port, 0, port.length);
        };
        try (UdpEndpoint endpoint = UdpEndpoint.open(options(), handler);
                Client one = Client.of(endpoint);
                Client other = Client.of(endpoint)) {
            assertThat(one.ask("?")).isEqualTo(Integer.toString(one.address().getPort()));
            assertThat(sender.get()).isEqualTo(one.address());
            assertThat(other.ask("?"))
                    .isEqualTo(Integer.toString(other.address().getPort()));
        }
    }

    @Test
    void shouldSendUnasked() throws Exception {
        try (UdpEndpoint endpoint = UdpEndpoint.open(options(), ECHO);
                Client client = Client.of(endpoint)) {
            endpoint.send("xhello".getBytes(UTF_8), 1, 5, client.address());
            assertThat(client.receiveText()).isEqualTo("hello");
            assertThat(endpoint.advanced().sent()).isEqualTo(1);
            assertThat(endpoint.shutdown()).isTrue();
            assertThatThrownBy(() -> endpoint.send(new byte[1], 0, 1, client.address()))
                    .hasMessage("the endpoint on port " + endpoint.port() + " is closed");
        }
    }

    @Test
    void shouldRefuseToSendElsewhere() throws Exception {
        try (UdpEndpoint endpoint = UdpEndpoint.open(options(), ECHO)) {
            InetSocketAddress elsewhere = new InetSocketAddress(Client.address(192, 0, 2, 1), 9);
            assertThatThrownBy(() -> endpoint.send(new byte[1], 0, 1, elsewhere))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("loopback address only");
            assertThatThrownBy(() -> endpoint.send(
                            new byte[65_508], 0, 65_508, new InetSocketAddress(Client.address(127, 0, 0, 1), 9)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("65507");
        }
    }

    @Test
    void shouldIgnoreAClientThatHasClosedItsSocket() throws Exception {
        CopyOnWriteArrayList<Throwable> errors = new CopyOnWriteArrayList<>();
        try (UdpEndpoint endpoint = UdpEndpoint.open(Options.onError(options(), errors::add), ECHO);
                Client client = Client.of(endpoint)) {
            for (int i = 0; i < 50; i++) {
                try (Client gone = Client.of(endpoint)) {
                    gone.send("bye");
                }
                assertThat(client.ask("still there?")).isEqualTo("still there?");
            }
            assertThat(endpoint.advanced().handled()).isEqualTo(100);
            assertThat(errors).isEmpty();
        }
    }

    @Test
    void shouldSayThatAPortIsTaken() throws Exception {
        try (DatagramSocket other = new DatagramSocket(0, Client.address(127, 0, 0, 1))) {
            UdpOptions options = Options.port(options(), other.getLocalPort());
            assertThatThrownBy(() -> UdpEndpoint.open(options, ECHO))
                    .isInstanceOf(BindException.class)
                    .hasMessageStartingWith("port " + other.getLocalPort() + " on 127.0.0.1 is taken");
        }
    }

    @Test
    void shouldListenOnLoopbackOnly() throws Exception {
        try (UdpEndpoint endpoint = UdpEndpoint.open(options(), ECHO);
                DatagramSocket sameNumberElsewhere =
                        new DatagramSocket(endpoint.port(), Client.address(127, 0, 0, 2))) {
            assertThat(sameNumberElsewhere.getLocalPort()).isEqualTo(endpoint.port());
            assertThat(endpoint.port()).isBetween(1, 65_535);
            assertThat(endpoint.advanced().receiveBufferBytes()).isPositive();
        }
    }

    @Test
    void shouldRefuseOptionsOutOfRange() {
        assertThatThrownBy(() -> Options.port(options(), 65_536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port must be 0 to 65535, got 65536");
        assertThatThrownBy(() -> UdpOptions.builder().timeout(Duration.ofMillis(-2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("timeout must not be negative, got PT-0.002S");
    }

    static String text(Datagram packet) {
        return new String(packet.array(), packet.offset(), packet.length(), UTF_8);
    }
}
