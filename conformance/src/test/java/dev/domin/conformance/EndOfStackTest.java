package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls every function of every plugin near the end of the stack. That is an error of that packet; the function's own
 * locks and classes stay usable, and another server of the script continues.
 */
@Timeout(180)
class EndOfStackTest {

    private static final int NO_FUNCTION = 0xFFFF;
    private static final int DEEPEST = 60_000;

    /**
     * The range around the maximum depth in which each function is called, and the step; a frame takes about 100 bytes.
     */
    private static final int AROUND = 60;

    private static final int STEP = 12;

    /** Output that shows that a part of domin is broken. */
    private static final List<String> NEVER = List.of(" failed: ", "Exception", "NoClassDefFoundError");

    @TempDir
    Path folder;

    private UdpClient client;
    private UdpClient witness;
    private long sent;
    private long handled;

    @AfterEach
    void close() {
        client.close();
        witness.close();
    }

    @Test
    void shouldLeaveNothingIncompleteWhenTheStackOverflows() throws IOException {
        var calls = EveryFunction.calls("OnSpare", 3);
        var script = Files.writeString(folder.resolve("deep.dom"), script(calls));
        try (var server = DominProcess.startIn(folder, List.of(), script.toString())) {
            client = new UdpClient(server.out().awaitPort());
            witness = new UdpClient(
                    Integer.parseInt(server.out().text().lines().findFirst().orElseThrow()));
            int limit = findLimit(NO_FUNCTION);
            for (int function = 0; function < calls.size(); function++) {
                limit = tryAround(limit, function);
            }
            assertThat(server.terminate()).isEqualTo(DominProcess.TERMINATED);
            assertThat(server.err().text()).doesNotContain(NEVER);
            assertThat(server.err().text().lines().filter(line -> line.contains("the calls are nested too deeply")))
                    .as("the stack overflows in the recursion only, never in a plugin")
                    .hasSize(1);
        }
    }

    /**
     * Calls a function near the end of the stack; returns the current maximum depth, which changes when code is
     * compiled.
     */
    private int tryAround(int limit, int function) {
        boolean anyTooDeep = false;
        int reached = 0;
        for (int depth = limit - AROUND; depth <= limit + AROUND; depth += STEP) {
            if (goesDown(depth, function)) {
                reached = depth;
            } else {
                anyTooDeep = true;
            }
        }
        return anyTooDeep && reached > 0 ? reached : findLimit(NO_FUNCTION);
    }

    private int findLimit(int function) {
        int reached = 0;
        int tooDeep = DEEPEST;
        while (tooDeep - reached > STEP) {
            int middle = (reached + tooDeep) / 2;
            if (goesDown(middle, function)) {
                reached = middle;
            } else {
                tooDeep = middle;
            }
        }
        return reached;
    }

    /** {@return whether the callback reached that depth and succeeded} */
    private boolean goesDown(int depth, int function) {
        client.send(new byte[] {(byte) function, (byte) (function >> 8), (byte) depth, (byte) (depth >> 8)});
        sent++;
        witness.send(Long.toString(sent));
        var answer = witness.receive();
        assertThat(answer)
                .as("an answer of the other server after function %d at depth %d", function, depth)
                .isPresent();
        long handledBefore = handled;
        handled = Long.parseLong(new String(answer.get(), StandardCharsets.UTF_8));
        return handled > handledBefore;
    }

    private static String script(List<String> calls) {
        var script = new StringBuilder(EveryFunction.directives());
        script.append("void Do(i32 $function) {\n    ")
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
                i32 Down(i32 $depth, i32 $function) {
                    if ($depth > 0) return(Down($depth - 1, $function) + 1);
                    Do($function);
                    return(0);
                }
                callback i32 OnPacket(ref blob $X) {
                    Down($X[19] + 256 * $X[20], $X[17] + 256 * $X[18]);
                    return(0);
                }
                callback i32 OnSpare(ref blob $X) { return(0); }
                callback i32 OnAsk(ref blob $X) {
                    i64 $sent = str.ToInt(blob.ToText($X[17:]));
                    while (callbackudpserver.Handled(1) + callbackudpserver.Dropped(1) < $sent) timer.SleepMs(1);
                    $X = blob.FromText(str.FromInt(callbackudpserver.Handled(1)));
                    return(1);
                }
                i32 main() {
                    i64 $deep = callbackudpserver.Open("OnPacket", -1, 0);
                    printf("%d\\n", callbackudpserver.Port(callbackudpserver.Open("OnAsk", -1, 0)));
                    callbackudpserver.Open("OnSpare", -1, 0);
                    printf("listening on 127.0.0.1:%d\\n", callbackudpserver.Port($deep));
                    while (1) timer.SleepMs(1000);
                }
                """).toString();
    }
}
