package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A script that uses up all memory gets an error at that place; all parts that need no more memory continue. */
@Timeout(180)
class EndOfMemoryTest {

    private static final List<String> SMALL = List.of("-Xmx48m");

    private static final String DIRECTIVES = """
            plugin "../plugins/print/PrintPlugin";
            plugin "../plugins/timer/TimerPlugin";
            plugin "../plugins/map/MapPlugin";
            plugin "../plugins/str/StrPlugin";
            plugin "../plugins/blob/BlobPlugin";
            plugin "../plugins/callback_udp_server/CallbackUdpServerPlugin";
            """;

    /** Output that shows that a part of domin is broken. */
    private static final List<String> NEVER =
            List.of(" failed: ", "Exception", "java.lang", "NoClassDefFoundError", "could not be reported");

    @TempDir
    Path folder;

    @Test
    void shouldReportWhereMainRanOutOfMemory() throws IOException {
        try (var domin = start(SMALL, """
                i32 main() {
                    i32 $i = 0;
                    map.Create("m", 10);
                    while (1) { map.PutInt("m", str.FromInt($i), $i); $i++; }
                }
                """)) {
            assertThat(domin.await()).isEqualTo(1);
            assertThat(domin.err().text())
                    .startsWith("memory.dom:10:")
                    .contains(": error: out of memory\n", "  help: keep less at a time")
                    .doesNotContain(NEVER);
        }
    }

    @Test
    void shouldReportWhereARecursionRanOutOfMemory() throws IOException {
        try (var domin = start(SMALL, """
                i32 Down(i32 $n) { blob $B[20000]; $B[0] = 1; return(Down($n + 1) + $B[0]); }
                i32 main() { return(Down(0)); }
                """)) {
            assertThat(domin.await()).isEqualTo(1);
            assertThat(domin.err().text())
                    .startsWith("memory.dom:7:28: error: out of memory: cannot allocate a blob of 20000 bytes\n")
                    .doesNotContain(NEVER);
        }
    }

    @Test
    void shouldContinueTimersAfterACallbackRanOutOfMemory() throws IOException {
        try (var domin = start(SMALL, """
                callback i32 Fill(ref blob $X) { i32 $i = 0; while (1) { map.PutInt("m", str.FromInt($i), $i); $i++; } }
                callback i32 Tick(ref blob $X) { map.AddInt("c", "ticks", 1); return(1); }
                i32 main() {
                    map.Create("m", 10);
                    map.Create("c", 3);
                    timer.ScheduleRepeating("Tick", 10, 10);
                    i64 $fill = timer.ScheduleRepeating("Fill", 100, 500);
                    while (map.Size("m") < 1000) timer.SleepMs(10);
                    i32 $keys = map.Size("m");
                    for (i32 $i = 0; $i < $keys; $i += 101) {
                        if (map.GetInt("m", map.KeyAt("m", $i)) != $i) printf("the map is broken at %d\\n", $i);
                    }
                    while (map.Size("m") > 0) { map.Clear("m"); timer.SleepMs(300); }
                    timer.Cancel($fill);
                    i64 $before = map.GetInt("c", "ticks");
                    while (map.GetInt("c", "ticks") < $before + 5) timer.SleepMs(10);
                    printf("ticking\\n");
                    return(0);
                }
                """)) {
            assertThat(domin.await()).isEqualTo(1);
            assertThat(domin.out().text()).isEqualTo("ticking\n");
            assertThat(domin.err().text())
                    .contains(": error: out of memory", "note: in the callback for the timer 2")
                    .doesNotContain(NEVER);
        }
    }

    /**
     * Calls each function while memory is full, and again when it is not; the other server must answer after each call.
     * A third of the functions at a time: each error that is reported stays in memory, and hundreds would fill what
     * reports have.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldLeaveNothingIncompleteWhenMemoryIsFull(int third) throws IOException {
        var all = EveryFunction.calls("OnSpare", 3);
        var calls = all.subList(all.size() * third / 3, all.size() * (third + 1) / 3);
        try (var domin = start(SMALL, everyFunction(calls))) {
            int fillPort = domin.out().awaitPort();
            var ports = domin.out().text().lines().toList();
            try (var filler = new UdpClient(fillPort);
                    var client = new UdpClient(Integer.parseInt(ports.get(0)));
                    var other = new UdpClient(Integer.parseInt(ports.get(1)))) {
                for (int size = 1 << 20; size >= 16; size /= 16) {
                    send(filler, 'F', size);
                }
                for (int function = 0; function < calls.size(); function++) {
                    send(client, 'C', function);
                    assertAnswers(other, "call " + calls.get(function));
                }
                send(client, 'E', 0);
                for (int function = 0; function < calls.size(); function++) {
                    send(client, 'C', function);
                    assertAnswers(other, "later call " + calls.get(function));
                }
                client.send("Q");
            }
            assertThat(domin.await()).isEqualTo(1);
            assertThat(domin.err().text())
                    .contains(": error: out of memory", "note: in the callback for the packet from 127.0.0.1:")
                    .doesNotContain(NEVER);
        }
    }

    /** Sends a command, and waits until it is done or has failed. */
    private static void send(UdpClient client, char order, int number) {
        client.send(new byte[] {(byte) order, (byte) number, (byte) (number >> 8), (byte) (number >> 16)});
        assertAnswers(client, "order " + order + " " + number);
    }

    private static void assertAnswers(UdpClient client, String after) {
        client.send("?");
        assertThat(client.receive()).as("an answer after %s", after).hasValue("?".getBytes(StandardCharsets.UTF_8));
    }

    private static String everyFunction(List<String> calls) {
        var script = new StringBuilder("void Do(i32 $function) {\n    ")
                .append(EveryFunction.VARIABLES)
                .append("\n    switch ($function) {\n");
        for (int i = 0; i < calls.size(); i++) {
            script.append("        case ")
                    .append(i)
                    .append(": ")
                    .append(calls.get(i))
                    .append(" break;\n");
        }
        return script.append("""
                    }
                }
                void Fill(i32 $size) {
                    blob $B[$size];
                    while (1) map.PutBlob("full", str.FromInt(map.Size("full")), $B);
                }
                callback i32 OnOrder(ref blob $X) {
                    i32 $number = 0;
                    if ($X.Length > 18) $number = $X[18] + 256 * $X[19] + 65536 * $X[20];
                    switch ($X[17]) {
                        case 'C': Do($number); break;
                        case 'E': map.Clear("full"); break;
                        case 'Q': map.Create("quit", 1); break;
                        case '?': return(1);
                    }
                    return(0);
                }
                callback i32 OnFill(ref blob $X) {
                    if ($X[17] == '?') return(1);
                    Fill($X[18] + 256 * $X[19] + 65536 * $X[20]);
                    return(0);
                }
                callback i32 OnSpare(ref blob $X) { return(0); }
                callback i32 OnAsk(ref blob $X) { return(1); }
                i32 main() {
                    map.Create("full", 100);
                    printf("%d\\n", callbackudpserver.Port(callbackudpserver.Open("OnOrder", -1, 0)));
                    printf("%d\\n", callbackudpserver.Port(callbackudpserver.Open("OnAsk", -1, 0)));
                    callbackudpserver.Open("OnSpare", -1, 0);
                    i64 $fill = callbackudpserver.Open("OnFill", -1, 0);
                    printf("listening on 127.0.0.1:%d\\n", callbackudpserver.Port($fill));
                    while (map.Exists("quit") == 0) timer.SleepMs(20);
                    return(0);
                }
                """).toString();
    }

    private DominProcess start(List<String> options, String script) throws IOException {
        String directives = script.startsWith("void Do(") ? EveryFunction.directives() : DIRECTIVES;
        Files.writeString(folder.resolve("memory.dom"), directives + script);
        return DominProcess.startIn(folder, options, "memory.dom");
    }
}
