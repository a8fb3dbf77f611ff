package dev.domin.runtime;

import dev.domin.lang.source.Suggestions;
import dev.domin.spi.BlockingCall;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.Callback;
import dev.domin.spi.Escapes;
import dev.domin.spi.Limit;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptResource;
import dev.domin.spi.Turn;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The context of a run, as plugins see it. */
final class RunContext implements ScriptContext {

    /** Not null in a thread that is inside {@link #blocking}: script code is on its stack. */
    private static final ThreadLocal<Object> BLOCKING = new ThreadLocal<>();

    private final Execution execution;
    private final OutputStream out;
    private @Nullable OutputStream err; // made when first needed, which it rarely is
    private @Nullable Map<Class<?>, Object> shared; // created at first use, which is rare

    RunContext(Execution execution) {
        this.execution = execution;
        this.out = newOutput(execution.options().out());
    }

    @Override
    public Callback callback(String name) {
        var callbacks = execution.script().callbacks();
        var names = new ArrayList<String>();
        for (int i = 0; i < callbacks.size(); i++) {
            var entry = callbacks.get(i);
            if (entry.name().equals(name)) {
                return new ScriptCallback(execution, name, i, entry.span());
            }
            names.add(entry.name());
        }
        if (name.isEmpty()) {
            throw new ScriptError("the callback's name is empty", "give the name of a callback of this script");
        }
        String near = Suggestions.closest(name, names);
        String help;
        if (near != null) {
            help = "did you mean `" + near + "`?";
        } else if (names.isEmpty()) {
            help = "a callback looks like this: callback i32 " + (isName(name) ? name : "NAME")
                    + "(ref blob $X) { return(1); }";
        } else {
            help = "this script's callbacks are " + String.join(", ", names);
        }
        throw new ScriptError("this script has no callback `" + Escapes.quote(name) + "`", help);
    }

    private static boolean isName(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    @Override
    public <T> T blocking(BlockingCall<T> call) {
        var lock = execution.lock();
        var task = lock.holder();
        if (task == null || task.thread != Thread.currentThread()) {
            throw new IllegalStateException(
                    "ScriptContext.blocking must be called by the thread that runs a function called by the script,"
                            + " not in start(), in another thread, or inside another blocking call");
        }
        Object outer = BLOCKING.get();
        lock.release(task);
        try {
            execution.reporter().prepare();
            BLOCKING.set(this);
            if (task.turn != null) {
                task.turn.blocking();
            }
            if (!lock.enterBlocking(task)) {
                throw ScriptLock.CANCELLED;
            }
            return call.call();
        } catch (InterruptedException _) {
            // Either the script was cancelled or the host interrupted the thread; both cancel the task.
            throw ScriptLock.CANCELLED;
        } finally {
            BLOCKING.set(outer);
            lock.exitBlocking(task);
            lock.acquire(task); // throws if the task was cancelled, replacing what the call threw
        }
    }

    /** {@return whether script code on the calling thread's stack is waiting for a blocking call} */
    static boolean isBlockingHere() {
        return BLOCKING.get() != null;
    }

    @Override
    public void checkCancelled() {
        execution.lock().checkCancelled();
    }

    @Override
    public void register(ScriptResource resource) {
        if (!execution.resources().add(resource)) {
            throw new ScriptError("the script is ending, so nothing can be opened any more");
        }
    }

    @Override
    public void unregister(ScriptResource resource) {
        execution.resources().remove(resource);
    }

    @Override
    public void releaseOnFailure(Runnable release) {
        var task = runningCallback();
        if (task != null) {
            if (task.releases == null) {
                task.releases = new Releases();
            }
            task.releases.add(release);
        }
    }

    @Override
    public void forgetRelease(Runnable release) {
        var task = runningCallback();
        if (task != null && task.releases != null) {
            task.releases.remove(release);
        }
    }

    /** {@return the run of a callback that this thread is executing with the script lock held, or null} */
    private @Nullable Task runningCallback() {
        var task = execution.lock().holder();
        return task != null && !task.isMain() && task.thread == Thread.currentThread() ? task : null;
    }

    @Override
    public synchronized <T> T shared(Class<T> type, Supplier<T> maker) {
        if (shared == null) {
            shared = new HashMap<>();
        }
        Object found = shared.get(type);
        if (found == null) {
            found = maker.get();
            shared.put(type, found);
        }
        return type.cast(found);
    }

    /** Releases what plugins have shared, at the end of the run. */
    synchronized void forgetShared() {
        shared = null;
    }

    @Override
    public Optional<Turn> turn() {
        var task = execution.lock().holder();
        return task != null && task.thread == Thread.currentThread()
                ? Optional.ofNullable(task.turn)
                : Optional.empty();
    }

    @Override
    public <T> Optional<T> service(Class<T> type) {
        return execution.options().service(type);
    }

    @Override
    public long limit(Limit limit) {
        return execution.options().limits().get(limit);
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public synchronized OutputStream err() {
        if (err == null) {
            err = newOutput(execution.options().err());
        }
        return err;
    }

    private ScriptOutput newOutput(OutputStream stream) {
        var limits = execution.options().limitsSet();
        return new ScriptOutput(execution.lock(), stream, limits == null ? Long.MAX_VALUE : limits.get(Limit.OUTPUT));
    }

    @Override
    public InputStream in() {
        return execution.options().in();
    }

    @Override
    public void exit(int code) {
        execution.exit(code);
        execution.lock().checkCancelled();
    }

    @Override
    public List<String> arguments() {
        var arguments = new ArrayList<String>();
        for (String argument : execution.options().arguments()) {
            arguments.add(ByteStrings.fromText(argument));
        }
        return arguments;
    }

    @Override
    public void warn(String sentence) {
        execution.warn(sentence);
    }
}
