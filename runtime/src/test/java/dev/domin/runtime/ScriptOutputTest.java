package dev.domin.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.domin.lang.source.SourceFile;
import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.PluginDescriptor;
import dev.domin.spi.descriptor.ReflectedPlugin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outputs whose readers have stopped reading, or have ended. */
@Tag("timing")
@Timeout(60)
class ScriptOutputTest {

    private static final PluginDescriptor PROBE = ReflectedPlugin.of(ProbePlugin.class);

    private final StoppedReader out = new StoppedReader();
    private final Recorder recorder = new Recorder();

    @BeforeEach
    void forget() {
        ProbePlugin.EVENTS.clear();
    }

    @Test
    void shouldRunCallbacksWhileMainWaitsForItsReader() throws InterruptedException {
        var run = start("""
                callback i32 Add(ref blob $X) { return $X[0] + 1; }
                i32 main() { probe.CallAgain("Add", 3); probe.Print("from main"); return 5; }
                """);
        await().until(() -> ProbePlugin.EVENTS.contains("returned 3"));
        assertThat(out.text()).isEmpty();
        out.read();
        assertThat(run.await()).isEqualTo(5);
        assertThat(out.text()).isEqualTo("from main");
    }

    @Test
    void shouldRunMainWhileACallbackWaitsForItsReader() throws InterruptedException {
        var run = start("""
                callback i32 Print(ref blob $X) { probe.Print("from a callback"); return 1; }
                i32 main() {
                    probe.CallAgain("Print", 1);
                    while (probe.Noted("writing") == 0) {}
                    probe.Note("main continues");
                    while (probe.Noted("returned 1") == 0) {}
                    return 5;
                }
                """);
        await().until(() -> ProbePlugin.EVENTS.contains("main continues"));
        out.read();
        assertThat(run.await()).isEqualTo(5);
        assertThat(out.text()).isEqualTo("from a callback");
    }

    @Test
    void shouldKeepTheOrderOfBlockedWriters() throws InterruptedException {
        var run = start("""
                callback i32 Print(ref blob $X) { probe.Note("printing"); probe.Print("2"); return 1; }
                i32 main() {
                    probe.CallAgain("Print", 1);
                    probe.Print("1");
                    probe.Print("3");
                    while (probe.Noted("returned 1") == 0) {}
                    return 0;
                }
                """);
        await().until(() -> ProbePlugin.EVENTS.contains("printing"));
        await().until(() -> Thread.getAllStackTraces().entrySet().stream()
                .anyMatch(thread -> thread.getKey().getName().equals("probe")
                        && List.of(thread.getValue()).toString().contains("WriteOrder")));
        out.read();
        assertThat(run.await()).isZero();
        assertThat(out.text()).isEqualTo("123");
    }

    @Test
    void shouldEndAtOnceWhenCancelledInABlockedWrite() throws InterruptedException {
        var run = start("""
                callback i32 Print(ref blob $X) { probe.Print("from a callback"); return 1; }
                i32 main() { probe.Open("a"); probe.CallAgain("Print", 1); while (1) probe.Print("from main"); return 0; }
                """);
        await().until(() -> ProbePlugin.EVENTS.contains("writing"));
        run.close();
        assertThat(run.await()).isEqualTo(ScriptRun.CANCELLED);
        assertThat(ProbePlugin.EVENTS).contains("closed a");
        await().until(() -> ProbePlugin.EVENTS.contains("CANCELLED") || ProbePlugin.EVENTS.contains("NOT_CALLED"));
        assertThat(out.text()).isEmpty();
        assertThat(recorder.reported).isEmpty();
    }

    @Test
    void shouldReportWhereAnOutputFailed() throws InterruptedException {
        var run = start("void main() {\n  probe.Print(\"lost\"); }", new Failing(new IOException("Broken pipe")));
        assertThat(run.await()).isEqualTo(ScriptRun.FAILED);
        assertThat(recorder.reported).containsExactly("3:3 probe.Print: cannot write: Broken pipe");
    }

    @Test
    void shouldBeCancelledSilentlyWhenTheReaderHasEnded() throws InterruptedException {
        var run = start("""
                callback i32 Print(ref blob $X) { probe.Print("lost"); return 1; }
                void main() { probe.Open("a"); probe.CallAgain("Print", 1); while (1) {} }
                """, new Failing(new ReaderGoneException("gone")));
        assertThat(run.await()).isEqualTo(ScriptRun.CANCELLED);
        assertThat(ProbePlugin.EVENTS).contains("closed a");
        assertThat(run.failures()).isEmpty();
        assertThat(recorder.reported).isEmpty();
    }

    @Test
    void shouldContinueWhileAnErrorReportIsBlocked() throws InterruptedException {
        recorder.stop();
        var run = start("""
                callback i32 Bad(ref blob $X) { probe.Fail(); return 1; }
                callback i32 Warn(ref blob $X) { probe.Warn("careful"); return 2; }
                i32 main() {
                    probe.CallAgain("Bad", 1);
                    while (probe.Noted("reporting") == 0) {}
                    probe.CallAgain("Warn", 1);
                    probe.Note("main continues");
                    while (probe.Noted("returned 2") == 0) {}
                    return 0;
                }
                """);
        await().until(() -> ProbePlugin.EVENTS.contains("main continues"));
        recorder.read();
        assertThat(run.await()).isEqualTo(ScriptRun.FAILED);
        assertThat(recorder.reported).containsExactly("2:33 probe.Fail: it was asked to", "careful");
    }

    /** At its end a run reports what is not reported yet. */
    @Test
    void shouldReportOnceWhatIsBlockedWhenMainEnds() throws InterruptedException {
        recorder.stop();
        var run = start("""
                callback i32 Bad(ref blob $X) { probe.Fail(); return 1; }
                i32 main() {
                    probe.Open("a");
                    probe.CallAgain("Bad", 1);
                    while (probe.Noted("reporting") == 0) {}
                    return 0;
                }
                """);
        await().until(() -> ProbePlugin.EVENTS.contains("closed a"));
        await().during(Duration.ofMillis(100)).until(() -> recorder.reported.isEmpty());
        recorder.read();
        assertThat(run.await()).isEqualTo(ScriptRun.FAILED);
        assertThat(recorder.reported).containsExactly("2:33 probe.Fail: it was asked to");
    }

    @Test
    void shouldReportWhatAThreadWarnsOfThatIsCancelledMeanwhile() throws InterruptedException {
        recorder.stop();
        recorder.ignoreInterrupts(); // or it gives up its own reports
        var run = startWarningBehindAReport();
        run.cancel();
        recorder.read();
        run.await();
        assertThat(recorder.reported).containsExactly("2:33 probe.Fail: it was asked to", "careful");
    }

    /** Nothing interrupts it any more. */
    @Test
    void shouldEndWhenCancelledWhileNobodyReadsItsReports() throws InterruptedException {
        recorder.stop();
        var run = startWarningBehindAReport();
        run.close();
        assertThat(run.await()).isEqualTo(ScriptRun.FAILED);
        assertThat(recorder.reported).isEmpty();
        recorder.read();
    }

    /** {@return a run whose main waits to warn, until the reader of an error of a callback goes on} */
    private ScriptRun startWarningBehindAReport() {
        var run = start("""
                callback i32 Bad(ref blob $X) { probe.Fail(); return 1; }
                i32 main() {
                    probe.CallAgain("Bad", 1);
                    while (probe.Noted("reporting") == 0) {}
                    probe.Note("main warns");
                    probe.Warn("careful");
                    return 0;
                }
                """);
        await().until(() -> ProbePlugin.EVENTS.contains("main warns"));
        await().until(() -> Thread.getAllStackTraces().entrySet().stream()
                .anyMatch(thread -> thread.getKey().getName().equals("domin-main")
                        && List.of(thread.getValue()).toString().contains("Reports")));
        return run;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void main() { probe.Fail(); }",
                "void main() { while (1) {} }",
                "callback i32 Bad(ref blob $X) { probe.Fail(); return 1; } "
                        + "void main() { probe.CallAgain(\"Bad\", 1); while (1) {} }"
            })
    void shouldOnlyCancelWhereItsListenerClosesIt(String script) throws Exception {
        var run = new CompletableFuture<ScriptRun>();
        var thrown = new CompletableFuture<Throwable>();
        RunListener closing = new RunListener() {
            @Override
            public void failed(Failure failure) {
                run.join().close();
                try {
                    run.join().await();
                } catch (Throwable e) {
                    thrown.complete(e);
                }
            }
        };
        var options = RunOptions.builder().listener(closing).maxDuration(Duration.ofMillis(500));
        run.complete(compile(script).start(options.build()));
        assertThat(run.join().await()).isEqualTo(ScriptRun.FAILED);
        assertThat(thrown.get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the run of test.dom waits for this thread, which must not wait for its end;"
                        + " cancel() does not wait");
    }

    private ScriptRun start(String script) {
        return start(script, out);
    }

    private ScriptRun start(String script, OutputStream output) {
        return compile(script)
                .start(RunOptions.builder().out(output).listener(recorder).build());
    }

    private static Script compile(String script) {
        return Script.compile(new SourceFile("test.dom", "plugin \"ProbePlugin\";\n" + script), new ProbeCatalog());
    }

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

    /** Blocks writes until its reader starts to read. */
    private static final class StoppedReader extends OutputStream {
        private final CountDownLatch reading = new CountDownLatch(1);
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

        void read() {
            reading.countDown();
        }

        String text() {
            return taken.toString(StandardCharsets.ISO_8859_1);
        }

        @Override
        public void write(int oneByte) throws IOException {
            throw new IOException("a run writes in whole pieces");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ProbePlugin.EVENTS.add("writing");
            try {
                reading.await();
            } catch (InterruptedException _) {
                throw new InterruptedIOException();
            }
            taken.write(bytes, offset, length);
        }
    }

    private static final class Failing extends OutputStream {
        private final IOException problem;

        Failing(IOException problem) {
            this.problem = problem;
        }

        @Override
        public void write(int oneByte) throws IOException {
            throw problem;
        }
    }

    private static final class Recorder implements RunListener {
        final List<String> reported = new CopyOnWriteArrayList<>();
        private volatile CountDownLatch reading = new CountDownLatch(0);
        private volatile boolean ignoresInterrupts;

        void ignoreInterrupts() {
            ignoresInterrupts = true;
        }

        void stop() {
            reading = new CountDownLatch(1);
        }

        void read() {
            reading.countDown();
        }

        private void record(String text) {
            ProbePlugin.EVENTS.add("reporting");
            while (true) {
                try {
                    reading.await();
                    reported.add(text);
                    return;
                } catch (InterruptedException _) {
                    if (!ignoresInterrupts) {
                        return;
                    }
                }
            }
        }

        @Override
        public void failed(Failure failure) {
            var place = failure.source().position(failure.span().start());
            record(place.line() + ":" + place.column() + " " + failure.message());
        }

        @Override
        public void failedAgain(Failure failure, int count) {
            record(failure.message() + " x" + count);
        }

        @Override
        public void warned(String sentence) {
            record(sentence);
        }
    }
}
