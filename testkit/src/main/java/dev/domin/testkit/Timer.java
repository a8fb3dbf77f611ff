package dev.domin.testkit;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs short tasks after a delay, on one daemon thread for all servers, which ends when there are none for a while. */
final class Timer {

    private static final ScheduledThreadPoolExecutor TIMER = create();

    private Timer() {}

    /** Schedules a task, which must not throw. */
    static Future<?> schedule(Duration delay, Runnable task) {
        return TIMER.schedule(task, Clock.nanos(delay), TimeUnit.NANOSECONDS);
    }

    private static ScheduledThreadPoolExecutor create() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "domin-testkit-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
