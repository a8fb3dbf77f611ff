package dev.domin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scripts with a server, run as the command runs them, and a client that talks to them. */
@Timeout(60)
class RunningServerTest {

    private static final Pattern PORT = Pattern.compile("port (\\d+)\n");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private DatagramSocket client;

    @AfterEach
    void closeClient() {
        if (client != null) {
            client.close();
        }
    }

    @Test
    void shouldNotEndBeforeACallbackThatClosedItsOwnServer() throws Exception {
        start("""
                callback i32 P(ref blob $X) {
                    callbackudpserver.Close(1);
                    timer.SleepMs(200);
                    printf("last words\\n");
                    return(1);
                }
                i32 main() {
                    callbackudpserver.Open("P", -1);
                    printf("port %d\\n", callbackudpserver.Port(1));
                    while (callbackudpserver.State(1)) timer.SleepMs(1);
                    return(5);
                }
                """);
        send("x");
        assertThat(status.get()).isEqualTo(5);
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("last words\n");
        assertThat(receive()).isEqualTo("x");
    }

    private void start(String script) {
        String directives = """
                plugin "PrintPlugin"; plugin "TimerPlugin"; plugin "CallbackUdpServerPlugin";
                """;
        var thread = new Thread(() -> {
            try {
                var cli = new Cli(out, new PrintStream(err, true, StandardCharsets.UTF_8), false, false);
                status.complete(cli.run("-e", directives + script));
            } catch (Throwable e) {
                status.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void send(String text) throws Exception {
        await().atMost(Duration.ofSeconds(20)).until(() -> status.isDone() || port() > 0);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        if (client == null) {
            client = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            client.setSoTimeout(20_000);
            client.connect(InetAddress.getLoopbackAddress(), port());
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        client.send(new DatagramPacket(bytes, bytes.length));
    }

    private String receive() throws Exception {
        var packet = new DatagramPacket(new byte[2048], 2048);
        client.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    private int port() {
        var matcher = PORT.matcher(out.toString(StandardCharsets.UTF_8));
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
