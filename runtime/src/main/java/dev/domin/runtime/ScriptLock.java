package dev.domin.runtime;

import dev.domin.lang.support.Attention;
import dev.domin.lang.support.ScriptProgram;
import dev.domin.spi.Turn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The script lock: script code runs on one thread at a time.
 *
 * <p>Tasks are <em>urgent</em> (callbacks in time) or <em>patient</em> ({@code main}, late callbacks). An urgent task
 * that holds the lock keeps it until it releases it. A patient one gives way at its next poll: to an urgent one at
 * once, to a patient one after {@value #TURN_NANOS} ns. So that nobody starves under a flood of urgent ones, once the
 * patient ones have been passed over for {@value #TURN_NANOS} ns the first of them gets the lock next, and keeps it for
 * {@value #GUARANTEED_NANOS} ns. That time counts for all of them together, from when the last of them let go: else
 * many late callbacks, each of which has to wait for the others, would always have waited long enough, and the urgent
 * ones would never have their turn.
 *
 * <p>Without contention, taking and releasing are one atomic operation each. With contention the lock is handed over,
 * and it is the waiters who keep the time: the first of each queue wakes up when the holder's time is over and raises
 * the attention flag that the script's code polls. So holders read no clock.
 */
final class ScriptLock implements Attention {

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
    private final TaskList urgent = new TaskList();
    private final TaskList patient = new TaskList();
    private final TaskList blocked = new TaskList(); // guarded by itself
    private boolean patientHeld; // whether the last grant went to a patient task; guarded by the mutex, as the next
    private long patientLetGoNanos =
            System.nanoTime(); // when a patient task last gave the lock back, having been granted it
    private final OutputWatch outputWatch = new OutputWatch();
    private volatile Task holder;
    private volatile boolean contended; // whether a queue is not empty
    private volatile boolean allCancelled;
    private volatile ScriptProgram program; // whose attention flag is raised; null before and after the run

    /** Names the program whose code runs under this lock. Called once, before the first task. */
    void attach(ScriptProgram scriptProgram) {
        program = scriptProgram;
        if (allCancelled) {
            scriptProgram.attention(true);
        }
    }

    /** Forgets the program, when none of its code runs any more. */
    void detach() {
        program = null;
    }

    /** {@return who holds the lock, or null} */
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
        throwIfCancelled(task);
        if (!contended && HOLDER.compareAndSet(this, null, task)) {
            if (task.isMain()) {
                task.turnStartNanos = System.nanoTime();
            }
        } else if (!acquireInTurn(task, begun)) {
            return false;
        }
        // A cancellation between the first look and the grant may have been overlooked by whoever polled then.
        if (task.isCancelled() || allCancelled) {
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
                    wakeHeads(); // somebody came in by the fast way, and nobody has timed that one yet
                }
            } finally {
                mutex.unlock();
            }
        }
    }

    /** The script's code has noticed the attention flag: the holder gives way, or is cancelled. */
    @Override
    public void attend() {
        StackProbe.requireRoom(); // a recursion that only computes may come here at the very end of its stack
        var task = holder;
        throwIfCancelled(task);
        mutex.lock();
        try {
            long now = System.nanoTime();
            if (task.isPatient(now) && isDue(task, now)) {
                enqueue(task, now);
                holder = null;
                dispatch();
                awaitGrant(task, true);
            } else {
                attention(allCancelled || task.isCancelled());
                wakeHeads(); // they see to it that the flag is raised again when it is time
            }
        } finally {
            mutex.unlock();
        }
        throwIfCancelled(task);
    }

    /** Ends the holder, if it has been cancelled and is the calling thread. Takes no lock, and never gives way. */
    void checkCancelled() {
        var task = holder;
        if (task != null && task.thread == Thread.currentThread()) {
            throwIfCancelled(task);
        }
    }

    /**
     * Marks that the task's thread is about to wait for something else than this lock, where an interrupt reaches it.
     * Called without the lock.
     *
     * @return false if the task has been cancelled and must not wait
     */
    boolean enterBlocking(Task task) {
        synchronized (blocked) {
            if (allCancelled || task.isCancelled()) {
                return false;
            }
            task.thread = Thread.currentThread();
            blocked.add(task);
            return true;
        }
    }

    /** Ends what {@link #enterBlocking} began; an interrupt that was meant for the wait does not outlive it. */
    void exitBlocking(Task task) {
        synchronized (blocked) {
            blocked.remove(task);
            if (allCancelled || task.isCancelled()) {
                Thread.interrupted();
            }
        }
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
        return allCancelled || task.isCancelled();
    }

    /**
     * Cancels one task: it loses the lock at its next poll, is woken where it blocks, and never gets the lock again.
     */
    void cancel(Task task) {
        synchronized (blocked) {
            task.markCancelled();
            if (blocked.contains(task)) {
                task.thread.interrupt();
            }
        }
        wakeForCancel();
    }

    /** Cancels every task, also those to come. */
    void cancelAll() {
        synchronized (blocked) {
            allCancelled = true;
            for (var task = blocked.first(); task != null; task = blocked.after(task)) {
                task.thread.interrupt();
            }
        }
        wakeForCancel();
    }

    boolean isAllCancelled() {
        return allCancelled;
    }

    private void wakeForCancel() {
        attention(true);
        mutex.lock();
        try {
            var writing = holder;
            if (writing != null && isCancelled(writing)) {
                letGo(writing, writing.output.get());
            }
            wakeAll(urgent);
            wakeAll(patient);
        } finally {
            mutex.unlock();
        }
    }

    private void attention(boolean wanted) {
        var running = program;
        if (running != null) {
            running.attention(wanted);
        }
    }

    private void throwIfCancelled(Task task) {
        if (allCancelled || task.isCancelled()) {
            throw CANCELLED;
        }
    }

    // ---- everything below is called with the mutex held ----

    private void enqueue(Task task, long now) {
        task.granted = false;
        task.waitingSinceNanos = now;
        (task.isPatient(now) ? patient : urgent).add(task);
        contended = true;
    }

    private void dequeue(Task task) {
        if (!urgent.remove(task)) {
            patient.remove(task);
        }
        contended = !urgent.isEmpty() || !patient.isEmpty();
    }

    /** Waits until the lock is granted; with the mutex held at both ends, released while parked. */
    private boolean awaitGrant(Task task, boolean begun) {
        boolean interrupted = false;
        try {
            while (!task.granted) {
                if (allCancelled || task.isCancelled()) {
                    withdraw(task);
                    throw CANCELLED;
                }
                long now = System.nanoTime();
                if (task.isLate(now)) {
                    if (!begun) {
                        withdraw(task);
                        return false;
                    }
                    if (urgent.remove(task)) {
                        patient.add(task);
                        wakeHeads();
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
        dequeue(task);
        wakeHeads();
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
        if (waiter != urgent.first() && waiter != patient.first()) {
            return Math.min(own, OutputWatch.pause(urgent.size() + patient.size())); // the heads keep the time
        }
        int output = holding.output.get();
        long look = outputWatch.look(holding, output, now);
        if (look <= 0 && letGo(holding, output)) {
            return waiter.granted ? 0 : own;
        }
        own = Math.min(own, Math.max(1, look));
        long holders;
        if (holding.isPatient(now)) {
            long end = waitsUrgently ? holding.guaranteedUntilNanos : holding.turnStartNanos + TURN_NANOS;
            if (now - end >= 0) {
                attention(true);
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
    private boolean letGo(Task task, int write) {
        synchronized (blocked) {
            if (!OutputWatch.isWriting(write) || !task.output.compareAndSet(write, write + 1)) {
                return false;
            }
            blocked.add(task);
            if (isCancelled(task)) {
                task.thread.interrupt();
            }
        }
        holder = null;
        dispatch();
        return true;
    }

    /** {@return whether a patient holder has to give way now} */
    private boolean isDue(Task holding, long now) {
        return !urgent.isEmpty() && now - holding.guaranteedUntilNanos >= 0
                || !patient.isEmpty() && now - holding.turnStartNanos >= TURN_NANOS;
    }

    /** Grants a free lock to whoever is next. */
    private void dispatch() {
        if (holder != null || !contended) {
            return;
        }
        long now = System.nanoTime();
        if (patientHeld) {
            patientHeld = false;
            patientLetGoNanos = now;
        }
        var passedOver = patient.first();
        boolean starved = passedOver != null
                && now - passedOver.waitingSinceNanos >= TURN_NANOS
                && now - patientLetGoNanos >= TURN_NANOS;
        var next = urgent.isEmpty() || starved ? passedOver : urgent.first();
        if (!HOLDER.compareAndSet(this, null, next)) {
            wakeHeads(); // somebody came in by the fast way, and nobody has timed that one yet
            return;
        }
        dequeue(next);
        next.turnStartNanos = now;
        next.guaranteedUntilNanos = starved && next == passedOver ? now + GUARANTEED_NANOS : now;
        next.granted = true;
        patientHeld = next.isPatient(now);
        LockSupport.unpark(next.thread);
        attention(allCancelled || next.isCancelled());
        if (contended && (next.isPatient(now) || next.deadlineNanos != Turn.NO_DEADLINE)) {
            wakeHeads();
        }
    }

    private void wakeHeads() {
        wake(urgent.first());
        wake(patient.first());
    }

    private static void wakeAll(TaskList waiting) {
        for (var task = waiting.first(); task != null; task = waiting.after(task)) {
            wake(task);
        }
    }

    private static void wake(Task waiter) {
        if (waiter != null) {
            LockSupport.unpark(waiter.thread);
        }
    }
}
