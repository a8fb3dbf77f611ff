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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a plugin does wrong is told in a sentence, and neither hangs the run nor breaks it. */
@Timeout(60)
class MisuseTest {

    private static final String CALLBACK = "callback i32 OnIt(ref blob $X) { return 7; }\n";

    private final List<String> told = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        MisusePlugin.EVENTS.clear();
        MisusePlugin.runEnded = new CountDownLatch(1);
    }

    @Test
    void shouldRefuseACallFromTheThreadThatRunsTheScript() throws InterruptedException {
        assertThat(run(MisusePlugin.class, CALLBACK + "void main() { misuse.CallHere(\"OnIt\"); }"))
                .isEqualTo(1);
        assertThat(told)
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
    void shouldRefuseTheSameCallInTwoThreadsAtOnce() throws InterruptedException {
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
    void shouldRefuseToBlockWhereTheScriptDoesNotRun() throws InterruptedException {
        run(MisusePlugin.class, "void main() { misuse.BlockElsewhere(); misuse.Await(\"Illegal\"); }");
        assertThat(MisusePlugin.EVENTS)
                .singleElement()
                .asString()
                .startsWith("IllegalStateException: ScriptContext.blocking belongs to the thread that is running");
        assertThat(run(MisusePlugin.class, "void main() { misuse.BlockTwice(); }"))
                .isEqualTo(1);
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("2:15 misuse.BlockTwice failed: java.lang.IllegalStateException: ScriptContext.blocking"
                        + " belongs");
    }

    @Test
    void shouldLetAThreadThatOutlivesTheRunDoNoHarm() throws InterruptedException {
        assertThat(run(MisusePlugin.class, CALLBACK + "void main() { misuse.Outlive(\"OnIt\"); }"))
                .isZero();
        MisusePlugin.runEnded.countDown();
        await().until(() -> MisusePlugin.EVENTS.contains("outlived"));
        assertThat(MisusePlugin.EVENTS)
                .containsExactly(
                        "NOT_CALLED", "ScriptError: the script is ending, nothing can be opened any more", "outlived");
        assertThat(told).isEmpty();
    }

    @Test
    void shouldTellWhateverAFunctionThrows() throws InterruptedException {
        assertThat(run(MisusePlugin.class, "void main() {\n  misuse.ThrowError();\n}"))
                .isEqualTo(1);
        assertThat(run(MisusePlugin.class, "void main() {\n  misuse.Overflow();\n}"))
                .isEqualTo(1);
        assertThat(told)
                .containsExactly(
                        "3:3 misuse.ThrowError failed: java.lang.AssertionError: a broken promise",
                        "3:3 misuse.Overflow failed: java.lang.ArithmeticException: long overflow");
    }

    @Test
    void shouldTellThatAPluginCannotBeStarted() throws InterruptedException {
        assertThat(run(MisusePlugin.Unmade.class, "void main() { unmade.Nothing(); }"))
                .isEqualTo(1);
        assertThat(run(MisusePlugin.Unstarted.class, "void main() { unstarted.Nothing(); }"))
                .isEqualTo(1);
        assertThat(told).hasSize(2);
        assertThat(told.getFirst())
                .endsWith("the plugin UnmadePlugin (dev.domin.runtime.MisusePlugin$Unmade) cannot be started: its"
                        + " constructor threw java.lang.NoClassDefFoundError: org/example/Missing");
        assertThat(told.getLast())
                .endsWith("the plugin UnstartedPlugin (dev.domin.runtime.MisusePlugin$Unstarted) cannot be started:"
                        + " the moon is not full");
        assertThat(MisusePlugin.EVENTS).containsExactly("closed");
    }

    @Test
    void shouldTellWhatFailsToCloseAndCloseTheOthers() throws InterruptedException {
        assertThat(run(MisusePlugin.class, "void main() { misuse.OpenBad(); misuse.OpenGood(); }"))
                .isEqualTo(1);
        assertThat(MisusePlugin.EVENTS).containsExactly("closed");
        assertThat(told)
                .singleElement()
                .asString()
                .endsWith("what a plugin had opened (dev.domin.runtime.MisusePlugin$BadResource) failed to close:"
                        + " java.lang.UnsupportedOperationException: stuck");
    }

    @Test
    void shouldHaveAThreadThatIsEarlyWaitForTheScript() throws InterruptedException {
        assertThat(run(MisusePlugin.Early.class, """
                plugin "MisusePlugin";
                callback i32 OnEarly(ref blob $X) { return 7; }
                void main() { misuse.Await("RETURNED"); }
                """)).isZero();
        assertThat(MisusePlugin.EVENTS).hasSize(3);
        assertThat(MisusePlugin.EVENTS.get(0)).startsWith("IllegalStateException: ScriptContext.blocking belongs");
        assertThat(MisusePlugin.EVENTS.get(1))
                .startsWith("IllegalStateException: the callback OnEarly cannot be run by");
        assertThat(MisusePlugin.EVENTS.get(2)).isEqualTo("RETURNED 7");
        assertThat(told).isEmpty();
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
                        .listener(new Recorder(told))
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

    private record Recorder(List<String> told) implements RunListener {

        @Override
        public void failed(Failure failure) {
            var place = failure.source().position(failure.span().start());
            told.add(place.line() + ":" + place.column() + " " + failure.message());
        }

        @Override
        public void failedAgain(Failure failure, int count) {}

        @Override
        public void warned(String sentence) {
            told.add(sentence);
        }
    }
}
