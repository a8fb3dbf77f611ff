package dev.domin.junit;

import static dev.domin.testkit.Match.any;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.domin.testkit.UdpClient;
import dev.domin.testkit.UdpServer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Packets that are sent at the very end of a test. */
@Timeout(120)
class LatePacketsTest {

    private static final int TIMES = 200;

    private static Events run(Class<?> testClass) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute()
                .testEvents();
    }

    private static void send(UdpServer server) {
        try (UdpClient client = UdpClient.to(server.address())) {
            client.send("bad");
        }
    }

    private static void shouldAllFail(Class<?> testClass, String beginning) {
        Events events = run(testClass);
        events.assertStatistics(stats -> stats.started(TIMES).failed(TIMES));
        assertThat(events.failed().stream()
                        .map(each -> each.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .orElseThrow()
                                .getMessage()))
                .allMatch(text -> text.startsWith(beginning));
    }

    @Test
    void shouldFailATestOfAStrictServer() {
        shouldAllFail(OwnCase.class, "1 packet was not expected: in 1 from ");
    }

    static class OwnCase {
        @StartUdp
        final UdpServer server = UdpServer.create().strict();

        @RepeatedTest(TIMES)
        void shouldFail() {
            send(server);
        }
    }

    @Test
    void shouldFailATestOfAServerThatKeepsNoJournal() {
        shouldAllFail(NoJournalCase.class, "the server has failed: java.lang.IllegalStateException: on purpose");
    }

    static class NoJournalCase {
        @StartUdp
        static final UdpServer SERVER = UdpServer.answering(packet -> {
                    throw new IllegalStateException("on purpose");
                })
                .keep(0, 0);

        @RepeatedTest(TIMES)
        void shouldFail() {
            send(SERVER);
        }
    }

    @Test
    void shouldFailTheTestThatHasSentThemNotTheNext() {
        shouldAllFail(SharedCase.class, "1 packet was not expected: in 1 from ");
    }

    static class SharedCase {
        @StartUdp
        static final UdpServer SERVER = UdpServer.create().strict();

        @RepeatedTest(TIMES)
        void shouldFail() {
            SERVER.verify(0, any());
            send(SERVER);
        }
    }

    @Test
    void shouldNotBeSeenByTheNextTest() {
        run(QuietCase.class).assertStatistics(stats -> stats.succeeded(TIMES).failed(0));
    }

    static class QuietCase {
        @StartUdp
        static final UdpServer SERVER = UdpServer.create();

        @RepeatedTest(TIMES)
        void shouldBegin() {
            SERVER.verify(0, any());
            send(SERVER);
        }
    }
}
