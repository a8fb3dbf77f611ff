package dev.domin.runtime;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.domin.lang.support.ScriptProgram;
import dev.domin.spi.Blob;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("timing")
@Timeout(60)
class ScriptLockTest {

    /** Represents compiled code: it polls the flag, as compiled code does in loops. */
    private static final class Program extends ScriptProgram {
        volatile boolean safepointRequested;

        @Override
        public int main() {
            return 0;
        }

        @Override
        public int callback(int index, Blob blob) {
            return 0;
        }

        @Override
        public void requestSafepoint(boolean wanted) {
            safepointRequested = wanted;
        }
    }

    private final Program program = new Program();
    private final ScriptLock lock = new ScriptLock();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();

    ScriptLockTest() {
        lock.attach(program);
    }

    @AfterEach
    void endAll() throws InterruptedException {
        stop.set(true);
        lock.cancelAll();
        for (var thread : threads) {
            thread.join(SECONDS.toMillis(20));
            assertThat(thread.isAlive()).as("%s still runs", thread.getName()).isFalse();
        }
    }

    private void poll() {
        if (program.safepointRequested) {
            lock.onSafepoint();
        }
    }

    private Thread start(String name, Runnable body) {
        var thread = new Thread(
                () -> {
                    try {
                        body.run();
                    } catch (ScriptCancelled _) {
                        // the expected end of each task
                    }
                },
                name);
        threads.add(thread);
        thread.start();
        return thread;
    }

    /** A main that computes in an endless loop, counting its iterations. */
    private AtomicLong startBusyMain() {
        var turns = new AtomicLong();
        var task = Task.main();
        start("main", () -> {
            lock.acquire(task);
            while (!stop.get()) {
                turns.setPlain(turns.getPlain() + 1);
                poll();
            }
            lock.release(task);
        });
        await().until(() -> turns.get() > 0);
        return turns;
    }

    @Test
    void shouldGiveTheLockToACallbackWhileMainComputes() {
        startBusyMain();
        var task = Task.callback();
        for (int i = 0; i < 200; i++) {
            assertThat(lock.acquireBeforeDeadline(task)).isTrue();
            assertThat(lock.holder()).isSameAs(task);
            lock.release(task);
        }
    }

    @Test
    void shouldNotStarveMainUnderManyCallbacks() {
        var turns = startBusyMain();
        for (int i = 0; i < 2; i++) {
            var task = Task.callback();
            start("flood-" + i, () -> {
                while (!stop.get()) {
                    lock.acquireBeforeDeadline(task);
                    lock.release(task);
                }
            });
        }
        long before = turns.get();
        await().until(() -> turns.get() > before + 10_000);
    }

    @Test
    void shouldNotInterruptACallbackBeforeItsDeadline() throws InterruptedException {
        var first = Task.callback();
        lock.acquireBeforeDeadline(first);
        var second = Task.callback();
        var got = new CountDownLatch(1);
        start("second", () -> {
            lock.acquireBeforeDeadline(second);
            got.countDown();
            lock.release(second);
        });
        var main = Task.main();
        start("main", () -> {
            lock.acquire(main);
            lock.release(main);
        });
        long end = System.nanoTime() + MILLISECONDS.toNanos(50);
        while (System.nanoTime() < end) {
            poll();
            assertThat(lock.holder()).isSameAs(first);
        }
        lock.release(first);
        assertThat(got.await(20, SECONDS)).isTrue();
    }

    @Test
    void shouldMakeALateCallbackYieldToOneInTime() throws InterruptedException {
        var late = Task.callback();
        var started = new CountDownLatch(1);
        start("late", () -> {
            late.deadlineNanos = System.nanoTime() + MILLISECONDS.toNanos(20);
            lock.acquireBeforeDeadline(late); // without contention
            started.countDown();
            while (!stop.get()) {
                poll();
            }
            lock.release(late);
        });
        started.await();
        var inTime = Task.callback();
        assertThat(lock.acquireBeforeDeadline(inTime)).isTrue();
        lock.release(inTime);
    }

    @Test
    void shouldAlternateBetweenMainAndALateCallback() {
        var turns = startBusyMain();
        var late = Task.callback();
        var lateTurns = new AtomicLong();
        start("late", () -> {
            do {
                late.deadlineNanos = System.nanoTime() + MILLISECONDS.toNanos(20);
            } while (!lock.acquireBeforeDeadline(late));
            while (!stop.get()) {
                lateTurns.setPlain(lateTurns.getPlain() + 1);
                poll();
            }
            lock.release(late);
        });
        for (int i = 0; i < 5; i++) {
            long main = turns.get();
            long other = lateTurns.get();
            await().until(() -> turns.get() > main && lateTurns.get() > other);
        }
    }

    @Test
    void shouldPreferCallbacksInTimeHoweverManyAreLate() {
        int lateOnes = 24;
        var turns = new AtomicLong[lateOnes];
        for (int i = 0; i < lateOnes; i++) {
            var count = new AtomicLong();
            turns[i] = count;
            var late = Task.callback();
            start("late-" + i, () -> {
                late.deadlineNanos = System.nanoTime();
                lock.acquire(late);
                while (!stop.get()) {
                    count.setPlain(count.getPlain() + 1);
                    poll();
                }
                lock.release(late);
            });
        }
        await().until(() -> allMoreThan(turns, new long[lateOnes]));
        var inTime = Task.callback();
        for (int i = 0; i < 100; i++) {
            assertThat(lock.acquireBeforeDeadline(inTime)).isTrue();
            lock.release(inTime);
        }
        var before = new long[lateOnes];
        for (int i = 0; i < lateOnes; i++) {
            before[i] = turns[i].get();
        }
        start("flood", () -> {
            while (!stop.get()) {
                lock.acquireBeforeDeadline(inTime);
                lock.release(inTime);
            }
        });
        await().atMost(40, SECONDS).until(() -> allMoreThan(turns, before));
    }

    private static boolean allMoreThan(AtomicLong[] now, long[] before) {
        for (int i = 0; i < now.length; i++) {
            if (now[i].get() <= before[i]) {
                return false;
            }
        }
        return true;
    }

    @Test
    void shouldGiveUpACallbackThatCannotStartInTime() {
        var holding = Task.callback();
        lock.acquireBeforeDeadline(holding);
        var waiting = Task.callback();
        var answer = new AtomicReference<Boolean>();
        start("waiting", () -> {
            waiting.deadlineNanos = System.nanoTime() + MILLISECONDS.toNanos(10);
            answer.set(lock.acquireBeforeDeadline(waiting));
        });
        await().until(() -> answer.get() != null);
        assertThat(answer.get()).isFalse();
        assertThat(lock.holder()).isSameAs(holding);
        lock.release(holding);
        assertThat(lock.acquireBeforeDeadline(Task.callback())).isTrue();
    }

    @Test
    void shouldEndACancelledTaskAtItsNextPollAndContinueWithoutIt() {
        var endless = Task.callback();
        var ended = new AtomicBoolean();
        start("endless", () -> {
            lock.acquireBeforeDeadline(endless);
            try {
                while (true) {
                    poll();
                }
            } finally {
                lock.release(endless);
                ended.set(true);
            }
        });
        await().until(() -> lock.holder() == endless);
        lock.cancel(endless);
        await().untilTrue(ended);
        var next = Task.callback();
        assertThat(lock.acquireBeforeDeadline(next)).isTrue();
        lock.release(next);
        assertThatThrownBy(() -> lock.acquire(endless)).isInstanceOf(ScriptCancelled.class);
        assertThat(lock.holder()).isNull();
    }

    @Test
    void shouldWakeACancelledTaskThatWaitsForTheLockOrBlocks() {
        var holding = Task.callback();
        lock.acquireBeforeDeadline(holding);
        var cancelled = new AtomicInteger();
        var waiting = Task.callback();
        start("waiting", () -> {
            try {
                lock.acquireBeforeDeadline(waiting);
            } catch (ScriptCancelled _) {
                cancelled.incrementAndGet();
            }
        });
        var blocking = Task.callback();
        var blocked = new CountDownLatch(1);
        start("blocking", () -> {
            assertThat(lock.enterBlocking(blocking)).isTrue();
            try {
                blocked.countDown();
                new CountDownLatch(1).await();
            } catch (InterruptedException _) {
                cancelled.incrementAndGet();
            } finally {
                lock.exitBlocking(blocking);
            }
        });
        await().until(() -> blocked.getCount() == 0);
        lock.cancel(waiting);
        lock.cancel(blocking);
        await().until(() -> cancelled.get() == 2);
        lock.release(holding);
    }

    @Test
    void shouldNeverHaveTwoHolders() {
        var inside = new AtomicInteger();
        var wrong = new AtomicInteger();
        var rounds = new AtomicLong();
        startBusyMain();
        for (int i = 0; i < 4; i++) {
            int number = i;
            var task = Task.callback();
            start("worker-" + i, () -> {
                for (int round = 0; round < 3_000 && !stop.get(); round++) {
                    if (number % 2 == 1) {
                        task.deadlineNanos = System.nanoTime() + (round % 7) * 20_000L;
                    }
                    if (!lock.acquireBeforeDeadline(task)) {
                        continue;
                    }
                    for (int turn = 0; turn < round % 50; turn++) {
                        if (inside.incrementAndGet() != 1) {
                            wrong.incrementAndGet();
                        }
                        inside.decrementAndGet();
                        poll();
                    }
                    lock.release(task);
                    rounds.incrementAndGet();
                }
            });
        }
        await().atMost(40, SECONDS).until(() -> threads.stream().skip(1).noneMatch(Thread::isAlive));
        assertThat(wrong).hasValue(0);
        assertThat(rounds.get()).isPositive();
    }

    @Test
    void shouldReleaseTheLockWhileAWriteTakesLong() {
        var writing = Task.callback();
        var written = new CountDownLatch(1);
        var over = new AtomicBoolean();
        start("writing", () -> {
            lock.acquireBeforeDeadline(writing);
            int write = lock.beginOutput(writing);
            awaitQuietly(written);
            assertThat(lock.endOutput(writing, write)).isFalse();
            lock.acquire(writing);
            lock.release(writing);
            over.set(true);
        });
        await().until(() -> lock.holder() == writing);
        for (int i = 0; i < 3; i++) {
            var other = Task.callback();
            assertThat(lock.acquireBeforeDeadline(other)).isTrue();
            lock.release(other);
        }
        written.countDown();
        await().untilTrue(over);
    }

    @Test
    void shouldReleaseTheLockForAWaiterThatIsNotTheFirst() {
        var first = Task.callback();
        var second = Task.callback();
        var third = Task.callback();
        lock.acquireBeforeDeadline(first);
        var written = new CountDownLatch(1);
        start("second", () -> {
            lock.acquireBeforeDeadline(second);
            int write = lock.beginOutput(second);
            awaitQuietly(written);
            if (!lock.endOutput(second, write)) {
                lock.acquire(second);
            }
            lock.release(second);
        });
        await().until(() -> isParked(threads.getFirst()));
        var got = new AtomicBoolean();
        start("third", () -> {
            lock.acquireBeforeDeadline(third);
            got.set(true);
            lock.release(third);
        });
        await().until(() -> isParked(threads.getLast()));
        lock.release(first); // the second gets it, and no waiter measures its time yet
        await().untilTrue(got);
        written.countDown();
    }

    private static boolean isParked(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    @Test
    void shouldInterruptAWriteOfACancelledTask() {
        var writing = Task.callback();
        var ended = new AtomicBoolean();
        start("writing", () -> {
            lock.acquireBeforeDeadline(writing);
            int write = lock.beginOutput(writing);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException _) {
                assertThat(lock.endOutput(writing, write)).isFalse();
                assertThat(lock.beginOutput(writing)).isNegative();
                ended.set(true);
            }
        });
        await().until(() -> lock.holder() == writing && OutputWatch.isWriting(writing.output.get()));
        lock.cancel(writing);
        await().untilTrue(ended);
        assertThat(lock.holder()).isNull();
    }

    @Test
    void shouldNeverHaveTwoHoldersWhenSomeWrite() {
        var inside = new AtomicInteger();
        var wrong = new AtomicInteger();
        var losses = new AtomicInteger();
        for (int i = 0; i < 4; i++) {
            int number = i;
            var task = i == 0 ? Task.main() : Task.callback();
            start("writer-" + i, () -> {
                for (int round = 0; round < 1_000 && !stop.get(); round++) {
                    lock.acquire(task);
                    int write = lock.beginOutput(task);
                    if (round % 50 == number) {
                        LockSupport.parkNanos(MILLISECONDS.toNanos(15));
                    }
                    if (!lock.endOutput(task, write)) {
                        losses.incrementAndGet();
                        lock.acquire(task);
                    }
                    if (inside.incrementAndGet() != 1) {
                        wrong.incrementAndGet();
                    }
                    inside.decrementAndGet();
                    lock.release(task);
                }
            });
        }
        await().atMost(40, SECONDS).until(() -> threads.stream().noneMatch(Thread::isAlive));
        assertThat(wrong).hasValue(0);
        assertThat(losses.get()).isPositive();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the test is over
        }
    }
}
