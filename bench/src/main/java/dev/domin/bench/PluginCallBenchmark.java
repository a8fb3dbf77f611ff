package dev.domin.bench;

import dev.domin.lang.source.SourceFile;
import dev.domin.runtime.Failure;
import dev.domin.runtime.RunListener;
import dev.domin.runtime.RunOptions;
import dev.domin.runtime.Script;
import dev.domin.runtime.ScriptRun;
import dev.domin.spi.Blob;
import dev.domin.spi.CallbackCall;
import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.PluginDescriptor;
import dev.domin.spi.Turn;
import dev.domin.spi.descriptor.ReflectedPlugin;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the cost of calling a plugin function in a script's loop, compared with the same loop in Java, in
 * nanoseconds per call. The script's loop also polls for cancellation in each iteration.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(2)
public class PluginCallBenchmark {

    private static final int CALLS = 100_000;

    private static final String SCRIPT = """
            plugin "BenchPlugin";
            #define CALLS 100000
            callback i32 IntStatic(ref blob $X) {
                i32 $i; i32 $s = 1;
                for ($i = 0; $i < CALLS; $i++) { $s = bench.IntStatic($s, $i); }
                return($s);
            }
            callback i32 IntVirtual(ref blob $X) {
                i32 $i; i32 $s = 1;
                for ($i = 0; $i < CALLS; $i++) { $s = bench.IntVirtual($s, $i); }
                return($s);
            }
            callback i32 DoubleStatic(ref blob $X) {
                i32 $i; double $s = 1.0;
                for ($i = 0; $i < CALLS; $i++) { $s = bench.DoubleStatic($s, $i); }
                return((i32)$s);
            }
            callback i32 DoubleVirtual(ref blob $X) {
                i32 $i; double $s = 1.0;
                for ($i = 0; $i < CALLS; $i++) { $s = bench.DoubleVirtual($s, $i); }
                return((i32)$s);
            }
            void main() {
                bench.Offer("IntStatic"); bench.Offer("IntVirtual");
                bench.Offer("DoubleStatic"); bench.Offer("DoubleVirtual");
                bench.Serve();
            }
            """;

    /** The called function. */
    @Param({"IntStatic", "IntVirtual", "DoubleStatic", "DoubleVirtual"})
    public String function;

    private final Blob blob = new Blob();
    private final Turn turn = new Unlimited();
    private ScriptRun run;
    private CallbackCall call;

    /** Called by JMH. */
    public PluginCallBenchmark() {}

    /** Starts the script, which then waits. */
    @Setup
    public void start() throws InterruptedException {
        run = Script.compile(new SourceFile("bench.dom", SCRIPT), new OnePlugin(ReflectedPlugin.of(BenchPlugin.class)))
                .start(RunOptions.builder()
                        .out(OutputStream.nullOutputStream())
                        .listener(new Loud())
                        .build());
        BenchPlugin.ready.await();
        call = BenchPlugin.CALLS.get(function);
        if (fromScript() != fromJava()) {
            throw new IllegalStateException("script and Java do not compute the same");
        }
    }

    /** Ends the script. */
    @TearDown
    public void stop() {
        run.close();
    }

    /** {@return the result of the script's loop} */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int fromScript() {
        if (call.run(blob, turn) != CallbackCall.Outcome.RETURNED) {
            throw new IllegalStateException("the callback did not run");
        }
        return call.result();
    }

    /** {@return the result of the same loop in Java} */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int fromJava() {
        return switch (function) {
            case "IntStatic" -> intStatic();
            case "IntVirtual" -> intVirtual(BenchPlugin.instance);
            case "DoubleStatic" -> doubleStatic();
            default -> doubleVirtual(BenchPlugin.instance);
        };
    }

    private static int intStatic() {
        int s = 1;
        for (int i = 0; i < CALLS; i++) {
            s = BenchPlugin.intStatic(s, i);
        }
        return s;
    }

    private static int intVirtual(BenchPlugin plugin) {
        int s = 1;
        for (int i = 0; i < CALLS; i++) {
            s = plugin.intVirtual(s, i);
        }
        return s;
    }

    private static int doubleStatic() {
        double s = 1;
        for (int i = 0; i < CALLS; i++) {
            s = BenchPlugin.doubleStatic(s, i);
        }
        return (int) s;
    }

    private static int doubleVirtual(BenchPlugin plugin) {
        double s = 1;
        for (int i = 0; i < CALLS; i++) {
            s = plugin.doubleVirtual(s, i);
        }
        return (int) s;
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
            return "benchmark";
        }
    }

    private record OnePlugin(PluginDescriptor plugin) implements PluginCatalog {

        @Override
        public Optional<PluginDescriptor> find(String library) {
            return library.equals(plugin.library()) ? Optional.of(plugin) : Optional.empty();
        }

        @Override
        public List<String> libraries() {
            return List.of(plugin.library());
        }
    }

    private static final class Loud implements RunListener {

        @Override
        public void failed(Failure failure) {
            throw new IllegalStateException(failure.message(), failure.cause());
        }

        @Override
        public void failedAgain(Failure failure, int count) {}

        @Override
        public void warned(String sentence) {}
    }
}
