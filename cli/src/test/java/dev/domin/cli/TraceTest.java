package dev.domin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code domin trace} and {@code --trace}. */
@Timeout(60)
class TraceTest {

    private static final String SCRIPT = """
            plugin "../plugins/print/PrintPlugin";
            plugin "../plugins/callback_udp_server/CallbackUdpServerPlugin";
            plugin "../plugins/callback_udp_client/CallbackUdpClientPlugin";
            plugin "../plugins/timer/TimerPlugin";
            plugin "../plugins/packet/PacketPlugin";
            callback i32 OnPacket(ref blob $X) {
                if (packet.Text($X) == "slow") { timer.SleepMs(400); }
                packet.Payload($X);
                return(1);
            }
            callback i32 OnAnswer(ref blob $X) { return(0); }
            i32 main() {
                i64 $sid = callbackudpserver.Open("OnPacket", 200);
                i64 $cli = callbackudpclient.Open("OnAnswer", -1);
                i64 $port = callbackudpserver.Port($sid);
                callbackudpclient.SendText($cli, "127.0.0.1", $port, "hello");
                callbackudpclient.SendText($cli, "127.0.0.1", $port, "\\x1b[31m");
                while (callbackudpclient.Delivered($cli) < 2) { timer.SleepMs(1); }
                callbackudpclient.SendText($cli, "127.0.0.1", $port, "slow");
                while (callbackudpserver.Dropped($sid) < 1) { timer.SleepMs(1); }
                printf("done\\n");
                return(0);
            }
            """;

    private static final String TIME = "\\d\\d:\\d\\d:\\d\\d\\.\\d{6} ";
    private static final String FROM = "127\\.0\\.0\\.1:\\d+ ";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void shouldPrintALineForEachPacket() throws Exception {
        var script = Files.writeString(folder.resolve("t.dom"), SCRIPT).toString();
        for (var args : List.of(
                List.of("trace", script), List.of("--trace", script), List.of("--fail-fast", "trace", script))) {
            assertThat(run(args)).isZero();
            assertThat(out()).isEqualTo("done\n");
            var lines = err().lines().toList();
            assertThat(lines)
                    .anyMatch(line -> line.matches(TIME + "OnAnswer > " + FROM + "sent, 5 B \"hello\""))
                    .anyMatch(line -> line.matches(TIME + "OnPacket < " + FROM
                            + "handled in \\d+\\.\\d{3} ms, 5 B \"hello\", answer 5 B \"hello\""))
                    .anyMatch(line -> line.matches(
                            TIME + "OnAnswer < " + FROM + "silent in \\d+\\.\\d{3} ms, 5 B \"hello\", no answer"))
                    .anyMatch(line -> line.matches(TIME + "OnPacket < " + FROM
                            + "handled in \\d+\\.\\d{3} ms, 5 B hex 1b5b33316d, answer 5 B hex 1b5b33316d"))
                    .anyMatch(line -> line.matches(
                            TIME + "OnPacket < " + FROM + "late in \\d+\\.\\d{3} ms, 4 B \"slow\", no answer"));
            assertThat(err()).doesNotContain("\u001b");
        }
        assertThat(run(List.of(script))).isZero();
        assertThat(err()).doesNotContain("OnPacket <");
    }

    @Test
    void shouldShowDelayedDatagramsThatWereNotSent() throws Exception {
        var script = Files.writeString(folder.resolve("u.dom"), """
                plugin "../plugins/callback_udp_server/CallbackUdpServerPlugin";
                plugin "../plugins/blob/BlobPlugin";
                plugin "../plugins/packet/PacketPlugin";
                callback i32 OnPacket(ref blob $X) { return(1); }
                i64 $closed = callbackudpserver.Open("OnPacket", -1);
                packet.SendLater($closed, "127.0.0.1", 9, blob.FromText("one"), 60000);
                callbackudpserver.Close($closed);
                i64 $sid = callbackudpserver.Open("OnPacket", -1);
                packet.SendLater($sid, "127.0.0.1", 9, blob.FromText("two"), 60000);
                """);
        assertThat(run(List.of("trace", script.toString()))).isZero();
        assertThat(err().lines())
                .anyMatch(line ->
                        line.matches(TIME + "OnPacket > 127.0.0.1:9 not sent: the server is closed, 3 B \"one\""))
                .anyMatch(line ->
                        line.matches(TIME + "OnPacket#2 > 127.0.0.1:9 not sent: the script has ended, 3 B \"two\""));
    }

    private int run(List<String> args) {
        out.reset();
        err.reset();
        return new Cli(out, new PrintStream(err, true, StandardCharsets.UTF_8), false, false)
                .run(args.toArray(String[]::new));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
