package dev.domin.runtime;

import dev.domin.spi.Blob;
import dev.domin.spi.CallbackCall;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;
import dev.domin.spi.ScriptResource;
import dev.domin.spi.Turn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Does on request what plugins do, right and wrong, and records it. */
@ScriptPlugin(namespace = "probe", library = "ProbePlugin", doc = "For tests.")
public final class ProbePlugin implements Plugin {

    /** The events, in order, of the run that a test checks. */
    static final List<String> EVENTS = new CopyOnWriteArrayList<>();

    private final Map<String, Runnable> made = new ConcurrentHashMap<>();
    private ScriptContext context;

    @Override
    public void start(ScriptContext runContext) {
        context = runContext;
    }

    @ScriptFunction(name = "Note", doc = "Records a word.")
    public void note(@Param(value = "word", doc = "The word.") String word) {
        EVENTS.add(word);
    }

    @ScriptFunction(name = "Noted", doc = "Counts a word.", returns = "How often it was recorded.")
    public int noted(@Param(value = "word", doc = "The word.") String word) {
        return (int) EVENTS.stream().filter(word::equals).count();
    }

    @ScriptFunction(name = "WaitForever", doc = "Blocks until it is cancelled.")
    public void waitForever() {
        context.blocking(() -> {
            EVENTS.add("waiting");
            new CountDownLatch(1).await();
            return null;
        });
    }

    @ScriptFunction(name = "WorkForever", doc = "Works until it is cancelled.")
    public void workForever() {
        EVENTS.add("working");
        while (true) {
            context.checkCancelled();
        }
    }

    @ScriptFunction(name = "CheckElsewhere", doc = "Checks in another thread whether the script is cancelled.")
    public void checkElsewhere() {
        new Thread(
                        () -> {
                            while (!EVENTS.contains("cancelled")) {
                                Thread.onSpinWait();
                            }
                            context.checkCancelled();
                            EVENTS.add("checked");
                        },
                        "probe")
                .start();
    }

    @ScriptFunction(name = "WaitFor", doc = "Blocks until a word is recorded.")
    public void waitFor(@Param(value = "word", doc = "The word.") String word) {
        context.blocking(() -> {
            while (noted(word) == 0) {
                Thread.sleep(1);
            }
            return null;
        });
    }

    @ScriptFunction(name = "Make", doc = "Creates a resource that is released if the callback fails.")
    public void make(
            @Param(value = "name", doc = "Its name; one that is called `bad` cannot be released.") String name) {
        Runnable release = () -> {
            EVENTS.add("released " + name);
            if (name.equals("bad")) {
                throw new IllegalStateException("a bug in a release");
            }
        };
        made.put(name, release);
        context.releaseOnFailure(release);
    }

    @ScriptFunction(name = "GiveBack", doc = "Releases a resource.")
    public void giveBack(@Param(value = "name", doc = "Its name.") String name) {
        context.forgetRelease(made.remove(name));
    }

    @ScriptFunction(name = "Print", doc = "Writes a text.")
    public void print(@Param(value = "text", doc = "The text.") String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        try {
            context.out().write(bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ScriptError("cannot write: " + e.getMessage());
        }
    }

    @ScriptFunction(name = "Warn", doc = "Warns.")
    public void warn(@Param(value = "sentence", doc = "The warning.") String sentence) {
        context.warn(sentence);
    }

    @ScriptFunction(name = "Fail", doc = "Raises a script error.")
    public void fail() {
        throw new ScriptError("it was asked to", "do not ask");
    }

    @ScriptFunction(name = "Crash", doc = "Has a bug.")
    public void crash() {
        throw new IllegalStateException("a bug");
    }

    @ScriptFunction(name = "RunOutOf", doc = "Throws an OutOfMemoryError, as the JVM does.")
    public void runOutOf(@Param(value = "what", doc = "The message of the JVM.") String what) {
        throw new OutOfMemoryError(what);
    }

    @ScriptFunction(name = "Open", doc = "Opens a resource.")
    public void open(@Param(value = "name", doc = "Its name.") String name) {
        context.register(new ScriptResource() {
            @Override
            public void close() {
                EVENTS.add("closed " + name);
            }
        });
    }

    @ScriptFunction(name = "CallAgain", doc = "Calls a callback from another thread, several times in turn.")
    public void callAgain(
            @Param(value = "callbackName", doc = "The callback.") String callbackName,
            @Param(value = "times", doc = "How often.") int times) {
        var call = context.callback(callbackName).newCall();
        new Thread(
                        () -> {
                            for (int i = 0; i < times; i++) {
                                var outcome = call.run(Blob.of(new byte[] {(byte) i}), new Unlimited());
                                EVENTS.add(
                                        outcome == CallbackCall.Outcome.RETURNED
                                                ? "returned " + call.result()
                                                : outcome.toString());
                            }
                        },
                        "probe")
                .start();
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
            return "probe";
        }
    }
}
