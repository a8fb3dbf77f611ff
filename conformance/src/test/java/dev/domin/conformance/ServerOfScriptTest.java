package dev.domin.conformance;

import static dev.domin.testkit.Match.any;
import static dev.domin.testkit.Match.text;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.domin.junit.StartUdp;
import dev.domin.testkit.Fate;
import dev.domin.testkit.Packet;
import dev.domin.testkit.Recording;
import dev.domin.testkit.UdpClient;
import dev.domin.testkit.UdpServer;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Servers of the test kit that a script runs. */
@Timeout(120)
class ServerOfScriptTest {

    private static final Duration LONG = ofSeconds(30);
    private static final String PLUGINS = """
            plugin "PrintPlugin"; plugin "StrPlugin"; plugin "TimerPlugin"; plugin "BlobPlugin";
            plugin "PacketPlugin"; plugin "CallbackUdpServerPlugin"; plugin "builtin:os";
            """;

    private static String ask(UdpServer server, String text) {
        try (var client = UdpClient.to(server.address())) {
            return client.ask(text, LONG).text();
        }
    }

    @Test
    void shouldHaveTheCallbacksInTheJournal() {
        try (var server = UdpServer.script(Project.file("examples/slow.dom")).start()) {
            assertThat(ask(server, "quick")).isEqualTo("quick");
            try (var client = UdpClient.to(server.address())) {
                client.send("slow");
                assertThat(server.await(1, text("slow"), LONG))
                        .extracting(Packet::fate)
                        .containsExactly(Fate.LATE);
            }
            assertThat(server.journal().received())
                    .extracting(Packet::handledBy)
                    .containsOnly("callback OnPacket");
            assertThat(server.take(LONG).fate()).isEqualTo(Fate.HANDLED);
            assertThat(server.journal().sent()).singleElement().satisfies(answer -> {
                assertThat(answer.text()).isEqualTo("quick");
                assertThat(answer.answerTo()).isOne();
            });
            server.throwIfFailed();
        }
    }

    @Test
    void shouldSayThatTheServerOfAScriptThatHasEndedIsClosed() {
        var script = PLUGINS + """
                callback i32 OnPacket(ref blob $X) { return(0); }
                callbackudpserver.Open("OnPacket", -1);
                timer.SleepMs(100);
                """;
        try (var server = UdpServer.script("ends.dom", script).start()) {
            await().until(() -> server.journal().toString().contains("\nthe server is closed\n"));
            assertThatThrownBy(() -> server.verify(1, any()))
                    .hasMessageContaining("no packet came or was sent\n\nthe server is closed");
        }
    }

    @Test
    void shouldPassArgumentsAndNameEachServersCallback() {
        var script = PLUGINS + """
                callback i32 First(ref blob $X) { $X = blob.FromText(os.Arg(0) + os.Arg(1)); return(1); }
                callback i32 Second(ref blob $X) { return(0); }
                callbackudpserver.Open("First", -1);
                i64 $second = callbackudpserver.Open("Second", -1);
                i64 $client = callbackudpserver.Open("Second", -1);
                packet.Send($client, "127.0.0.1", callbackudpserver.Port($second), blob.FromText("to the second"));
                while (1) { timer.SleepMs(1000); }
                """;
        try (var server =
                UdpServer.script("two.dom", script).arguments("a", "b").start()) {
            assertThat(ask(server, "x")).isEqualTo("ab");
            server.await(1, text("to the second"), LONG);
            assertThat(server.journal().received())
                    .extracting(packet -> packet.handledBy() + " " + packet.fate())
                    .containsExactlyInAnyOrder("callback First HANDLED", "callback Second SILENT");
        }
    }

    @Test
    void shouldReportErrorsOfTheScript() {
        var script = PLUGINS + """
                callback i32 OnPacket(ref blob $X) { return(1 / str.ToInt(packet.Text($X))); }
                callbackudpserver.Open("OnPacket", -1);
                while (1) { timer.SleepMs(1000); }
                """;
        try (var server = UdpServer.script("divides.dom", script).start()) {
            var checkpoint = server.checkpoint();
            assertThat(ask(server, "1")).isEqualTo("1");
            server.throwIfFailed();
            try (var client = UdpClient.to(server.address())) {
                client.send("0");
                assertThat(server.await(1, text("0"), LONG))
                        .extracting(Packet::fate)
                        .containsExactly(Fate.FAILED);
            }
            await().until(() -> !server.failures().isEmpty());
            assertThat(server.failures())
                    .singleElement()
                    .asString()
                    .contains("divides.dom:3:45: error: division by zero", "in the callback for the packet from ");
            assertThatThrownBy(server::throwIfFailed)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("the server has failed: ")
                    .hasMessageContaining("error: division by zero")
                    .hasMessageContaining("failed by callback OnPacket");
            checkpoint.restore();
            assertThat(server.failures()).isEmpty();
            server.throwIfFailed();
        }
    }

    @Test
    void shouldThrowTheWholeReportOfARefusedScript() {
        var server = UdpServer.script("bad.dom", "plugin \"PrintPlugin\";\nprintf(1);\nretrun(1);\n");
        assertThatIllegalArgumentException()
                .isThrownBy(server::start)
                .withMessageContaining("bad.dom:2:8: error: ")
                .withMessageContaining("bad.dom:3:1: error: ")
                .withMessageContaining("^");
        assertThat(server.isRunning()).isFalse();
    }

    @Test
    void shouldSayThatAScriptOpensNoServer(@TempDir Path folder) {
        assertThatIllegalStateException()
                .isThrownBy(UdpServer.script("none.dom", "plugin \"PrintPlugin\"; printf(\"\");")::start)
                .withMessageContaining("none.dom")
                .withMessageContaining("server");
        assertThatIllegalStateException()
                .isThrownBy(UdpServer.script("fails.dom", "i32 $zero = 0; i32 $x = 1 / $zero;")::start)
                .withMessageContaining("fails.dom:1:25: error: division by zero");
        var missing = folder.resolve("missing.dom");
        assertThatThrownBy(UdpServer.script(missing)::start)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("there is no script " + missing);
        assertThatIllegalStateException()
                .isThrownBy(UdpServer.script("port.dom", "").port(5000)::start)
                .withMessageContaining("callbackudpserver.Open");
        assertThat(UdpServer.startedBy(Thread.currentThread())).isEmpty();
    }

    @Test
    void shouldInjectFaultsAndRecord(@TempDir Path folder) throws Exception {
        var file = folder.resolve("run.pcapng");
        var server = UdpServer.script(Project.file("examples/echo.dom")).recordTo(file);
        server.faults().requests().nth(1).drop();
        server.faults().replies().nth(1).drop();
        server.start();
        try (server;
                var client = UdpClient.to(server.address()).retry(20, ofMillis(200))) {
            assertThat(client.ask("x", LONG).text()).isEqualTo("x");
            server.verify(3, any());
        }
        assertThat(server.journal().received())
                .extracting(Packet::fate)
                .containsExactly(Fate.FAULT, Fate.HANDLED, Fate.HANDLED);
        assertThat(server.journal().sent()).extracting(Packet::fate).containsExactly(Fate.FAULT, Fate.SENT);
        var recording = Recording.read(file);
        assertThat(recording.size()).as("without what was lost").isEqualTo(3);
        try (var replayed = UdpServer.replaying(recording).start()) {
            try (var client = UdpClient.to(replayed.address()).retry(2, ofSeconds(2))) {
                assertThat(client.ask("x", LONG).text()).isEqualTo("x");
            }
        }
    }

    @Test
    void shouldHaveWhatTheScriptSendsInTheJournal() {
        var script = PLUGINS + """
                callback i32 OnPacket(ref blob $X) {
                    packet.Send(packet.Server(), packet.Host($X), packet.Port($X), blob.FromText("now"));
                    packet.SendLater(packet.Server(), packet.Host($X), packet.Port($X), blob.FromText("later"), 10);
                    packet.SendLater(packet.Server(), packet.Host($X), packet.Port($X), blob.FromText("never"), 60000);
                    return(0);
                }
                callbackudpserver.Open("OnPacket", -1);
                while (1) { timer.SleepMs(1000); }
                """;
        var server = UdpServer.script("sends.dom", script).start();
        try (server;
                var client = UdpClient.to(server.address())) {
            assertThat(client.ask("x", LONG).text()).isEqualTo("now");
            assertThat(client.await(LONG).text()).isEqualTo("later");
            assertThat(server.take(LONG).fate()).isEqualTo(Fate.SILENT);
            assertThat(server.journal().sent()).extracting(Packet::fate).containsOnly(Fate.SENT);
        }
        assertThat(server.journal().sent())
                .extracting(packet -> packet.text() + ": " + packet.fate() + " " + packet.reason())
                .containsExactly("now: SENT ", "later: SENT ", "never: CLOSED the script has ended");
    }

    @Test
    void shouldCloseAllServersOfTheScript() throws Exception {
        var script = PLUGINS + """
                plugin "MapPlugin";
                callback i32 OnPacket(ref blob $X) {
                    $X = blob.FromText(str.FromInt(map.GetInt("ports", "second")));
                    return(1);
                }
                map.Create("ports", 8);
                map.PutInt("ports", "second", 0);
                callbackudpserver.Open("OnPacket", -1);
                map.PutInt("ports", "second", callbackudpserver.Port(callbackudpserver.Open("OnPacket", -1)));
                while (1) { timer.SleepMs(1000); }
                """;
        int port;
        var server = UdpServer.script("two.dom", script).start();
        try (server;
                var client = UdpClient.to(server.address()).retry(20, ofMillis(100))) {
            await().until(() -> !client.ask("x", LONG).text().equals("0"));
            port = Integer.parseInt(client.ask("x", LONG).text());
        }
        assertThat(server.isRunning()).isFalse();
        assertThat(UdpServer.startedBy(Thread.currentThread())).isEmpty();
        try (var first = new DatagramSocket(server.port());
                var second = new DatagramSocket(port)) {
            assertThat(first.isBound() && second.isBound()).isTrue();
        }
    }

    @Test
    void shouldFailATestForTheErrorsOfItsScript() {
        var summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(ScriptCase.class))
                                .build(),
                        summary);
        assertThat(summary.getSummary().getTestsSucceededCount()).isOne();
        assertThat(summary.getSummary().getFailures())
                .singleElement()
                .extracting(failure -> failure.getException().getMessage())
                .asString()
                .startsWith("the server has failed: ")
                .contains("case.dom:3:45: error: division by zero");
    }

    static class ScriptCase {

        @StartUdp
        final UdpServer server = UdpServer.script("case.dom", PLUGINS + """
                callback i32 OnPacket(ref blob $X) { return(1 / str.ToInt(packet.Text($X))); }
                callbackudpserver.Open("OnPacket", -1);
                while (1) { timer.SleepMs(1000); }
                """);

        @Test
        void shouldPass() {
            assertThat(ask(server, "1")).isEqualTo("1");
        }

        @Test
        void shouldFail() {
            try (var client = UdpClient.to(server.address())) {
                client.send("0");
                server.await(1, text("0"), LONG);
            }
        }
    }
}
