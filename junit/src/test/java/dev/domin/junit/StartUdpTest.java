package dev.domin.junit;

import static dev.domin.testkit.Match.any;
import static dev.domin.testkit.Match.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.domin.testkit.Reply;
import dev.domin.testkit.UdpClient;
import dev.domin.testkit.UdpServer;
import java.util.List;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** Runs small test classes, which are inside this one. */
@Tag("timing")
class StartUdpTest extends SmallTestClasses {

    @Test
    void shouldGiveEachTestAServerOfItsOwn() {
        shouldPass(5, FieldCase.class);
        assertThat(SEEN).hasSize(5);
    }

    static class Base {
        @StartUdp
        final UdpServer server = UdpServer.echo();
    }

    static class FieldCase extends Base {
        @StartUdp
        private final UdpServer second = UdpServer.create();

        @BeforeEach
        void stub() {
            second.when(any()).reply("second");
        }

        @Test
        void shouldStartFields() {
            assertThat(ask(server, "x")).isEqualTo("x");
            server.verify(1, any());
        }

        @Test
        void shouldStartThemAnew(@StartUdp UdpServer third) {
            third.enqueue(Reply.text("third"));
            assertThat(ask(third, "x")).isEqualTo("third");
            server.verify(0, any());
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "b", "c"})
        void shouldStartThemForEachArgument(String argument) {
            assertThat(ask(second, argument)).isEqualTo("second");
            second.verify(1, text(argument));
            second.verifyNoMore();
        }
    }

    @Test
    void shouldShareStaticServersAndForgetWhatATestHasAdded() {
        shouldPass(4, StaticCase.class);
        assertThat(SEEN).hasSize(1);
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class StaticCase {
        @StartUdp
        static final UdpServer SERVER = UdpServer.create();

        @BeforeAll
        static void stub() {
            SERVER.when(text("all")).reply("stays");
        }

        @Test
        @Order(1)
        void shouldAdd() {
            SERVER.when(any()).reply("goes");
            SERVER.faults().requests().every(2).drop();
            assertThat(ask(SERVER, "x")).isEqualTo("goes");
        }

        @Test
        @Order(2)
        void shouldNotSeeWhatAnotherTestHasAdded() {
            SERVER.verify(0, any());
            assertThat(ask(SERVER, "all")).isEqualTo("stays");
            assertThat(ask(SERVER, "all")).isEqualTo("stays");
            assertThat(SERVER.journal().received()).hasSize(2);
        }

        @Nested
        class Inner {
            @Test
            void shouldUseTheServerOfTheOuterClass() {
                SERVER.verify(0, any());
                assertThat(ask(SERVER, "all")).isEqualTo("stays");
            }

            @Nested
            class Innermost {
                @Test
                void shouldUseItToo() {
                    SERVER.verify(0, any());
                    assertThat(ask(SERVER, "all")).isEqualTo("stays");
                }
            }
        }
    }

    @Test
    void shouldStartFieldsOfOuterInstances() {
        shouldPass(2, OuterCase.class);
        assertThat(SEEN).hasSize(3);
    }

    static class OuterCase {
        @StartUdp
        final UdpServer outer = UdpServer.echo();

        @Test
        void shouldStart() {
            assertThat(ask(outer, "x")).isEqualTo("x");
        }

        @Nested
        class Inner {
            @StartUdp
            final UdpServer inner = UdpServer.echo();

            @Test
            void shouldStartBoth() {
                assertThat(ask(outer, "o")).isEqualTo("o");
                assertThat(ask(inner, "i")).isEqualTo("i");
                outer.verify(1, text("o"));
            }
        }
    }

    @Test
    void shouldKeepTheServersOfOneInstanceForAllTests() {
        shouldPass(2, OneInstanceCase.class);
        assertThat(SEEN).hasSize(1);
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstanceCase {
        @StartUdp
        final UdpServer server = UdpServer.echo();

        @Test
        void first() {
            ask(server, "x");
            server.verify(1, any());
        }

        @Test
        void second() {
            ask(server, "x");
            server.verify(1, any());
        }
    }

    @Test
    void shouldKeepParallelTestsApart() {
        shouldPass(40, ParallelCase.class, ParallelSharedCase.class);
    }

    @Execution(ExecutionMode.CONCURRENT)
    static class ParallelCase {
        @StartUdp
        final UdpServer server = UdpServer.echo();

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
        void shouldSeeItsOwnPackets(int number) {
            for (int i = 0; i < 5; i++) {
                ask(server, number + "." + i);
            }
            server.verify(5, any());
            server.verify(1, text(number + ".4"));
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    static class ParallelSharedCase {
        @StartUdp
        static final UdpServer SERVER = UdpServer.echo();

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
        void shouldHaveTheServerForItself(int number) {
            for (int i = 0; i < 5; i++) {
                ask(SERVER, number + "." + i);
            }
            SERVER.verify(5, any());
            SERVER.verify(1, text(number + ".4"));
        }
    }

    @Test
    void shouldFailTheTestWhoseServerHasFailed() {
        run(BrokenServerCase.class)
                .testEvents()
                .assertStatistics(stats -> stats.succeeded(1).failed(2))
                .assertThatEvents()
                .haveExactly(1, failure("the server has failed: java.lang.IllegalStateException: on purpose"))
                .haveExactly(1, failure("1 packet was not expected: in 1 from"));
        assertThat(published).hasSizeGreaterThanOrEqualTo(2);
    }

    private static Condition<org.junit.platform.testkit.engine.Event> failure(String beginning) {
        return event(finishedWithFailure(message(text -> text.startsWith(beginning))));
    }

    static class BrokenServerCase {
        @StartUdp
        static final UdpServer SERVER = UdpServer.create().strict();

        @Test
        void shouldFailByTheFunction() {
            SERVER.when(any()).reply(packet -> {
                throw new IllegalStateException("on purpose");
            });
            try (UdpClient client = UdpClient.to(SERVER.address())) {
                client.send("x");
            }
            SERVER.take(LONG);
            org.awaitility.Awaitility.await().until(() -> !SERVER.failures().isEmpty());
        }

        @Test
        void shouldFailByThePacket() {
            try (UdpClient client = UdpClient.to(SERVER.address())) {
                client.send("x");
            }
            SERVER.take(LONG);
        }

        @Test
        void shouldPass() {
            SERVER.verify(0, any());
        }
    }

    @Test
    void shouldFailATestThatLeavesAServerOpen() {
        run(ForgetfulCase.class)
                .testEvents()
                .assertStatistics(stats -> stats.succeeded(2).failed(1))
                .assertThatEvents()
                .haveExactly(1, failure("the test has left a server open on port "));
        assertThat(SEEN).hasSize(2).noneMatch(UdpServer::isRunning);
    }

    static class ForgetfulCase {
        private UdpServer late;

        @AfterEach
        void close() {
            if (late != null) {
                late.close();
            }
        }

        @Test
        void shouldFail(@StartUdp UdpServer own) {
            ask(UdpServer.echo().start(), "x");
        }

        @Test
        void shouldPass(@StartUdp UdpServer own) {
            try (UdpServer closed = UdpServer.echo().start()) {
                ask(closed, "x");
            }
        }

        @Test
        void shouldPassIfItIsClosedAfterwards(@StartUdp UdpServer own) {
            late = UdpServer.echo().start();
        }
    }

    @Test
    void shouldSayWhatIsWrongWithTheUseOfIt() {
        run(NullCase.class)
                .testEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        failure("NullCase.server is null: give it a value where it is declared, such as"
                                + " UdpServer.create()"));
        run(WrongTypeCase.class)
                .testEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        failure("@StartUdp is for fields of type UdpServer, but WrongTypeCase.server has the type "));
        List<String> messages = run(WrongParameterCase.class).testEvents().failed().stream()
                .map(each -> each.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow()
                        .getMessage())
                .toList();
        assertThat(messages).singleElement().asString().contains("@StartUdp is for parameters of type UdpServer");
    }

    static class NullCase {
        @StartUdp
        UdpServer server;

        @Test
        void test() {}
    }

    static class WrongTypeCase {
        @StartUdp
        final String server = "";

        @Test
        void test() {}
    }

    static class WrongParameterCase {
        @Test
        void test(@StartUdp String server) {}
    }

    @Test
    void shouldStartAgainForTheNextClassThatInheritsIt() {
        shouldPass(2, FirstHeir.class, SecondHeir.class);
        shouldPass(2, FirstHeir.class, SecondHeir.class);
        shouldPass(4, StaticCase.class);
    }

    static class StaticBase {
        @StartUdp
        static final UdpServer SHARED =
                UdpServer.create().enqueue(Reply.text("first"), Reply.text("second"), Reply.text("third"));

        static void askAll() {
            SHARED.verify(0, any());
            assertThat(ask(SHARED, "a")).isEqualTo("first");
            SHARED.when(any()).reply("stub");
            SHARED.faults().requests().matching(text("lost")).drop();
            assertThat(ask(SHARED, "b")).isEqualTo("stub");
        }
    }

    static class FirstHeir extends StaticBase {
        @Test
        void shouldAsk() {
            askAll();
        }
    }

    static class SecondHeir extends StaticBase {
        @Test
        void shouldAsk() {
            askAll();
        }
    }

    @Test
    void shouldShareAFieldOfClassesThatRunAtTheSameTime() {
        shouldPass(40, ParallelHeir.class, OtherParallelHeir.class);
    }

    @Execution(ExecutionMode.CONCURRENT)
    abstract static class ParallelBase {
        @StartUdp
        static final UdpServer SERVER = UdpServer.echo();

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
        void shouldHaveTheServerForItself(int number) {
            for (int i = 0; i < 5; i++) {
                assertThat(ask(SERVER, number + "." + i)).isEqualTo(number + "." + i);
            }
            SERVER.verify(5, any());
        }
    }

    static class ParallelHeir extends ParallelBase {}

    static class OtherParallelHeir extends ParallelBase {}

    @Test
    void shouldRefuseAServerThatIsStartedAlready() {
        for (Class<?> each : List.of(StartedCase.class, StartedStaticCase.class)) {
            EngineExecutionResults results = run(each);
            SEEN.forEach(UdpServer::close);
            assertThat(failures(results))
                    .singleElement()
                    .satisfies(failure -> assertThat(failure)
                            .hasMessageEndingWith(
                                    "Case.SERVER is started already: remove start(), since @StartUdp starts it"));
        }
    }

    private static UdpServer started() {
        UdpServer server = UdpServer.create().start();
        SEEN.add(server);
        return server;
    }

    static class StartedCase {
        @StartUdp
        final UdpServer SERVER = started();

        @Test
        void test() {}
    }

    static class StartedStaticCase {
        @StartUdp
        static final UdpServer SERVER = started();

        @Test
        void test() {}
    }

    @Test
    void shouldGiveEachTestItsOwnParameterOfTheConstructor() {
        shouldPass(3, ConstructorCase.class);
        assertThat(SEEN).hasSize(3);
        shouldPass(2, OneConstructorCase.class);
        assertThat(SEEN).hasSize(1);
    }

    static class ConstructorCase {
        private final UdpServer server;

        ConstructorCase(@StartUdp UdpServer server) {
            this.server = server;
            server.when(any()).reply("here");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void shouldHaveAServer(int number) {
            shouldAnswer();
        }

        private void shouldAnswer() {
            assertThat(SEEN).noneMatch(UdpServer::isRunning);
            assertThat(ask(server, "x")).isEqualTo("here");
            server.verify(1, any());
        }

        @Nested
        class Inner {
            @Test
            void shouldHaveAServer() {
                shouldAnswer();
            }
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneConstructorCase {
        private final UdpServer server;

        OneConstructorCase(@StartUdp UdpServer server) {
            this.server = server;
            server.when(any()).reply("here");
        }

        @RepeatedTest(2)
        void shouldHaveAServer() {
            assertThat(ask(server, "x")).isEqualTo("here");
            server.verify(1, any());
        }
    }
}
