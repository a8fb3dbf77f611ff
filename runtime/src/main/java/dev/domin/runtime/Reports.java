package dev.domin.runtime;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a run reports to its listener, one report at a time, whichever threads they come from. A listener that waits,
 * such as for somebody who reads the errors, does not keep the script lock meanwhile.
 */
final class Reports {

    private final RunListener listener;
    private final ScriptLock lock;
    private final ReentrantLock order = new ReentrantLock(true);

    Reports(RunListener listener, ScriptLock lock) {
        this.listener = listener;
        this.lock = lock;
    }

    /** Reports what has ended {@code main} or a callback; the task may have lost the lock on return. */
    void failed(Failure failure) {
        report(new Report(listener, failure, 0, ""));
    }

    void failedAgain(Failure failure, int count) {
        report(new Report(listener, failure, count, ""));
    }

    /** Makes ready for reports where there is no memory: see {@link RunListener#prepare}. */
    void prepare() {
        new Report(listener, null, 0, "").run();
    }

    /** Reports what a plugin says, also while it runs a function of the script, which then goes on. */
    void warned(String sentence) {
        var task = report(new Report(listener, null, 0, sentence));
        if (task != null) {
            lock.acquireToGoOn(task);
        }
    }

    /** {@return the calling thread's task if it has lost the script lock; else null} */
    private @Nullable Task report(Runnable call) {
        boolean interrupted = Thread.interrupted(); // else writing would fail
        try {
            var task = lock.holder();
            if (task != null && task.thread == Thread.currentThread()) {
                return report(call, task);
            }
            order.lock();
            try {
                call.run();
            } finally {
                order.unlock();
            }
            return null;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private @Nullable Task report(Runnable call, Task holder) {
        boolean holds;
        int write = lock.beginOutput(holder);
        try {
            order.lockInterruptibly();
            try {
                call.run(); // of a cancelled task, too: it failed before
            } finally {
                order.unlock();
            }
        } catch (InterruptedException _) {
            // Cancelled while another's report waits for its reader: nobody may wait for that reader because of this
            // one.
        } finally {
            holds = write >= 0 && lock.endOutput(holder, write);
        }
        return holds ? null : holder;
    }

    /** One class for all reports and no lambdas, so that everything is loaded when it has been prepared. */
    private record Report(RunListener listener, @Nullable Failure failure, int count, String sentence)
            implements Runnable {

        @Override
        public void run() {
            if (failure == null && sentence.isEmpty()) {
                listener.prepare();
            } else if (failure == null) {
                listener.warned(sentence);
            } else if (count == 0) {
                listener.failed(failure);
            } else {
                listener.failedAgain(failure, count);
            }
        }
    }
}
