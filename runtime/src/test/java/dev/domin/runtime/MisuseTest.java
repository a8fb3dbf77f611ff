package dev.domin.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.domin.lang.source.SourceFile;
import dev.domin.spi.Plugin;
import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.PluginDescriptor;
import dev.domin.spi.descriptor.ReflectedPlugin;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A mistake of a plugin is reported in a sentence, and neither blocks nor breaks the run. */
@Tag("timing")
@Timeout(60)
class MisuseTest {

    private static final String CALLBACK = "callback i32 OnIt(ref blob $X) { return 7; }\n";

    private final List<String> reported = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        MisusePlugin.EVENTS.clear();
        MisusePlugin.runEnded = new CountDownLatch(1);
    }

    @Test
    void shouldRejectACallFromTheThreadThatRunsTheScript() throws InterruptedException {
        assertThat(run(MisusePlugin.class, CALLBACK + "void main() { misuse.CallHere(\"OnIt\"); }"))
                .isEqualTo(1);
        assertThat(reported)
                .containsExactly(
                        "3:15 misuse.CallHere failed: java.lang.IllegalStateException: the callback OnIt cannot be"
                                + " run by the thread that runs the script, which would wait for itself; run it from"
                                + " a thread of the plugin's own, or inside ScriptContext.blocking");
    }

    @Test
    void shouldAllowACallFromTheScriptsThreadWhileItBlocks() throws InterruptedException {
        assertThat(run(MisusePlugin.class, CALLBACK + "i32 main() { return misuse.CallWhileBlocking(\"OnIt\"); }"))
                .isEqualTo(7);
        assertThat(MisusePlugin.EVENTS).containsExactly("RETURNED");
    }

    @Test
    void shouldRejectTheSameCallInTwoThreadsAtOnce() throws InterruptedException {
        assertThat(run(MisusePlugin.class, """
                callback i32 OnIt(ref blob $X) { misuse.CallShared("OnIt"); misuse.Await("Illegal"); return 7; }
                void main() { misuse.CallShared("OnIt"); misuse.Await("RETURNED"); }
                """)).isZero();
        assertThat(MisusePlugin.EVENTS)
                .containsExactly(
                        "IllegalStateException: this call of the callback OnIt is already running in another thread;"
                                + " each thread needs a call of its own, by newCall()",
                        "RETURNED");
    }

    @Test
    void shouldRejectBlockingWhereTheScriptDoesNotRun() throws InterruptedException {
        run(MisusePlugin.class, "void main() { misuse.BlockElsewhere(); misuse.Await(\"Illegal\"); }");
        assertThat(MisusePlugin.EVENTS)
                .singleElement()
                .asString()
                .startsWith("IllegalStateException: ScriptContext.blocking must be called by the thread that runs");
        assertThat(run(MisusePlugin.class, "void main() { misuse.BlockTwice(); }"))
                .isEqualTo(1);
        assertThat(reported)
                .singleElement()
                .asString()
                .startsWith("2:15 misuse.BlockTwice failed: java.lang.IllegalStateException: ScriptContext.blocking"
                        + " must be called");
    }

    @Test
    void shouldIgnoreAThreadThatOutlivesTheRun() throws InterruptedException {
        assertThat(run(MisusePlugin.class, CALLBACK + "void main() { misuse.Outlive(\"OnIt\"); }"))
                .isZero();
        MisusePlugin.runEnded.countDown();
        await().until(() -> MisusePlugin.EVENTS.contains("outlived"));
        assertThat(MisusePlugin.EVENTS)
                .containsExactly(
                        "NOT_CALLED",
                        "ScriptError: the script is ending, so nothing can be opened any more",
                        "outlived");
        assertThat(reported).isEmpty();
    }

    @Test
    void shouldReportAnythingThatAFunctionThrows() throws InterruptedException {
        assertThat(run(MisusePlugin.class, "void main() {\n  misuse.ThrowError();\n}"))
                .isEqualTo(1);
        assertThat(run(MisusePlugin.class, "void main() {\n  misuse.Overflow();\n}"))
                .isEqualTo(1);
        assertThat(reported)
                .containsExactly(
                        "3:3 misuse.ThrowError failed: java.lang.AssertionError: a broken promise",
                        "3:3 misuse.Overflow failed: java.lang.ArithmeticException: long overflow");
    }

    @Test
    void shouldReportThatAPluginCannotBeStarted() throws InterruptedException {
        assertThat(run(MisusePlugin.Unmade.class, "void main() { unmade.Nothing(); }"))
                .isEqualTo(1);
        assertThat(run(MisusePlugin.Unstarted.class, "void main() { unstarted.Nothing(); }"))
                .isEqualTo(1);
        assertThat(reported).hasSize(2);
        assertThat(reported.getFirst())
                .endsWith("the plugin UnmadePlugin (dev.domin.runtime.MisusePlugin$Unmade) cannot be started: its"
                        + " constructor threw java.lang.NoClassDefFoundError: org/example/Missing");
        assertThat(reported.getLast())
                .endsWith("the plugin UnstartedPlugin (dev.domin.runtime.MisusePlugin$Unstarted) cannot be started:"
                        + " the moon is not full");
        assertThat(MisusePlugin.EVENTS).containsExactly("closed");
    }

    @Test
    void shouldReportWhatFailsToCloseAndCloseTheOthers() throws InterruptedException {
        assertThat(run(MisusePlugin.class, "void main() { misuse.OpenBad(); misuse.OpenGood(); }"))
                .isEqualTo(1);
        assertThat(MisusePlugin.EVENTS).containsExactly("closed");
        assertThat(reported)
                .singleElement()
                .asString()
                .endsWith("a resource of a plugin (dev.domin.runtime.MisusePlugin$BadResource) failed to close:"
                        + " java.lang.UnsupportedOperationException: stuck");
    }

    @Test
    void shouldStopPluginsAfterClosingTheirResourcesAndReportWhatFails() throws InterruptedException {
        assertThat(run(MisusePlugin.Unstopped.class, "i32 main() { return 0; }"))
                .isEqualTo(1);
        assertThat(MisusePlugin.EVENTS).containsExactly("closed", "stopped");
        assertThat(reported)
                .singleElement()
                .asString()
                .endsWith("a plugin (dev.domin.runtime.MisusePlugin$Unstopped) failed to stop:"
                        + " java.lang.UnsupportedOperationException: stuck");
    }

    @Test
    void shouldMakeAnEarlyThreadWaitForTheScript() throws InterruptedException {
        assertThat(run(MisusePlugin.Early.class, """
                plugin "MisusePlugin";
                callback i32 OnEarly(ref blob $X) { return 7; }
                void main() { misuse.Await("RETURNED"); }
                """)).isZero();
        assertThat(MisusePlugin.EVENTS).hasSize(3);
        assertThat(MisusePlugin.EVENTS.get(0))
                .startsWith("IllegalStateException: ScriptContext.blocking must be called");
        assertThat(MisusePlugin.EVENTS.get(1))
                .startsWith("IllegalStateException: the callback OnEarly cannot be run by");
        assertThat(MisusePlugin.EVENTS.get(2)).isEqualTo("RETURNED 7");
        assertThat(reported).isEmpty();
    }

    private int run(Class<? extends Plugin> plugin, String script) throws InterruptedException {
        var catalog = new Catalog(ReflectedPlugin.of(plugin), ReflectedPlugin.of(MisusePlugin.class));
        var source = new SourceFile(
                "test.dom",
                "plugin \""
                        + plugin.getAnnotation(dev.domin.spi.ScriptPlugin.class).library() + "\";\n" + script);
        return Script.compile(source, catalog)
                .start(RunOptions.builder()
                        .out(OutputStream.nullOutputStream())
                        .listener(new Recorder(reported))
                        .build())
                .await();
    }

    private record Catalog(PluginDescriptor first, PluginDescriptor second) implements PluginCatalog {

        @Override
        public Optional<PluginDescriptor> find(String library) {
            return library.equals(first.library())
                    ? Optional.of(first)
                    : library.equals(second.library()) ? Optional.of(second) : Optional.empty();
        }

        @Override
        public List<String> libraries() {
            return List.of(first.library(), second.library());
        }
    }

    private record Recorder(List<String> reported) implements RunListener {

        @Override
        public void failed(Failure failure) {
            var place = failure.source().position(failure.span().start());
            reported.add(place.line() + ":" + place.column() + " " + failure.message());
        }

        @Override
        public void failedAgain(Failure failure, int count) {}

        @Override
        public void warned(String sentence) {
            reported.add(sentence);
        }
    }
}
