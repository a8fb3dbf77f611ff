package dev.domin.plugins.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.domin.plugins.FakeScriptContext;
import dev.domin.spi.Blob;
import dev.domin.spi.CallbackCall.Outcome;
import dev.domin.spi.ScriptError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("timing")
@Timeout(60)
class TimerPluginTest {

    private static final int FAR = 3_600_000;

    private final FakeScriptContext context = new FakeScriptContext();
    private final List<Event> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void endTheRun() throws InterruptedException {
        context.end();
    }

    @Test
    void shouldCallBackOnceWithItsEvent() {
        var timer = started(ignored -> 1);
        long before = System.currentTimeMillis();

        assertThat(timer.schedule("OnTimer", 5)).isEqualTo(1);
        assertThat(timer.schedule("OnTimer", 0)).isEqualTo(2);

        await().until(() -> context.outcomes().size() == 2);
        assertThat(context.outcomes()).containsOnly(Outcome.RETURNED);
        assertThat(context.origins()).containsExactlyInAnyOrder("timer 1", "timer 2");
        var event = eventsOf(1).getFirst();
        assertThat(event.sequence).isZero();
        assertThat(event.padding).isZero();
        assertThat(event.scheduled).isGreaterThanOrEqualTo(before + 5);
        assertThat(event.actual).isGreaterThanOrEqualTo(event.scheduled - 1);
    }

    @Test
    void shouldRunDueCallbacksInOrder() {
        var timer = started(ignored -> 1);
        context.scriptLock().lock();
        try {
            // The first occupies the thread, which waits for the script; the others queue.
            timer.schedule("OnTimer", 0);
            await().until(context.scriptLock()::hasQueuedThreads);
            timer.schedule("OnTimer", 40);
            timer.schedule("OnTimer", 20);
            timer.schedule("OnTimer", 0);
        } finally {
            context.scriptLock().unlock();
        }

        await().until(() -> events.size() == 4);
        assertThat(events).extracting(event -> event.id).containsExactly(1L, 4L, 3L, 2L);
    }

    @Test
    void shouldRepeatAtWholeIntervalsAndCountUp() {
        var timer = started(ignored -> 1);

        timer.scheduleRepeating("OnTimer", 0, 2);

        await().until(() -> events.size() >= 5);
        for (int i = 0; i < 5; i++) {
            assertThat(events.get(i).sequence).isEqualTo(i);
            assertThat((events.get(i).scheduled - events.getFirst().scheduled) % 2)
                    .isZero();
        }
        for (int i = 1; i < 5; i++) {
            assertThat(events.get(i).scheduled).isGreaterThan(events.get(i - 1).scheduled);
        }
    }

    @Test
    void shouldSkipMissedRepeats() {
        var timer = started(ignored -> 1);
        var held = new CountDownLatch(1);
        context.withCallback("OnSlow", blob -> {
            int number = record(blob);
            if (number == 0) {
                awaitQuietly(held);
            }
            return 1;
        });
        timer.scheduleRepeating("OnSlow", 0, 10);
        await().until(() -> !events.isEmpty());
        long first = events.getFirst().scheduled;
        await().until(() -> System.currentTimeMillis() > first + 100);
        held.countDown();

        await().until(() -> events.size() >= 2);
        assertThat(events.get(1).sequence).isEqualTo(1);
        assertThat(events.get(1).scheduled).isGreaterThan(first + 90);
    }

    @Test
    void shouldContinueRepeatingAfterAFailure() {
        var calls = new AtomicInteger();
        var timer = started(ignored -> 1);
        context.withCallback("OnBad", ignored -> {
            if (calls.getAndIncrement() == 0) {
                throw new ScriptError("bad");
            }
            return 1;
        });

        timer.scheduleRepeating("OnBad", 0, 1);

        await().until(() -> calls.get() >= 3);
        assertThat(context.outcomes().getFirst()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void shouldStayCancelled() {
        var timer = started(ignored -> 1);
        long late = timer.schedule("OnTimer", FAR);
        long repeating = timer.scheduleRepeating("OnTimer", FAR, FAR);

        assertThat(timer.cancel(late)).isEqualTo(1);
        assertThat(timer.cancel(late)).isEqualTo(0);
        assertThat(timer.cancel(repeating)).isEqualTo(1);
        assertFails("unknown timer id 3", () -> timer.cancel(3));
        assertFails("unknown timer id 0", () -> timer.cancel(0));
        assertFails("unknown timer id -1", () -> timer.cancel(-1));
    }

    @Test
    void shouldNotCallACancelledTimerThatWaitsForTheScript() {
        var timer = started(ignored -> 1);
        context.scriptLock().lock();
        try {
            long id = timer.schedule("OnTimer", 0);
            await().until(context.scriptLock()::hasQueuedThreads);
            assertThat(timer.cancel(id)).isEqualTo(1);
        } finally {
            context.scriptLock().unlock();
        }

        await().until(() -> !context.outcomes().isEmpty());
        assertThat(context.outcomes()).containsExactly(Outcome.NOT_CALLED);
        assertThat(events).isEmpty();
    }

    @Test
    void shouldCancelFromInsideItsOwnCallback() {
        var id = new AtomicLong();
        var answers = new CopyOnWriteArrayList<Integer>();
        var timer = started(ignored -> 1);
        context.withCallback("OnSelf", ignored -> {
            answers.add(timer.cancel(id.get()));
            return 1;
        });
        context.scriptLock().lock();
        try {
            id.set(timer.scheduleRepeating("OnSelf", 0, 1));
        } finally {
            context.scriptLock().unlock();
        }
        await().until(() -> !answers.isEmpty());

        // After the call of a later timer, the repeat would have been called too.
        timer.schedule("OnTimer", 20);
        await().until(() -> !events.isEmpty());
        assertThat(answers).containsExactly(1);
    }

    @Test
    void shouldReportThatASingleCallHasStarted() {
        var answers = new CopyOnWriteArrayList<Integer>();
        var timer = started(ignored -> 1);
        context.withCallback("OnSelf", ignored -> {
            answers.add(timer.cancel(1));
            return 1;
        });

        timer.schedule("OnSelf", 0);

        await().until(() -> !answers.isEmpty());
        assertThat(answers).containsExactly(0);
    }

    @Test
    void shouldScheduleAnotherFromInsideACallback() {
        var timer = started(ignored -> 1);
        context.withCallback("OnFirst", ignored -> {
            timer.schedule("OnTimer", 1);
            return 1;
        });

        timer.schedule("OnFirst", 0);

        await().until(() -> events.size() == 1);
        assertThat(events.getFirst().id).isEqualTo(2);
    }

    @Test
    void shouldStartItsThreadAtTheFirstScheduleAndEndItAtTheClose() throws InterruptedException {
        var timer = started(ignored -> 1);
        assertThat(context.resources()).isEmpty();
        timer.schedule("OnTimer", FAR);
        timer.scheduleRepeating("OnTimer", 0, 1);
        assertThat(context.resources()).hasSize(1);
        await().until(() -> !events.isEmpty());

        context.end();

        int called = events.size();
        assertThat(liveTimerThreads()).doesNotContain(threadOf(events));
        assertThat(events).hasSize(called);
        assertFails("the script is ending", () -> timer.schedule("OnTimer", 0));
    }

    @Test
    void shouldWaitForARunningCallbackWhenClosing() {
        var held = new CountDownLatch(1);
        var done = new AtomicInteger();
        var timer = started(ignored -> {
            awaitQuietly(held);
            return done.incrementAndGet();
        });
        timer.schedule("OnTimer", 0);
        await().until(() -> !events.isEmpty());

        var closer = Thread.ofPlatform().start(() -> endQuietly(context));
        await().until(() -> closer.getState() == Thread.State.TIMED_WAITING);
        assertThat(done).hasValue(0);
        held.countDown();

        await().until(() -> !closer.isAlive());
        assertThat(done).hasValue(1);
        assertThat(context.outcomes()).containsExactly(Outcome.RETURNED);
    }

    @Test
    void shouldCancelTheRunningCallbackWhenClosingIsInterrupted() {
        var timer = started(ignored -> 1);
        context.withCallback("OnEndless", blob -> {
            record(blob);
            context.blocking(() -> {
                new CountDownLatch(1).await();
                return 0;
            });
            return 1;
        });
        timer.schedule("OnEndless", 0);
        await().until(() -> !events.isEmpty());

        var closer = Thread.ofPlatform().start(() -> endQuietly(context));
        await().until(() -> closer.getState() == Thread.State.TIMED_WAITING);
        closer.interrupt();

        await().until(() -> context.outcomes().size() == 1);
        assertThat(context.outcomes()).containsExactly(Outcome.CANCELLED);
        await().untilAsserted(() -> assertThat(context.warnings())
                .singleElement()
                .asString()
                .startsWith(
                        "timer 1 (OnEndless): OnEndless was cancelled because the script ends; it had been running"));
    }

    @Test
    void shouldRefuseWrongTimesAndNames() {
        var timer = started(ignored -> 1);

        assertFails("delayMs is -1, but it is 0 to 1000000000000", () -> timer.schedule("OnTimer", -1));
        assertFails("intervalMs is 0, but it is 1 to 1000000000000", () -> timer.scheduleRepeating("OnTimer", 0, 0));
        assertFails(
                "delayMs is 9223372036854775807, but it is 0 to 1000000000000",
                () -> timer.scheduleRepeating("OnTimer", Long.MAX_VALUE, 1));
        assertFails("the callback name is empty", () -> timer.schedule("", 1));
        assertFails("there is no callback `Nobody` in this script", () -> timer.schedule("Nobody", 1));
        assertFails("ms is -1, but it is 0 or more", () -> timer.sleepMs(-1));
        assertFails("unknown timer id 1", () -> timer.cancel(1));
        assertThat(timer.schedule("OnTimer", FAR)).isEqualTo(1);
        assertThat(timer.schedule("OnTimer", 1_000_000_000_000L)).isEqualTo(2);
    }

    @Test
    void shouldLetCallbacksRunWhileItSleeps() {
        var timer = started(ignored -> 1);
        context.scriptLock().lock();
        try {
            timer.schedule("OnTimer", 0);
            while (events.isEmpty()) {
                timer.sleepMs(1);
            }
        } finally {
            context.scriptLock().unlock();
        }
        assertThat(events).hasSize(1);
    }

    @Test
    void shouldSleepAtLeastAsLongAsAskedOnItsOwnClock() {
        var timer = started(ignored -> 1);
        long before = timer.monotonicMs();

        timer.sleepMs(30);

        assertThat(timer.monotonicMs() - before).isGreaterThanOrEqualTo(29);
        assertThat(TimerPlugin.epochMs()).isGreaterThan(1_700_000_000_000L);
        assertThat(timer.nowFormat("%Y-%m-%d")).hasSize(10);
    }

    private TimerPlugin started(ToIntFunction<Blob> then) {
        context.withCallback("OnTimer", blob -> {
            record(blob);
            return then.applyAsInt(blob);
        });
        var timer = new TimerPlugin();
        timer.start(context);
        return timer;
    }

    /** Records the event and returns its sequence. */
    private int record(Blob blob) {
        assertThat(blob.length()).isEqualTo(32);
        var bytes = ByteBuffer.wrap(blob.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        var event = new Event(
                bytes.getLong(0),
                bytes.getInt(8),
                bytes.getInt(12),
                bytes.getLong(16),
                bytes.getLong(24),
                Thread.currentThread());
        events.add(event);
        return event.sequence;
    }

    private List<Event> eventsOf(long id) {
        return events.stream().filter(event -> event.id == id).toList();
    }

    private static Thread threadOf(List<Event> events) {
        return events.getFirst().thread;
    }

    private static List<Thread> liveTimerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("domin-timer"))
                .toList();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new FakeScriptContext.Unwound();
        }
    }

    private static void endQuietly(FakeScriptContext context) {
        try {
            context.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertFails(String sentence, ThrowingCallable call) {
        assertThatExceptionOfType(ScriptError.class).isThrownBy(call).withMessage(sentence);
    }

    private record Event(long id, int sequence, int padding, long scheduled, long actual, Thread thread) {}
}
