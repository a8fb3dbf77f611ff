package dev.domin.testkit;

import java.time.Duration;
import java.time.Instant;

/** The clock of all journals: the time of day when the kit was loaded, continued by {@link System#nanoTime}. */
@SuppressWarnings("TimeInStaticInitializer") // that is what it is for: one beginning for all journals
final class Clock {

    private static final Instant START = Instant.now();
    private static final long START_NANOS = System.nanoTime();

    private Clock() {}

    static Instant instant(long nanos) {
        return START.plusNanos(nanos - START_NANOS);
    }

    /** {@return nanoseconds since 1970, which a long can hold until 2262} */
    static long epochNanos(long nanos) {
        return START.getEpochSecond() * 1_000_000_000 + START.getNano() + (nanos - START_NANOS);
    }

    /** {@return nanoseconds, limited to about 100 years, so that sums of them do not overflow} */
    static long nanos(Duration duration) {
        long limit = Long.MAX_VALUE / 3;
        return duration.compareTo(Duration.ofNanos(limit)) >= 0 ? limit : duration.toNanos();
    }

    /** {@return a duration as people write it, such as {@code 1.5 s} or {@code 20 ms}} */
    static String text(Duration duration) {
        long nanos = nanos(duration);
        if (nanos % 1_000_000_000 == 0) {
            return nanos / 1_000_000_000 + " s";
        }
        if (nanos >= 10_000_000 || nanos % 1_000_000 == 0) {
            long millis = Math.round(nanos / 1e6);
            return millis >= 10_000 ? Math.round(millis / 100.0) / 10.0 + " s" : millis + " ms";
        }
        return nanos >= 10_000 ? Math.round(nanos / 1e4) / 100.0 + " ms" : nanos + " ns";
    }
}
