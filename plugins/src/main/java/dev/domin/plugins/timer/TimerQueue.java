package dev.domin.plugins.timer;

import dev.domin.spi.Blob;
import dev.domin.spi.CallbackCall;
import dev.domin.spi.Limit;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptResource;
import dev.domin.spi.engine.BlobAccess;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The schedules of one run and the one thread that calls their callbacks, in the order in which they are due.
 *
 * <p>The queue's lock may be acquired while the script lock is held, but not the other way round: the thread releases
 * it before it waits for the script. The thread allocates no memory, so it continues if a callback has filled it.
 */
final class TimerQueue implements ScriptResource, Runnable {

    static final long NANOS_PER_MS = 1_000_000;

    /** How long closing waits for a running callback before it cancels it. */
    private static final long PATIENCE_MS = 5_000;

    private final ScriptContext context;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final DueTimers waiting = new DueTimers();
    private final Map<Long, Timer> live = new HashMap<>();
    private final byte[] event = new byte[TimerEvent.LENGTH];
    private final Thread worker = new Thread(null, this, "domin-timer", CallbackCall.STACK_BYTES);
    private long lastId;
    private boolean closed;
    private @Nullable CallbackCall running;

    TimerQueue(ScriptContext context) {
        this.context = context;
        worker.setDaemon(true);
    }

    /** Starts the thread. Throws an {@link OutOfMemoryError} if the system cannot start one. */
    void start() {
        worker.start();
    }

    /**
     * Adds a timer and returns its id, or 0 if the queue has been closed. Times are in milliseconds; the interval 0
     * means one call.
     */
    long schedule(String name, CallbackCall call, long delayMs, long intervalMs) {
        lock.lock();
        try {
            if (closed) {
                return 0;
            }
            checkCount();
            var timer = new Timer(this, lastId + 1, name, call, intervalMs * NANOS_PER_MS);
            timer.dueNanos = System.nanoTime() + delayMs * NANOS_PER_MS;
            timer.dueEpochMs = System.currentTimeMillis() + delayMs;
            waiting.ensureRoom(live.size() + 1);
            keep(timer);
            lastId = timer.id; // from here on nothing can fail
            waiting.add(timer);
            changed.signal();
            return timer.id;
        } finally {
            lock.unlock();
        }
    }

    private void checkCount() {
        long most = context.limit(Limit.TIMERS);
        if (live.size() >= most) {
            throw Limit.TIMERS.exceeded(
                    live.size() + " timers are set, and the limit is " + most, "cancel some with timer.Cancel");
        }
    }

    private void keep(Timer timer) {
        try {
            live.put(timer.key, timer);
        } catch (OutOfMemoryError e) {
            live.remove(timer.key); // it may be in the table already, if memory ran out when the table grew
            throw e;
        }
    }

    /** Returns whether an id has been used in this run. */
    boolean knows(long id) {
        lock.lock();
        try {
            return id >= 1 && id <= lastId;
        } finally {
            lock.unlock();
        }
    }

    /** Cancels a timer. Returns false if no call was pending. Does not wait for a running callback. */
    boolean cancel(long id) {
        lock.lock();
        try {
            var timer = live.remove(id);
            if (timer == null) {
                return false;
            }
            waiting.remove(timer);
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        var blob = new Blob();
        for (var timer = takeDue(); timer != null; timer = takeDue()) {
            BlobAccess.borrow(blob, event, TimerEvent.LENGTH);
            long start = System.nanoTime();
            var outcome = timer.call.run(blob, timer);
            if (outcome == CallbackCall.Outcome.CANCELLED) {
                long tenths = (System.nanoTime() - start) / (100 * NANOS_PER_MS);
                context.warn("timer " + timer.id + " (" + timer.name + "): " + timer.name
                        + " was cancelled because the script ends; it had been running for " + tenths / 10 + "."
                        + tenths % 10 + " s");
            }
            finish(timer, outcome);
        }
    }

    /** Returns whether to call a callback: until here cancelling the timer or the end of the script prevents it. */
    boolean begin(Timer timer) {
        lock.lock();
        try {
            if (closed || !live.containsKey(timer.key)) {
                return false;
            }
            if (timer.intervalNanos == 0) {
                live.remove(timer.key);
            }
            TimerEvent.write(event, timer.id, timer.sequence, timer.dueEpochMs, System.currentTimeMillis());
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a timer is due and removes it. Returns null if the queue has been closed. */
    private @Nullable Timer takeDue() {
        lock.lock();
        try {
            while (!closed) {
                var timer = waiting.first();
                long wait = timer == null ? Long.MAX_VALUE : timer.dueNanos - System.nanoTime();
                if (wait <= 0) {
                    waiting.remove(timer);
                    running = timer.call;
                    return timer;
                }
                try {
                    changed.awaitNanos(wait);
                } catch (InterruptedException _) {
                    // the interrupt belonged to a callback that was cancelled when it ended; only closing ends this
                    // thread
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void finish(Timer timer, CallbackCall.Outcome outcome) {
        lock.lock();
        try {
            running = null;
            boolean goesOn = timer.intervalNanos > 0
                    && live.containsKey(timer.key)
                    && (outcome == CallbackCall.Outcome.RETURNED || outcome == CallbackCall.Outcome.FAILED);
            if (goesOn) {
                timer.advance(System.nanoTime());
                waiting.add(timer);
            } else {
                live.remove(timer.key);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws InterruptedException {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            live.clear();
            changed.signal();
        } finally {
            lock.unlock();
        }
        if (Thread.currentThread() == worker) {
            return;
        }
        try {
            worker.join(PATIENCE_MS);
            if (worker.isAlive()) {
                cancelRunning();
                worker.join();
            }
        } catch (InterruptedException e) {
            cancelRunning();
            throw e;
        }
    }

    private void cancelRunning() {
        @Nullable CallbackCall call;
        lock.lock();
        try {
            call = running;
        } finally {
            lock.unlock();
        }
        if (call != null) {
            call.cancel();
        }
    }
}
