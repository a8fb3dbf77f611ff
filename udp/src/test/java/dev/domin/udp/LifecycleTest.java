package dev.domin.udp;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("timing")
@Timeout(60)
class LifecycleTest {

    private static final long NOW = 1000;

    private final VirtualMachine machine = new VirtualMachine(NOW);
    private final Lifecycle lifecycle = new Lifecycle(-1, 500, machine);
    private final Lifecycle other = new Lifecycle(-1, 500, machine);
    private final Worker worker = new Worker(null, lifecycle, "worker", 0);
    private final Worker stranger = new Worker(null, other, "stranger", 0);

    /** Starts something that waits. */
    private static <T> FutureTask<T> waiting(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "waiting");
        thread.setDaemon(true);
        thread.start();
        Waiting.until(() -> thread.getState() == Thread.State.WAITING
                || thread.getState() == Thread.State.TIMED_WAITING
                || task.isDone());
        assertThat(task.isDone()).isFalse();
        return task;
    }

    @Test
    void shouldLetNoThreadStartOnceItCloses() {
        assertThat(lifecycle.join(worker)).isTrue();
        assertThat(lifecycle.beginClose()).isTrue();
        assertThat(lifecycle.beginClose()).isFalse();
        assertThat(lifecycle.join(stranger)).isFalse();
        assertThat(lifecycle.workers()).containsExactly(worker);
    }

    @Test
    void shouldMeasureTheTimeOfTheClosing() {
        lifecycle.beginClose();
        machine.pass(70);
        assertThat(lifecycle.closingNanos()).isEqualTo(70);
        assertThat(lifecycle.graceEnd()).isEqualTo(NOW + 500);
    }

    @Test
    void shouldWaitNoLongerThanTheDeadline() throws Exception {
        lifecycle.join(worker);
        assertThat(lifecycle.awaitEnd(null, NOW)).isFalse();
        assertThat(lifecycle.awaitTransportClosed(NOW)).isFalse();
        assertThat(lifecycle.awaitRest(NOW)).isFalse();
        assertThat(lifecycle.awaitTransportClosed(NOW - 1)).isFalse();
    }

    @Test
    void shouldWaitUntilTheThreadsHaveEnded() throws Exception {
        lifecycle.join(worker);
        FutureTask<Boolean> end = waiting(() -> lifecycle.awaitEnd(null, Long.MAX_VALUE));
        assertThat(lifecycle.leave(worker)).isFalse(); // the transport is open
        assertThat(end.get(20, SECONDS)).isTrue();
        assertThat(lifecycle.hasLeft(worker)).isTrue();
        assertThat(lifecycle.transportClosed()).isTrue();
        assertThat(lifecycle.isTerminated()).isTrue();
    }

    @Test
    void shouldWaitUntilTheTransportIsClosed() throws Exception {
        lifecycle.join(worker);
        FutureTask<Boolean> closed = waiting(() -> lifecycle.awaitTransportClosed(Long.MAX_VALUE));
        assertThat(lifecycle.transportClosed()).isFalse(); // a thread runs
        assertThat(closed.get(20, SECONDS)).isTrue();
        assertThat(lifecycle.isTerminated()).isFalse();
        assertThat(lifecycle.leave(worker)).isTrue();
    }

    @Test
    void shouldWaitUntilItRests() throws Exception {
        assertThat(lifecycle.awaitRest(NOW)).isFalse();
        FutureTask<Boolean> rest = waiting(() -> lifecycle.awaitRest(Long.MAX_VALUE));
        assertThat(lifecycle.rest()).isFalse();
        assertThat(rest.get(20, SECONDS)).isTrue();
        assertThat(lifecycle.rests()).isTrue();
        lifecycle.beginClose();
        assertThat(lifecycle.rest()).isTrue();
    }

    @Test
    void shouldWaitUntilAllIsReleased() throws Exception {
        FutureTask<Boolean> released = waiting(() -> {
            lifecycle.awaitReleased();
            return true;
        });
        lifecycle.released();
        assertThat(released.get(20, SECONDS)).isTrue();
    }

    /** Otherwise they would wait for each other. */
    @Test
    void shouldNotWaitForThreadsThatMayWaitForTheCaller() throws Exception {
        lifecycle.join(worker);
        assertThat(lifecycle.awaitEnd(worker, NOW)).isTrue();
        assertThat(lifecycle.awaitEnd(stranger, NOW)).isFalse();

        worker.enterShutdown(other);
        assertThat(lifecycle.inForeignShutdown()).containsExactly(worker);
        assertThat(lifecycle.awaitEnd(null, NOW)).isTrue();
        assertThat(lifecycle.awaitTransportClosed(NOW)).isTrue(); // it has no packet
        worker.leaveShutdown(other);
        assertThat(lifecycle.inForeignShutdown()).isEmpty();
        assertThat(lifecycle.awaitEnd(null, NOW)).isFalse();

        Worker second = new Worker(null, lifecycle, "second", 0);
        lifecycle.join(second);
        worker.enterShutdown(lifecycle);
        second.enterShutdown(lifecycle);
        assertThat(lifecycle.awaitEnd(worker, NOW)).isTrue();
        assertThat(lifecycle.awaitEnd(null, NOW)).isFalse();
        assertThat(lifecycle.awaitEnd(stranger, NOW)).isFalse();
    }

    @Test
    void shouldPauseForSomeTime() {
        Lifecycle real = new Lifecycle(-1, 0, new Machine());
        long start = System.nanoTime();
        Thread noise = new Thread(real::rest); // wakes what waits, but is no reason to go on
        noise.start();
        real.pause(200);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(MILLISECONDS.toNanos(200));
    }

    @Test
    void shouldPauseNoLongerOnceItCloses() throws Exception {
        FutureTask<Boolean> paused = waiting(() -> {
            lifecycle.pause(3_600_000);
            return Thread.currentThread().isInterrupted();
        });
        lifecycle.beginClose();
        assertThat(paused.get(20, SECONDS)).isFalse();
    }

    @Test
    void shouldEndAPauseAndStayInterrupted() {
        Thread.currentThread().interrupt();
        lifecycle.pause(3_600_000);
        assertThat(Thread.interrupted()).isTrue();
    }
}
