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
 * <p>Without contention, acquiring and releasing are one atomic operation each. With contention the lock is passed on
 * directly, and the waiters keep the time: the first of each queue wakes up when the holder's time is over and raises
 * the flag that the script's code polls. So holders read no clock.
 *
 * <p>Longer than other files here: each method depends on the same mutex, holder and flag, and is read against the
 * others.
 */
final class ScriptLock implements Safepoint {

    static final long TURN_NANOS = 1_000_000;
    static final long GUARANTEED_NANOS = 100_000;

    /** Made before, since where it is thrown there may be neither memory nor stack left to make it. */
    static final ScriptCancelled CANCELLED = new ScriptCancelled();

    private static final long FOR_EVER = Long.MAX_VALUE;
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
    private volatile boolean contended; // whether somebody waits
    private volatile @Nullable ScriptProgram program; // whose safepoint flag is raised; null before and after the run

    /** Names the program whose code runs under this lock. Called once, before the first task. */
    void attach(ScriptProgram scriptProgram) {
        program = scriptProgram;
        if (cancellation.isAll()) {
            scriptProgram.requestSafepoint(true);
        }
    }

    /** Forgets the program, when none of its code runs any more. */
    void detach() {
        program = null;
    }

    /** {@return who holds the lock, or null} */
    @Nullable
    Task holder() {
        return holder;
    }

    /**
     * Takes the lock for a callback that has not begun.
     *
     * @return false if its deadline passed first
     * @throws ScriptCancelled if it was cancelled first
     */
    boolean acquireToBegin(Task task) {
        return acquire(task, false);
    }

    /**
     * Takes the lock for a task that has begun, or for {@code main}.
     *
     * @throws ScriptCancelled if it was cancelled first
     */
    void acquireToGoOn(Task task) {
        acquire(task, true);
    }

    private boolean acquire(Task task, boolean begun) {
        task.thread = Thread.currentThread();
        cancellation.throwIfCancelled(task);
        if (!contended && HOLDER.compareAndSet(this, null, task)) {
            if (task.isAlwaysPatient()) {
                task.turnStartNanos = System.nanoTime();
            }
        } else if (!acquireInTurn(task, begun)) {
            return false;
        }
        // A cancellation between the first look and the grant may have been overlooked by whoever polled then.
        if (cancellation.isCancelled(task)) {
            release(task);
            throw CANCELLED;
        }
        return true;
    }

    private boolean acquireInTurn(Task task, boolean begun) {
        mutex.lock();
        try {
            enqueue(task, System.nanoTime());
            dispatch();
            return awaitGrant(task, begun);
        } finally {
            mutex.unlock();
        }
    }

    /** Releases the lock. A task that does not hold it (cancelled on its way back) releases nothing. */
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
                    waiters.wakeFirst(); // somebody came in by the fast way, and nobody has timed that one yet
                }
            } finally {
                mutex.unlock();
            }
        }
    }

    /** The script's code has noticed the safepoint flag: the holder yields the lock, or is cancelled. */
    @Override
    public void onSafepoint() {
        StackProbe.requireRoom(); // a recursion that only computes may come here at the very end of its stack
        var task = Objects.requireNonNull(holder, "script code runs without the script lock");
        cancellation.throwIfCancelled(task);
        mutex.lock();
        try {
            long now = System.nanoTime();
            if (task.isPatient(now) && isDue(task, now)) {
                enqueue(task, now);
                holder = null;
                dispatch();
                awaitGrant(task, true);
            } else {
                requestSafepoint(cancellation.isCancelled(task));
                waiters.wakeFirst(); // they see to it that the flag is raised again when it is time
            }
        } finally {
            mutex.unlock();
        }
        cancellation.throwIfCancelled(task);
    }

    /** Ends the holder, if it has been cancelled and is the calling thread. Takes no lock, and never gives way. */
    void checkCancelled() {
        var task = holder;
        if (task != null && task.thread == Thread.currentThread()) {
            cancellation.throwIfCancelled(task);
        }
    }

    /**
     * Marks that the task's thread is about to wait for something else than this lock, where an interrupt reaches it.
     * Called without the lock.
     *
     * @return false if the task has been cancelled and must not wait
     */
    boolean enterBlocking(Task task) {
        return cancellation.enterBlocking(task);
    }

    /** Ends what {@link #enterBlocking} began; an interrupt that was meant for the wait does not outlive it. */
    void exitBlocking(Task task) {
        cancellation.exitBlocking(task);
    }

    /**
     * Marks that the holder begins to write to where it may have to wait for a reader. If that takes long while others
     * wait, the lock is let go meanwhile, and then the task is where {@link #enterBlocking} would have brought it.
     *
     * @return what to end the write with; -1 if the task has been cancelled and must not write
     */
    int beginOutput(Task task) {
        int write = task.output.get() + 1;
        task.output.set(write);
        // Both sides write first and read then: who cancels finds the write, or we find that.
        if (isCancelled(task)) {
            endOutput(task, write);
            return -1;
        }
        return write;
    }

    /**
     * Ends what {@link #beginOutput} began.
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
     * Cancels one task: it loses the lock at its next poll, is woken where it blocks, and never gets the lock again.
     */
    void cancel(Task task) {
        cancellation.cancel(task);
        wakeForCancel();
    }

    /** Cancels every task, also those to come. */
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

    private void requestSafepoint(boolean wanted) {
        var running = program;
        if (running != null) {
            running.requestSafepoint(wanted);
        }
    }

    // ---- everything below is called with the mutex held ----

    private void enqueue(Task task, long now) {
        waiters.add(task, now);
        contended = true;
    }

    /** Waits until the lock is granted; with the mutex held at both ends, released while parked. */
    private boolean awaitGrant(Task task, boolean begun) {
        boolean interrupted = false;
        try {
            while (!task.granted) {
                if (cancellation.isCancelled(task)) {
                    withdraw(task);
                    throw CANCELLED;
                }
                long now = System.nanoTime();
                if (task.isLate(now)) {
                    if (!begun) {
                        withdraw(task);
                        return false;
                    }
                    if (waiters.moveToPatient(task)) {
                        waiters.wakeFirst();
                    }
                }
                long pause = nextLook(task, now);
                mutex.unlock();
                try {
                    if (pause == FOR_EVER) {
                        LockSupport.park(this);
                    } else if (pause > 0) {
                        LockSupport.parkNanos(this, pause);
                    }
                    interrupted |= Thread.interrupted(); // else parking would return at once from now on
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

    /** Raises the flag if the holder's time is over for this waiter, and tells how long to wait until the next look. */
    private long nextLook(Task waiter, long now) {
        long own = FOR_EVER;
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
            return Math.min(own, OutputWatch.pause(waiters.size())); // the first ones keep the time
        }
        int output = holding.output.get();
        long look = outputWatch.look(holding, output, now);
        if (look <= 0 && takeFromWriter(holding, output)) {
            return waiter.granted ? 0 : own;
        }
        own = Math.min(own, Math.max(1, look));
        long holders;
        if (holding.isPatient(now)) {
            long end = waitsUrgently ? holding.guaranteedUntilNanos : holding.turnStartNanos + TURN_NANOS;
            if (now - end >= 0) {
                requestSafepoint(true);
                holders = FOR_EVER;
            } else {
                holders = end - now;
            }
        } else {
            holders = holding.deadlineNanos == Turn.NO_DEADLINE ? FOR_EVER : holding.deadlineNanos - now;
        }
        return Math.min(own, holders);
    }

    /** Takes the lock from a task that is writing; {@return false if it is not in that write any more} */
    private boolean takeFromWriter(Task task, int write) {
        if (!OutputWatch.isWriting(write) || !cancellation.blockWriter(task, write)) {
            return false;
        }
        holder = null;
        dispatch();
        return true;
    }

    /** {@return whether a patient holder has to yield now} */
    private boolean isDue(Task holding, long now) {
        return waiters.hasUrgent() && now - holding.guaranteedUntilNanos >= 0
                || waiters.hasPatient() && now - holding.turnStartNanos >= TURN_NANOS;
    }

    /** Grants a free lock to whoever is next. */
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
            waiters.wakeFirst(); // another thread took it without waiting, and nobody has timed that one yet
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
