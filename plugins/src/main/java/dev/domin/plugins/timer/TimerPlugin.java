package dev.domin.plugins.timer;

import dev.domin.spi.BlockingCall;
import dev.domin.spi.CallbackCall;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Clocks, sleeping, and scheduled callbacks. The first schedule starts the one thread that calls them, which ends with
 * the script.
 */
@ScriptPlugin(
        namespace = "timer",
        library = "TimerPlugin",
        path = "../plugins/timer/TimerPlugin",
        doc = "Returns the time, sleeps, and calls callbacks after a delay or repeatedly. All timer "
                + "callbacks of a script run in one thread, one after the other, and never at the same "
                + "time as other code of the script. Each gets a blob of 32 bytes, little-endian: i64 "
                + "timer id, i32 sequence (0 at the first call), i32 padding, i64 the time it was "
                + "scheduled for, i64 the time it began, both in milliseconds of the Unix epoch. The "
                + "result of a timer's callback is ignored. At the end of the script, schedules are "
                + "dropped, and the script waits for a running callback.")
public final class TimerPlugin implements Plugin {

    /** More than thirty years, far below the range of the nanosecond clock. */
    private static final long LONGEST_MS = 1_000_000_000_000L;

    private ScriptContext context;
    private long startNanos;
    private @Nullable TimerQueue queue;
    private Sleep lastSleep = new Sleep(0);

    @Override
    public void start(ScriptContext context) {
        this.context = context;
        startNanos = System.nanoTime();
    }

    @ScriptFunction(
            name = "MonotonicMs",
            doc = "Returns how long the script has been running, by a monotonic clock.",
            returns = "Milliseconds since the script's start.",
            example = """
                    i64 $before;
                    $before = timer.MonotonicMs();
                    printf("%d\\n", timer.MonotonicMs() >= $before);""",
            output = "1\n")
    public long monotonicMs() {
        return (System.nanoTime() - startNanos) / TimerQueue.NANOS_PER_MS;
    }

    @ScriptFunction(
            name = "NowNs",
            doc = "Returns how long the script has been running, by the clock of MonotonicMs in its full "
                    + "resolution.",
            returns = "Nanoseconds since the script's start.",
            example = """
                    i64 $before;
                    $before = timer.NowNs();
                    printf("%d\\n", timer.NowNs() >= $before);""",
            output = "1\n",
            beyond = true)
    public long nowNs() {
        return System.nanoTime() - startNanos;
    }

    @ScriptFunction(
            name = "EpochMs",
            doc = "Returns date and time as one number, by the system's clock, which may be adjusted.",
            returns = "Milliseconds since the start of 1970, UTC.",
            example = "printf(\"%d\\n\", timer.EpochMs() > 1700000000000);",
            output = "1\n")
    public static long epochMs() {
        return System.currentTimeMillis();
    }

    @ScriptFunction(
            name = "NowFormat",
            doc = "Formats the local time as C's strftime does: `%Y` year, `%y` its last two digits, "
                    + "`%m` month, `%d` day, `%j` day of the year, `%H` hour (00 to 23), `%M` minute, `%S` "
                    + "second, `%f` microseconds (six digits), `%F` for `%Y-%m-%d`, `%T` for `%H:%M:%S`, "
                    + "`%A` and `%a` the full and the short English name of the day, `%B` and `%b` those "
                    + "of the month, `%z` the offset from UTC such as +0200, `%s` seconds of the epoch, "
                    + "`%%` a percent sign.",
            returns = "The formatted text.",
            errors = "Another place stops the script.",
            example = """
                    string $now[32];
                    $now = timer.NowFormat("%Y-%m-%d %H:%M:%S");
                    printf("%d\\n", $now.Length);""",
            output = "19\n")
    public String nowFormat(
            @Param(
                            value = "format",
                            doc = "The text, with places for the parts of the time.",
                            check = TimeFormatCheck.class)
                    String format) {
        return TimeText.format(context, format, ZonedDateTime.now(ZoneId.systemDefault()));
    }

    @ScriptFunction(
            name = "SleepMs",
            doc = "Waits for a number of milliseconds. Meanwhile other callbacks run, and `main` if a "
                    + "callback sleeps.",
            errors = "A negative time stops the script.",
            example = """
                    i64 $start;
                    $start = timer.MonotonicMs();
                    timer.SleepMs(20);
                    printf("%d\\n", timer.MonotonicMs() - $start >= 19);""",
            output = "1\n")
    public void sleepMs(
            @Param(
                            value = "ms",
                            doc = "The time in milliseconds.",
                            min = 0,
                            help = "give whole milliseconds, as in 500")
                    long ms) {
        if (ms < 0) {
            throw new ScriptError("ms is " + ms + ", but it is 0 or more");
        }
        var sleep = lastSleep;
        if (sleep.ms != ms) { // otherwise no memory is allocated, so that main continues if a callback has filled it
            sleep = new Sleep(ms);
            lastSleep = sleep;
        }
        context.blocking(sleep);
    }

    @ScriptFunction(
            name = "Schedule",
            doc = "Schedules one call of a callback after a delay. The callback runs as soon as the "
                    + "script is free after that time.",
            returns = "The timer's id: 1 for the first timer of a script, then 2 and so on.",
            errors = "An unknown callback, a delay below 0 or above 1000000000000, or a thread that "
                    + "cannot be started stops the script.",
            example = """
                    callback i32 OnTimer(ref blob $X) { printf("ding\\n"); return(1); }
                    printf("%d\\n", timer.Schedule("OnTimer", 60000));""",
            output = "1\n")
    public long schedule(
            @Param(
                            value = "callbackName",
                            doc = "The name of a callback of the script, `callback i32 NAME(ref blob $X)`.",
                            callback = true,
                            help = "give the callback's name as a string, as in \"OnTimer\"")
                    String callbackName,
            @Param(value = "delayMs", doc = "The delay of the first call in milliseconds.", min = 0, max = LONGEST_MS)
                    long delayMs) {
        checkRange("delayMs", delayMs, 0);
        return add(callbackName, delayMs, 0);
    }

    @ScriptFunction(
            name = "ScheduleRepeating",
            doc = "Schedules calls of a callback after a delay and then at every interval, until it is "
                    + "cancelled or the script ends. The times are multiples of the interval after the "
                    + "first call, however long the calls take; missed times are skipped. A repeating "
                    + "timer that a callback has scheduled is cancelled when that callback fails; timers "
                    + "of Schedule are not, because they end by themselves.",
            returns = "The timer's id: 1 for the first timer of a script, then 2 and so on.",
            errors = "An unknown callback, a delay below 0, an interval below 1, either above "
                    + "1000000000000, or a thread that cannot be started stops the script.",
            example = """
                    callback i32 OnTick(ref blob $X) { printf("tick\\n"); return(1); }
                    i64 $tick;
                    $tick = timer.ScheduleRepeating("OnTick", 60000, 1000);
                    printf("%d\\n", timer.Cancel($tick));""",
            output = "1\n")
    public long scheduleRepeating(
            @Param(
                            value = "callbackName",
                            doc = "The name of a callback of the script, `callback i32 NAME(ref blob $X)`.",
                            callback = true,
                            help = "give the callback's name as a string, as in \"OnTimer\"")
                    String callbackName,
            @Param(value = "delayMs", doc = "The delay of the first call in milliseconds.", min = 0, max = LONGEST_MS)
                    long delayMs,
            @Param(
                            value = "intervalMs",
                            doc = "The time from one call to the next, in milliseconds.",
                            min = 1,
                            max = LONGEST_MS)
                    long intervalMs) {
        checkRange("delayMs", delayMs, 0);
        checkRange("intervalMs", intervalMs, 1);
        return add(callbackName, delayMs, intervalMs);
    }

    @ScriptFunction(
            name = "Cancel",
            doc = "Cancels a timer: its callback is not called any more. Cancel does not wait for a "
                    + "running call, so a callback may cancel its own timer.",
            returns =
                    "1 if a call was pending; 0 if the only call has started, or the timer was cancelled " + "before.",
            errors = "An id that no function has returned stops the script.",
            example = """
                    callback i32 OnTimer(ref blob $X) { return(1); }
                    i64 $id;
                    $id = timer.Schedule("OnTimer", 60000);
                    printf("%d %d\\n", timer.Cancel($id), timer.Cancel($id));""",
            output = "1 0\n")
    public int cancel(@Param(value = "timerId", doc = "The timer's id.") long timerId) {
        if (queue == null || !queue.knows(timerId)) {
            throw new ScriptError("unknown timer id " + timerId);
        }
        if (!queue.cancel(timerId)) {
            return 0;
        }
        context.forgetRelease(new Cancellation(queue, timerId));
        return 1;
    }

    private long add(String callbackName, long delayMs, long intervalMs) {
        if (callbackName.isEmpty()) {
            throw new ScriptError("the callback name is empty");
        }
        CallbackCall call = context.callback(callbackName).newCall();
        var schedules = queue;
        if (schedules == null) {
            schedules = startQueue();
            queue = schedules;
        }
        long id = schedules.schedule(callbackName, call, delayMs, intervalMs);
        if (id == 0) {
            throw new ScriptError("the script is ending");
        }
        if (intervalMs > 0) { // a single call ends by itself
            releaseOnFailure(schedules, id);
        }
        return id;
    }

    private void releaseOnFailure(TimerQueue schedules, long id) {
        try {
            context.releaseOnFailure(new Cancellation(schedules, id));
        } catch (OutOfMemoryError e) {
            schedules.cancel(id); // nothing else would cancel it
            throw e;
        }
    }

    private TimerQueue startQueue() {
        var fresh = new TimerQueue(context);
        context.register(fresh);
        try {
            fresh.start();
        } catch (OutOfMemoryError e) {
            context.unregister(fresh);
            throw new ScriptError("cannot start the timer's thread: " + e.getMessage());
        }
        return fresh;
    }

    private static void checkRange(String parameter, long ms, long least) {
        if (ms < least || ms > LONGEST_MS) {
            throw new ScriptError(parameter + " is " + ms + ", but it is " + least + " to " + LONGEST_MS);
        }
    }

    /**
     * Cancels a repeating timer when the callback that has scheduled it fails. Not a record: the run keeps it in a set,
     * and the first use of a record's hashCode allocates much memory.
     */
    private static final class Cancellation implements Runnable {

        private final TimerQueue queue;
        private final long timerId;

        Cancellation(TimerQueue queue, long timerId) {
            this.queue = queue;
            this.timerId = timerId;
        }

        @Override
        public void run() {
            queue.cancel(timerId);
        }
    }

    private record Sleep(long ms) implements BlockingCall<Boolean> {

        @Override
        public Boolean call() throws InterruptedException {
            Thread.sleep(ms);
            return true;
        }
    }
}
