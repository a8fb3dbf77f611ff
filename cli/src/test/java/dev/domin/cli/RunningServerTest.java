package dev.domin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts with a server, run as the command runs them, and a client that exchanges packets with them. */
@Tag("timing")
@Timeout(60)
class RunningServerTest {

    private static final Pattern OTHER_PORT = Pattern.compile("other (\\d+)\n");
    private static final Pattern COUNTS = Pattern.compile("handled=(\\d+) dropped=(\\d+)");
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

    @Test
    void shouldCountWhatIsQueuedWhenAServerCloses() throws Exception {
        start("""
                callback i32 P(ref blob $X) {
                    while (Said() == 0) timer.SleepMs(1);
                    return(0);
                }
                callback i32 Signal(ref blob $X) { map.PutInt("said", "go", 1); return(1); }
                i32 Said() { return(map.HasKey("said", "go")); }
                i32 main() {
                    map.Create("said", 2);
                    callbackudpserver.Open("P", -1);
                    callbackudpserver.Open("Signal", -1);
                    printf("port %d\\nother %d\\n", callbackudpserver.Port(1), callbackudpserver.Port(2));
                    while (Said() == 0) timer.SleepMs(1);
                    callbackudpserver.Close(1);
                    printf("%s\\n", callbackudpserver.Info(1));
                    return(0);
                }
                """);
        for (int i = 0; i < 500; i++) {
            send("x");
        }
        signal();
        assertThat(status.get()).isZero();
        var matcher = COUNTS.matcher(out.toString(StandardCharsets.UTF_8));
        assertThat(matcher.find()).isTrue();
        assertThat(Integer.parseInt(matcher.group(1)) + Integer.parseInt(matcher.group(2)))
                .isEqualTo(500);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void shouldReportLatePacketsOnceAndThenTheirNumber() throws Exception {
        start("""
                callback i32 P(ref blob $X) { timer.SleepMs(200); return(1); }
                i32 main() {
                    callbackudpserver.Open("P", 20);
                    printf("port %d\\n", callbackudpserver.Port(1));
                    while (callbackudpserver.Dropped(1) < 3) timer.SleepMs(1);
                    return(0);
                }
                """);
        for (int i = 0; i < 3; i++) {
            send("x");
        }
        assertThat(status.get()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "domin: server 1 (P, port " + port() + "): a packet was dropped because P did not return"
                                + " within 20 ms; further ones are counted",
                        "domin: server 1 (P, port " + port() + "): 3 packets in all were dropped as late");
    }

    @RepeatedTest(5)
    void shouldEndSilentlyWhenACallbackExits() throws Exception {
        start("""
                callback i32 P(ref blob $X) { os.Exit(3); return(0); }
                i32 main() {
                    callbackudpserver.Open("P", -1);
                    printf("port %d\\n", callbackudpserver.Port(1));
                    while (1) timer.SleepMs(1000);
                }
                """);
        send("x");
        assertThat(status.get()).isEqualTo(3);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void shouldReportATimersCallbackThatIsCancelled() throws Exception {
        start("""
                callback i32 Tick(ref blob $X) { map.PutInt("said", "go", 1); while (1) timer.SleepMs(1); return(0); }
                i32 main() {
                    map.Create("said", 2);
                    timer.Schedule("Tick", 1);
                    while (map.HasKey("said", "go") == 0) timer.SleepMs(1);
                    os.Exit(4);
                    return(0);
                }
                """);
        assertThat(status.get()).isEqualTo(4);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement(STRING)
                .matches("domin: timer 1 \\(Tick\\): Tick was cancelled because the script ends; it had been running"
                        + " for \\d+\\.\\d s");
    }

    @Test
    void shouldReportDelayedDatagramsAtTheEndInOneLine() throws Exception {
        start("""
                callback i32 P(ref blob $X) { return(0); }
                i32 main() {
                    i64 $a = callbackudpserver.Open("P", -1);
                    packet.SendLater($a, "127.0.0.1", 9, blob.FromText("x"), 60000);
                    i64 $b = callbackudpserver.Open("P", -1);
                    packet.SendLater($b, "127.0.0.1", 9, blob.FromText("x"), 60000);
                    return(0);
                }
                """);
        assertThat(status.get()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("domin: 2 delayed datagrams were not sent, because the script has ended");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 60_000})
    void shouldReportACallbackThatIsCancelledAtClose(int timeout) throws Exception {
        start("""
                callback i32 P(ref blob $X) { map.PutInt("said", "go", 1); while (1) timer.SleepMs(1); return(0); }
                i32 main() {
                    map.Create("said", 2);
                    callbackudpserver.Open("P", %d);
                    printf("port %%d\\n", callbackudpserver.Port(1));
                    while (map.HasKey("said", "go") == 0) timer.SleepMs(1);
                    return(callbackudpserver.Close(1));
                }
                """.formatted(timeout));
        send("x");
        assertThat(status.get()).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement(STRING)
                .matches("domin: server 1 \\(P, port \\d+\\): P was cancelled because the server closes; it had been"
                        + " running for "
                        + (timeout < 0 ? "at least " : "") + "[5-9]\\.\\d s");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems do not report how many packets they lost")
    void shouldReportLostPacketsWhenTheRunIsCancelledDuringClose() throws Exception {
        start("""
                callback i32 P(ref blob $X) { while (1) timer.SleepMs(1000); return(1); }
                callback i32 Signal(ref blob $X) {
                    i32 $zero = 0;
                    if (map.AddInt("said", "go", 1) == 1) return(1);
                    while (callbackudpserver.State(1)) timer.SleepMs(1);
                    return(1 / $zero);
                }
                i32 main() {
                    map.Create("said", 2);
                    callbackudpserver.Open("P", -1);
                    callbackudpserver.Open("Signal", -1);
                    printf("port %d\\nother %d\\n", callbackudpserver.Port(1), callbackudpserver.Port(2));
                    while (map.HasKey("said", "go") == 0) timer.SleepMs(1);
                    callbackudpserver.Close(1);
                    return(0);
                }
                """, "--fail-fast");
        send("x");
        for (int i = 0; i < 5000; i++) {
            send(client, new byte[8000]); // together more than any receive buffer can hold
        }
        signal();
        signal();
        assertThat(status.get()).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).containsPattern("server 1 .*: the system lost \\d+ packets");
    }

    private void start(String script, String... options) {
        String directives = """
                plugin "PrintPlugin"; plugin "TimerPlugin"; plugin "MapPlugin"; plugin "CallbackUdpServerPlugin";
                """;
        var arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("-e", directives + script));
        var thread = new Thread(() -> {
            try {
                var cli = new Cli(out, new PrintStream(err, true, StandardCharsets.UTF_8), false, false);
                status.complete(cli.run(arguments.toArray(new String[0])));
            } catch (Throwable e) {
                status.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void send(String text) throws Exception {
        if (client == null) {
            await().atMost(Duration.ofSeconds(20)).until(() -> status.isDone() || port() > 0);
            assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
            client = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            client.setSoTimeout(20_000);
            client.connect(InetAddress.getLoopbackAddress(), port());
        }
        send(client, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(DatagramSocket from, byte[] bytes) throws Exception {
        from.send(new DatagramPacket(bytes, bytes.length));
    }

    /** Sends a packet to the script's second server. */
    private void signal() throws Exception {
        var matcher = OTHER_PORT.matcher(out.toString(StandardCharsets.UTF_8));
        assertThat(matcher.find()).isTrue();
        try (var signaller = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            signaller.connect(InetAddress.getLoopbackAddress(), Integer.parseInt(matcher.group(1)));
            send(signaller, new byte[1]);
        }
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
