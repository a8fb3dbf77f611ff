package dev.domin.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.domin.lang.source.SourceFile;
import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.PluginDescriptor;
import dev.domin.spi.descriptor.ReflectedPlugin;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("timing")
@Timeout(60)
class ScriptRunTest {

    private static final PluginDescriptor PROBE = ReflectedPlugin.of(ProbePlugin.class);

    private static final class ProbeCatalog implements PluginCatalog {
        @Override
        public Optional<PluginDescriptor> find(String library) {
            return library.equals(PROBE.library()) ? Optional.of(PROBE) : Optional.empty();
        }

        @Override
        public List<String> libraries() {
            return List.of(PROBE.library());
        }
    }

    private static final class Recorder implements RunListener {
        final List<String> reported = new CopyOnWriteArrayList<>();
        final List<String> ofCallbacks = new CopyOnWriteArrayList<>();

        @Override
        public void callbackFailed(Failure failure) {
            ofCallbacks.add(failure.message());
        }

        @Override
        public void failed(Failure failure) {
            var place = failure.source().position(failure.span().start());
            reported.add(place.line() + ":" + place.column() + " " + failure.message()
                    + (failure.origin().isEmpty() ? "" : " (" + failure.origin() + ")"));
        }

        @Override
        public void failedAgain(Failure failure, int count) {
            reported.add(failure.message() + " x" + count);
        }

        @Override
        public void warned(String sentence) {
            reported.add(sentence);
        }
    }

    private final Recorder recorder = new Recorder();

    @BeforeEach
    void forget() {
        ProbePlugin.EVENTS.clear();
    }

    private ScriptRun start(String script, boolean failFast) {
        var source = new SourceFile("test.dom", "plugin \"ProbePlugin\";\n" + script);
        return Script.compile(source, new ProbeCatalog())
                .start(RunOptions.builder()
                        .out(OutputStream.nullOutputStream())
                        .listener(recorder)
                        .failFast(failFast)
                        .build());
    }

    private int run(String script) throws InterruptedException {
        return start(script, false).await();
    }

    @Test
    void shouldEndWithTheLowBitsOfWhatMainReturned() throws InterruptedException {
        assertThat(run("i32 main() { return(7); }")).isEqualTo(7);
        assertThat(run("i32 main() { return(-1); }")).isEqualTo(255);
        assertThat(run("void main() { }")).isZero();
    }

    @Test
    void shouldReportThePlaceOfAnErrorInMain() throws InterruptedException {
        assertThat(run("i32 main() {\n  i32 $zero = 0;\n  return(8 / $zero);\n}"))
                .isEqualTo(1);
        assertThat(recorder.reported).containsExactly("4:10 division by zero");
    }

    @Test
    void shouldNameThePluginFunctionThatFailed() throws InterruptedException {
        assertThat(run("void main() { probe.Fail(); }")).isEqualTo(1);
        assertThat(run("void main() { probe.Crash(); }")).isEqualTo(1);
        assertThat(recorder.reported)
                .containsExactly(
                        "2:15 probe.Fail: it was asked to",
                        "2:15 probe.Crash failed: java.lang.IllegalStateException: a bug");
    }

    @Test
    void shouldContinueWhenTheListenerThrows() throws InterruptedException {
        var uncaught = new CopyOnWriteArrayList<Throwable>();
        var before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((_, thrown) -> uncaught.add(thrown));
        try {
            var source = new SourceFile("test.dom", "plugin \"ProbePlugin\";\nvoid main() { probe.Fail(); }");
            var throwing = new RunListener() {
                @Override
                public void failed(Failure failure) {
                    throw new AssertionError("expected by this test: " + failure.message());
                }
            };
            var run = Script.compile(source, new ProbeCatalog())
                    .start(RunOptions.builder().listener(throwing).build());
            assertThat(run.await()).isEqualTo(1);
            assertThat(run.failures()).hasSize(1);
            assertThat(uncaught).isEmpty();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void shouldSayThatARecursionIsTooDeep() throws InterruptedException {
        assertThat(run("i32 Down(i32 $n) { if ($n == 0) { return 0; } return 1 + Down($n - 1); }\n"
                        + "i32 main() { return Down(100000); }"))
                .isEqualTo(1);
        assertThat(recorder.reported).hasSize(1);
        assertThat(recorder.reported.getFirst()).contains("the calls are nested too deeply");
    }

    @Test
    void shouldCancelAFunctionThatWorksForLong() {
        var run = start("void main() { probe.CheckElsewhere(); probe.WorkForever(); probe.Note(\"over\"); }", false);
        await().until(() -> ProbePlugin.EVENTS.contains("working"));
        run.close();
        assertThat(recorder.reported).isEmpty();
        ProbePlugin.EVENTS.add("cancelled");
        await().until(() -> ProbePlugin.EVENTS.contains("checked")); // a thread that runs no script code is not unwound
        assertThat(ProbePlugin.EVENTS).doesNotContain("over");
    }

    @Test
    void shouldCancelACallbackThatWorksForLong() {
        var run = start("""
                callback i32 OnIt(ref blob $X) { probe.WorkForever(); return 1; }
                void main() { probe.CallAgain("OnIt", 1); probe.WaitForever(); }
                """, false);
        await().until(() -> ProbePlugin.EVENTS.contains("working"));
        run.close();
        await().until(() -> ProbePlugin.EVENTS.contains("CANCELLED"));
        assertThat(recorder.reported).isEmpty();
    }

    @Test
    void shouldCancelAnEndlessLoop() {
        var run = start("void main() { probe.Note(\"started\"); while (1) {} }", false);
        await().until(() -> ProbePlugin.EVENTS.contains("started"));
        run.close();
        assertThat(run.failures()).isEmpty();
    }

    @Test
    void shouldRunCallbacksDuringAndCancelAnEndlessLoopOverBytes() {
        var run = start(
                "callback i32 Add(ref blob $X) { return $X[0] + 1; }\n"
                        + "void main() { blob $b[8]; probe.CallAgain(\"Add\", 3); while (1) { $b[3] += $b[3] + 1; } }",
                false);
        await().until(() -> ProbePlugin.EVENTS.contains("returned 3"));
        run.close();
        assertThat(run.failures()).isEmpty();
        assertThat(run.openResources()).isEmpty();
    }

    @Test
    void shouldCancelABlockingCall() throws InterruptedException {
        var run = start("void main() { probe.WaitForever(); probe.Note(\"went on\"); }", false);
        await().until(() -> ProbePlugin.EVENTS.contains("waiting"));
        run.close();
        assertThat(run.await()).isEqualTo(ScriptRun.CANCELLED);
        assertThat(ProbePlugin.EVENTS).doesNotContain("continued");
    }

    @Test
    void shouldCloseEverythingHoweverTheScriptEnds() throws InterruptedException {
        run("void main() { probe.Open(\"a\"); probe.Open(\"b\"); }");
        assertThat(ProbePlugin.EVENTS).containsExactlyInAnyOrder("closed a", "closed b");
        run("void main() { probe.Open(\"c\"); probe.Fail(); }");
        assertThat(ProbePlugin.EVENTS).contains("closed c");
        var run = start("void main() { probe.Open(\"d\"); while (1) {} }", false);
        await().until(() -> !run.openResources().isEmpty());
        run.close();
        assertThat(ProbePlugin.EVENTS).contains("closed d");
    }

    @Test
    void shouldRunCallbacksWhileMainIsBusy() throws InterruptedException {
        assertThat(run("callback i32 Add(ref blob $X) { return $X[0] + 1; }\n"
                        + "void main() { probe.CallAgain(\"Add\", 3); while (probe.Noted(\"returned 3\") == 0) {} }"))
                .isZero();
        assertThat(ProbePlugin.EVENTS).containsExactly("returned 1", "returned 2", "returned 3");
    }

    @Test
    void shouldReportACallbacksErrorOnceForEachPlaceAndContinue() throws InterruptedException {
        assertThat(run("""
                callback i32 Odd(ref blob $X) { if ($X[0] % 2 == 1) { probe.Fail(); } return 0; }
                void main() { probe.CallAgain("Odd", 6); while (probe.Noted("returned 0") < 3 || probe.Noted("FAILED") < 3) {} }
                """)).isEqualTo(1);
        assertThat(recorder.reported)
                .containsExactly("2:55 probe.Fail: it was asked to (probe)", "probe.Fail: it was asked to x3");
        assertThat(recorder.ofCallbacks)
                .containsExactly(
                        "probe.Fail: it was asked to", "probe.Fail: it was asked to", "probe.Fail: it was asked to");
    }

    @Test
    void shouldStopAtTheFirstErrorOfACallbackWithFailFast() throws InterruptedException {
        var run = start(
                "callback i32 Bad(ref blob $X) { probe.Fail(); return 0; }\n"
                        + "void main() { probe.CallAgain(\"Bad\", 1); probe.WaitForever(); }",
                true);
        assertThat(run.await()).isEqualTo(1);
        assertThat(recorder.reported).hasSize(1);
    }

    @Test
    void shouldNotCallACallbackAfterMainHasEnded() throws InterruptedException {
        run("callback i32 Late(ref blob $X) { probe.Note(\"called\"); return 0; }\n"
                + "void main() { probe.CallAgain(\"Late\", 100); }");
        int calls = (int) ProbePlugin.EVENTS.stream().filter("called"::equals).count();
        await().until(() -> ProbePlugin.EVENTS.stream()
                        .filter(event -> event.equals("NOT_CALLED") || event.equals("returned 0"))
                        .count()
                == 100);
        assertThat(ProbePlugin.EVENTS.stream().filter("called"::equals)).hasSize(calls);
    }

    @Test
    void shouldSuggestTheCallbackThatWasMeant() throws InterruptedException {
        run("callback i32 OnPacket(ref blob $X) { return 0; }\nvoid main() { probe.CallAgain(\"OnPaket\", 1); }");
        assertThat(recorder.reported).containsExactly("3:15 probe.CallAgain: this script has no callback `OnPaket`");
    }

    @Test
    void shouldReleaseWhatACallbackMadeWhenItFails() throws InterruptedException {
        run("""
                callback i32 Bad(ref blob $X) {
                    probe.Make("a"); probe.Make("b"); probe.Make("c"); probe.GiveBack("b"); probe.Fail(); return 0;
                }
                void main() { probe.Make("mine"); probe.CallAgain("Bad", 1); probe.WaitFor("FAILED"); }
                """);
        assertThat(ProbePlugin.EVENTS).containsExactly("released c", "released a", "FAILED");
    }

    @Test
    void shouldReleaseNothingWhenACallbackReturns() throws InterruptedException {
        run("""
                callback i32 Good(ref blob $X) {
                    if ($X[0] == 0) { probe.Make("kept"); return 0; }
                    probe.Fail(); return 0;
                }
                void main() { probe.CallAgain("Good", 2); probe.WaitFor("FAILED"); }
                """);
        assertThat(ProbePlugin.EVENTS).containsExactly("returned 0", "FAILED");
    }

    @Test
    void shouldKeepWhatABlockedCallbackMadeWhenAnotherFails() throws InterruptedException {
        run("""
                callback i32 Waits(ref blob $X) {
                    probe.Make("kept"); probe.Note("waits"); probe.WaitFor("FAILED"); probe.Make("also kept"); return 0;
                }
                callback i32 Bad(ref blob $X) { probe.Make("lost"); probe.Fail(); return 0; }
                void main() {
                    probe.CallAgain("Waits", 1); probe.WaitFor("waits"); probe.CallAgain("Bad", 1); probe.WaitFor("returned 0");
                }
                """);
        assertThat(ProbePlugin.EVENTS).containsExactly("waits", "released lost", "FAILED", "returned 0");
    }

    @Test
    void shouldReleaseWhatACallbackMadeWhenItIsCancelled() {
        var run = start(
                "callback i32 Waits(ref blob $X) { probe.Make(\"a\"); probe.WaitForever(); return 0; }\n"
                        + "void main() { probe.CallAgain(\"Waits\", 1); probe.WaitForever(); }",
                false);
        await().until(() ->
                ProbePlugin.EVENTS.stream().filter("waiting"::equals).count() == 2);
        run.close();
        await().until(() -> ProbePlugin.EVENTS.contains("released a"));
    }

    @Test
    void shouldReportAReleaseThatFailsAndRunTheOthers() throws InterruptedException {
        run("""
                callback i32 Bad(ref blob $X) { probe.Make("a"); probe.Make("bad"); probe.Fail(); return 0; }
                void main() { probe.CallAgain("Bad", 1); probe.WaitFor("FAILED"); }
                """);
        assertThat(ProbePlugin.EVENTS).containsExactly("released bad", "released a", "FAILED");
        assertThat(recorder.reported).hasSize(2).first().asString().contains("probe.Fail: it was asked to");
        assertThat(recorder.reported.getLast()).contains("a bug in a release");
    }
}
