package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.domin.runtime.RunOptions;
import dev.domin.runtime.Script;
import dev.domin.runtime.ScriptRun;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is left of a server that is closed, while its script goes on. */
@Timeout(180)
class ClosedServersTest {

    /** The final counts that Info returns, and the entry of the id. */
    private static final int MOST_BYTES_PER_SERVER = 200;

    private final ScriptRun run = Script.compile("servers.dom", """
                    plugin "MapPlugin"; plugin "CallbackUdpServerPlugin";
                    callback i32 Once(ref blob $X) {
                        callbackudpserver.Close(map.GetInt("open", "id"));
                        return(1);
                    }
                    i32 Open() {
                        if (map.Exists("open") == 0) map.Create("open", 1);
                        i64 $server = callbackudpserver.Open("Once", -1, 0);
                        map.PutInt("open", "id", $server);
                        return(callbackudpserver.Port($server));
                    }
                    void Cycle(i32 $times) {
                        for (i32 $i = 0; $i < $times; $i++) callbackudpserver.Close(callbackudpserver.Open("Once", -1, 0));
                    }
                    string Info(i64 $server) { return(callbackudpserver.Info($server)); }
                    void main() {}
                    """)
            .start(RunOptions.builder().withoutMain().build());

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    void shouldKeepOnlyTheFinalCounts() {
        int servers = 10_000;
        run.call("Cycle", 1000);
        long before = usedBytes();
        run.call("Cycle", servers);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat((usedBytes() - before) / servers).isLessThan(MOST_BYTES_PER_SERVER));
        assertThat(run.servers()).isEmpty();
        assertThat((String) run.call("Info", 500L))
                .contains("id=500 state=closed")
                .endsWith("handled=0 dropped=0");
    }

    @Test
    void shouldNotListAServerThatItsOwnCallbackHasClosed() {
        for (int i = 1; i <= 100; i++) {
            try (var client = new UdpClient((int) run.call("Open"))) {
                client.send("x");
                assertThat(client.receive())
                        .as("the last answer of server %d", i)
                        .isPresent();
            }
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> run.servers().isEmpty());
        assertThat((String) run.call("Info", 100L))
                .contains("id=100 state=closed")
                .endsWith("handled=1 dropped=0");
        run.throwIfFailed();
    }

    private static long usedBytes() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
