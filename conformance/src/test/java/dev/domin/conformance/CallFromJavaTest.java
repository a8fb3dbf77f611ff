package dev.domin.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.domin.runtime.Failure;
import dev.domin.runtime.RunListener;
import dev.domin.runtime.RunOptions;
import dev.domin.runtime.Script;
import dev.domin.runtime.ScriptFailedException;
import dev.domin.runtime.ScriptRun;
import dev.domin.spi.Limit;
import dev.domin.spi.Limits;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of functions of a script from Java. */
@Timeout(120)
class CallFromJavaTest {

    private static final Executor THREADS = task -> new Thread(task).start();
    private static final String TEXT = """
            plugin "PrintPlugin"; plugin "StrPlugin"; plugin "TimerPlugin"; plugin "CallbackUdpServerPlugin";
            plugin "JsonPlugin";
            i32 Add(i32 $a, i32 $b) { return($a + $b); }
            i64 Twice(i64 $n) { return($n * 2); }
            double Half(double $x) { return($x / 2.0); }
            string Greet(string $name) { return("hello " + $name); }
            void Nothing() {}
            i32 Sum(i32 $n) { if ($n == 0) return(0); return($n + Sum($n - 1)); }
            void Change(ref i32 $i, ref i64 $l, ref double $d, ref string $s, ref blob $b) {
                $i = $i + 1; $l = $l * 2; $d = $d / 2.0; $s = $s + "!"; $b[0] = 65;
            }
            i32 Divide(i32 $a, i32 $b) { return($a / $b); }
            i32 LeaveHandle(i32 $by) { json.Parse("{}"); return(1 / $by); }
            void Sleep() { printf("asleep\\n"); timer.SleepMs(600000); }
            void Spin() { printf("spinning\\n"); while (1) {} }
            callback i32 Echo(ref blob $X) { return(1); }
            i32 First(blob $b) { return($b[0]); }
            void main() { printf("main\\n"); }
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ScriptRun run = Script.compile("calls.dom", TEXT)
            .start(RunOptions.builder().out(out).withoutMain().build());

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    void shouldConvertArgumentsAndResults() {
        assertThat(run.call("Add", 2, 3)).isEqualTo(5);
        assertThat(run.call("Add", (byte) 2, (short) 3)).isEqualTo(5);
        assertThat(run.call("Twice", 3_000_000_000L)).isEqualTo(6_000_000_000L);
        assertThat(run.call("Twice", 3)).isEqualTo(6L);
        assertThat(run.call("Half", 5)).isEqualTo(2.5);
        assertThat(run.call("Half", 5.0)).isEqualTo(2.5);
        assertThat(run.call("Greet", "wörld")).isEqualTo("hello wörld");
        assertThat(run.call("Nothing")).isNull();
        assertThat(run.call("First", (Object) "four".getBytes(UTF_8))).isEqualTo(102);
        assertThat(out.toString(UTF_8)).isEmpty(); // main was not run
        run.throwIfFailed();
    }

    @Test
    void shouldPassVariablesByReference() {
        int[] i = {1};
        long[] l = {3_000_000_000L};
        double[] d = {5};
        String[] s = {"wörld"};
        byte[][] b = {"abc".getBytes(UTF_8)};
        run.call("Change", i, l, d, s, b);
        assertThat(i).containsExactly(2);
        assertThat(l).containsExactly(6_000_000_000L);
        assertThat(d).containsExactly(2.5);
        assertThat(s).containsExactly("wörld!");
        assertThat(b[0]).asString(UTF_8).isEqualTo("Abc");
    }

    @Test
    void shouldCallRecursiveFunctionsWithAnyStackSize() throws Exception {
        assertThat(run.call("Sum", 100)).isEqualTo(5050);
        var thrown = new AtomicReference<Throwable>();
        var thread = new Thread(
                null,
                () -> {
                    try {
                        run.call("Sum", 1_000_000);
                    } catch (Throwable t) {
                        thrown.set(t);
                    }
                },
                "small",
                1024 * 1024);
        thread.start();
        thread.join();
        assertThat(thrown.get()).isInstanceOf(ScriptFailedException.class).hasMessageContaining("nested too deeply");
        assertThat(run.call("Sum", 100)).isEqualTo(5050);
    }

    @Test
    void shouldThrowTheReportOfAFailureAndContinue() {
        assertThatThrownBy(() -> run.call("Divide", 1, 0))
                .isInstanceOf(ScriptFailedException.class)
                .hasMessageContaining("calls.dom:12:37: error: division by zero");
        assertThat(run.call("Divide", 4, 2)).isEqualTo(2);
        assertThat(run.failures()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ad | calls.dom has no function `Ad`; did you mean `Add`?",
                "Add | Add takes 2 arguments, got 1",
                "Half | argument 1 ($x) of Half takes double (a Java double), got String",
                "First | argument 1 ($b) of First takes blob (a Java byte[]), got String",
                "main | calls.dom has no function `main`",
            })
    void shouldRejectArgumentsThatDoNotMatch(String name, String message) {
        assertThatThrownBy(() -> run.call(name, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void shouldEndWaitingAndEndlessCallsWhenTheRunIsClosed() throws Exception {
        var asleep = CompletableFuture.runAsync(() -> run.call("Sleep"), THREADS);
        await().until(() -> out.toString(UTF_8).contains("asleep"));
        var spinning = CompletableFuture.runAsync(() -> run.call("Spin"), THREADS);
        await().until(() -> out.toString(UTF_8).contains("spinning"));
        assertThat(run.call("Add", 2, 3)).isEqualTo(5); // an endless call yields
        run.close();
        assertThatThrownBy(asleep::join).hasCauseInstanceOf(CancellationException.class);
        assertThatThrownBy(spinning::join).hasCauseInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> run.call("Add", 1, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has ended");
    }

    @Test
    void shouldWaitForCallsAtTheEndOfMain() throws Exception {
        var text = """
                plugin "TimerPlugin";
                i32 Slow() { timer.SleepMs(50); return(7); }
                void main() { while (1) timer.SleepMs(20); }
                """;
        try (var mine = Script.compile("slow.dom", text)
                .start(RunOptions.builder().out(out).build())) {
            assertThat(mine.call("Slow")).isEqualTo(7);
        }
    }

    @Test
    void shouldStopARunThatTakesTooLong() throws Exception {
        var options = RunOptions.builder().maxDuration(Duration.ofMillis(50)).build();
        try (var endless = Script.compile("endless.dom", "while (1) {}\n").start(options)) {
            assertThat(endless.await()).isEqualTo(1);
            assertThatThrownBy(endless::throwIfFailed)
                    .hasMessageContaining("the script was stopped: it ran for longer than its limit of 50 ms");
        }
    }

    @Test
    void shouldReportBeforeItEndsThatARunTookTooLong() throws Exception {
        var reported = new AtomicReference<String>("");
        RunListener slow = new RunListener() {
            @Override
            public void failed(Failure failure) {
                LockSupport.parkNanos(200_000_000); // the run is cancelled meanwhile
                reported.accumulateAndGet(failure.message(), String::concat);
            }
        };
        var options = RunOptions.builder()
                .maxDuration(Duration.ofMillis(50))
                .listener(slow)
                .build();
        try (var endless = Script.compile("endless.dom", "while (1) {}\n").start(options)) {
            endless.await();
            assertThat(reported.get()).containsOnlyOnce("it ran for longer than its limit of 50 ms");
        }
    }

    @Test
    void shouldLimitTheNumberOfOpenResources() throws Exception {
        var text = """
                plugin "CallbackUdpServerPlugin";
                callback i32 Echo(ref blob $X) { return(1); }
                void main() { callbackudpserver.Open("Echo", -1); callbackudpserver.Open("Echo", -1); }
                """;
        try (var run = Script.compile("two.dom", text)
                .start(RunOptions.builder()
                        .limits(Limits.DEFAULTS.with(Limit.OPEN, 1))
                        .build())) {
            assertThat(run.await()).isEqualTo(1);
            assertThatThrownBy(run::throwIfFailed)
                    .hasMessageContaining("two.dom:3:51: error: callbackudpserver.Open: cannot open more");
        }
    }
}
