package dev.domin.cli;

import static dev.domin.cli.JavaProcess.PATIENCE;
import static dev.domin.cli.JavaProcess.domin;
import static dev.domin.cli.JavaProcess.end;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outputs that cannot be written: the reader has ended, or the disk is full. */
@Tag("timing")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "pipes behave differently there")
class OutputTest {

    private static final File FULL_DISK = new File("/dev/full");

    private static final String STOPPED = """
            plugin "PrintPlugin"; plugin "TimerPlugin"; plugin "CallbackUdpServerPlugin";
            callback i32 P(ref blob $X) { return(1); }
            callback i32 T(ref blob $X) { while (1) printf("again and again\\n"); }
            i64 $server = callbackudpserver.Open("P", -1);
            printf("%d\\n", callbackudpserver.Port($server));
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"while (1) printf(\"again\\n\");", """
                callback i32 P(ref blob $X) { return(1); }
                callback i32 T(ref blob $X) { printf("tick\\n"); return(1); }
                callbackudpserver.Open("P", -1);
                timer.ScheduleRepeating("T", 0, 1);
                while (1) timer.SleepMs(1000);
                """})
    void shouldEndSilentlyWhenItsReaderHasEnded(String script) throws Exception {
        var process = start("-e", script);
        readLine(process.getInputStream());
        process.getInputStream().close();

        assertThat(end(process)).isEqualTo(141);
        assertThat(err()).isEmpty();
    }

    @Test
    void shouldEndSilentlyWhenACallbackFindsThatTheReaderHasEnded() throws Exception {
        var process = start("-e", """
                callback i32 P(ref blob $X) { printf("a packet\\n"); return(1); }
                i64 $server = callbackudpserver.Open("P", -1);
                printf("%d\\n", callbackudpserver.Port($server));
                while (1) timer.SleepMs(1000);
                """);
        int port = Integer.parseInt(readLine(process.getInputStream()));
        process.getInputStream().close();
        try (var socket = new DatagramSocket()) {
            await().atMost(PATIENCE).until(() -> {
                socket.send(new DatagramPacket(new byte[1], 1, InetAddress.getLoopbackAddress(), port));
                return !process.isAlive();
            });
        }

        assertThat(end(process)).isEqualTo(141);
        assertThat(err()).isEmpty();
    }

    @Test
    void shouldEndWhenTheReaderOfItsErrorsHasEnded() throws Exception {
        var process = new ProcessBuilder(domin("-e", """
                callback i32 T(ref blob $X) { i32 $zero = 0; return(1 / $zero); }
                callback i32 U(ref blob $X) { i32 $zero = 0; return(2 / $zero); }
                timer.Schedule("T", 0);
                timer.ScheduleRepeating("U", 0, 1);
                while (1) printf("on and on\\n");
                """))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getErrorStream().close();

        assertThat(end(process)).isEqualTo(141);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"check good.dom", "check --emit good.class good.dom", "help", "help str", "--version", "--help"})
    void shouldEndSilentlyWhenTheReaderOfACommandHasEnded(String command) throws Exception {
        var process = start(command.split(" "));
        process.getInputStream().close();

        assertThat(end(process)).isEqualTo(141);
        assertThat(err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"check bad.dom", "check missing.dom", "bad.dom", "--unknown"})
    void shouldEndWhenTheReaderOfCompileErrorsHasEnded(String command) throws Exception {
        Files.writeString(folder.resolve("bad.dom"), "i32 main() { return(\"text\"); }");
        var process = new ProcessBuilder(domin(command.split(" ")))
                .directory(folder.toFile())
                .start();
        process.getErrorStream().close();

        assertThat(end(process)).isEqualTo(141);
    }

    @Test
    void shouldReportWhereAScriptFoundTheDiskFull() throws Exception {
        assumeTrue(FULL_DISK.exists(), "there is no /dev/full");
        assertThat(end(start(FULL_DISK, "-e", "i32 $i = 0;\nwhile (1)\n  printf(\"%d\\n\", $i);")))
                .isEqualTo(1);
        assertThat(err()).startsWith("-e:3:3: error: printf: cannot write to the standard output: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"check good.dom", "check --emit good.class good.dom", "help", "help str", "--version", "--help"})
    void shouldFailWhenTheDiskIsFull(String command) throws Exception {
        assumeTrue(FULL_DISK.exists(), "there is no /dev/full");
        assertThat(end(start(FULL_DISK, command.split(" ")))).isEqualTo(1);
        assertThat(err()).startsWith("domin: cannot write to the standard output: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (1) printf(\"again and again\\n\");",
                "while (1) printf(\"again and again\\n%2000s\", \"\");",
                "timer.Schedule(\"T\", 0); while (1) timer.SleepMs(1000);"
            })
    void shouldServeAndEndWhileItsReaderDoesNotRead(String script) throws Exception {
        var process = start("-e", STOPPED + script);
        int port = Integer.parseInt(readLine(process.getInputStream()));
        awaitFullPipe(process);

        assertThat(ask(port)).isEqualTo("hello");
        process.toHandle().destroy(); // the method of Process would also close our end of the pipe
        assertThat(end(process)).isEqualTo(143);
        assertThat(err()).contains("state=closed", "handled=1 dropped=0");
    }

    @Test
    void shouldServeAndEndWhileItsErrorsAreNotRead() throws Exception {
        Files.writeString(folder.resolve("stopped.dom"), STOPPED + """
                callback i32 Bad(ref blob $X) { i32 $zero = 0; return(1 / $zero); }
                timer.Schedule("T", 0);
                timer.ScheduleRepeating("Bad", 1, 1);
                while (1) timer.SleepMs(1000);
                """);
        var process = new ProcessBuilder(domin("stopped.dom"))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        int port = Integer.parseInt(readLine(process.getInputStream()));
        awaitFullPipe(process);

        assertThat(ask(port)).isEqualTo("hello");
        process.toHandle().destroy(); // the method of Process would also close our end of the pipe
        assertThat(end(process)).isEqualTo(143);
    }

    /** From outside one cannot see whether more output follows, so the pipe must stay full for a while. */
    private static void awaitFullPipe(Process process) {
        await().atMost(PATIENCE)
                .during(Duration.ofMillis(300))
                .until(() -> process.getInputStream().available() > 20_000);
    }

    private static String ask(int port) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            byte[] question = "hello".getBytes(UTF_8);
            socket.send(new DatagramPacket(question, question.length, InetAddress.getLoopbackAddress(), port));
            var answer = new DatagramPacket(new byte[100], 100);
            socket.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), UTF_8);
        }
    }

    @Test
    void shouldFailWhenItsOutputIsClosed() throws Exception {
        var command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" >&-", "sh"));
        command.addAll(JavaProcess.command("dev.domin.cli.Main", List.of(), "-e", "printf(\"lost\\n\");"));
        var process = new ProcessBuilder(command)
                .redirectError(folder.resolve("err").toFile())
                .start();

        assertThat(end(process)).isEqualTo(1);
        assertThat(err()).startsWith("-e:1:1: error: printf: cannot write to the standard output: ");
    }

    /** Streams of an embedding program: if they throw, only the script fails. */
    @Test
    void shouldReportWhatTheOutputOfAnEmbeddingProgramThrows() {
        var err = new ByteArrayOutputStream();
        int status = new Cli(new BrokenPipe(), new PrintStream(err, true, UTF_8), false, false)
                .run("-e", "printf(\"lost\\n\");");

        assertThat(err.toString(UTF_8))
                .startsWith("-e:1:1: error: printf: cannot write to the standard output: Broken pipe");
        assertThat(status).isEqualTo(1);
    }

    @Test
    void shouldIgnoreThatErrorsOfAnEmbeddedRunCannotBePrinted() {
        var out = new ByteArrayOutputStream();
        int status = new Cli(out, new PrintStream(new BrokenPipe(), true, UTF_8), false, false).run("-e", """
                map.Create("m", 1);
                map.PutInt("m", "called", 0);
                callback i32 T(ref blob $X) { i32 $zero = 0; map.PutInt("m", "called", 1); return(1 / $zero); }
                timer.ScheduleRepeating("T", 0, 1);
                while (map.GetInt("m", "called") == 0) timer.SleepMs(1);
                printf("over\\n");
                """);

        assertThat(out.toString(UTF_8)).endsWith("over\n");
        assertThat(status).isEqualTo(1);
    }

    private static final class BrokenPipe extends OutputStream {
        @Override
        public void write(int oneByte) throws IOException {
            throw new IOException("Broken pipe");
        }
    }

    private Process start(String... arguments) throws IOException {
        return builder(arguments).start();
    }

    private Process start(File output, String... arguments) throws IOException {
        return builder(arguments).redirectOutput(output).start();
    }

    private ProcessBuilder builder(String... arguments) throws IOException {
        Files.writeString(folder.resolve("good.dom"), "i32 main() { return(0); }");
        return new ProcessBuilder(domin(arguments))
                .directory(folder.toFile())
                .redirectError(folder.resolve("err").toFile());
    }

    private static String readLine(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }
}
