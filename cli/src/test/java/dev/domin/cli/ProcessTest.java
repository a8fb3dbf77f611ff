package dev.domin.cli;

import static dev.domin.cli.JavaProcess.PATIENCE;
import static dev.domin.cli.JavaProcess.end;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import dev.domin.testkit.UdpClient;
import dev.domin.testkit.capture.CaptureReader;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command in a process of its own, as the launcher starts it. */
@Tag("timing")
class ProcessTest {

    @TempDir
    private Path folder;

    @Test
    void shouldLeaveNothingBehindAfterTraining() throws Exception {
        var temporary = Files.createDirectory(folder.resolve("temporary"));

        int code = end(start("dev.domin.cli.Training", List.of("-Djava.io.tmpdir=" + temporary)));

        assertThat(err()).isEmpty();
        assertThat(code).isZero();
        assertThat(out()).isEqualTo("trained\n");
        assertThat(temporary).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndWithTheScriptsStatusAndItsWholeOutput(boolean alone) throws Exception {
        int code = end(run(alone, "-e", "i32 main() { printf(\"some words\"); return(7); }"));

        assertThat(err()).isEmpty();
        assertThat(out()).isEqualTo("some words");
        assertThat(code).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReportFailuresBeforeItEnds(boolean alone) throws Exception {
        int code = end(run(alone, "-e", "i32 main() { i32 $zero = 0; return(1 / $zero); }"));

        assertThat(err()).contains("division by zero");
        assertThat(code).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM")
    void shouldPrintTheServersWhenASignalEndsIt(boolean alone) throws Exception {
        var process = run(alone, "-e", """
                callback i32 P(ref blob $X) { return(1); }
                i32 main() {
                    callbackudpserver.Open("P", -1);
                    printf("open\\n");
                    while (1) timer.SleepMs(1000);
                }
                """);
        await().atMost(PATIENCE).until(() -> !process.isAlive() || out().equals("open\n"));
        process.destroy();

        assertThat(end(process)).isEqualTo(143);
        assertThat(err()).startsWith("id=1 state=closed stateCode=0 callback=P ");
    }

    /** Sends the signal as early as a server can be seen from outside. */
    @RepeatedTest(5)
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM")
    void shouldPrintTheServersWhenASignalEndsItAtOnce() throws Exception {
        var command = JavaProcess.command("dev.domin.cli.Main", List.of("-Ddomin.alone=true"), "-e", """
                callback i32 P(ref blob $X) { return(1); }
                i32 main() {
                    callbackudpserver.Open("P", -1);
                    printf("open\\n");
                    while (1) timer.SleepMs(1000);
                }
                """);
        var process = new ProcessBuilder(command)
                .redirectError(folder.resolve("err").toFile())
                .start();
        assertThat(process.getInputStream().read()).isEqualTo('o');
        process.toHandle().destroy();

        assertThat(end(process)).isEqualTo(143);
        assertThat(err()).startsWith("id=1 state=closed stateCode=0 callback=P ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"script", "echo"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM")
    void shouldCompleteRecordingAndJournalWhenASignalEndsIt(String kind) throws Exception {
        var options = List.of("--record", "run.pcapng", "--journal=run.jsonl", "--journal", "--faults", "in.drop=1");
        var arguments = new ArrayList<String>();
        if (kind.equals("echo")) {
            arguments.add("echo");
        }
        arguments.addAll(options);
        if (kind.equals("script")) {
            arguments.addAll(List.of("-e", """
                    callback i32 P(ref blob $X) { return(1); }
                    i32 main() {
                        callbackudpserver.Open("P", -1);
                        printf("listening on 127.0.0.1:%d\\n", callbackudpserver.Port(1));
                        while (1) timer.SleepMs(1000);
                    }
                    """));
        }
        var process = start("dev.domin.cli.Main", List.of("-Ddomin.alone=true"), arguments.toArray(String[]::new));
        await().atMost(PATIENCE).until(() -> !process.isAlive() || out().endsWith("\n"));
        var server = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(out().strip().replaceAll(".*:", "")));
        try (var client = UdpClient.to(server)) {
            client.send("lost");
            for (int i = 0; i < 50; i++) {
                client.ask("x" + i, Duration.ofSeconds(60));
            }
        }
        process.destroy();

        assertThat(end(process)).isEqualTo(143);
        assertThat(CaptureReader.readAll(folder.resolve("run.pcapng"))).hasSize(101);
        var lines = Files.readAllLines(folder.resolve("run.jsonl"));
        assertThat(lines).hasSize(101).allMatch(line -> line.startsWith("{\"number\":") && line.endsWith("}"));
        assertThat(err()).contains("journal:\npackets:\n", "fault; dropped by nth(1)  \"lost\"");
        assertThat(err().lines()).last(STRING).containsAnyOf("handled=50 ", " sent=50 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xshare:auto", "-Xshare:off"})
    void shouldClearTheLaunchersStateWhenTheJvmCannotUseTheCache(String sharing) throws Exception {
        var state = Files.writeString(folder.resolve("domin.start"), "notes");

        int code = end(start(
                "dev.domin.cli.Main",
                List.of(sharing, "-Ddomin.alone=true", "-Ddomin.state=" + state),
                "-e",
                "printf(\"x\");"));

        assertThat(code).isZero();
        assertThat(out()).isEqualTo("x");
        assertThat(state).hasContent(sharing.equals("-Xshare:auto") ? "notes" : "");
    }

    @Test
    void shouldLetAttachedToolsFinishTheirWork() throws Exception {
        var process = run(true, "-e", """
                callback i32 P(ref blob $X) { return(0); }
                i32 main() {
                    i64 $server = callbackudpserver.Open("P", -1);
                    timer.SleepMs(1000);
                    printf("%d\\n", callbackudpserver.Port($server));
                    while (callbackudpserver.Handled($server) == 0) timer.SleepMs(10);
                    return(5);
                }
                """);
        await().atMost(PATIENCE).until(() -> !process.isAlive() || out().endsWith("\n"));
        var recording = folder.resolve("recording.jfr");
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var attached = new ProcessBuilder(jcmd, "" + process.pid(), "JFR.start", "filename=" + recording)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("jcmd").toFile())
                .start();
        assertThat(end(attached)).isZero();
        try (var socket = new DatagramSocket()) {
            var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(out().strip()));
            await().atMost(PATIENCE).until(() -> {
                socket.send(new DatagramPacket(new byte[1], 1, server));
                return !process.isAlive();
            });
        }

        assertThat(end(process)).isEqualTo(5);
        assertThat(recording).isNotEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "chek", "check", "./run", "--fail-fast run", "-- check"})
    void shouldRunAFileThatHasTheNameOfACommand(String words) throws Exception {
        for (var name : List.of("run", "chek", "check")) {
            Files.writeString(folder.resolve(name), "i32 main() { return(os.ArgCount() + 40); }");
        }

        int code = end(start("dev.domin.cli.Main", List.of(), (words + " --plugins x").split(" ")));

        assertThat(err()).isEmpty();
        assertThat(code).isEqualTo(42);
    }

    @Test
    void shouldPreferACommandToAFolderOfTheSameName() throws Exception {
        Files.createDirectory(folder.resolve("check"));
        Files.writeString(folder.resolve("a.dom"), "i32 main() { return(1); }");

        int code = end(start("dev.domin.cli.Main", List.of(), "check", "a.dom"));

        assertThat(err()).isEmpty();
        assertThat(out()).isEqualTo("a.dom: no errors\n");
        assertThat(code).isZero();
    }

    private Process run(boolean alone, String option, String script) throws IOException {
        return start("dev.domin.cli.Main", List.of("-Ddomin.alone=" + alone), option, script);
    }

    private Process start(String program, List<String> options, String... arguments) throws IOException {
        return new ProcessBuilder(JavaProcess.command(program, options, arguments))
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }
}
