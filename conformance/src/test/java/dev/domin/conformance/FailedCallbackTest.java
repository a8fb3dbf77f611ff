package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resources of callbacks that fail do not accumulate. */
class FailedCallbackTest {

    private static final int ROUNDS = 200;
    private static final int BAD_PACKETS_A_ROUND = 10; // few enough for any receive buffer

    @TempDir
    Path folder;

    @Test
    void shouldFreeTheJsonOfCallbacksThatFail() throws IOException {
        String numbers = "[" + "1234567,".repeat(1000) + "1]"; // about 100 kB when parsed
        serve("""
                callback i32 OnPacket(ref blob $X) {
                    blob $text[0] = $X[8 + 9:];
                    i64 $h = json.ParseBlob($text);
                    if (json.ArrayLen($h) > 1) { json.GetInt($h, "missing"); }
                    json.Free($h);
                    return(1);
                }
                """, numbers, "[1]", "there is no `missing`");
    }

    @Test
    void shouldCloseTheClientsOfCallbacksThatFail() throws IOException {
        serve("""
                callback i32 OnReply(ref blob $X) { return(0); }
                callback i32 OnPacket(ref blob $X) {
                    i64 $cli = callbackudpclient.Open("OnReply", -1);
                    if ($X[17] == 'b') { callbackudpclient.SendText($cli, "example.com", 9, "x"); }
                    callbackudpclient.Close($cli);
                    return(callbackudpclient.OpenCount() == 0);
                }
                """, "bad", "good", "example.com");
    }

    /** Runs a server with a heap that is too small for the resources of all failed callbacks together. */
    private void serve(String script, String bad, String good, String error) throws IOException {
        Path file = folder.resolve("server.dom");
        Files.writeString(file, """
                plugin "../plugins/print/PrintPlugin";
                plugin "../plugins/callback_udp_client/CallbackUdpClientPlugin";
                plugin "../plugins/callback_udp_server/CallbackUdpServerPlugin";
                plugin "../plugins/json/JsonPlugin";
                plugin "../plugins/timer/TimerPlugin";
                %s
                i32 main() {
                    i64 $sid = callbackudpserver.Open("OnPacket", -1);
                    printf("listening on 127.0.0.1:%%d\\n", callbackudpserver.Port($sid));
                    while (1) { timer.SleepMs(1000); }
                }
                """.formatted(script));
        try (var server = DominProcess.startWithOptions(List.of("-Xmx48m"), file.toString());
                var client = new UdpClient(server.out().awaitPort())) {
            for (int round = 1; round <= ROUNDS; round++) {
                for (int i = 0; i < BAD_PACKETS_A_ROUND; i++) {
                    client.send(bad);
                }
                client.send(good);
                assertThat(client.receive())
                        .as(
                                "the answer after %d bad packets; err: %s",
                                round * BAD_PACKETS_A_ROUND, server.err().text())
                        .hasValue(good.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(server.terminate()).isEqualTo(DominProcess.TERMINATED);
            assertThat(server.err().text())
                    .contains(error)
                    .contains("handled=" + ROUNDS + " dropped=" + ROUNDS * BAD_PACKETS_A_ROUND)
                    .doesNotContain("out of memory");
        }
    }
}
