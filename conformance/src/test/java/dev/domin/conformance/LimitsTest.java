package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.domin.lang.source.RefusedException;
import dev.domin.lang.source.SourceFile;
import dev.domin.runtime.Plugins;
import dev.domin.runtime.RunOptions;
import dev.domin.runtime.Script;
import dev.domin.runtime.ScriptFailedException;
import dev.domin.runtime.ScriptRun;
import dev.domin.spi.Limit;
import dev.domin.spi.Limits;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script may use up, and that another script in the same JVM is not disturbed when it does. */
@Timeout(180)
class LimitsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PLUGINS = """
            plugin "PrintPlugin"; plugin "BlobPlugin"; plugin "StrPlugin"; plugin "MapPlugin"; plugin "JsonPlugin";
            plugin "TimerPlugin"; plugin "WebUtilPlugin"; plugin "CryptoPlugin"; plugin "FileIoPlugin";
            plugin "ScriptStatePlugin"; plugin "PathPlugin"; plugin "PacketPlugin"; plugin "CallbackUdpServerPlugin";
            plugin "builtin:os"; plugin "builtin:string";
            struct Large packet { blob a[200000]; };
            callback i32 Never(ref blob $X) { return(0); }
            """;

    private final Script echo = Script.compile("echo.dom", """
            plugin "TimerPlugin"; plugin "CallbackUdpServerPlugin";
            callback i32 Echo(ref blob $X) { return(1); }
            i32 main() { callbackudpserver.Open("Echo", -1); while (1) timer.SleepMs(1000); }
            """);

    private ScriptRun other;
    private UdpClient client;

    @TempDir
    Path folder;

    @BeforeEach
    void startAnotherScript() throws Exception {
        other = echo.start();
        client = new UdpClient(other.awaitServer(PATIENCE).port());
    }

    /** It has answered each packet, and used no memory of a run that has ended. */
    @AfterEach
    void stopTheOtherScript() {
        assertAnswers();
        var server = other.servers().getFirst();
        assertThat(server.dropped()).isZero();
        assertThat(other.failures()).isEmpty();
        client.close();
        other.close();
    }

    /** Where a script exceeds a limit. */
    private enum Place {
        MAIN("Act();"),
        UDP_CALLBACK("""
                printf("%d\\n", callbackudpserver.Port(callbackudpserver.Open("OnEvent", -1)));
                while (1) timer.SleepMs(1000);"""),
        TIMER_CALLBACK("timer.Schedule(\"OnEvent\", 1); while (1) timer.SleepMs(1000);");

        private final String main;

        Place(String main) {
            this.main = main;
        }
    }

    private record Excess(String name, Limits limits, String act, String message) {}

    private static Excess excess(Limit limit, long number, String act, String message) {
        return new Excess(limit.word() + ": " + act, Limits.DEFAULTS.with(limit, number), act, message);
    }

    private static List<Excess> excesses() {
        return List.of(
                excess(
                        Limit.VALUE,
                        131_072,
                        "string $s; $s = str.Repeat(\"x\", 200000);",
                        "str.Repeat: the value would have 200000 bytes, and the limit is 131072"),
                excess(
                        Limit.ENTRIES,
                        10,
                        "map.Create(\"m\", 4); for (i32 $i = 0; 1; $i++) map.PutInt(\"m\", str.FromInt($i), 1);",
                        "map.PutInt: the maps of this script have 10 keys, and the limit is 10"),
                excess(
                        Limit.ENTRIES,
                        10,
                        "i64 $h = json.NewObject(); for (i32 $i = 0; 1; $i++) json.SetInt($h, str.FromInt($i), 1);",
                        "json.SetInt: the value has 10 entries, which is the limit"),
                excess(
                        Limit.ENTRIES,
                        3,
                        "json.Parse(\"[1,2,3]\");",
                        "json.Parse: the text has more than 3 values, which is the limit"),
                excess(
                        Limit.ENTRIES,
                        100,
                        "i64 $h = json.Parse(\"[1]\"); while (1) json.AppendObject($h, \"\", $h);",
                        "json.AppendObject: the value to copy has more than 100 values, which is the limit"),
                excess(
                        Limit.HANDLES,
                        10,
                        "while (1) json.NewArray();",
                        "json.NewArray: the script holds 10 handles, and the limit is 10"),
                excess(
                        Limit.HANDLES,
                        10,
                        "for (i32 $i = 0; 1; $i++) map.Create(str.FromInt($i), 4);",
                        "map.Create: there are 10 maps, and the limit is 10"),
                excess(
                        Limit.TIMERS,
                        10,
                        "while (1) timer.Schedule(\"Never\", 100000);",
                        "timer.Schedule: 10 timers are set, and the limit is 10"),
                excess(
                        Limit.TIMERS,
                        10,
                        "i64 $s = callbackudpserver.Open(\"Never\", -1); blob $B[4];"
                                + " while (1) packet.SendLater($s, \"127.0.0.1\", 9, $B, 100000);",
                        "packet.SendLater: 10 datagrams are waiting, and the limit is 10"),
                excess(
                        Limit.OPEN,
                        5,
                        "while (1) callbackudpserver.Open(\"Never\", -1);",
                        "callbackudpserver.Open: cannot open more servers, clients and the like: the limit of this run"
                                + " is 5"),
                excess(
                        Limit.OUTPUT,
                        1000,
                        "while (1) printf(\"0123456789012345678901234567890123456789\");",
                        "bytes and would write 40 more, and the limit is 1000"));
    }

    @TestFactory
    Stream<DynamicTest> shouldStopWhatExceedsALimitAndDisturbNoOtherScript() {
        var tests = new ArrayList<DynamicTest>();
        for (var excess : excesses()) {
            for (var place : Place.values()) {
                tests.add(DynamicTest.dynamicTest(place + " " + excess.name(), () -> assertStopped(excess, place)));
            }
        }
        return tests.stream();
    }

    private void assertStopped(Excess excess, Place place) throws Exception {
        var run = new WeakReference<>(runUntilStopped(excess, place));
        await().atMost(PATIENCE).untilAsserted(() -> {
            System.gc();
            assertThat(run.get()).as("the run, which has ended").isNull();
        });
    }

    private ScriptRun runUntilStopped(Excess excess, Place place) throws Exception {
        var script = Script.compile("excess.dom", PLUGINS + """
                void Act() { %s }
                callback i32 OnEvent(ref blob $X) { Act(); return(1); }
                i32 main() { %s return(0); }
                """.formatted(excess.act(), place.main));
        var options = RunOptions.builder()
                .limits(excess.limits())
                .failFast(true)
                .out(OutputStream.nullOutputStream())
                .build();
        try (var run = script.start(options)) {
            if (place == Place.UDP_CALLBACK) {
                int port = run.awaitServer(PATIENCE).port();
                try (var asker = new UdpClient(port)) {
                    asker.send(new byte[] {1});
                    assertAnswers();
                }
            }
            do {
                assertAnswers();
            } while (!run.await(1, TimeUnit.MILLISECONDS));
            assertThat(run.await()).isEqualTo(1);
            assertThat(run.failures()).hasSize(1);
            assertThat(run.failures().getFirst().render(false))
                    .contains("excess.dom:7:", "error: ", excess.message(), "or set a higher limit: domin --limit ");
            return run;
        }
    }

    private void assertAnswers() {
        client.send(new byte[] {1, 2, 3});
        assertThat(client.receive().orElseThrow()).containsExactly(1, 2, 3);
    }

    /** Statements that make a value of more than 131,072 bytes out of {@code $s} and {@code $b}, which have 100,000. */
    private static final List<String> TOO_LARGE = List.of(
            "blob $x[200000];",
            "blob $x[3000000000];",
            "string $x[3000000000];",
            "script_state.Allocate(3000000000);",
            "$s = str.Repeat(\"xy\", 3000000000);",
            "string $x[200000];",
            "blob $x[200000]; $x assign Large;",
            "$s = $s + $s;",
            "$s += $s;",
            "string $t; $t = $s; Twice($t);",
            "blob $x = blob.Concat($b, $b);",
            "$s = blob.ToHex($b);",
            "$s = blob.ToDump($b);",
            "$s = blob.Escape($b);",
            "$s = str.Escape(str.Repeat(\"\\x01\", 100000));",
            "$s = str.Join(\"\", $s, $s);",
            "$s = str.Replace($s, \"x\", \"yy\");",
            "$s = str.Repeat(\"x\", 200000);",
            "$s = str.Repeat(\"xy\", 9223372036854775807);",
            "$s = string.Format(\"%s%s\", $s, $s);",
            "printf(\"%s%s\", $s, $s);",
            "printf(\"%200000d\", 1);",
            "$s = web.UrlEncodeBlob($b);",
            "$s = web.Base64EncodeBlob($b);",
            "$s = web.HtmlEscape(str.Repeat(\"<\", 100000));",
            "$b = crypto.RandomBytes(200000);",
            "$s = crypto.RandomHex(100000);",
            "$s = crypto.ToHex($b);",
            "script_state.Allocate(200000);",
            "$s = fileio.ReadFileText(os.Arg(0));",
            "$b = fileio.ReadFileBlob(os.Arg(0));",
            "$s = os.ReadLine();",
            "i64 $h = json.NewObject(); json.SetString($h, \"a\", $s); json.SetString($h, \"b\", $s);"
                    + " $s = json.ToText($h);",
            "$s = path.Join($s, $s);");

    @TestFactory
    Stream<DynamicTest> shouldLimitAValueWhereverItIsMade() throws Exception {
        var file = Files.writeString(folder.resolve("large.txt"), "x".repeat(200_000));
        var options = RunOptions.builder()
                .limits(Limits.DEFAULTS.with(Limit.VALUE, 131_072))
                .arguments(file.toString())
                .out(OutputStream.nullOutputStream());
        return TOO_LARGE.stream()
                .map(statement -> DynamicTest.dynamicTest(statement, () -> {
                    try (var in = Files.newInputStream(file);
                            var run = compile(statement).start(options.in(in).build())) {
                        assertThat(run.await()).as("exit code").isEqualTo(1);
                        assertThat(run.failures().getFirst().render(false))
                                .contains("large.dom:", " bytes, ", " limit", "131072", "domin --limit value=N");
                    }
                }));
    }

    private static Script compile(String statement) {
        return Script.compile("large.dom", PLUGINS + """
                void Twice(ref string $t) { $t = $t + $t; }
                i32 main() { string $s; $s = str.Repeat("x", 100000); blob $b[100000];
                    %s
                    return($b.Length + str.Len($s)); }
                """.formatted(statement));
    }

    /** The JVM has no longer arrays. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "blob $x[3000000000];",
                "string $x[3000000000];",
                "script_state.Allocate(3000000000);",
                "$s = str.Repeat(\"x\", 3000000000);",
                "$s = str.Repeat(\"xy\", 1500000000);"
            })
    void shouldRefuseWhatNoValueCanHaveEvenWithoutALimit(String statement) throws Exception {
        var options = RunOptions.builder().limits(Limits.DEFAULTS.with(Limit.VALUE, Limits.NONE));
        try (var run = compile(statement).start(options.build())) {
            assertThat(run.await()).isEqualTo(1);
            assertThat(run.failures().getFirst().render(false))
                    .contains("the value would have 3000000000 bytes, and no value can have more than 2147483631");
        }
    }

    @Test
    void shouldLimitValuesFromJava() {
        var script = Script.compile("calls.dom", """
                i32 Length(blob $b) { return($b.Length); }
                i32 Size(string $s) { return(3); }
                void Take(ref string $s, ref blob $b) {}
                void main() {}
                """);
        var options = RunOptions.builder().withoutMain().limits(Limits.DEFAULTS.with(Limit.VALUE, 131_072));
        byte[] most = new byte[131_072];
        byte[] more = new byte[131_073];
        String text = "x".repeat(131_073);
        try (var run = script.start(options.build());
                var usual = script.start(RunOptions.builder().withoutMain().build())) {
            assertThat(run.call("Length", (Object) most)).isEqualTo(131_072);
            assertThat(usual.call("Length", (Object) more)).isEqualTo(131_073);
            String message = "the value would have 131073 bytes, and the limit is 131072";
            assertThatThrownBy(() -> run.call("Length", (Object) more))
                    .isInstanceOf(ScriptFailedException.class)
                    .hasMessageContaining("calls.dom:1:")
                    .hasMessageContaining("argument 1 ($b): " + message)
                    .hasMessageContaining("or set a higher limit: domin --limit value=N");
            assertThatThrownBy(() -> run.call("Size", text)).hasMessageContaining("argument 1 ($s): " + message);
            assertThatThrownBy(() -> run.call("Take", new String[] {text}, new byte[][] {most}))
                    .hasMessageContaining("argument 1 ($s): " + message);
            assertThatThrownBy(() -> run.call("Take", new String[] {""}, new byte[][] {more}))
                    .hasMessageContaining("argument 2 ($b): " + message);
            assertThat(run.call("Length", (Object) most)).isEqualTo(131_072);
        }
    }

    @Test
    void shouldLimitValuesTo64MebibytesByDefault() throws Exception {
        var text = "plugin \"StrPlugin\"; string $s; $s = str.Repeat(\"x\", 67108865);";
        try (var run = Script.compile("large.dom", text).start()) {
            assertThat(run.await()).isEqualTo(1);
            assertThatThrownBy(run::throwIfFailed)
                    .hasMessageContaining("the value would have 67108865 bytes, and the limit is 67108864")
                    .hasMessageContaining("make it smaller, or in parts, or set a higher limit: domin --limit value=N");
        }
    }

    @Test
    void shouldAllowLargerValuesToOneRunOnly() throws Exception {
        var script = Script.compile(
                "large.dom",
                "plugin \"StrPlugin\"; string $s; $s = str.Repeat(\"x\", 300000); return(str.Len($s) / 3000);");
        var low = RunOptions.builder()
                .limits(Limits.DEFAULTS.with(Limit.VALUE, 299_999))
                .build();
        var high = RunOptions.builder()
                .limits(Limits.DEFAULTS.with(Limit.VALUE, 300_000))
                .build();
        try (var first = script.start(low);
                var second = script.start(high);
                var third = script.start()) {
            assertThat(first.await()).isEqualTo(1);
            assertThat(second.await()).isEqualTo(100);
            assertThat(third.await()).isEqualTo(100);
        }
    }

    @Test
    @SuppressWarnings("NullAway") // the point of the test
    void shouldRefuseNull() {
        var source = new SourceFile("null.dom", "i32 $n = 1;");
        assertThatThrownBy(() -> Script.compile(source, Plugins.installed(), null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("limits");
    }

    @Test
    void shouldRefuseALongScript() {
        var source = new SourceFile("long.dom", "i32 $n = 1;\n".repeat(100));
        var limits = Limits.DEFAULTS.with(Limit.SOURCE, 1000);
        var message = "long.dom:1:1: error: the script has 1200 characters, and the limit is 1000";
        assertThatThrownBy(() -> Script.compile(source, Plugins.installed(), limits))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(message);
        assertThatThrownBy(() -> Script.check(source, Plugins.installed(), limits))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldRefuseAScriptThatTakesLongToCompile() {
        var text = new StringBuilder("i32 $n = 0;\n");
        for (int i = 0; i < 20_000; i++) {
            text.append("if ($n > ")
                    .append(i)
                    .append(") { $n = $n + ")
                    .append(i)
                    .append(" * 3; }\n");
        }
        var source = new SourceFile("slow.dom", text.toString());
        assertThatThrownBy(() -> Script.compile(source, Plugins.installed(), Limits.DEFAULTS.with(Limit.COMPILE, 1)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("error: compiling takes longer than the limit of 1 ms");
    }

    /** The time must not grow with the square of their length. */
    @Test
    @Timeout(60)
    void shouldCompileLongFunctionsAndStructsInTime() {
        var cases = new StringBuilder("i32 $n = 0; switch ($n) {\n");
        var fields = new StringBuilder("struct Long packet {\n");
        for (int i = 0; i < 200_000; i++) {
            cases.append("case ").append(i).append(": $n = 1;\n");
            fields.append("u8 f").append(i).append(";\n");
        }
        assertThatThrownBy(() -> Script.compile("cases.dom", cases + "}"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("compiles to more code than the JVM allows in one method (64 KB)");
        assertThat(Script.compile("fields.dom", fields + "}; return(structsize(Long) / 2000);"))
                .isNotNull();
    }

    /** Each late callback waits with its text, until all buffers are in use; then packets are dropped. */
    @Test
    void shouldKeepLittleForAReaderThatDoesNotRead() throws Exception {
        var reads = new CountDownLatch(1);
        var out = new OutputStream() {

            @Override
            public void write(int oneByte) {
                write(new byte[1], 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                try {
                    reads.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        var script = Script.compile("prints.dom", PLUGINS + """
                callback i32 Print(ref blob $X) { printf("%s", str.Repeat("x", 200000)); return(1); }
                i32 main() { callbackudpserver.Open("Print", 1); while (1) timer.SleepMs(1000); }
                """);
        try (var run = script.start(RunOptions.builder().out(out).build())) {
            var server = run.awaitServer(PATIENCE);
            long before = usedMemory();
            try (var sender = new UdpClient(server.port())) {
                await().atMost(PATIENCE).until(() -> {
                    for (int i = 0; i < 100; i++) {
                        sender.send(new byte[] {1});
                    }
                    return server.dropped() > 2000;
                });
            }
            assertThat(usedMemory() - before).as("bytes kept").isLessThan(100L << 20); // 2,000 texts have 400 MB
            assertAnswers();
            reads.countDown();
        }
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
