package dev.domin.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.lang.Compiler;
import dev.domin.lang.source.SourceFile;
import dev.domin.spi.ScriptResource;
import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.PluginDescriptor;
import dev.domin.spi.descriptor.ReflectedPlugin;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports when memory is full, also when there is no memory for the report itself. */
@Timeout(60)
class OutOfMemoryTest {

    private static final PluginDescriptor PROBE = ReflectedPlugin.of(ProbePlugin.class);
    private static final String CALLBACK_FAILS = """
            callback i32 OnIt(ref blob $X) { probe.RunOutOf("Java heap space"); return 1; }
            void main() { probe.CallAgain("OnIt", 3); while (probe.Noted("FAILED") < 3) {} }
            """;

    private final Forgetful listener = new Forgetful();

    @BeforeEach
    void forget() {
        ProbePlugin.EVENTS.clear();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Java heap space | out of memory | -Xmx1g",
                "Requested array size exceeds VM limit | out of memory: this would be more than the 2147483647 bytes"
                        + " | parts",
                "unable to create native thread: possibly out of memory | out of memory: the system cannot start"
                        + " another thread | ulimit",
                "Metaspace | out of memory for classes (Metaspace) | -XX:MaxMetaspaceSize",
                "Cannot reserve 65536 bytes of direct buffer memory | out of memory for the buffers |"
                        + " -XX:MaxDirectMemorySize",
            })
    void shouldSayWhatThereIsNoMoreOf(String jvmMessage, String message, String help) throws InterruptedException {
        assertThat(run("void main() {\n  probe.RunOutOf(\"" + jvmMessage + "\");\n}"))
                .isEqualTo(1);
        assertThat(listener.reported).singleElement().asString().startsWith("3:3 " + message);
        assertThat(listener.help).contains(help);
    }

    @Test
    void shouldFailWhenTheThreadOfMainCannotStart() throws InterruptedException {
        var compiled = Compiler.compile(
                new SourceFile("t.dom", "void main() {}"), Plugins.only(Plugins.installed()), false, null);
        var execution =
                Execution.of(compiled, RunOptions.builder().listener(listener).build());

        new MainThread(execution).start(new Thread() {
            @Override
            public void start() {
                throw new OutOfMemoryError("unable to create native thread: possibly out of memory or process limits");
            }
        });

        assertThat(execution.stage().awaitEnd()).isEqualTo(1);
        assertThat(listener.reported).containsExactly("1:1 out of memory: the system cannot start another thread");
        assertThat(listener.help).contains("ulimit -u");
        assertThat(execution.resources().add(new Closer())).isFalse();
    }

    private static final class Closer implements ScriptResource {
        @Override
        public void close() {}
    }

    @Test
    void shouldReportAnErrorOfMainAtTheSecondAttempt() throws InterruptedException {
        listener.failures.set(1);
        assertThat(run("void main() { probe.Fail(); }")).isEqualTo(1);
        assertThat(listener.reported).containsExactly("2:15 probe.Fail: it was asked to");
    }

    @Test
    void shouldReportAnErrorOfACallbackAtTheSecondAttempt() throws InterruptedException {
        listener.failures.set(1);
        assertThat(run(CALLBACK_FAILS)).isEqualTo(1);
        assertThat(listener.reported).containsExactly("2:34 out of memory (probe)", "out of memory x3");
    }

    @Test
    void shouldReportAtTheEndWhatItCouldNotReportBefore() throws InterruptedException {
        listener.failures.set(2);
        assertThat(run(CALLBACK_FAILS)).isEqualTo(1);
        assertThat(listener.reported).containsExactly("2:34 out of memory (probe)", "out of memory x3");
    }

    @Test
    void shouldFailTheRunWhenNothingCanBeReported() throws InterruptedException {
        listener.failures.set(Integer.MAX_VALUE);
        assertThat(run("void main() { probe.Open(\"it\"); probe.RunOutOf(\"Java heap space\"); }"))
                .isEqualTo(1);
        assertThat(listener.reported).isEmpty();
        assertThat(ProbePlugin.EVENTS).containsExactly("closed it");
    }

    private int run(String script) throws InterruptedException {
        var source = new SourceFile("test.dom", "plugin \"ProbePlugin\";\n" + script);
        return Script.compile(source, new Catalog())
                .start(RunOptions.builder()
                        .out(OutputStream.nullOutputStream())
                        .listener(listener)
                        .build())
                .await();
    }

    private static final class Catalog implements PluginCatalog {

        @Override
        public Optional<PluginDescriptor> find(String library) {
            return library.equals(PROBE.library()) ? Optional.of(PROBE) : Optional.empty();
        }

        @Override
        public List<String> libraries() {
            return List.of(PROBE.library());
        }
    }

    /** A listener that runs out of memory itself at first. */
    private static final class Forgetful implements RunListener {

        final List<String> reported = new CopyOnWriteArrayList<>();
        volatile String help = "";
        final AtomicInteger failures = new AtomicInteger();

        @Override
        public void failed(Failure failure) {
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new OutOfMemoryError("Java heap space");
            }
            var place = failure.source().position(failure.span().start());
            reported.add(place.line() + ":" + place.column() + " " + failure.message()
                    + (failure.origin().isEmpty() ? "" : " (" + failure.origin() + ")"));
            help = failure.help();
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
}
