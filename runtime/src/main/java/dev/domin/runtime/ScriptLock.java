package dev.domin.runtime;

import dev.domin.lang.support.Safepoint;
import dev.domin.lang.support.ScriptProgram;
import dev.domin.spi.Turn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The script lock: script code runs on one thread at a time.
 *
 * <p>Tasks are <em>urgent</em> (callbacks before their deadline) or <em>patient</em> ({@code main}, late callbacks,
 * calls from Java). An urgent task keeps the lock until it releases it. A patient one yields at a poll: at once if an
 * urgent task waits, after {@value #TURN_NANOS} ns if a patient one does. Urgent tasks do not starve patient ones: when
 * patient tasks have waited for {@value #TURN_NANOS} ns, the first of them is next, and keeps the lock for {@value
 * #GUARANTEED_NANOS} ns. The waiting time is counted for all patient tasks together, from the last release by one of
 * them. Counted for each of them, many late callbacks that wait for each other would always have waited long enough,
 * and urgent ones would never get the lock.
 *
 * <p>Without contention, acquiring and releasing are one atomic operation each. With contention the lock is passed
 * directly to the next task, and the waiters measure the time: the first of each queue wakes up when the holder's time
 * is over and sets the flag that the script's code polls. So holders read no clock.
 *
 * <p>The file is long because all methods depend on the same mutex, holder and flag, and are read together.
 */
final class ScriptLock implements Safepoint {

    static final long TURN_NANOS = 1_000_000;
    static final long GUARANTEED_NANOS = 100_000;

    /** Preallocated, since there may be no memory or stack left to create it when it is thrown. */
    static final ScriptCancelled CANCELLED = new ScriptCancelled();

    private static final long FOREVER = Long.MAX_VALUE;
    private static final VarHandle HOLDER;

    static {
        try {
            HOLDER = MethodHandles.lookup().findVarHandle(ScriptLock.class, "holder", Task.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ReentrantLock mutex = new ReentrantLock();
    private final Waiters waiters = new Waiters();
    private final Cancellation cancellation = new Cancellation();
    private final OutputWatch outputWatch = new OutputWatch();
    private volatile @Nullable Task holder;
    private volatile boolean contended; // whether any task waits
    private volatile @Nullable ScriptProgram program; // whose safepoint flag is set; null before and after the run

    /** Sets the program whose code runs under this lock. Called once, before the first task. */
    void attach(ScriptProgram scriptProgram) {
        program = scriptProgram;
        if (cancellation.isAll()) {
            scriptProgram.requestSafepoint(true);
        }
    }

    /** Clears the program, when none of its code runs any more. */
    void detach() {
        program = null;
    }

    /** {@return the task that holds the lock, or null} */
    @Nullable
    Task holder() {
        return holder;
    }

    /**
     * Acquires the lock for a callback that has not started.
     *
     * @return false if its deadline passed first
     * @throws ScriptCancelled if it was cancelled first
     */
    boolean acquireBeforeDeadline(Task task) {
        return acquire(task, false);
    }

    /**
     * Acquires the lock without a deadline: for a task that has already started, or for {@code main}.
     *
     * @throws ScriptCancelled if it was cancelled first
     */
    void acquire(Task task) {
        acquire(task, true);
    }

    private boolean acquire(Task task, boolean started) {
        task.thread = Thread.currentThread();
        cancellation.throwIfCancelled(task);
        if (!contended && HOLDER.compareAndSet(this, null, task)) {
            if (task.isAlwaysPatient()) {
                task.turnStartNanos = System.nanoTime();
            }
        } else if (!acquireInTurn(task, started)) {
            return false;
        }
        // A cancellation between the first check and the grant may have been missed by the holder that polled then.
        if (cancellation.isCancelled(task)) {
            release(task);
            throw CANCELLED;
        }
        return true;
    }

    private boolean acquireInTurn(Task task, boolean started) {
        mutex.lock();
        try {
            enqueue(task, System.nanoTime());
            dispatch();
            return awaitGrant(task, started);
        } finally {
            mutex.unlock();
        }
    }

    /** Releases the lock. Does nothing if the task does not hold it (cancelled while it waited to continue). */
    void release(Task task) {
        if (holder != task) {
            return;
        }
        holder = null;
        if (contended) {
            mutex.lock();
            try {
                if (holder == null) {
                    dispatch();
                } else {
                    // another thread acquired it without waiting, and no waiter measures its time yet
                    waiters.wakeFirst();
                }
            } finally {
                mutex.unlock();
            }
        }
    }

    /** Called when the script's code has seen the safepoint flag: the holder yields the lock or is cancelled. */
    @Override
    public void onSafepoint() {
        StackProbe.requireRoom(); // a deep recursion may call this at the very end of its stack
        var task = Objects.requireNonNull(holder, "script code runs without the script lock");
        cancellation.throwIfCancelled(task);
        mutex.lock();
        try {
            long now = System.nanoTime();
            if (task.isPatient(now) && mustYield(task, now)) {
                enqueue(task, now);
                holder = null;
                dispatch();
                awaitGrant(task, true);
            } else {
                requestSafepoint(cancellation.isCancelled(task));
                waiters.wakeFirst(); // they set the flag again when the holder's time is over
            }
        } finally {
            mutex.unlock();
        }
        cancellation.throwIfCancelled(task);
    }

    /** Throws if the calling thread runs the holder and that has been cancelled. Acquires no lock and never yields. */
    void checkCancelled() {
        var task = holder;
        if (task != null && task.thread == Thread.currentThread()) {
            cancellation.throwIfCancelled(task);
        }
    }

    /**
     * Records that the task's thread is about to wait, interruptibly, for something other than this lock. Called
     * without the lock.
     *
     * @return false if the task has been cancelled and must not wait
     */
    boolean enterBlocking(Task task) {
        return cancellation.enterBlocking(task);
    }

    /** Ends the wait that {@link #enterBlocking} recorded, and clears an interrupt that was meant for it. */
    void exitBlocking(Task task) {
        cancellation.exitBlocking(task);
    }

    /**
     * Records that the holder starts to write to an output that may block. If the write takes long while others wait,
     * the lock is taken from the task, which is then in the same state as after {@link #enterBlocking}.
     *
     * @return the number of the write, for {@link #endOutput}; -1 if the task has been cancelled and must not write
     */
    int beginOutput(Task task) {
        int write = task.output.get() + 1;
        task.output.set(write);
        // Both sides write first and then read: the cancelling thread sees the write, or this one sees the
        // cancellation.
        if (isCancelled(task)) {
            endOutput(task, write);
            return -1;
        }
        return write;
    }

    /**
     * Ends a write that {@link #beginOutput} started.
     *
     * @return whether the task still holds the lock
     */
    boolean endOutput(Task task, int write) {
        if (task.output.compareAndSet(write, write + 1)) {
            return true;
        }
        exitBlocking(task);
        return false;
    }

    boolean isCancelled(Task task) {
        return cancellation.isCancelled(task);
    }

    /**
     * Cancels one task: it loses the lock at its next poll, is woken if it is blocked, and never gets the lock again.
     */
    void cancel(Task task) {
        cancellation.cancel(task);
        wakeForCancel();
    }

    /** Cancels every task, including future ones. */
    void cancelAll() {
        cancellation.cancelAll();
        wakeForCancel();
    }

    private void wakeForCancel() {
        requestSafepoint(true);
        mutex.lock();
        try {
            var writing = holder;
            if (writing != null && isCancelled(writing)) {
                takeFromWriter(writing, writing.output.get());
            }
            waiters.wakeAll();
        } finally {
            mutex.unlock();
        }
    }

    private void requestSafepoint(boolean requested) {
        var running = program;
        if (running != null) {
            running.requestSafepoint(requested);
        }
    }

    // ---- All methods below are called with the mutex held. ----

    private void enqueue(Task task, long now) {
        waiters.add(task, now);
        contended = true;
    }

    /** Waits until the lock is granted. The mutex is held on entry and return, and released while parked. */
    private boolean awaitGrant(Task task, boolean started) {
        boolean interrupted = false;
        try {
            while (!task.granted) {
                if (cancellation.isCancelled(task)) {
                    withdraw(task);
                    throw CANCELLED;
                }
                long now = System.nanoTime();
                if (task.isLate(now)) {
                    if (!started) {
                        withdraw(task);
                        return false;
                    }
                    if (waiters.moveToPatient(task)) {
                        waiters.wakeFirst();
                    }
                }
                long pause = nextCheck(task, now);
                mutex.unlock();
                try {
                    if (pause == FOREVER) {
                        LockSupport.park(this);
                    } else if (pause > 0) {
                        LockSupport.parkNanos(this, pause);
                    }
                    interrupted |= Thread.interrupted(); // or parking would return immediately from now on
                } finally {
                    mutex.lock();
                }
            }
            return true;
        } finally {
            if (interrupted && !task.isCancelled()) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void withdraw(Task task) {
        waiters.remove(task);
        contended = !waiters.isEmpty();
        waiters.wakeFirst();
        dispatch();
    }

    /** Sets the flag if the holder's time is over for this waiter; {@return how long to wait until the next check} */
    private long nextCheck(Task waiter, long now) {
        long own = FOREVER;
        boolean waitsUrgently = !waiter.isPatient(now);
        if (waitsUrgently && waiter.deadlineNanos != Turn.NO_DEADLINE) {
            own = Math.max(1, waiter.deadlineNanos - now);
        }
        var holding = holder;
        if (holding == null) {
            dispatch();
            return waiter.granted ? 0 : own;
        }
        if (!waiters.isFirst(waiter)) {
            return Math.min(own, OutputWatch.pause(waiters.size())); // the first ones measure the time
        }
        int output = holding.output.get();
        long check = outputWatch.check(holding, output, now);
        if (check <= 0 && takeFromWriter(holding, output)) {
            return waiter.granted ? 0 : own;
        }
        own = Math.min(own, Math.max(1, check));
        long holders;
        if (holding.isPatient(now)) {
            long end = waitsUrgently ? holding.guaranteedUntilNanos : holding.turnStartNanos + TURN_NANOS;
            if (now - end >= 0) {
                requestSafepoint(true);
                holders = FOREVER;
            } else {
                holders = end - now;
            }
        } else {
            holders = holding.deadlineNanos == Turn.NO_DEADLINE ? FOREVER : holding.deadlineNanos - now;
        }
        return Math.min(own, holders);
    }

    /** Takes the lock from a task that is writing; {@return false if it is no longer in that write} */
    private boolean takeFromWriter(Task task, int write) {
        if (!OutputWatch.isWriting(write) || !cancellation.blockWriter(task, write)) {
            return false;
        }
        holder = null;
        dispatch();
        return true;
    }

    /** {@return whether a patient holder has to yield now} */
    private boolean mustYield(Task holding, long now) {
        return waiters.hasUrgent() && now - holding.guaranteedUntilNanos >= 0
                || waiters.hasPatient() && now - holding.turnStartNanos >= TURN_NANOS;
    }

    /** Grants the lock, if it is free, to the next task. */
    private void dispatch() {
        if (holder != null || !contended) {
            return;
        }
        long now = System.nanoTime();
        waiters.released(now);
        boolean starved = waiters.isPatientStarved(now);
        var next = waiters.next(starved);
        if (next == null) {
            return;
        }
        if (!HOLDER.compareAndSet(this, null, next)) {
            waiters.wakeFirst(); // another thread acquired it without waiting, and no waiter measures its time yet
            return;
        }
        waiters.grant(next, now, starved);
        contended = !waiters.isEmpty();
        requestSafepoint(cancellation.isCancelled(next));
        if (contended && (next.isPatient(now) || next.deadlineNanos != Turn.NO_DEADLINE)) {
            waiters.wakeFirst();
        }
    }
}
