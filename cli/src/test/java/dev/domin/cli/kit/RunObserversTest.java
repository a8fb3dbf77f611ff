package dev.domin.cli.kit;

import static dev.domin.cli.kit.RunningCommand.LONG;
import static dev.domin.cli.kit.RunningCommand.run;
import static dev.domin.cli.kit.RunningCommand.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.domin.testkit.UdpClient;
import dev.domin.testkit.capture.CaptureReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code --record}, {@code --faults} and {@code --journal} with scripts. */
@Tag("timing")
@Timeout(120)
class RunObserversTest {

    private static final String SCRIPT = """
            callback i32 OnPacket(ref blob $X) {
                if (packet.Text($X) == "stop") { map.PutInt("all", "stop", 1); }
                return(1);
            }
            i32 main() {
                map.Create("all", 2);
                printf("listening on 127.0.0.1:%d\\n", callbackudpserver.Port(callbackudpserver.Open("OnPacket", -1)));
                while (!map.HasKey("all", "stop")) { timer.SleepMs(5); }
                return(7);
            }
            """;

    @TempDir
    Path folder;

    @Test
    void shouldCombineAllWithATrace() throws Exception {
        var file = folder.resolve("run.pcapng");
        var journal = folder.resolve("run.jsonl");
        var script = start(
                "--trace",
                "--record",
                file.toString(),
                "--faults",
                "in.drop=1",
                "--faults=out.drop=1",
                "--journal=" + journal,
                "--journal",
                "-e",
                SCRIPT);
        try (var client = UdpClient.to(script.address())) {
            client.send("lost");
            client.send("unanswered");
            assertThat(client.ask("a\u001b", LONG).text()).isEqualTo("a\u001b");
            client.send("stop");
        }
        assertThat(script.status()).isEqualTo(7);
        assertThat(CaptureReader.readAll(file)).hasSizeGreaterThanOrEqualTo(6);
        assertThat(Files.readAllLines(journal))
                .hasSizeGreaterThanOrEqualTo(6)
                .anyMatch(line -> line.contains("\"fate\":\"fault\",\"reason\":\"dropped by nth(1)\""))
                .anyMatch(line -> line.contains("\"fate\":\"handled\",\"by\":\"callback OnPacket\"")
                        && line.endsWith("\"length\":2,\"hex\":\"611b\"}"));
        assertThat(script.err())
                .contains("the same again: --faults 'in.drop=1,out.drop=1,seed=")
                .containsPattern("OnPacket < 127\\.0\\.0\\.1:\\d+ handled in .*, 10 B \"unanswered\"")
                .contains("journal:\npackets:\n  in    1   +0.000000 s  127.0.0.1:")
                .contains("fault; dropped by nth(1)  \"lost\"")
                .doesNotContain("\u001b");
    }

    @Test
    void shouldRepeatTheFatesOfASeed() throws Exception {
        String first = fates("loss=50%,seed=7");
        assertThat(fates("loss=50%,seed=7")).isEqualTo(first).contains("fault", "handled");
        assertThat(fates("loss=50%,seed=8")).isNotEqualTo(first);
    }

    private String fates(String faults) throws Exception {
        var journal = folder.resolve("fates.jsonl");
        try (var script = start("--faults", faults, "--journal=" + journal, "-e", SCRIPT);
                var client = UdpClient.to(script.address())) {
            for (int i = 0; i < 40; i++) {
                client.send("x");
            }
            await().atMost(LONG)
                    .until(() -> Files.readAllLines(journal).stream()
                                    .filter(line -> line.contains("\"in\""))
                                    .count()
                            == 40);
        }
        var fates = new StringBuilder();
        Files.readAllLines(journal).stream()
                .filter(line -> line.contains("\"in\""))
                .forEach(line -> fates.append(line.replaceAll(".*\"fate\":\"([a-z]+)\".*", "$1 ")));
        return fates.toString();
    }

    @Test
    void shouldCreateNoFileForAScriptThatIsRefused() throws Exception {
        var file = folder.resolve("run.pcapng");
        assertThat(run("--record", file.toString(), "-e", "nonsense").status()).isEqualTo(3);
        assertThat(run("--record", file.toString(), "--faults", "x=1", "-e", "1;")
                        .status())
                .isEqualTo(2);
        assertThat(file).doesNotExist();
    }

    @Test
    void shouldReportAFileThatCannotBeWritten() throws Exception {
        var script = run("--record", folder.toString(), "-e", "1;");
        assertThat(script.status()).isEqualTo(2);
        assertThat(script.err()).startsWith("domin: cannot write " + folder + ": it is a folder\n");
        script = run("--journal=" + folder, "-e", "1;");
        assertThat(script.status()).isEqualTo(2);
        assertThat(script.err()).startsWith("domin: cannot write " + folder + ": ");
    }
}
