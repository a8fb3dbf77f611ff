package dev.domin.runtime;

import dev.domin.lang.source.Span;
import dev.domin.spi.Blob;
import dev.domin.spi.Callback;
import dev.domin.spi.CallbackCall;
import dev.domin.spi.ScriptError;
import dev.domin.spi.Turn;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A callback of a running script. */
final class ScriptCallback implements Callback {

    private final Execution execution;
    private final String name;
    private final int index;
    private final Span span;

    /** Whether it has used up all memory, and memory has been low since. */
    private volatile boolean exhaustsMemory;

    ScriptCallback(Execution execution, String name, int index, Span span) {
        this.execution = execution;
        this.name = name;
        this.index = index;
        this.span = span;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CallbackCall newCall() {
        return new Call();
    }

    private final class Call implements CallbackCall {

        private final Task task = Task.callback();
        private final AtomicBoolean running = new AtomicBoolean();
        private int result;

        @Override
        public Outcome run(Blob blob, Turn turn) {
            var lock = execution.lock();
            rejectScriptThread(lock.holder());
            if (!running.compareAndSet(false, true)) {
                throw new IllegalStateException("this call of the callback " + name
                        + " is already running in another thread; each thread needs a call of its own, by newCall()");
            }
            try {
                var outcome = runAlone(lock, blob, turn);
                var releases = task.releases;
                if (releases != null) {
                    task.releases = null;
                    endReleases(releases, outcome, turn);
                }
                return outcome;
            } finally {
                running.setRelease(false);
            }
        }

        private Outcome runAlone(ScriptLock lock, Blob blob, Turn turn) {
            boolean started = false;
            task.deadlineNanos = turn.deadlineNanos();
            task.turn = turn;
            try {
                var program = execution.stage().awaitProgram();
                if (program == null
                        || !lock.acquireBeforeDeadline(task)
                        || execution.stage().isEnding()
                        || !turn.begin()) {
                    return Outcome.NOT_CALLED;
                }
                started = true;
                if (program.isRecursive() && RunContext.isBlockingHere()) {
                    program.checkStack();
                }
                if (exhaustsMemory) {
                    execution.reporter().reserve().reserveForOthers();
                }
                result = program.callback(index, blob);
                return Outcome.RETURNED;
            } catch (ScriptCancelled _) {
                if (!started) {
                    return Outcome.NOT_CALLED;
                }
                return execution.stage().isExitingHere() ? Outcome.EXITED : Outcome.CANCELLED;
            } catch (Throwable thrown) { // caused by the script or a plugin; the caller must continue
                if (execution.callbackFailed(thrown, span, turn)) {
                    exhaustsMemory = true;
                }
                return Outcome.FAILED;
            } finally {
                if (exhaustsMemory) {
                    releaseMemoryForOthers();
                }
                lock.release(task);
            }
        }

        private void releaseMemoryForOthers() {
            var reserve = execution.reporter().reserve();
            exhaustsMemory = !reserve.isPlentiful();
            if (exhaustsMemory) {
                reserve.releaseForOthers();
            }
        }

        private void endReleases(Releases releases, Outcome outcome, Turn turn) {
            var thrown = outcome == Outcome.RETURNED ? null : runReleases(releases);
            if (thrown != null) {
                execution.callbackFailed(thrown, span, turn);
            }
        }

        private @Nullable Throwable runReleases(Releases releases) {
            try {
                return releases.run();
            } catch (OutOfMemoryError _) { // thrown before the first action
                execution.reporter().reserve().releaseAll();
                return releases.run();
            }
        }

        /** A thread that holds the script lock would deadlock with itself. */
        private void rejectScriptThread(@Nullable Task holder) {
            if (holder != null && holder.thread == Thread.currentThread()
                    || execution.stage().isLoadingHere()) {
                throw new IllegalStateException("the callback " + name
                        + " cannot be run by the thread that runs the script, which would wait for itself;"
                        + " run it from a thread of the plugin's own, or inside ScriptContext.blocking");
            }
        }

        @Override
        public int result() {
            return result;
        }

        @Override
        public void fail(ScriptError error, Turn turn) {
            execution.callbackFailed(error, span, turn);
        }

        @Override
        public void cancel() {
            execution.lock().cancel(task);
        }
    }
}
