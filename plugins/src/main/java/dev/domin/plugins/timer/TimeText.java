package dev.domin.plugins.timer;

import dev.domin.plugins.bytes.Work;
import dev.domin.spi.Escapes;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/** Formats a date and time as C's {@code strftime} does, with English names. */
final class TimeText {

    private static final String[] DAYS = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

    private static final String[] MONTHS = {
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December"
    };

    private static final int SHORT_NAME = 3;

    /** The work for a char of a format, in bytes. */
    private static final int WORK_OF_A_CHAR = 16;

    private TimeText() {}

    /**
     * Formats.
     *
     * @param run the run, for cancelling; null for a check, which is short
     * @param format the format
     * @param time the time
     * @return the text
     * @throws ScriptError if the format is wrong
     */
    static String format(@Nullable ScriptContext run, String format, ZonedDateTime time) {
        var out = new StringBuilder(format.length() + 16);
        var work = run == null ? null : new Work(run);
        for (int at = 0; at < format.length(); at++) {
            if (work != null) {
                work.add(WORK_OF_A_CHAR);
            }
            char c = format.charAt(at);
            if (c != '%') {
                out.append(c);
                continue;
            }
            if (++at == format.length()) {
                throw new ScriptError("the format ends in an unfinished `%`", "write a percent sign as `%%`");
            }
            append(format.charAt(at), at, out, time);
        }
        return out.toString();
    }

    private static void append(char place, int at, StringBuilder out, ZonedDateTime time) {
        switch (place) {
            case 'Y' -> digits(out, time.getYear(), 4);
            case 'y' -> digits(out, Math.floorMod(time.getYear(), 100), 2);
            case 'm' -> digits(out, time.getMonthValue(), 2);
            case 'd' -> digits(out, time.getDayOfMonth(), 2);
            case 'j' -> digits(out, time.getDayOfYear(), 3);
            case 'H' -> digits(out, time.getHour(), 2);
            case 'M' -> digits(out, time.getMinute(), 2);
            case 'S' -> digits(out, time.getSecond(), 2);
            case 'f' -> digits(out, time.getNano() / 1000, 6);
            case 'F' -> appendAll("Y-m-d", out, time);
            case 'T' -> appendAll("H:M:S", out, time);
            case 'A' -> out.append(day(time));
            case 'a' -> out.append(day(time), 0, SHORT_NAME);
            case 'B' -> out.append(month(time));
            case 'b' -> out.append(month(time), 0, SHORT_NAME);
            case 'z' -> zone(out, time.getOffset().getTotalSeconds());
            case 's' -> out.append(time.toEpochSecond());
            case '%' -> out.append('%');
            default ->
                throw new ScriptError(
                        "`%" + Escapes.quote(Character.toString(place)) + "` at byte " + (at - 1)
                                + " of the format is unknown",
                        "use %Y %y %m %d %j %H %M %S %f %F %T %A %a %B %b %z %s and %%");
        }
    }

    /** Appends the text for several places; other characters are appended as they are. */
    private static void appendAll(String places, StringBuilder out, ZonedDateTime time) {
        for (int i = 0; i < places.length(); i++) {
            char place = places.charAt(i);
            if (Character.isLetter(place)) {
                append(place, i, out, time);
            } else {
                out.append(place);
            }
        }
    }

    private static String day(ZonedDateTime time) {
        return DAYS[time.getDayOfWeek().getValue() - 1];
    }

    private static String month(ZonedDateTime time) {
        return MONTHS[time.getMonthValue() - 1];
    }

    private static void zone(StringBuilder out, int seconds) {
        int minutes = Math.abs(seconds) / 60;
        out.append(seconds < 0 ? '-' : '+');
        digits(out, minutes / 60, 2);
        digits(out, minutes % 60, 2);
    }

    private static void digits(StringBuilder out, int value, int width) {
        String digits = Integer.toString(value);
        for (int i = digits.length(); i < width; i++) {
            out.append('0');
        }
        out.append(digits);
    }
}
