package dev.domin.runtime;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Cancels a run that lasts longer than its host allows. */
final class DurationLimit implements Runnable {

    private final Execution execution;
    private final Duration limit;

    private DurationLimit(Execution execution, Duration limit) {
        this.execution = execution;
        this.limit = limit;
    }

    static void start(Execution execution, Duration limit) {
        var thread = new Thread(null, new DurationLimit(execution, limit), "domin-limit", 0, false);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            if (!execution.stage().awaitEnd(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS)) {
                execution
                        .reporter()
                        .limitReached(
                                "the script was stopped: it ran for longer than its limit of " + limit.toMillis()
                                        + " ms",
                                "make it end sooner, or set a higher limit: domin --limit duration=N, in Java"
                                        + " RunOptions.maxDuration",
                                execution::cancel);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // never happens: no code interrupts this thread
        }
    }
}
