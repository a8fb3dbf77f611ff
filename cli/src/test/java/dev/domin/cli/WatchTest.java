package dev.domin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.domin.testkit.UdpClient;
import dev.domin.testkit.capture.CaptureReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code domin --watch}: what users notice when they save a script while it serves. */
@Tag("timing")
@Timeout(120)
class WatchTest {

    private static final String PLUGINS = """
            plugin "../plugins/print/PrintPlugin";
            plugin "../plugins/timer/TimerPlugin";
            plugin "../plugins/blob/BlobPlugin";
            plugin "../plugins/packet/PacketPlugin";
            plugin "../plugins/callback_udp_server/CallbackUdpServerPlugin";
            plugin "../plugins/callback_udp_client/CallbackUdpClientPlugin";
            """;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("served.dom");
    }

    /** A script with one server, whose answers begin with a word. */
    static String answering(String word) {
        return answering(word, "0");
    }

    private static String answering(String word, String port) {
        return PLUGINS + """
                callback i32 P(ref blob $X) { $X = blob.FromText("WORD"); return(1); }
                i32 main() {
                    callbackudpserver.Open("P", -1, PORT);
                    printf("port %d\\n", callbackudpserver.Port(1));
                    while (1) timer.SleepMs(1000);
                }
                """.replace("WORD", word).replace("PORT", port);
    }

    private static String ask(int port) throws Exception {
        try (var client = client(port)) {
            return client.ask("x", PATIENCE).text();
        }
    }

    private static UdpClient client(int port) {
        return UdpClient.to(new InetSocketAddress("127.0.0.1", port));
    }

    private static boolean isFree(int port) {
        try (var socket = new DatagramSocket(port, InetAddress.getByName("127.0.0.1"))) {
            return socket.isBound();
        } catch (IOException _) {
            return false;
        }
    }

    @Test
    void shouldServeWithTheNewVersionOnTheSamePort() throws Exception {
        try (var script = new WatchedScript(file(), answering("one"))) {
            int port = script.port();
            assertThat(ask(port)).isEqualTo("one");
            script.clear();

            script.save(answering("two"));
            assertThat(script.port()).isEqualTo(port);
            script.awaitErr("has been reloaded in ");
            assertThat(ask(port)).isEqualTo("two");
            assertThat(script.end()).isEqualTo(130);
            assertThat(isFree(port)).isTrue();
        }
    }

    @Test
    void shouldGoOnWithTheOldVersionWhileTheNewOneHasErrors() throws Exception {
        try (var script = new WatchedScript(file(), answering("one"))) {
            int port = script.port();
            script.save(answering("two").replace("return(1)", "return(nothing)"));
            script.awaitErr("and the version before goes on");
            assertThat(script.err()).contains(file() + ":7:").contains("nothing");
            assertThat(ask(port)).isEqualTo("one");

            script.save(answering("three"));
            script.awaitErr("has been reloaded in ");
            assertThat(ask(port)).isEqualTo("three");
        }
    }

    @Test
    void shouldWaitWhenTheFirstVersionHasErrors() throws Exception {
        try (var script = new WatchedScript(file(), "i32 main() { return(nothing); }")) {
            script.awaitErr("is not run: it has errors; waiting for it to be saved");
            script.save(answering("one"));
            assertThat(ask(script.port())).isEqualTo("one");
        }
    }

    @Test
    void shouldWaitWhenMainHasEnded() throws Exception {
        try (var script = new WatchedScript(file(), "i32 main() { return(7); }")) {
            script.awaitErr("has ended with status 7; waiting for it to be saved");
            script.save(answering("one"));
            assertThat(ask(script.port())).isEqualTo("one");
        }
    }

    @Test
    void shouldShowFilesThatAreNoText() throws Exception {
        try (var script = new WatchedScript(file(), answering("one"))) {
            int port = script.port();
            Files.write(file(), new byte[] {'a', (byte) 0xFF});
            script.awaitErr("and the version before goes on");
            assertThat(script.err()).contains("UTF-8");
            assertThat(ask(port)).isEqualTo("one");
        }
    }

    @Test
    void shouldSayOnceThatTheFileCannotBeRead() throws Exception {
        try (var script = new WatchedScript(file(), answering("one"))) {
            int port = script.port();
            Files.delete(file());
            script.awaitErr("cannot read " + file() + ": there is no such file or folder; the version before goes on");
            assertThat(ask(port)).isEqualTo("one");
            Files.createDirectory(file());
            Files.delete(file());
            script.save(answering("two"));
            script.awaitErr("has been reloaded in ");
            assertThat(script.err().split("cannot read")).hasSize(2);

            Files.delete(file());
            Files.createDirectory(file());
            script.awaitErr("cannot read " + file() + ": it is a folder; the version before goes on");
            Files.delete(file());
            script.save(answering("three"));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(ask(port)).isEqualTo("three"));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldNotWaitForAPipe() throws Exception {
        try (var script = new WatchedScript(file(), answering("one"))) {
            int port = script.port();
            Files.delete(file());
            assertThat(new ProcessBuilder("mkfifo", file().toString()).start().waitFor())
                    .isZero();
            script.awaitErr("cannot read " + file() + ": it is a pipe or a device; the version before goes on");
            script.save(answering("two"));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(ask(port)).isEqualTo("two"));
        }
    }

    @Test
    void shouldNotReloadWhatHasNotChanged() throws Exception {
        try (var script = new WatchedScript(file(), answering("one"))) {
            script.port();
            Files.setLastModifiedTime(file(), FileTime.fromMillis(0));
            Files.delete(file());
            script.save(answering("one"));
            script.save(answering("two"));
            script.awaitErr("has been reloaded in ");
            assertThat(script.err().split("has been reloaded")).hasSize(2);
        }
    }

    @Test
    void shouldNoticeAFileOfTheSameLengthAndTime() throws Exception {
        try (var script = new WatchedScript(file(), answering("one"))) {
            int port = script.port();
            Files.writeString(file(), answering("two"));
            var time = Files.getLastModifiedTime(file());
            script.awaitErr("has been reloaded in ");
            script.clear();
            Files.writeString(file(), answering("six"));
            Files.setLastModifiedTime(file(), time);
            script.awaitErr("has been reloaded in ");
            assertThat(ask(port)).isEqualTo("six");
        }
    }

    @Test
    void shouldNotReadAHalfWrittenFile() throws Exception {
        try (var script = new WatchedScript(file(), answering("one"))) {
            int port = script.port();
            String next = answering("two");
            try (var writer = Files.newOutputStream(file())) { // truncates it
                int half = next.length() / 2;
                writer.write(next.substring(0, half).getBytes(StandardCharsets.UTF_8));
                writer.write(next.substring(half).getBytes(StandardCharsets.UTF_8));
            }
            script.awaitErr("has been reloaded in ");
            assertThat(ask(port)).isEqualTo("two");
            assertThat(script.err()).doesNotContain("goes on");
        }
    }

    @Test
    void shouldKeepTheSocketsWhenTheNewVersionFailsAtOnce() throws Exception {
        try (var script = new WatchedScript(file(), answering("one"));
                var client = client(script.port())) {
            int port = script.port();
            script.save(PLUGINS + "i32 main() { i32 $zero = 0; return(1 / $zero); }");
            script.awaitErr("waiting for it to be saved; what arrives on port " + port + " is kept until then");
            assertThat(script.err()).contains("division by zero");
            client.send("queued");
            script.save(answering("three"));
            assertThat(client.await(PATIENCE).text()).isEqualTo("three");
            assertThat(ask(port)).isEqualTo("three");
        }
    }

    @Test
    void shouldCloseThePortsThatTheNewVersionDoesNotOpen() throws Exception {
        try (var script = new WatchedScript(file(), answering("one"))) {
            int port = script.port();
            script.save(PLUGINS + "i32 main() { return(0); }");
            script.awaitErr("port " + port + " is closed, since the new version has not opened it");
            script.awaitErr("has ended with status 0");
            assertThat(isFree(port)).isTrue();
            script.clear();
            script.save(answering("three"));
            assertThat(script.port()).isEqualTo(port); // it was still free
        }
    }

    @Test
    void shouldKeepPortsByTheirOrderAndFixedPortsByTheirNumber() throws Exception {
        int fixed;
        try (var free = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            fixed = free.getLocalPort();
        }
        String open = PLUGINS + """
                callback i32 P(ref blob $X) { return(1); }
                callback i32 Q(ref blob $X) { return(1); }
                i32 main() {
                    OPEN
                    while (1) timer.SleepMs(1000);
                }
                """;
        String show = "printf(\"port %d\\n\", callbackudpserver.Port(N));";
        String shows = show.replace("N", "1") + show.replace("N", "2") + show.replace("N", "3");
        String server = "callbackudpserver.Open(\"P\", -1, PORT);";
        String client = "callbackudpclient.Open(\"Q\", -1); printf(\"client %d\\n\", callbackudpclient.LocalPort(1));";
        String fixedServer = server.replace("PORT", String.valueOf(fixed));
        String anyServer = server.replace("PORT", "0");
        try (var script =
                new WatchedScript(file(), open.replace("OPEN", anyServer + fixedServer + client + anyServer + shows))) {
            await().atMost(PATIENCE).until(() -> script.out().lines().count() == 4);
            String before = script.out();
            String[] lines = before.split("\n");
            script.clear();
            // The server with the fixed port comes first now, and is the only one that has another place.
            script.save(open.replace("OPEN", fixedServer + anyServer + client + anyServer + shows));
            await().atMost(PATIENCE).until(() -> script.out().lines().count() == 4);
            String[] after = script.out().split("\n");
            assertThat(after[0]).as("the client").isEqualTo(lines[0]);
            assertThat(after[1]).isEqualTo("port " + fixed);
            assertThat(after[3]).isEqualTo(lines[3]);
            script.awaitErr("port " + lines[1].substring("port ".length()) + " is closed");
        }
    }

    @Test
    void shouldNotKeepAServerThatTheScriptHasClosed() throws Exception {
        String closing =
                answering("one").replace("while (1)", "callbackudpserver.Close(1); printf(\"closed\\n\"); while (1)");
        try (var script = new WatchedScript(file(), closing)) {
            int port = script.port();
            script.awaitOut("closed");
            script.clear();
            script.save(answering("two"));
            assertThat(script.port()).as("the port, which was still free").isEqualTo(port);
            assertThat(ask(port)).isEqualTo("two"); // not before: no socket has kept packets for it
        }
    }

    @Test
    void shouldAnswerWhatTheOldVersionHasTaken() throws Exception {
        String slow = answering("one").replace("{ $X =", "{ printf(\"begun\\n\"); timer.SleepMs(500); $X =");
        try (var script = new WatchedScript(file(), slow);
                var client = client(script.port())) {
            client.send("slow");
            script.awaitOut("begun");
            client.send("next");
            script.save(answering("two"));
            script.awaitErr("has been reloaded in ");
            assertThat(client.await(PATIENCE).text()).isEqualTo("one");
            assertThat(client.await(PATIENCE).text()).isIn("one", "two");
        }
    }

    @Test
    void shouldGoOnWithTraceFaultsJournalAndRecordingInEachVersion() throws Exception {
        var recording = folder.resolve("run.pcapng");
        String[] options = {"--trace", "--journal", "--faults", "delay=1ms,seed=1", "--record", recording.toString()};
        try (var script = new WatchedScript(file(), answering("one"), options)) {
            int port = script.port();
            assertThat(ask(port)).isEqualTo("one");
            script.save(answering("two"));
            script.awaitErr("has been reloaded in ");
            assertThat(ask(port)).isEqualTo("two");
            script.end();
            assertThat(script.err())
                    .contains("answer 3 B \"one\"", "answer 3 B \"two\"")
                    .doesNotContain("P#")
                    .contains("journal:");
            assertThat(CaptureReader.readAll(recording)).hasSize(4);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM")
    void shouldPrintTheServersWhenASignalEndsIt() throws Exception {
        Files.writeString(file(), answering("one"));
        var process = start();
        awaitFile("out", "port ");
        var next = folder.resolve("next");
        Files.writeString(next, answering("two"));
        Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE);
        awaitFile("err", "has been reloaded in ");
        await().until(() -> Files.readString(folder.resolve("out")).split("port ", -1).length == 3); // both are open
        process.destroy();
        assertThat(JavaProcess.end(process)).isEqualTo(143);
        assertThat(Files.readString(folder.resolve("err"))).contains("id=1 state=closed stateCode=0 callback=P ");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM")
    void shouldEndBySignalWhileItWaits() throws Exception {
        Files.writeString(file(), "i32 main() { return(3); }");
        var process = start();
        awaitFile("err", "has ended with status 3; waiting for it to be saved");
        process.destroy();
        assertThat(JavaProcess.end(process)).isEqualTo(143);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a pipe does not say that its reader has ended")
    void shouldEndWhenItsOutputIsNoLongerRead() throws Exception {
        Files.writeString(file(), answering("one").replace("timer.SleepMs(1000)", "printf(\"more\\n\")"));
        var process = new ProcessBuilder(JavaProcess.domin("--watch", file().toString()))
                .redirectError(folder.resolve("err").toFile())
                .start();
        process.getInputStream().read();
        process.getInputStream().close();
        assertThat(JavaProcess.end(process)).isEqualTo(141);
    }

    private Process start() throws IOException {
        return new ProcessBuilder(JavaProcess.domin("--watch", file().toString()))
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private void awaitFile(String name, String text) {
        await().atMost(JavaProcess.PATIENCE)
                .untilAsserted(
                        () -> assertThat(Files.readString(folder.resolve(name))).contains(text));
    }

    @Test
    void shouldRefuseWhatCannotBeSaved() throws Exception {
        assertThat(run("--watch", "-e", "printf(\"x\");"))
                .contains("--watch needs a script in a file, which it runs again when the file is saved");
        assertThat(run("--watch", "-")).contains("--watch needs a script in a file");
        assertThat(run("--watch", folder.resolve("missing.dom").toString())).contains("cannot read");
        assertThat(run("check", "--watch", "a.dom")).contains("--watch can only be used to run scripts");
    }

    private static String run(String... arguments) {
        var err = new ByteArrayOutputStream();
        int status = new Cli(new ByteArrayOutputStream(), new PrintStream(err, true), false, false).run(arguments);
        assertThat(status).isEqualTo(2);
        return err.toString(StandardCharsets.UTF_8);
    }
}
