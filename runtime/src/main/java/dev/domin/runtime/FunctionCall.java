package dev.domin.runtime;

import dev.domin.lang.source.Suggestions;
import dev.domin.lang.support.CompiledScript;
import dev.domin.lang.support.CompiledScript.Function;
import dev.domin.lang.support.ScriptProgram;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptResource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One call of a function of the script from Java, on the caller's thread. It is a resource of the run: the end of the
 * run waits for it, as it waits for a server's callbacks.
 */
final class FunctionCall implements ScriptResource {

    private final Execution execution;
    private final ScriptLock lock;
    private final Function function;
    private final Task task = Task.call();
    private final CountDownLatch over = new CountDownLatch(1);

    private FunctionCall(Execution execution, Function function) {
        this.execution = execution;
        this.lock = execution.lock();
        this.function = function;
    }

    /** See {@link ScriptRun#call}. */
    static @Nullable Object call(Execution execution, String name, @Nullable Object... values) {
        StackProbe.requireRoom();
        var function = find(execution, name);
        var arguments = new CallArguments(function, values);
        return new FunctionCall(execution, function).run(arguments);
    }

    private static Function find(Execution execution, String name) {
        var names = new ArrayList<String>();
        for (var function : execution.script().functions()) {
            if (function.name().equals(name)) {
                return function;
            }
            names.add(function.name());
        }
        String near = Suggestions.closest(name, names);
        throw new IllegalArgumentException(execution.script().source().name() + " has no function `" + name + "`"
                + (near != null
                        ? "; did you mean `" + near + "`?"
                        : names.isEmpty() ? "; it has no functions" : "; it has " + String.join(", ", names)));
    }

    private @Nullable Object run(CallArguments arguments) {
        var holder = lock.holder();
        if (holder != null && holder.thread == Thread.currentThread()
                || execution.stage().isLoadingHere()) {
            throw new IllegalStateException("the function " + function.name()
                    + " cannot be called by the thread that runs the script, which would wait for itself");
        }
        var program = execution.stage().awaitProgram();
        if (program == null || !execution.resources().addCall(this)) {
            throw new IllegalStateException(
                    "the run of " + execution.script().source().name()
                            + " has ended, so that " + function.name()
                            + " cannot be called; RunOptions.withoutMain keeps a run open until it is closed");
        }
        try {
            lock.acquire(task);
            var result = invoke(program, arguments);
            arguments.copyBack();
            return CallArguments.toJava(result);
        } catch (ScriptCancelled e) {
            throw cancelled(e);
        } finally {
            execution.resources().removeCall(this);
            over.countDown();
        }
    }

    /** Runs the function with the lock held, and then releases the lock. */
    private @Nullable Object invoke(ScriptProgram program, CallArguments arguments) {
        boolean returned = false;
        try {
            arguments.checkLengths();
            var method = method(program);
            var result = method.invoke(null, arguments.values(method.getParameterCount()));
            returned = true;
            return result;
        } catch (InvocationTargetException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the functions of a compiled script are public", e);
        } catch (ScriptError e) { // of an argument that is too large
            throw failed(e);
        } finally {
            lock.release(task);
            var releases = task.releases;
            if (releases != null && !returned) {
                releases.run();
            }
        }
    }

    private Method method(ScriptProgram program) {
        String name = CompiledScript.FUNCTION_PREFIX + function.name();
        for (var method : program.getClass().getMethods()) {
            if (method.getName().equals(name)) {
                return method;
            }
        }
        throw new IllegalStateException("a compiled script has a method for each function, and none for " + name);
    }

    private RuntimeException failed(Throwable thrown) {
        if (thrown instanceof ScriptCancelled) {
            return cancelled(thrown);
        }
        return new ScriptFailedException(List.of(execution.reporter().describe(thrown, function.span())));
    }

    private CancellationException cancelled(Throwable cause) {
        var cancelled = new CancellationException("the run was cancelled before " + function.name() + " returned");
        cancelled.initCause(cause);
        return cancelled;
    }

    /** Waits until the call has ended, and cancels it if interrupted. */
    @Override
    public void close() throws InterruptedException {
        try {
            over.await();
        } catch (InterruptedException e) {
            lock.cancel(task);
            throw e;
        }
    }
}
