package dev.domin.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts with servers that get many packets, and with many servers. */
@Tag("timing")
@Timeout(120)
class BusyServerTest {

    private static final String BATCHING = "dev.domin.udp.batching";
    private static final Pattern PORT = Pattern.compile("port (\\d+)\n");
    private static final int HEADER_LENGTH = 17; // port, length of the host, 127.0.0.1

    private static final String DIRECTIVES = """
            plugin "PrintPlugin"; plugin "TimerPlugin"; plugin "MapPlugin"; plugin "BlobPlugin";
            plugin "CallbackUdpServerPlugin";
            """;

    /** A second server, through which the test releases the others. */
    private static final String SIGNALS = """
            callback i32 Signal(ref blob $X) {
                map.PutInt("said", blob.ToText($X[%d:]), 1);
                return(1);
            }
            void Await(string $signal) { while (map.HasKey("said", $signal) == 0) timer.SleepMs(1); }
            """.formatted(HEADER_LENGTH);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private DatagramSocket client;

    @BeforeEach
    void openClient() throws Exception {
        client = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        client.setSoTimeout(30_000);
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems do not report how many packets they lost")
    void shouldReportExactlyHowManyPacketsTheSystemLost() throws Exception {
        start(SIGNALS + """
                callback i32 P(ref blob $X) { Await("burst is over"); return($X.Length < 100); }
                i32 main() {
                    map.Create("said", 10);
                    callbackudpserver.Open("P", -1);
                    callbackudpserver.Open("Signal", -1);
                    printf("port %d\\nport %d\\n", callbackudpserver.Port(1), callbackudpserver.Port(2));
                    Await("all came");
                    callbackudpserver.Close(1);
                    printf("%s\\n", callbackudpserver.Info(1));
                    return(0);
                }
                """);
        List<Integer> ports = ports(2);
        int burst = 5000;
        for (int i = 0; i < burst; i++) {
            send(ports.get(0), new byte[8000]); // together more than any receive buffer can hold
        }
        assertThat(ask(ports.get(1), "burst is over")).isEqualTo("burst is over");
        await().atMost(Duration.ofSeconds(30)).until(() -> isDrained(ports.get(0)));
        assertThat(ask(ports.get(0), "the last one")).isEqualTo("the last one");
        assertThat(ask(ports.get(1), "all came")).isEqualTo("all came");
        assertThat(status.get()).isZero();
        long lost = number(
                err.toString(UTF_8),
                "server 1 \\(P, port " + ports.get(0) + "\\): the system lost (\\d+) packets before they");
        long handled = number(out.toString(UTF_8), "id=1 state=closed .* handled=(\\d+) dropped=0\n");
        assertThat(lost).isPositive();
        assertThat(lost + handled).isEqualTo(burst + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1000})
    void shouldSendAnswersBeforeACallbackOfTheSameBatchBlocks(int timeout) throws Exception {
        String before = System.getProperty(BATCHING);
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        System.setProperty(BATCHING, system.matches("Linux (amd64|aarch64)") ? "now" : "auto");
        try {
            start(SIGNALS + """
                    callback i32 P(ref blob $X) {
                        string $text = blob.ToText($X[17:]);
                        if ($text == "first") Await("all are queued");
                        if ($text == "slow") { Await("slow may end"); printf("slow ends\\n"); }
                        return(1);
                    }
                    i32 main() {
                        map.Create("said", 10);
                        callbackudpserver.Open("P", %d);
                        callbackudpserver.Open("Signal", -1);
                        printf("port %%d\\nport %%d\\n", callbackudpserver.Port(1), callbackudpserver.Port(2));
                        Await("end");
                        return(0);
                    }
                    """.formatted(timeout));
            List<Integer> ports = ports(2);
            try (var signaller = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                send(ports.get(0), "first".getBytes(UTF_8));
                for (int i = 0; i < 40; i++) {
                    send(ports.get(0), ("before " + i).getBytes(UTF_8));
                }
                send(ports.get(0), "slow".getBytes(UTF_8));
                for (int i = 0; i < 40; i++) {
                    send(ports.get(0), ("after " + i).getBytes(UTF_8));
                }
                send(signaller, ports.get(1), "all are queued".getBytes(UTF_8));
                assertThat(receive()).isEqualTo("first");
                for (int i = 0; i < 40; i++) {
                    assertThat(receive()).isEqualTo("before " + i);
                }
                assertThat(out.toString(UTF_8)).doesNotContain("slow ends");
                if (timeout < 0) {
                    send(signaller, ports.get(1), "slow may end".getBytes(UTF_8));
                    assertThat(receive()).isEqualTo("slow");
                } // otherwise it is late, and its answer is discarded
                for (int i = 0; i < 40; i++) {
                    assertThat(receive()).isEqualTo("after " + i);
                }
                send(signaller, ports.get(1), "slow may end".getBytes(UTF_8));
                send(signaller, ports.get(1), "end".getBytes(UTF_8));
            }
            assertThat(status.get()).isZero();
            assertThat(out.toString(UTF_8)).contains("slow ends");
            if (timeout < 0) {
                assertThat(err.toString(UTF_8)).isEmpty();
            } else {
                assertThat(err.toString(UTF_8).lines())
                        .singleElement(STRING)
                        .contains("a packet was dropped because P did not return within 1000 ms");
            }
        } finally {
            if (before == null) {
                System.clearProperty(BATCHING);
            } else {
                System.setProperty(BATCHING, before);
            }
        }
    }

    @Test
    void shouldServeAThousandServersInOneScript() throws Exception {
        int count = 1000;
        start(SIGNALS + """
                callback i32 OneOfAThousand(ref blob $X) { return(1); }
                i32 main() {
                    i64 $i;
                    map.Create("said", 10);
                    callbackudpserver.Open("Signal", -1);
                    for ($i = 2; $i <= %1$d; $i++) callbackudpserver.Open("OneOfAThousand", $i %% 2 == 0 ? -1 : 60000);
                    for ($i = 1; $i <= %1$d; $i++) printf("port %%d\\n", callbackudpserver.Port($i));
                    Await("close");
                    callbackudpserver.Close(1); // whose last packet is counted when its callback has returned
                    for ($i = 2; $i <= %1$d; $i++) {
                        if (callbackudpserver.Handled($i) != 1 || callbackudpserver.Dropped($i) != 0) return(2);
                        if (callbackudpserver.Close($i) != 1) return(3);
                    }
                    return(callbackudpserver.OpenCount());
                }
                """.formatted(count));
        List<Integer> ports = ports(count);
        for (int i = 1; i < count; i++) {
            assertThat(ask(ports.get(i), "hello " + i)).isEqualTo("hello " + i);
        }
        assertThat(ask(ports.get(0), "close")).isEqualTo("close");
        assertThat(status.get()).isZero();
        assertThat(err.toString(UTF_8)).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("OneOfAThousand"));
    }

    private void start(String script) {
        var thread = new Thread(() -> {
            try {
                var cli = new Cli(out, new PrintStream(err, true, UTF_8), false, false);
                status.complete(cli.run("-e", DIRECTIVES + script));
            } catch (Throwable e) {
                status.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until the script has printed so many ports. */
    private List<Integer> ports(int count) {
        var ports = new ArrayList<Integer>();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            ports.clear();
            Matcher matcher = PORT.matcher(out.toString(UTF_8));
            while (matcher.find()) {
                ports.add(Integer.valueOf(matcher.group(1)));
            }
            return status.isDone() || ports.size() == count;
        });
        assertThat(err.toString(UTF_8)).isEmpty();
        assertThat(ports).hasSize(count);
        return ports;
    }

    /** {@return whether no packet waits in a socket, according to Linux' table of UDP sockets} */
    private static boolean isDrained(int port) throws IOException {
        String address = "0100007F:%04X ".formatted(port);
        for (String line : Files.readAllLines(Path.of("/proc/net/udp"))) {
            if (line.contains(": " + address)) {
                return line.contains(":00000000 00:"); // tx_queue:rx_queue, then the timer
            }
        }
        return false;
    }

    private static long number(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    private String ask(int port, String text) throws IOException {
        send(port, text.getBytes(UTF_8));
        return receive();
    }

    private void send(int port, byte[] bytes) throws IOException {
        send(client, port, bytes);
    }

    private static void send(DatagramSocket from, int port, byte[] bytes) throws IOException {
        from.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
    }

    private String receive() throws IOException {
        var packet = new DatagramPacket(new byte[2048], 2048);
        client.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), UTF_8);
    }
}
