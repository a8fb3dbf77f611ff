package org.example.dns;

import static dev.domin.testkit.ByteRange.bytes;
import static dev.domin.testkit.Match.any;
import static dev.domin.testkit.Match.hex;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.domin.junit.StartUdp;
import dev.domin.testkit.Match;
import dev.domin.testkit.Reply;
import dev.domin.testkit.UdpServer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StubResolverTest {

    private static final String QUESTION = "01 61 04 74657374 00 0001 0001"; // a.test, type A, class IN

    /** The id, which comes first, is any. */
    private static final Match QUERY =
            hex("?? ?? 0100 0001 0000 0000 0000" + QUESTION).as("query for a.test");

    /** The address is 192.0.2.1. The id is to be copied from the query. */
    private static final Reply ANSWER = Reply.hex("0000 8180 0001 0001 0000 0000" + QUESTION
            + "c00c 0001 0001 0000003c 0004 c0000201");

    /** Has only the question and these flags. */
    private static Reply withoutAddress(String flags) {
        return Reply.hex("0000" + flags + "0001 0000 0000 0000" + QUESTION);
    }

    /** For tests in which the answer comes. */
    private static final Duration LONG = ofSeconds(5);

    /** For tests in which it does not. */
    private static final Duration SHORT = ofMillis(500);

    @StartUdp
    final UdpServer dns = UdpServer.create().strict();

    private String lookup(Duration timeout) throws IOException {
        return new StubResolver(dns.address(), timeout, 3).lookup("a.test").getHostAddress();
    }

    @Test
    void shouldFindTheAddress() throws IOException {
        dns.when(QUERY).copying(bytes(0, 2)).reply(ANSWER);
        assertEquals("192.0.2.1", lookup(LONG));
        dns.verify(1, any());
    }

    @Test
    void shouldAskAgainWhenTheFirstAnswerIsLost() throws IOException {
        dns.when(QUERY).copying(bytes(0, 2)).reply(ANSWER);
        dns.faults().replies().nth(1).drop();
        assertEquals("192.0.2.1", lookup(SHORT));
        dns.verify(2, QUERY);
    }

    @Test
    void shouldAskAgainWhenTheFirstQueryIsLost() throws IOException {
        dns.when(QUERY).copying(bytes(0, 2)).reply(ANSWER);
        dns.faults().requests().nth(1).drop();
        assertEquals("192.0.2.1", lookup(SHORT));
        dns.verify(2, QUERY);
    }

    @Test
    void shouldGiveUpAfterThreeQueries() {
        dns.when(QUERY).silence();
        assertThrows(SocketTimeoutException.class, () -> lookup(SHORT));
        dns.verify(3, QUERY);
        Duration gap = dns.journal().gapBetween(1, 3);
        assertTrue(gap.compareTo(SHORT) > 0, "it waits between its queries, but was " + gap);
    }

    @Test
    void shouldTakeTheLateAnswerToAnEarlierQuery() throws IOException {
        dns.when(QUERY).times(1).copying(bytes(0, 2)).reply(ANSWER.after(SHORT.multipliedBy(3).dividedBy(2)));
        dns.when(QUERY).silence();
        assertEquals("192.0.2.1", lookup(SHORT));
        dns.await(2, QUERY, LONG);
    }

    @Test
    void shouldIgnoreAnAnswerWithAnotherId() throws IOException {
        dns.when(QUERY).reply(query -> {
            byte[] forged = ANSWER.payload();
            forged[0] = query.payload()[0];
            forged[1] = (byte) (query.payload()[1] + 1);
            forged[forged.length - 1] = 66; // 192.0.2.66
            byte[] right = ANSWER.payload();
            right[0] = query.payload()[0];
            right[1] = query.payload()[1];
            return Reply.several(Reply.bytes(forged), Reply.bytes(right));
        });
        assertEquals("192.0.2.1", lookup(LONG));
        dns.verify(1, any());
    }

    @Test
    void shouldSurviveAnAnswerThatIsCutOff() throws IOException {
        dns.when(QUERY).copying(bytes(0, 2)).reply(ANSWER);
        dns.faults().replies().nth(1).truncate(11);
        assertEquals("192.0.2.1", lookup(SHORT));
        dns.verify(2, QUERY);
    }

    @Test
    void shouldSayThatAnAnswerIsTooLong() {
        dns.when(QUERY).copying(bytes(0, 2)).reply(withoutAddress("8380"));
        IOException problem = assertThrows(IOException.class, () -> lookup(LONG));
        assertEquals("the answer for a.test is too long for UDP", problem.getMessage());
    }

    @Test
    void shouldSayThatThereIsNoSuchName() {
        dns.when(QUERY).copying(bytes(0, 2)).reply(withoutAddress("8183"));
        assertThrows(UnknownHostException.class, () -> lookup(LONG));
        dns.verify(1, any());
    }
}
