package dev.domin.testkit.assertj;

import dev.domin.testkit.Match;
import dev.domin.testkit.Packet;
import dev.domin.testkit.UdpServer;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;

/** Assertions about a server. Failures show its journal, as those of {@link dev.domin.testkit.Journal} do. */
@SuppressWarnings("exports") // whoever uses it has AssertJ on the path
public final class UdpServerAssert extends AbstractAssert<UdpServerAssert, UdpServer> {

    UdpServerAssert(UdpServer server) {
        super(server, UdpServerAssert.class);
    }

    /**
     * Verifies how many packets have come that match.
     *
     * @param times how many exactly
     * @param match what they match
     * @return these assertions
     */
    public UdpServerAssert hasReceived(int times, Match match) {
        isNotNull();
        actual.verify(times, match);
        return this;
    }

    /**
     * Waits for packets that match.
     *
     * @param count how many at least
     * @param match what they match
     * @param within how long to wait
     * @return these assertions
     */
    public UdpServerAssert receives(int count, Match match, Duration within) {
        isNotNull();
        actual.await(count, match, within);
        return this;
    }

    /**
     * Verifies that no packet has come.
     *
     * @return these assertions
     */
    public UdpServerAssert hasReceivedNothing() {
        return hasReceived(0, Match.any());
    }

    /**
     * Verifies that every packet was met by a verification before.
     *
     * @return these assertions
     */
    public UdpServerAssert hasReceivedNothingElse() {
        isNotNull();
        actual.verifyNoMore();
        return this;
    }

    /**
     * Verifies that nothing has failed, and that each packet was taken if the server is strict.
     *
     * @return these assertions
     */
    public UdpServerAssert hasNoFailures() {
        isNotNull();
        actual.throwIfFailed();
        return this;
    }

    /** {@return assertions about the packets that have come} */
    public ListAssert<Packet> received() {
        isNotNull();
        List<Packet> packets = actual.journal().received();
        return Assertions.assertThat(packets);
    }

    /** {@return assertions about the packets that were sent} */
    public ListAssert<Packet> sent() {
        isNotNull();
        List<Packet> packets = actual.journal().sent();
        return Assertions.assertThat(packets);
    }
}
