package dev.domin.bench;

import dev.domin.spi.CallbackCall;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Functions that are called in loops, from a script and from Java. Each depends on the result of the previous call. */
@ScriptPlugin(namespace = "bench", library = "BenchPlugin", doc = "For measurements.")
public final class BenchPlugin implements Plugin {

    static final Map<String, CallbackCall> CALLS = new HashMap<>();
    static volatile BenchPlugin instance;
    static volatile CountDownLatch ready = new CountDownLatch(1);

    private ScriptContext context;
    private int factor = 31;

    /** Creates the plugin for one run. */
    public BenchPlugin() {}

    @Override
    public void start(ScriptContext runContext) {
        context = runContext;
        instance = this;
    }

    @ScriptFunction(name = "Offer", doc = "Passes a callback to the benchmarks.")
    public void offer(@Param(value = "name", doc = "The callback.") String name) {
        CALLS.put(name, context.callback(name).newCall());
    }

    @ScriptFunction(name = "Serve", doc = "Waits while the benchmarks run, until the script is cancelled.")
    public void serve() {
        ready.countDown();
        context.blocking(() -> {
            new CountDownLatch(1).await();
            return null;
        });
    }

    @ScriptFunction(name = "IntStatic", doc = "Mixes.", returns = "A number.")
    public static int intStatic(@Param(value = "a", doc = "A.") int a, @Param(value = "b", doc = "B.") int b) {
        return (a ^ b) * 31 >>> 1;
    }

    @ScriptFunction(name = "IntVirtual", doc = "Mixes.", returns = "A number.")
    public int intVirtual(@Param(value = "a", doc = "A.") int a, @Param(value = "b", doc = "B.") int b) {
        return (a ^ b) * factor >>> 1;
    }

    @ScriptFunction(name = "DoubleStatic", doc = "Mixes.", returns = "A number.")
    public static double doubleStatic(
            @Param(value = "a", doc = "A.") double a, @Param(value = "b", doc = "B.") double b) {
        return a * 0.5 + b;
    }

    @ScriptFunction(name = "DoubleVirtual", doc = "Mixes.", returns = "A number.")
    public double doubleVirtual(@Param(value = "a", doc = "A.") double a, @Param(value = "b", doc = "B.") double b) {
        return a * 0.5 + b * factor;
    }
}
