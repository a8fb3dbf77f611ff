package dev.domin.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.domin.lang.source.RefusedException;
import dev.domin.lang.source.SourceFile;
import dev.domin.runtime.Plugins;
import dev.domin.runtime.RunOptions;
import dev.domin.runtime.Script;
import dev.domin.runtime.ScriptFailedException;
import dev.domin.udp.Datagram;
import dev.domin.udp.Fate;
import dev.domin.udp.UdpCustomizer;
import dev.domin.udp.UdpObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scripts inside a Java program, as described in docs/embedding.md. */
@Timeout(120)
class EmbeddingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern EXAMPLE =
            Pattern.compile("```java\n(.*?class (\\w+).*?)```\n\n```output\n(.*?)```", Pattern.DOTALL);
    private static final String ECHO = """
            plugin "PrintPlugin"; plugin "TimerPlugin"; plugin "CallbackUdpServerPlugin";
            callback i32 Echo(ref blob $X) { return(1); }
            i32 main() {
                callbackudpserver.Open("Echo", -1);
                while (1) timer.SleepMs(1000);
            }
            """;

    @TempDir
    Path folder;

    /** Each program of the page is compiled and run by a JVM of its own. */
    @TestFactory
    Stream<DynamicTest> shouldRunTheExamplesOfThePage() throws Exception {
        var page = Files.readString(Project.file("docs/embedding.md"));
        var examples = EXAMPLE.matcher(page).results().toList();
        assertThat(examples).hasSize(2);
        return examples.stream().map(example -> DynamicTest.dynamicTest(example.group(2), () -> run(example)));
    }

    private void run(MatchResult example) throws Exception {
        var file = Files.writeString(folder.resolve(example.group(2) + ".java"), example.group(1));
        var java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        file.toString())
                .directory(Project.file("").toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(java.getInputStream().readAllBytes(), UTF_8);
        assertThat(SampleOutputTest.withoutPort(output)).isEqualTo(SampleOutputTest.withoutPort(example.group(3)));
        assertThat(java.waitFor()).isZero();
    }

    @Test
    void shouldServeAndCount() throws Exception {
        try (var run = Script.compile("echo.dom", ECHO).start();
                var client = new DatagramSocket()) {
            var server = run.awaitServer(PATIENCE);
            assertThat(ask(client, server.address(), "hello")).isEqualTo("hello");
            assertThat(server.port()).isBetween(1, 65_535);
            assertThat(server.callbackName()).isEqualTo("Echo");
            assertThat(server.handled()).isEqualTo(1);
            assertThat(server.dropped()).isZero();
            assertThat(run.servers()).containsExactly(server);
            run.throwIfFailed();
            run.cancel();
            run.await();
            assertThat(server.isOpen()).isFalse();
            assertThat(server.handled()).isEqualTo(1);
            assertThat(run.servers()).isEmpty();
        }
    }

    @Test
    void shouldThrowTheCompleteReportOfAFailure() throws Exception {
        var script =
                Script.compile("fails.dom", "plugin \"PrintPlugin\";\ni32 $zero = 0;\nprintf(\"%d\", 1 / $zero);\n");
        try (var run = script.start()) {
            assertThat(run.await()).isEqualTo(1);
            assertThatThrownBy(run::throwIfFailed)
                    .isInstanceOf(ScriptFailedException.class)
                    .hasMessageContaining("fails.dom:3:14: error: division by zero")
                    .hasMessageContaining("printf(\"%d\", 1 / $zero);");
            assertThatThrownBy(() -> run.awaitServer(PATIENCE)).isInstanceOf(ScriptFailedException.class);
        }
    }

    @Test
    void shouldThrowTheCompleteReportOfCompileErrors() {
        assertThatThrownBy(() -> Script.compile("refused.dom", "i32 $n = $m;\ni32 $k = \"x\";\n"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("refused.dom:1:10: error:")
                .hasMessageContaining("refused.dom:2:10: error:");
    }

    @Test
    void shouldNameTheFileThatCannotBeRead() {
        var folder = Project.file("examples");
        assertThatThrownBy(() -> Script.compile(folder))
                .isInstanceOf(IOException.class)
                .hasMessage(folder + ": Is a directory");
    }

    /** More nanoseconds than a {@code long} has. */
    @Test
    void shouldTakeDurationsOfAnyLength() throws Exception {
        var forever = Duration.ofSeconds(Long.MAX_VALUE);
        var options = RunOptions.builder().maxDuration(forever).build();
        try (var ended = Script.compile("ends.dom", "i32 $n = 1;\n").start(options)) {
            assertThatThrownBy(() -> ended.awaitServer(forever))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("ends.dom has ended without opening a server");
        }
    }

    @Test
    void shouldReportThatThereIsNoServer() throws Exception {
        try (var ended = Script.compile("ends.dom", "i32 $n = 1;\n").start();
                var waits = Script.compile("waits.dom", "plugin \"TimerPlugin\";\nwhile (1) timer.SleepMs(1000);\n")
                        .start()) {
            assertThatThrownBy(() -> ended.awaitServer(PATIENCE))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("ends.dom has ended without opening a server");
            assertThatThrownBy(() -> waits.awaitServer(Duration.ofMillis(50)))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("waits.dom has opened no server within PT0.05S");
        }
    }

    @Test
    void shouldWriteToTheOutputOfTheHost() throws Exception {
        var out = new ByteArrayOutputStream();
        var text = "plugin \"PrintPlugin\"; plugin \"builtin:os\";\nprintf(\"%s\\n\", os.Arg(0));\n";
        var options = RunOptions.builder().arguments("hello").out(out).build();
        try (var run = Script.compile("prints.dom", text).start(options)) {
            assertThat(run.await()).isZero();
        }
        assertThat(out.toString(UTF_8)).isEqualTo("hello\n");
    }

    @Test
    void shouldLetAScriptUseOnlyAllowedPlugins() {
        var allowed = Plugins.only(Plugins.installed(), "print", "timer");
        assertThat(allowed.libraries())
                .contains("PrintPlugin", "TimerPlugin")
                .doesNotContain("CallbackUdpServerPlugin");
        assertThatThrownBy(() -> Script.compile(new SourceFile("echo.dom", ECHO), allowed))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("CallbackUdpServerPlugin");
    }

    @Test
    void shouldRefuseToAllowAnUnknownPlugin() {
        var all = Plugins.installed();
        assertThatThrownBy(() -> Plugins.only(all, "print", "tmer"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("there is no plugin `tmer`; there are ")
                .hasMessageContaining("print")
                .hasMessageContaining("timer");
    }

    @Test
    void shouldDescribeAServer() throws Exception {
        try (var run = Script.compile("echo.dom", ECHO).start()) {
            var server = run.awaitServer(PATIENCE);
            assertThat(server).hasToString("Echo on 127.0.0.1:" + server.port() + ", open");
            run.cancel();
            run.await();
            assertThat(server).hasToString("Echo on 127.0.0.1:" + server.port() + ", closed");
        }
    }

    @Test
    void shouldShowTheHostThePacketsOfAScript() throws Exception {
        var fates = new CopyOnWriteArrayList<String>();
        UdpCustomizer customizer = (name, options) -> options.observer(new UdpObserver() {
            @Override
            public void received(long number, long arrival, Datagram packet) {
                fates.add(name + " received " + packet.text());
            }

            @Override
            public void decided(long number, Fate fate) {
                fates.add(name + " " + fate);
            }

            @Override
            public void sent(long number, byte[] bytes, int offset, int length, InetSocketAddress to) {
                fates.add(name + " sent " + new String(bytes, offset, length, UTF_8));
            }
        });
        var options =
                RunOptions.builder().service(UdpCustomizer.class, customizer).build();
        try (var run = Script.compile("echo.dom", ECHO).start(options);
                var client = new DatagramSocket()) {
            assertThat(ask(client, run.awaitServer(PATIENCE).address(), "hello"))
                    .isEqualTo("hello");
        }
        assertThat(fates).containsExactly("Echo received hello", "Echo HANDLED", "Echo sent hello");
    }

    private static String ask(DatagramSocket client, InetSocketAddress server, String text) throws Exception {
        client.setSoTimeout(30_000);
        var bytes = text.getBytes(UTF_8);
        client.send(new DatagramPacket(bytes, bytes.length, server));
        var answer = new DatagramPacket(new byte[100], 100);
        client.receive(answer);
        return new String(answer.getData(), 0, answer.getLength(), UTF_8);
    }
}
