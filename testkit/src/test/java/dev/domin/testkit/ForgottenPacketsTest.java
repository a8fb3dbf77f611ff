package dev.domin.testkit;

import static dev.domin.testkit.Match.any;
import static dev.domin.testkit.Match.text;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No check passes, or fails for a wrong reason, because the journal does not have a packet any more. */
@Timeout(60)
class ForgottenPacketsTest {

    private static final Duration LONG = ofSeconds(20);
    private static final String FORGOTTEN =
            "packets were forgotten, so this cannot be checked: keep more with keep(...)";

    private static UdpServer asked(int packets, int times) {
        UdpServer server = UdpServer.echo().keep(packets, 1 << 20).start();
        try (UdpClient client = UdpClient.to(server.address())) {
            for (int i = 0; i < times; i++) {
                client.ask("p" + i, LONG);
            }
        }
        server.close();
        return server;
    }

    private static void assertFails(ThrowingCallable check, String... words) {
        assertThatThrownBy(check).isInstanceOf(AssertionError.class).hasMessageContainingAll(words);
    }

    @Test
    void shouldFailWhereForgottenPacketsMayCount() {
        UdpServer server = asked(5, 20);
        assertThat(server.journal().forgotten()).isEqualTo(35);
        int kept = server.journal().received().size();
        assertFails(() -> server.verify(kept, any()), "expected " + kept + " packets: any packet; 35 " + FORGOTTEN);
        assertFails(() -> server.verify(0, text("p0")), "expected 0 packets: text \"p0\"; 35 " + FORGOTTEN);
        assertFails(() -> server.never(text("p0"), ofMillis(1)), "expected no packet: text \"p0\"; 35 " + FORGOTTEN);
        assertFails(() -> server.verify(20, any()), kept + " came; 35 " + FORGOTTEN);
        assertFails(() -> server.await(20, any(), ofMillis(1)), kept + " came within 1 ms; 35 " + FORGOTTEN);
        server.await(kept, any(), ofMillis(1));
        assertFails(server::verifyNoMore, "expected no other packets; 35 " + FORGOTTEN);
        assertFails(() -> server.journal().gapBetween(1, 20), "packet with number 1, which was forgotten: keep more");
        assertFails(() -> server.journal().gapBetween(20, 21), "packet with number 21\n");
    }

    @Test
    void shouldStillFailForWhatIsThere() {
        UdpServer server = asked(5, 20);
        assertFails(() -> server.verify(0, text("p19")), "expected 0 packets: text \"p19\"; 1 came\n");
        assertFails(() -> server.never(text("p19"), LONG), "expected no packet: text \"p19\"; there is in 20");
        assertFails(server::verifyNoMore, "expected no other packets; ", " came, the first is in ");
    }

    @Test
    void shouldCheckAgainAfterTheJournalWasCleared() {
        UdpServer server = asked(5, 20);
        server.journal().clear();
        server.verify(0, any());
        server.verifyNoMore();
    }

    @Test
    void shouldSayThatTheJournalIsOff() {
        UdpServer server = asked(0, 1);
        String off = "the journal is off (keep(0, ...))";
        assertFails(() -> server.verify(0, any()), "cannot verify 0 packets: any packet: " + off);
        assertFails(() -> server.verify(1, any()), off);
        assertFails(() -> server.never(any(), LONG), off);
        assertFails(() -> server.await(1, any(), LONG), off);
        assertFails(() -> server.take(LONG), off);
        assertFails(server::verifyNoMore, off);
        assertFails(() -> server.journal().gapBetween(1, 1), off);
        assertThat(server.journal().toString()).contains(off).doesNotContain("no packet came");
        server.throwIfFailed();
    }
}
