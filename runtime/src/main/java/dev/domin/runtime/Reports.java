package dev.domin.runtime;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reports failures and warnings to the listener of a run, one at a time, from any thread. A listener that blocks, for
 * example because its output is not read, does not keep the script lock meanwhile.
 */
final class Reports {

    /** How long the end of a run waits for the reader of reports that threads could not make that were cancelled. */
    private static final long END_MILLIS = TimeUnit.SECONDS.toMillis(2);

    private final RunListener listener;
    private final ScriptLock lock;
    private final ReentrantLock order = new ReentrantLock(true);
    private final ConcurrentLinkedQueue<Runnable> postponed = new ConcurrentLinkedQueue<>();

    Reports(RunListener listener, ScriptLock lock) {
        this.listener = listener;
        this.lock = lock;
    }

    /** Reports what has ended {@code main} or a callback. The task may have lost the script lock on return. */
    void failed(Failure failure) {
        report(new Report(listener, failure, 0, "", null));
    }

    /**
     * Reports what has ended a callback, unless another thread has done it meanwhile. The task may have lost the script
     * lock on return.
     *
     * @param errors has the failure, and is notified when it is reported
     */
    void failedOnce(Failure failure, CallbackErrors errors) {
        report(new Report(listener, failure, 0, "", errors));
    }

    /** Reports a failure of a callback at once, with the locks that the thread holds. */
    void callbackFailed(Failure failure) {
        try {
            listener.callbackFailed(failure);
        } catch (OutOfMemoryError | LinkageError e) { // the caller frees memory and tries again
            throw e;
        } catch (Throwable thrown) { // a listener may throw anything; the run must go on
            Log.LOGGER.log(
                    System.Logger.Level.ERROR, "the listener of a script's run failed; the run continues", thrown);
        }
    }

    void failedAgain(Failure failure, int count) {
        report(new Report(listener, failure, count, "", null));
    }

    /** Prepares for reports when memory is full: see {@link RunListener#prepare}. */
    void prepare() {
        new Report(listener, null, 0, "", null).run();
    }

    /** Reports a plugin's warning, also during a function called by the script, which continues with the lock held. */
    void warned(String sentence) {
        var task = report(new Report(listener, null, 0, sentence, null));
        if (task != null) {
            lock.acquire(task);
        }
    }

    /** {@return the calling thread's task if it has lost the script lock; else null} */
    private @Nullable Task report(Runnable call) {
        boolean interrupted = Thread.interrupted(); // or writing would fail
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
            tryPostponed();
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
                call.run(); // also for a cancelled task: it failed before it was cancelled
            } finally {
                order.unlock();
            }
            if (!lock.isCancelled(holder)) {
                tryPostponed();
            }
        } catch (InterruptedException _) {
            // Cancelled while another thread reports, whose reader may be slow. A thread that is not cancelled makes
            // this report, or the end of the run.
            postponed.add(call);
        } finally {
            holds = write >= 0 && lock.endOutput(holder, write);
        }
        return holds ? null : holder;
    }

    /** Makes the reports of threads that were cancelled meanwhile, unless another thread is about to do it. */
    private void tryPostponed() {
        while (!postponed.isEmpty() && order.tryLock()) {
            try {
                runPostponed();
            } catch (OutOfMemoryError | LinkageError _) {
                return; // the end of the run tries again
            } finally {
                order.unlock();
            }
        }
    }

    private void runPostponed() {
        for (var next = postponed.peek(); next != null; next = postponed.peek()) {
            next.run();
            postponed.remove(); // not before: the end of the run waits for it
        }
    }

    /**
     * Makes the reports of threads that were cancelled meanwhile. Called at the end of the run, which waits for a while
     * only: nothing interrupts a listener any more that waits for its reader.
     */
    void end() {
        if (postponed.isEmpty()) {
            return;
        }
        var thread = new Thread(null, this::makePostponed, "domin-reports", 0, false);
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError _) {
            return; // no thread: what follows does not need one
        }
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException _) {
            interrupted = true;
        }
        thread.interrupt();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void makePostponed() {
        try {
            order.lockInterruptibly();
            try {
                runPostponed();
            } finally {
                order.unlock();
            }
        } catch (InterruptedException | OutOfMemoryError | LinkageError _) {
            // The exit code says that something failed.
        }
    }

    /** {@return whether the calling thread is calling the listener} */
    boolean isReportingHere() {
        return order.isHeldByCurrentThread();
    }

    /** One class for all reports and no lambdas, so that {@link #prepare} loads everything that is needed. */
    private record Report(
            RunListener listener,
            @Nullable Failure failure,
            int count,
            String sentence,
            @Nullable CallbackErrors errors)
            implements Runnable {

        @Override
        public void run() {
            if (errors != null && failure != null && errors.isReported(failure)) {
                return;
            }
            try {
                notifyListener();
            } catch (OutOfMemoryError | LinkageError e) { // the caller frees memory and tries again
                throw e;
            } catch (Throwable thrown) { // a listener may throw anything; the run must go on
                Log.LOGGER.log(
                        System.Logger.Level.ERROR, "the listener of a script's run failed; the run continues", thrown);
            }
            if (errors != null && failure != null) {
                errors.reported(failure); // before the next report: the end of the run reports what is not reported
            }
        }

        private void notifyListener() {
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

    /** Created at its first use: looking for a logger takes time. */
    private static final class Log {
        static final System.Logger LOGGER = System.getLogger("dev.domin.runtime");
    }
}
