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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Uses the services of a run in ways that plugins should not, and records the results. */
@ScriptPlugin(namespace = "misuse", library = "MisusePlugin", doc = "For tests.")
public final class MisusePlugin implements Plugin {

    /** The events, in order, of the run that a test checks. */
    static final List<String> EVENTS = new CopyOnWriteArrayList<>();

    /** Opened by a test when the run has ended. */
    static volatile CountDownLatch runEnded = new CountDownLatch(1);

    private static final Turn TURN = new Turn() {
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
            return "misuse";
        }
    };

    private ScriptContext context;
    private CallbackCall shared;

    @Override
    public void start(ScriptContext runContext) {
        context = runContext;
    }

    private interface Work {
        Object run() throws InterruptedException;
    }

    private static void record(Work work) {
        try {
            EVENTS.add(String.valueOf(work.run()));
        } catch (IllegalStateException | ScriptError e) {
            EVENTS.add(e.getClass().getSimpleName() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            EVENTS.add("interrupted");
        }
    }

    @ScriptFunction(name = "CallHere", doc = "Runs a callback while it holds the script lock.")
    public void callHere(@Param(value = "name", doc = "The callback.") String name) {
        context.callback(name).newCall().run(new Blob(), TURN);
    }

    @ScriptFunction(
            name = "CallWhileBlocking",
            doc = "Runs a callback on the script's thread.",
            returns = "Its result.")
    public int callWhileBlocking(@Param(value = "name", doc = "The callback.") String name) {
        var call = context.callback(name).newCall();
        EVENTS.add(context.blocking(() -> call.run(new Blob(), TURN)).toString());
        return call.result();
    }

    @ScriptFunction(name = "CallShared", doc = "Runs the same call of a callback in one more thread.")
    public void callShared(@Param(value = "name", doc = "The callback.") String name) {
        if (shared == null) {
            shared = context.callback(name).newCall();
        }
        var call = shared;
        new Thread(() -> record(() -> call.run(new Blob(), TURN)), "misuse-shared").start();
    }

    @ScriptFunction(name = "Await", doc = "Blocks until an event has occurred.")
    public void await(@Param(value = "event", doc = "The start of the event's text.") String event) {
        context.blocking(() -> {
            while (EVENTS.stream().noneMatch(happened -> happened.startsWith(event))) {
                Thread.sleep(1);
            }
            return null;
        });
    }

    @ScriptFunction(name = "BlockElsewhere", doc = "Blocks in a thread that does not run the script.")
    public void blockElsewhere() {
        new Thread(() -> record(() -> context.blocking(() -> "blocked")), "misuse-block").start();
    }

    @ScriptFunction(name = "BlockTwice", doc = "Blocks inside a blocking call.")
    public void blockTwice() {
        context.blocking(() -> context.blocking(() -> "blocked"));
    }

    @ScriptFunction(name = "Outlive", doc = "Starts a thread that uses the plugin's context after the run has ended.")
    public void outlive(@Param(value = "name", doc = "A callback.") String name) {
        var call = context.callback(name).newCall();
        new Thread(
                        () -> {
                            record(() -> {
                                runEnded.await();
                                return call.run(new Blob(), TURN);
                            });
                            call.fail(new ScriptError("too late"), TURN);
                            context.warn("too late");
                            record(() -> {
                                context.register(() -> {});
                                return "registered";
                            });
                            EVENTS.add("outlived");
                        },
                        "misuse-outlive")
                .start();
    }

    @ScriptFunction(name = "ThrowError", doc = "Throws an Error.")
    public void throwError() {
        throw new AssertionError("a broken promise");
    }

    @ScriptFunction(name = "Overflow", doc = "Throws an ArithmeticException, as a division by zero does.")
    public void overflow() {
        Math.addExact(Long.MAX_VALUE, 1);
    }

    @ScriptFunction(name = "OpenBad", doc = "Opens a resource that cannot be closed.")
    public void openBad() {
        context.register(new BadResource());
    }

    @ScriptFunction(name = "OpenGood", doc = "Opens a resource that can be closed.")
    public void openGood() {
        context.register(() -> EVENTS.add("closed"));
    }

    private static final class BadResource implements ScriptResource {
        @Override
        public void close() {
            throw new UnsupportedOperationException("stuck");
        }
    }

    /** Its constructor fails. */
    @ScriptPlugin(namespace = "unmade", library = "UnmadePlugin", doc = "For tests.")
    public static final class Unmade implements Plugin {

        public Unmade() {
            throw new NoClassDefFoundError("org/example/Missing");
        }

        @ScriptFunction(name = "Nothing", doc = "Does nothing.")
        public void nothing() {}
    }

    /** Opens something, and then fails to start. */
    @ScriptPlugin(namespace = "unstarted", library = "UnstartedPlugin", doc = "For tests.")
    public static final class Unstarted implements Plugin {

        @Override
        public void start(ScriptContext context) {
            context.register(() -> EVENTS.add("closed"));
            throw new ScriptError("the moon is not full", "wait for it");
        }

        @ScriptFunction(name = "Nothing", doc = "Does nothing.")
        public void nothing() {}
    }

    /** Fails to stop. */
    @ScriptPlugin(namespace = "unstopped", library = "UnstoppedPlugin", doc = "For tests.")
    public static final class Unstopped implements Plugin {

        @Override
        public void start(ScriptContext context) {
            context.register(() -> EVENTS.add("closed"));
        }

        @Override
        public void stop() {
            EVENTS.add("stopped");
            throw new UnsupportedOperationException("stuck");
        }

        @ScriptFunction(name = "Nothing", doc = "Does nothing.")
        public void nothing() {}
    }

    /** Calls a callback before the script starts. */
    @ScriptPlugin(namespace = "early", library = "EarlyPlugin", doc = "For tests.")
    public static final class Early implements Plugin {

        @Override
        public void start(ScriptContext context) {
            record(() -> context.blocking(() -> "blocked"));
            record(() -> context.callback("OnEarly").newCall().run(new Blob(), TURN));
            var call = context.callback("OnEarly").newCall();
            var started = new CountDownLatch(1);
            new Thread(
                            () -> {
                                started.countDown();
                                record(() -> call.run(new Blob(), TURN) + " " + call.result());
                            },
                            "misuse-early")
                    .start();
            try {
                started.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @ScriptFunction(name = "Nothing", doc = "Does nothing.")
        public void nothing() {}
    }
}
