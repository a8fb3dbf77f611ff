package dev.domin.cli.trace;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** The time of day in a line of the trace. */
public final class TraceTime {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS").withZone(ZoneId.systemDefault());

    private TraceTime() {}

    /** {@return the local time with microseconds} */
    public static String of(Instant instant) {
        return FORMAT.format(instant);
    }
}
