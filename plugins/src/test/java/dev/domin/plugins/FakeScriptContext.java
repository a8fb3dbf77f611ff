package dev.domin.plugins;

import dev.domin.spi.Blob;
import dev.domin.spi.BlockingCall;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.Callback;
import dev.domin.spi.CallbackCall;
import dev.domin.spi.Limit;
import dev.domin.spi.Limits;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptResource;
import dev.domin.spi.Turn;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** A run without a script: one lock, callbacks written in Java, and a record of everything that was reported. */
public final class FakeScriptContext implements ScriptContext {

    private final ReentrantLock scriptLock = new ReentrantLock(true);
    private final Map<String, ToIntFunction<Blob>> callbacks = new ConcurrentHashMap<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Map<Class<?>, Object> shared = new ConcurrentHashMap<>();
    private final List<ScriptResource> resources = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<CallbackCall.Outcome> outcomes = new ArrayList<>();
    private final List<String> origins = new ArrayList<>();
    private final List<Runnable> releases = new ArrayList<>();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private InputStream in = InputStream.nullInputStream();
    private Limits limits = Limits.DEFAULTS;
    private int exitCode = -1;
    private OutputStream out = written;
    private boolean ending;
    private int checksLeft = -1;
    private int checks;

    public FakeScriptContext() {}

    public FakeScriptContext withCallback(String name, ToIntFunction<Blob> body) {
        callbacks.put(name, body);
        return this;
    }

    public FakeScriptContext withArguments(String... given) {
        for (var argument : given) {
            arguments.add(ByteStrings.fromText(argument));
        }
        return this;
    }

    public FakeScriptContext withOut(OutputStream other) {
        out = other;
        return this;
    }

    public FakeScriptContext withIn(InputStream other) {
        in = other;
        return this;
    }

    public FakeScriptContext withLimit(Limit limit, long number) {
        limits = limits.with(limit, number);
        return this;
    }

    @Override
    public long limit(Limit limit) {
        return limits.get(limit);
    }

    /** What was written to the standard error. */
    public String messages() {
        return ByteStrings.toText(ByteStrings.fromBytes(messages.toByteArray()));
    }

    /** What the run was ended with; -1 if it was not. */
    public int exitCode() {
        return exitCode;
    }

    /** Cancels the script at a given check for cancellation. */
    public FakeScriptContext cancelledAtCheck(int number) {
        checksLeft = number;
        return this;
    }

    /** The number of checks for cancellation. */
    public int checks() {
        return checks;
    }

    /** The script lock; a test that calls plugin functions as a script does holds it too. */
    public ReentrantLock scriptLock() {
        return scriptLock;
    }

    public byte[] written() {
        return written.toByteArray();
    }

    public String printed() {
        return ByteStrings.toText(ByteStrings.fromBytes(written()));
    }

    public synchronized List<ScriptResource> resources() {
        return List.copyOf(resources);
    }

    public synchronized List<CallbackCall.Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    public synchronized List<String> origins() {
        return List.copyOf(origins);
    }

    /** The release actions of the running callback. All of them belong to one run of one callback. */
    public synchronized int releaseCount() {
        return releases.size();
    }

    /** Does what the runtime does after a callback has returned. */
    public synchronized void forgetReleases() {
        releases.clear();
    }

    /** Does what the runtime does after a callback has failed. */
    public synchronized void failCallback() {
        for (var release : releases.reversed()) {
            release.run();
        }
        releases.clear();
    }

    /**
     * Ends the run as the runtime does: no more resources, and those that are open are closed without the script lock.
     */
    public void end() throws InterruptedException {
        synchronized (this) {
            ending = true;
        }
        for (var resource : resources()) {
            resource.close();
        }
    }

    @Override
    public Callback callback(String name) {
        var body = callbacks.get(name);
        if (body == null) {
            throw new ScriptError("there is no callback `" + name + "` in this script");
        }
        return new FakeCallback(name, body);
    }

    @Override
    public <T> T blocking(BlockingCall<T> call) {
        int holds = scriptLock.getHoldCount();
        for (int i = 0; i < holds; i++) {
            scriptLock.unlock();
        }
        try {
            return call.call();
        } catch (InterruptedException e) {
            throw new Unwound();
        } finally {
            for (int i = 0; i < holds; i++) {
                scriptLock.lock();
            }
        }
    }

    @Override
    public void checkCancelled() {
        checks++;
        if (checksLeft > 0 && --checksLeft == 0) {
            throw new Unwound();
        }
    }

    @Override
    public synchronized void register(ScriptResource resource) {
        if (ending) {
            throw new ScriptError("the script is ending");
        }
        resources.add(resource);
    }

    @Override
    public synchronized void unregister(ScriptResource resource) {
        resources.remove(resource);
    }

    @Override
    public synchronized void releaseOnFailure(Runnable release) {
        releases.add(release);
    }

    @Override
    public synchronized void forgetRelease(Runnable release) {
        releases.remove(release);
    }

    @Override
    public <T> T shared(Class<T> type, Supplier<T> maker) {
        return type.cast(shared.computeIfAbsent(type, _ -> maker.get()));
    }

    @Override
    public Optional<Turn> turn() {
        return Optional.empty();
    }

    @Override
    public <T> Optional<T> service(Class<T> type) {
        return Optional.empty();
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public OutputStream err() {
        return messages;
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public void exit(int code) {
        exitCode = code;
        throw new Unwound();
    }

    @Override
    public List<String> arguments() {
        return List.copyOf(arguments);
    }

    @Override
    public synchronized void warn(String sentence) {
        warnings.add(sentence);
    }

    /** {@return what was warned of so far} */
    public synchronized List<String> warnings() {
        return List.copyOf(warnings);
    }

    private synchronized void ended(CallbackCall.Outcome outcome, Turn turn) {
        outcomes.add(outcome);
        origins.add(turn.origin());
    }

    /** Thrown to end a cancelled script. */
    public static final class Unwound extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Unwound() {}
    }

    private final class FakeCallback implements Callback {

        private final String name;
        private final ToIntFunction<Blob> body;

        FakeCallback(String name, ToIntFunction<Blob> body) {
            this.name = name;
            this.body = body;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public CallbackCall newCall() {
            return new FakeCall(body);
        }
    }

    private final class FakeCall implements CallbackCall {

        private final ToIntFunction<Blob> body;
        private volatile boolean cancelled;
        private volatile Thread runner;
        private int result;

        FakeCall(ToIntFunction<Blob> body) {
            this.body = body;
        }

        @Override
        public Outcome run(Blob blob, Turn turn) {
            var outcome = runLocked(blob, turn);
            ended(outcome, turn);
            return outcome;
        }

        private Outcome runLocked(Blob blob, Turn turn) {
            runner = Thread.currentThread();
            try {
                scriptLock.lockInterruptibly();
            } catch (InterruptedException e) {
                runner = null;
                return Outcome.NOT_CALLED;
            }
            try {
                if (cancelled || !turn.begin()) {
                    return Outcome.NOT_CALLED;
                }
                result = body.applyAsInt(blob);
                return Outcome.RETURNED;
            } catch (Unwound e) {
                return Outcome.CANCELLED;
            } catch (ScriptError e) {
                return Outcome.FAILED;
            } finally {
                runner = null;
                scriptLock.unlock();
            }
        }

        @Override
        public int result() {
            return result;
        }

        @Override
        public void fail(ScriptError error, Turn turn) {
            throw new AssertionError("nothing here fails afterwards");
        }

        @Override
        public void cancel() {
            cancelled = true;
            var thread = runner;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }
}
