package dev.domin.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.lang.source.SourceFile;
import dev.domin.spi.Blob;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;
import dev.domin.spi.Turn;
import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.PluginDescriptor;
import dev.domin.spi.descriptor.ReflectedPlugin;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However a script uses up its stack, the overflow is in a function of the script, never in a plugin.
 */
@Timeout(120)
class StackEndTest {

    private static final String DOWN_AND_ON = " if ($n > 900) stack.Use(); ";

    private final List<String> reported = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a function that calls itself, one with a large frame, and one that is called inside an expression
                "i32 Down(i32 $n) {" + DOWN_AND_ON + "return(Down($n + 1) + 1); }",
                "i32 Down(i32 $n) {" + DOWN_AND_ON + """
                        i64 $a = $n; i64 $b = $a * 3; i64 $c = $b + 7; double $d = $c; double $e = $d / 3; double $f = $e * $d;
                        string $s = "x"; string $t = $s + "y"; string $u = $t + "z"; blob $B[8]; $B[3] = $n;
                        for (i32 $i = 0; $i < 2; $i++) { i64 $g = $a + $b; i64 $h = $g * $c; $d += $h; }
                        return(Down($n + 1) + $B[3] + $s.Length + $t.Length + $u.Length + (i32)($a + $b + $c) + (i32)($d + $e + $f)); }""",
                "i32 Sum(i32 $a, i32 $b, i32 $c, i32 $d) { return($a + $b + $c + $d); }\n"
                        + "i32 Down(i32 $n) {" + DOWN_AND_ON
                        + "return(Sum($n, $n * 2, $n * 3, Sum($n, 1, 2, Sum(3, 4, $n, Down($n + 1))))); }",
                // two functions in turn, with the work in a third, and with the work in an argument
                "i32 Down(i32 $n) { return(Even($n + 1) + 1); }\n"
                        + "i32 Even(i32 $n) { Work($n); return(Down($n + 1) + 1); }\n"
                        + "void Work(i32 $n) {" + DOWN_AND_ON + "}",
                "i32 Down(i32 $n) { return(Down(Work($n) + 1)); }\ni32 Work(i32 $n) {" + DOWN_AND_ON + "return($n); }",
                // one recursion at the end of another, with a function between them
                "i32 Down(i32 $n) { return($n > 1500 ? Between($n) : Down($n + 1) + 1); }\n"
                        + "i32 Between(i32 $n) { stack.Use(); return(Deeper($n)); }\n"
                        + "i32 Deeper(i32 $n) {" + DOWN_AND_ON + "return(Deeper($n + 1) + 1); }",
                // variables by reference, and a callback that is called like a function
                "i32 Down(i32 $n) { i32 $count = $n; return(ByRef($count)); }\n" + "i32 ByRef(ref i32 $n) {"
                        + DOWN_AND_ON + "$n++; return(ByRef($n) + $n); }",
                "i32 Down(i32 $n) { blob $B[4]; return(OnIt($B)); }\n"
                        + "callback i32 OnIt(ref blob $X) { blob $Y[4]; stack.Use(); return(OnIt($Y) + 1); }",
                // a recursive callback that a plugin calls from the recursion's thread
                "i32 Down(i32 $n) { if ($n > 1000 && $n % 100 == 0) stack.Call(\"OnIt\"); return(Down($n + 1) + 1); }\n"
                        + "i32 Deep(i32 $n) { if ($n == 0) { stack.Use(); return(0); } return(Deep($n - 1) + 1); }\n"
                        + "callback i32 OnIt(ref blob $X) { return(Deep(800)); }",
            })
    void shouldEndTheStackOutsidePlugins(String functions) throws InterruptedException {
        for (int round = 0; round < 3; round++) { // interpreted at first, then compiled
            StackPlugin.reset();
            reported.clear();
            assertThat(run(functions + "\ni32 main() { return(Down(0)); }")).isEqualTo(1);
            assertThat(reported)
                    .isNotEmpty()
                    .allSatisfy(sentence -> assertThat(sentence).contains(": the calls are nested too deeply"));
            assertThat(StackPlugin.ended).as("calls in which the stack ended").isZero();
            assertThat(StackPlugin.used).as("calls with enough stack").isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({"40, 0", "3000, 0", "20000, 1"})
    void shouldCareForLongChainsOfFunctionsToo(int length, int status) throws InterruptedException {
        var script = new StringBuilder("i32 F0() { stack.Use(); return(0); }\n");
        for (int i = 1; i <= length; i++) {
            script.append("i32 F")
                    .append(i)
                    .append("() { return(F")
                    .append(i - 1)
                    .append("()); }\n");
        }
        StackPlugin.reset();
        assertThat(run(script.append("i32 main() { return(F" + length + "()); }")
                        .toString()))
                .isEqualTo(status);
        assertThat(StackPlugin.used).isEqualTo(1 - status);
        assertThat(StackPlugin.ended).isZero();
    }

    private int run(String script) throws InterruptedException {
        var source = new SourceFile("test.dom", "plugin \"StackPlugin\";\n" + script);
        return Script.compile(source, new Catalog(ReflectedPlugin.of(StackPlugin.class)))
                .start(RunOptions.builder()
                        .out(OutputStream.nullOutputStream())
                        .listener(new Recorder(reported))
                        .build())
                .await();
    }

    /** Uses much of the stack, as a plugin may. */
    @ScriptPlugin(namespace = "stack", library = "StackPlugin", doc = "For tests.")
    public static final class StackPlugin implements Plugin {

        private static final int DEPTH = 300;

        static int used;
        static int ended;

        private ScriptContext context;

        static void reset() {
            used = 0;
            ended = 0;
        }

        @Override
        public void start(ScriptContext runContext) {
            context = runContext;
        }

        @ScriptFunction(name = "Use", doc = "Uses 50 to 120 KB of stack, interpreted or compiled.")
        public void use() {
            ended++;
            if (descend(DEPTH, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23) > 0) {
                used++;
                ended--;
            }
        }

        /** Has many parameters, since these take the same space in every kind of frame. */
        private static int descend(
                int depth,
                int a,
                int b,
                int c,
                int d,
                int e,
                int f,
                int g,
                int h,
                int i,
                int j,
                int k,
                int l,
                int m,
                int n,
                int o,
                int p,
                int q,
                int r,
                int s,
                int t,
                int u,
                int v,
                int w) {
            return depth == 0
                    ? a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p + q + r + s + t + u + v + w
                    : 1 + descend(depth - 1, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, a);
        }

        @ScriptFunction(name = "Call", doc = "Calls a callback in the script's own thread.")
        public void call(@Param(value = "name", doc = "The callback.") String name) {
            var call = context.callback(name).newCall();
            context.blocking(() -> call.run(new Blob(), new Unlimited()));
        }
    }

    private record Unlimited() implements Turn {

        @Override
        public long deadlineNanos() {
            return NO_DEADLINE;
        }

        @Override
        public boolean begin() {
            return true;
        }

        @Override
        public String origin() {
            return "test";
        }
    }

    private record Catalog(PluginDescriptor plugin) implements PluginCatalog {

        @Override
        public Optional<PluginDescriptor> find(String library) {
            return library.equals(plugin.library()) ? Optional.of(plugin) : Optional.empty();
        }

        @Override
        public List<String> libraries() {
            return List.of(plugin.library());
        }
    }

    private record Recorder(List<String> reported) implements RunListener {

        @Override
        public void failed(Failure failure) {
            var place = failure.source().position(failure.span().start());
            reported.add(place.line() + ":" + place.column() + ": " + failure.message());
        }

        @Override
        public void failedAgain(Failure failure, int count) {}

        @Override
        public void warned(String sentence) {
            reported.add(sentence);
        }
    }
}
