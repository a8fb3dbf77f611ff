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

/**
 * Clocks, sleeping, and callbacks that run later. The first schedule starts the one thread that calls them; it ends with the
 * script.
 */
@ScriptPlugin(
        namespace = "timer",
        library = "TimerPlugin",
        path = "../plugins/timer/TimerPlugin",
        doc =
                "Tells the time, sleeps, and calls callbacks after a delay or again and again. All timer callbacks of a script run "
                        + "on one thread, one after the other, and never beside other code of the script. Each gets a blob of 32 bytes, "
                        + "little-endian: i64 timer id, i32 sequence (0 at the first call), i32 padding, i64 the time it was scheduled "
                        + "for, i64 the time it began, both in milliseconds of the Unix epoch. What a timer's callback returns is not "
                        + "looked at. When the script ends, schedules are dropped and a running callback is waited for.")
public final class TimerPlugin implements Plugin {

    /** Over thirty years; far below what the clock of nanoseconds can count. */
    private static final long LONGEST_MS = 1_000_000_000_000L;

    private ScriptContext context;
    private long startNanos;
    private TimerQueue queue;
    private Sleep lastSleep = new Sleep(0);

    @Override
    public void start(ScriptContext context) {
        this.context = context;
        startNanos = System.nanoTime();
    }

    @ScriptFunction(
            name = "MonotonicMs",
            doc = "Tells how long the script has been running, on a clock that never goes back.",
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
            name = "EpochMs",
            doc = "Tells the time of day and the date as one number, on the clock of the system, which may be set.",
            returns = "Milliseconds since the start of 1970, UTC.",
            example = "printf(\"%d\\n\", timer.EpochMs() > 1700000000000);",
            output = "1\n")
    public static long epochMs() {
        return System.currentTimeMillis();
    }

    @ScriptFunction(
            name = "NowFormat",
            doc =
                    "Writes the local time by a format in the manner of C's strftime: `%Y` year, `%y` its last two digits, `%m` "
                            + "month, `%d` day, `%j` day of the year, `%H` hour (00 to 23), `%M` minute, `%S` second, `%f` microseconds "
                            + "(six digits), `%F` for `%Y-%m-%d`, `%T` for `%H:%M:%S`, `%A` and `%a` the English name of the day, whole "
                            + "and short, `%B` and `%b` that of the month, `%z` the offset from UTC such as +0200, `%s` seconds of the "
                            + "epoch, `%%` a percent sign.",
            returns = "The format with its places filled.",
            errors = "A place that is not in this list stops the script.",
            example = """
                    string $now[32];
                    $now = timer.NowFormat("%Y-%m-%d %H:%M:%S");
                    printf("%d\\n", $now.Length);""",
            output = "19\n")
    public String nowFormat(
            @Param(value = "format", doc = "The text, with places for the parts of the time.") String format) {
        return TimeText.format(context, format, ZonedDateTime.now(ZoneId.systemDefault()));
    }

    @ScriptFunction(
            name = "SleepMs",
            doc =
                    "Waits for a number of milliseconds. Meanwhile the script's callbacks run, and, if a callback calls it, "
                            + "`main` and the other callbacks do.",
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
                            doc = "How long, in milliseconds, 0 or more.",
                            help = "give whole milliseconds, as in 500")
                    long ms) {
        if (ms < 0) {
            throw new ScriptError("ms is " + ms + ", but it is 0 or more");
        }
        var sleep = lastSleep;
        if (sleep.ms
                != ms) { // else it needs no memory, so that a script's main goes on where a callback has filled that
            sleep = new Sleep(ms);
            lastSleep = sleep;
        }
        context.blocking(sleep);
    }

    @ScriptFunction(
            name = "Schedule",
            doc =
                    "Has a callback called once, after a delay. It runs as soon as the script is free from then on; with the "
                            + "delay 0, at the next opportunity.",
            returns = "The timer's id: 1 for the script's first, then 2 and so on.",
            errors =
                    "An unknown callback, a delay below 0 or above 1000000000000, or a thread that cannot be started stops "
                            + "the script.",
            example = """
                    callback i32 OnTimer(ref blob $X) { printf("ding\\n"); return(1); }
                    printf("%d\\n", timer.Schedule("OnTimer", 60000));""",
            output = "1\n")
    public long schedule(
            @Param(
                            value = "callbackName",
                            doc = "The name of a callback of the script, `callback i32 NAME(ref blob $X)`.",
                            help = "give the callback's name as a string, as in \"OnTimer\"")
                    String callbackName,
            @Param(value = "delayMs", doc = "How long to wait first, in milliseconds, 0 or more.") long delayMs) {
        checkRange("delayMs", delayMs, 0);
        return add(callbackName, delayMs, 0);
    }

    @ScriptFunction(
            name = "ScheduleRepeating",
            doc =
                    "Has a callback called after a delay and again at every interval, until it is cancelled or the script ends. "
                            + "The times keep to the interval from the first call on, however long the calls take; those that were "
                            + "missed are left out. A repeating timer that a callback has scheduled is cancelled when that callback "
                            + "fails; Schedule's timers are not, as they end by themselves.",
            returns = "The timer's id: 1 for the script's first, then 2 and so on.",
            errors =
                    "An unknown callback, a delay below 0, an interval below 1, either above 1000000000000, or a thread that "
                            + "cannot be started stops the script.",
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
                            help = "give the callback's name as a string, as in \"OnTimer\"")
                    String callbackName,
            @Param(value = "delayMs", doc = "How long to wait first, in milliseconds, 0 or more.") long delayMs,
            @Param(value = "intervalMs", doc = "The time from one call to the next, in milliseconds, 1 or more.")
                    long intervalMs) {
        checkRange("delayMs", delayMs, 0);
        checkRange("intervalMs", intervalMs, 1);
        return add(callbackName, delayMs, intervalMs);
    }

    @ScriptFunction(
            name = "Cancel",
            doc =
                    "Takes a schedule back: its callback is not called from now on. A call that is running is not waited for, so "
                            + "a callback may cancel its own timer.",
            returns =
                    "1 if a call was still to come; 0 if it was a single one that has begun, or the timer was cancelled before.",
            errors = "An id that was never given out stops the script.",
            example = """
                    callback i32 OnTimer(ref blob $X) { return(1); }
                    i64 $id;
                    $id = timer.Schedule("OnTimer", 60000);
                    printf("%d %d\\n", timer.Cancel($id), timer.Cancel($id));""",
            output = "1 0\n")
    public int cancel(@Param(value = "timerId", doc = "The id that the timer was scheduled with.") long timerId) {
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
        if (queue == null) {
            queue = startQueue();
        }
        long id = queue.schedule(call, delayMs, intervalMs);
        if (id == 0) {
            throw new ScriptError("the script is ending");
        }
        if (intervalMs > 0) { // one that runs once ends by itself
            releaseOnFailure(id);
        }
        return id;
    }

    private void releaseOnFailure(long id) {
        try {
            context.releaseOnFailure(new Cancellation(queue, id));
        } catch (OutOfMemoryError e) {
            queue.cancel(id); // nobody else will
            throw e;
        }
    }

    private TimerQueue startQueue() {
        var fresh = new TimerQueue();
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
     * Cancels a repeating timer when the callback that has scheduled it fails. Not a record: the run keeps it in a set, and what a
     * record hashes itself with is made at the first use, from much memory.
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
