package dev.domin.runtime;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Races for the script lock. A test that does not end has lost a wake-up. */
public class ScriptLockStress {

    private ScriptLockStress() {}

    /** A lock, and a number that is not counted right if two tasks hold the lock at once. */
    public static class OneLock {
        final ScriptLock lock = new ScriptLock();
        private int count; // guarded by the script lock

        /** Creates it. */
        public OneLock() {}

        void count() {
            int seen = count;
            Thread.onSpinWait();
            count = seen + 1;
        }

        void countLocked(Task task) {
            lock.acquire(task);
            count();
            lock.release(task);
        }

        /** {@return the number, or -1 if the lock is not free} */
        int counted() {
            return lock.holder() == null ? count : -1;
        }
    }

    /** {@code main} and a callback need the lock. */
    @JCStressTest
    @State
    @Outcome(id = "1, 3", expect = Expect.ACCEPTABLE, desc = "one after the other")
    @Outcome(expect = Expect.FORBIDDEN, desc = "two holders, or the lock is not released")
    public static class Acquire extends OneLock {
        private final Task main = Task.main();
        private final Task callback = Task.callback();

        /** Creates it. */
        public Acquire() {}

        /** The main thread, which yields. */
        @Actor
        public void main(II_Result r) {
            lock.acquire(main);
            count();
            lock.onSafepoint();
            r.r1 = lock.holder() == main ? 1 : 0;
            count();
            lock.release(main);
        }

        /** The callback. */
        @Actor
        public void callback() {
            countLocked(callback);
        }

        /** At the end. */
        @Arbiter
        public void end(II_Result r) {
            r.r2 = counted();
        }
    }

    /** A task is cancelled while it acquires the lock. */
    @JCStressTest
    @State
    @Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "it has acquired the lock before")
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "it does not acquire the lock")
    @Outcome(expect = Expect.FORBIDDEN, desc = "two holders, or the lock is not released")
    public static class AcquireAndCancel extends OneLock {
        private final Task cancelled = Task.callback();
        private final Task other = Task.main();

        /** Creates it. */
        public AcquireAndCancel() {}

        /** The task that is cancelled. */
        @Actor
        public void cancelled(II_Result r) {
            try {
                countLocked(cancelled);
                r.r1 = 1;
            } catch (ScriptCancelled e) {
                r.r1 = 0;
            }
        }

        /** The thread that cancels it, and then needs the lock. */
        @Actor
        public void cancelling() {
            lock.cancel(cancelled);
            countLocked(other);
        }

        /** At the end. */
        @Arbiter
        public void end(II_Result r) {
            r.r2 = counted();
        }
    }

    /** The holder releases the lock at the moment at which the deadline of a waiting callback passes. */
    @JCStressTest
    @State
    @Outcome(id = "1, 3", expect = Expect.ACCEPTABLE, desc = "in time")
    @Outcome(id = "0, 2", expect = Expect.ACCEPTABLE, desc = "late: it does not start")
    @Outcome(expect = Expect.FORBIDDEN, desc = "two holders, or the lock is not released")
    public static class ReleaseAndDeadline extends OneLock {
        private static final long NANOS = 2_000;

        private final Task main = Task.main();
        private final Task callback = Task.callback();

        /** Creates it. */
        public ReleaseAndDeadline() {}

        /** The main thread, twice. */
        @Actor
        public void main() {
            countLocked(main);
            countLocked(main);
        }

        /** The callback. */
        @Actor
        public void callback(II_Result r) {
            callback.deadlineNanos = System.nanoTime() + NANOS;
            if (lock.acquireBeforeDeadline(callback)) {
                count();
                lock.release(callback);
                r.r1 = 1;
            }
        }

        /** At the end. */
        @Arbiter
        public void end(II_Result r) {
            r.r2 = counted();
        }
    }

    /** The lock is taken from a cancelled task that writes, at the moment at which the write ends. */
    @JCStressTest
    @State
    @Outcome(id = "1, 1, 2", expect = Expect.ACCEPTABLE, desc = "the write has ended before")
    @Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "the lock is taken from the task")
    @Outcome(expect = Expect.FORBIDDEN, desc = "two holders, or the lock is not released")
    public static class WriteAndCancel extends OneLock {
        private final Task writer = Task.callback();
        private final Task other = Task.main();
        private final int write;

        /** Creates it. */
        public WriteAndCancel() {
            lock.acquire(writer);
            write = lock.beginOutput(writer);
            writer.thread = null; // so that no thread of jcstress is interrupted
        }

        /** The task that writes. */
        @Actor
        public void writer(III_Result r) {
            if (lock.endOutput(writer, write)) {
                count();
                lock.release(writer);
                r.r1 = 1;
            }
        }

        /** The thread that cancels it, and then needs the lock. */
        @Actor
        public void cancelling(III_Result r) {
            lock.cancel(writer);
            lock.acquire(other);
            r.r2 = lock.holder() == other ? 1 : 0;
            count();
            lock.release(other);
        }

        /** At the end. */
        @Arbiter
        public void end(III_Result r) {
            r.r3 = counted();
        }
    }
}
