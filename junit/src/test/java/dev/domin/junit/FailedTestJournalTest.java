package dev.domin.junit;

import static dev.domin.testkit.Match.any;
import static dev.domin.testkit.Match.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.suppressed;

import dev.domin.testkit.UdpClient;
import dev.domin.testkit.UdpServer;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The journal in the report of a test that fails. Runs small test classes, which are inside this one. */
@Tag("timing")
class FailedTestJournalTest extends SmallTestClasses {

    @Test
    void shouldShowTheJournalOfATestThatFails() throws Exception {
        run(FailingCase.class)
                .testEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(finishedWithFailure(
                                message("the client is broken"),
                                suppressed(
                                        0,
                                        new Condition<>(
                                                each -> each.toString().startsWith("journal of the UDP server on port ")
                                                        && each.toString().contains("\"what the client sent\""),
                                                "the journal")))));
        assertThat(published).hasSize(1);
        assertThat(Files.readString(published.peek())).contains("\"what the client sent\"");
        assertThat(SEEN).hasSize(1).noneMatch(UdpServer::isRunning);
    }

    static class FailingCase {
        @StartUdp
        final UdpServer server = UdpServer.echo();

        @Test
        void shouldFail() {
            ask(server, "what the client sent");
            throw new AssertionError("the client is broken");
        }
    }

    @Test
    void shouldShowTheJournalOnceOnly() {
        run(FailingVerificationCase.class)
                .testEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(finishedWithFailure(
                                message(text -> text.contains("2 packets: any packet; 1 came")
                                        && text.contains("\"what the client sent\"")),
                                new Condition<>(each -> each.getSuppressed().length == 0, "nothing suppressed"))));
    }

    static class FailingVerificationCase {
        @StartUdp
        final UdpServer server = UdpServer.echo();

        @Test
        void shouldFail() {
            ask(server, "what the client sent");
            server.verify(2, any());
        }
    }

    @Test
    void shouldShowEachJournalOnceIfTestAndServerFail() {
        for (Class<?> each : List.of(TwiceCase.class, TwiceVerifiedCase.class)) {
            Throwable failure = failures(run(each)).get(0);
            StringBuilder all = new StringBuilder(failure.getMessage());
            for (Throwable more : failure.getSuppressed()) {
                all.append('\n').append(more);
            }
            assertThat(all).contains("1 packet was not expected: in 1 from ");
            assertThat(all.toString().split("\npackets:\n", -1))
                    .as(all.toString())
                    .hasSize(2);
        }
    }

    static class TwiceCase {
        @StartUdp
        final UdpServer server = UdpServer.create().strict();

        @Test
        void shouldFail() {
            try (UdpClient client = UdpClient.to(server.address())) {
                client.send("what the client sent");
            }
            throw new AssertionError("the client is broken");
        }
    }

    static class TwiceVerifiedCase {
        @StartUdp
        final UdpServer server = UdpServer.create().strict();

        @Test
        void shouldFail() {
            try (UdpClient client = UdpClient.to(server.address())) {
                client.send("what the client sent");
            }
            server.take(LONG);
            server.verify(2, any());
        }
    }

    @Test
    void shouldShowTheJournalOfADynamicTestThatFails() throws Exception {
        assertThat(failures(run(DynamicCase.class)))
                .singleElement()
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .asString()
                        .startsWith("journal of the UDP server on port ")
                        .contains("\"what the client sent\""));
        assertThat(published).hasSize(1);
        assertThat(Files.readString(published.peek())).contains("\"what the client sent\"");
    }

    static class DynamicCase {
        @StartUdp
        final UdpServer server = UdpServer.echo();

        @TestFactory
        Stream<DynamicNode> tests() {
            return Stream.of(
                    DynamicTest.dynamicTest("passes", () -> ask(server, "first")),
                    DynamicContainer.dynamicContainer("container", Stream.of(DynamicTest.dynamicTest("fails", () -> {
                        ask(server, "what the client sent");
                        throw new AssertionError("the client is broken");
                    }))));
        }
    }
}
