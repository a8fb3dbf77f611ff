package dev.domin.embed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.domin.udp.Datagram;
import dev.domin.udp.Fate;
import dev.domin.udp.UdpCustomizer;
import dev.domin.udp.UdpEndpoint;
import dev.domin.udp.UdpObserver;
import dev.domin.udp.UdpProgram;
import dev.domin.udp.UdpProgramLoader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scripts for code that knows only the engine. Run on the module path, and again on the class path. */
@Timeout(120)
class ScriptProgramTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final UdpCustomizer NONE = (name, options) -> {};
    private static final String PLUGINS = """
            plugin "PrintPlugin"; plugin "TimerPlugin"; plugin "builtin:os";
            plugin "CallbackUdpServerPlugin"; plugin "CallbackUdpClientPlugin";
            """;
    private static final String ECHO = PLUGINS + """
            callback i32 Echo(ref blob $X) { return(1); }
            callback i32 Reply(ref blob $X) { return(1); }
            i32 main() {
                callbackudpserver.Open("Echo", -1, 0);
                callbackudpclient.Open("Reply", -1, 0);
                while (1) timer.SleepMs(1000);
            }
            """;

    private final List<String> seen = new CopyOnWriteArrayList<>();

    /** What another module declares with {@code uses}; the tests are patched into a module that does not. */
    @BeforeAll
    static void useTheService() {
        var module = ScriptProgramTest.class.getModule();
        assertThat(module.isNamed()).isEqualTo(Boolean.getBoolean("domin.test.modules"));
        if (module.isNamed()) {
            module.addUses(UdpProgramLoader.class);
        }
    }

    private static UdpProgram start(String text, UdpCustomizer customizer, String... arguments) throws Exception {
        var loaders = ServiceLoader.load(UdpProgramLoader.class).stream().toList();
        assertThat(loaders).hasSize(1);
        return loaders.getFirst().get().start("test.dom", text, List.of(arguments), customizer);
    }

    private static String ask(InetSocketAddress server, String text) throws Exception {
        try (var client = new DatagramSocket()) {
            client.setSoTimeout(30_000);
            var bytes = text.getBytes(UTF_8);
            client.send(new DatagramPacket(bytes, bytes.length, server));
            var answer = new DatagramPacket(new byte[100], 100);
            client.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), UTF_8);
        }
    }

    private final class Recorder implements UdpObserver {

        @Override
        public void opened(UdpEndpoint endpoint) {
            seen.add("opened");
        }

        @Override
        public void received(long number, long arrival, Datagram packet) {
            seen.add("received " + packet.text());
        }

        @Override
        public void decided(long number, Fate fate) {
            seen.add("decided " + fate);
        }

        @Override
        public void sent(long number, byte[] bytes, int offset, int length, InetSocketAddress to) {
            seen.add("sent " + number);
        }

        @Override
        public void closed() {
            seen.add("closed");
        }
    }

    @Test
    void shouldServe() throws Exception {
        var program = start(ECHO, (name, options) -> options.observer(new Recorder()));
        InetSocketAddress address;
        try (program) {
            address = program.awaitEndpoint(PATIENCE);
            assertThat(ask(address, "hello")).isEqualTo("hello");
            Awaitility.await().atMost(PATIENCE).until(() -> program.openEndpoints() == 2);
            assertThat(program.awaitEndpoint(Duration.ZERO)).isEqualTo(address);
            assertThat(program.isRunning()).isTrue();
            assertThat(program.failures()).isEmpty();
        }
        assertThat(program.isRunning()).isFalse();
        assertThat(program.openEndpoints()).isZero();
        assertThat(program.awaitEndpoint(Duration.ZERO)).isEqualTo(address);
        assertThat(seen)
                .contains("received hello", "decided HANDLED", "sent 1")
                .containsOnlyOnce("received hello")
                .filteredOn(each -> each.equals("opened") || each.equals("closed"))
                .containsExactly("opened", "opened", "closed", "closed");
    }

    @Test
    void shouldCountEndpointsWithoutAnObserver() throws Exception {
        try (var program = start(ECHO, NONE)) {
            assertThat(ask(program.awaitEndpoint(PATIENCE), "hello")).isEqualTo("hello");
            Awaitility.await().atMost(PATIENCE).until(() -> program.openEndpoints() == 2);
        }
    }

    @Test
    void shouldReportFailuresOfCallbacks() throws Exception {
        var text = PLUGINS + """
                callback i32 Fails(ref blob $X) { i32 $zero = 0; return(1 / $zero); }
                i32 main() {
                    callbackudpserver.Open("Fails", -1, 0);
                    while (1) timer.SleepMs(1000);
                }
                """;
        try (var program = start(text, NONE);
                var client = new DatagramSocket()) {
            client.send(new DatagramPacket(new byte[1], 1, program.awaitEndpoint(PATIENCE)));
            Awaitility.await().atMost(PATIENCE).until(() -> !program.failures().isEmpty());
            assertThat(program.failures()).hasSize(1).first().asString().contains("test.dom:3:", "division by zero");
            assertThat(program.isRunning()).isTrue();
        }
    }

    @Test
    void shouldThrowTheReportOfAProgramThatIsRefused() {
        assertThatThrownBy(() -> start("i32 $n = $m;\ni32 $k = \"x\";\n", NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("test.dom:1:10: error:")
                .hasMessageContaining("test.dom:2:10: error:");
    }

    @Test
    void shouldThrowTheReportOfAProgramThatFailedOrEnded() throws Exception {
        try (var failed = start("i32 $zero = 0;\ni32 $n = 1 / $zero;\n", NONE);
                var ended = start("i32 $n = 1;\n", NONE)) {
            assertThatThrownBy(() -> failed.awaitEndpoint(PATIENCE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("test.dom:2:")
                    .hasMessageContaining("division by zero");
            assertThat(failed.failures()).hasSize(1);
            assertThatThrownBy(() -> ended.awaitEndpoint(PATIENCE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("test.dom has ended without opening a server");
            assertThat(ended.isRunning()).isFalse();
        }
    }

    @Test
    void shouldGetArgumentsAndTimeOut() throws Exception {
        var text = PLUGINS + "if (os.Arg(0) == \"wait\") while (1) timer.SleepMs(1000);\n";
        try (var program = start(text, NONE, "wait")) {
            assertThatThrownBy(() -> program.awaitEndpoint(Duration.ofMillis(50)))
                    .isInstanceOf(TimeoutException.class);
            Thread.currentThread().interrupt();
            assertThat(program.isRunning()).isTrue();
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
