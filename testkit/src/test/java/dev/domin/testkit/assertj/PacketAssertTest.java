package dev.domin.testkit.assertj;

import static dev.domin.testkit.assertj.UdpAssertions.assertThat;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.domin.testkit.Match;
import dev.domin.testkit.Packet;
import dev.domin.testkit.Reply;
import dev.domin.testkit.UdpClient;
import dev.domin.testkit.UdpServer;
import org.junit.jupiter.api.Test;

class PacketAssertTest {

    @Test
    void shouldCompareTimes() {
        try (UdpServer server = UdpServer.create().start();
                UdpClient client = UdpClient.to(server.address())) {
            server.when(Match.any()).reply(Reply.text("late").after(ofMillis(30)));
            client.ask("x", ofSeconds(20));
            Packet request = server.journal().received().get(0);
            Packet answer = server.journal().sent().get(0);
            assertThat(answer).isAtLeastAfter(ofMillis(30), request).isWithin(ofDays(1), request);
            assertThatThrownBy(() -> assertThat(answer).isAtLeastAfter(ofDays(1), request))
                    .hasMessageContaining("expected at least PT24H between");
            assertThatThrownBy(() -> assertThat(answer).isWithin(ofMillis(29), request))
                    .hasMessageContaining("expected at most PT0.029S between");
            assertThatThrownBy(() -> assertThat(request).isWithin(ofDays(1), answer))
                    .hasMessageContaining("but was PT-");
        }
    }
}
