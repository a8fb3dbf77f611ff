package dev.domin.testkit;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.domin.udp.UdpEndpoint;
import dev.domin.udp.UdpOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("timing")
class UdpTapTest {

    private static final Duration LONG = ofSeconds(20);

    private static UdpEndpoint echo(UdpTap tap, String name) throws Exception {
        UdpOptions.Builder options = UdpOptions.builder();
        tap.customize(name, options);
        return UdpEndpoint.open(options.build(), packet -> packet.reply(packet.payload()));
    }

    @Test
    void shouldHaveThePacketsOfAllEndpointsInOneJournal() throws Exception {
        for (UdpTap.Builder builder :
                new UdpTap.Builder[] {UdpTap.builder(), UdpTap.builder().withoutFaults()}) {
            try (UdpTap tap = builder.build();
                    UdpEndpoint one = echo(tap, "One");
                    UdpEndpoint two = echo(tap, "Two");
                    UdpClient first = UdpClient.to(one.address());
                    UdpClient second = UdpClient.to(two.address())) {
                first.ask("a", LONG);
                second.ask("b", LONG);
                assertThat(tap.journal().received())
                        .extracting(Packet::server)
                        .containsExactly(one.address(), two.address());
                assertThat(tap.journal().received())
                        .extracting(Packet::handledBy)
                        .containsExactly("callback One", "callback Two");
                assertThat(tap.journal().sent()).extracting(Packet::answerTo).containsExactly(1L, 2L);
            }
        }
    }

    @Test
    void shouldNotifyAListenerOfEachDecidedPacket() throws Exception {
        for (boolean impairing : new boolean[] {true, false}) {
            List<Packet> decided = new CopyOnWriteArrayList<>();
            UdpTap.Builder builder = UdpTap.builder().keep(10, 1_000).onDecided(decided::add);
            try (UdpTap tap = (impairing ? builder : builder.withoutFaults()).build();
                    UdpEndpoint echo = UdpEndpoint.open(
                            tap.addTo("the echo", UdpOptions.builder()).build(),
                            packet -> packet.reply(packet.payload()));
                    UdpClient client = UdpClient.to(echo.address())) {
                client.ask("a", LONG);
                assertThat(decided).extracting(Packet::fate).containsExactly(Fate.HANDLED, Fate.SENT);
                assertThat(decided).extracting(Packet::handledBy).containsExactly("the echo", "");
                if (impairing) {
                    decided.clear();
                    tap.faults().requests().nth(1).drop();
                    tap.faults().replies().nth(1).duplicate();
                    client.send("b");
                    client.ask("c", LONG);
                    assertThat(decided).extracting(Packet::fate).containsExactly(Fate.FAULT, Fate.HANDLED, Fate.SENT);
                    assertThat(decided.get(2).faults()).hasSize(1);
                }
            }
        }
    }

    @Test
    void shouldNotifyAListenerOfAPacketThatIsNotSent() throws Exception {
        List<Packet> decided = new CopyOnWriteArrayList<>();
        try (UdpTap tap = UdpTap.builder().onDecided(decided::add).build();
                UdpEndpoint echo =
                        UdpEndpoint.open(tap.addTo("", UdpOptions.builder()).build(), packet -> {})) {
            echo.shutdown();
            try {
                echo.send(new byte[1], echo.address());
            } catch (IOException e) {
                // The journal has it.
            }
            assertThat(decided).last().extracting(Packet::fate).isEqualTo(Fate.CLOSED);
        }
    }

    @Test
    void shouldSayHowToGetFaults() throws Exception {
        try (UdpTap tap = UdpTap.builder().withoutFaults().build()) {
            assertThatIllegalStateException()
                    .isThrownBy(tap::faults)
                    .withMessageContaining("leave out withoutFaults()");
        }
    }

    @Test
    void shouldDecideWhatIsDelayedWhenTheEndpointCloses() throws Exception {
        try (UdpTap tap = UdpTap.builder().build()) {
            tap.faults().requests().always().delay(Duration.ofHours(1));
            try (UdpEndpoint endpoint = echo(tap, "Slow");
                    UdpClient client = UdpClient.to(endpoint.address())) {
                client.send("x");
                Awaitility.await().until(() -> tap.journal().received().size() == 1);
                assertThat(tap.journal().received().get(0).fate()).isEqualTo(Fate.PENDING);
            }
            Awaitility.await().until(() -> tap.journal().received().get(0).fate() == Fate.CLOSED);
        }
    }
}
