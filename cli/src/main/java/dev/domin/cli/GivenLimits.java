package dev.domin.cli;

import dev.domin.lang.source.Suggestions;
import dev.domin.runtime.RunOptions;
import dev.domin.spi.Limit;
import dev.domin.spi.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code --limit} sets. For starts with that option only. Not thread-safe. */
final class GivenLimits {

    /** The name of the limit for the duration of a run, which is no {@link Limit}. */
    private static final String DURATION = "duration";

    private static final String UNITS = "KMG"; // each 1,024 times the one before

    private Limits limits = Limits.DEFAULTS;
    private @Nullable Duration duration; // null: unlimited
    private String complaint = "";

    /**
     * Reads the values of the option.
     *
     * @param values texts such as {@code value=128M}
     */
    GivenLimits(List<String> values) {
        for (String value : values) {
            if (complaint.isEmpty()) {
                complaint = read(value);
            }
        }
    }

    /** {@return the limits} */
    Limits limits() {
        return limits;
    }

    /** Sets the limits of a run. */
    void applyTo(RunOptions.Builder options) {
        options.limits(limits);
        if (duration != null) {
            options.maxDuration(duration);
        }
    }

    /** {@return what is wrong with the values, as a sentence; empty if nothing is} */
    String complaint() {
        return complaint;
    }

    private String read(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            return "--limit takes a name and a number, such as --limit value=128M, got `" + text + "`";
        }
        String name = text.substring(0, equals);
        String value = text.substring(equals + 1);
        if (name.equals(DURATION)) {
            long millis = number(value, "");
            if (millis < 1) {
                return "--limit duration takes milliseconds, such as 10000, got `" + value + "`";
            }
            duration = millis == Limits.NONE ? null : Duration.ofMillis(millis);
            return "";
        }
        var names = new ArrayList<String>();
        for (var limit : Limit.values()) {
            if (limit.word().equals(name)) {
                return set(limit, value);
            }
            names.add(limit.word());
        }
        names.add(DURATION);
        String near = Suggestions.closest(name, names);
        return "--limit: there is no limit `" + name + "`"
                + (near == null ? "; there are " + String.join(", ", names) : "; did you mean `" + near + "`?");
    }

    private String set(Limit limit, String value) {
        long number = number(value, limit.isBytes() ? UNITS : "");
        if (number != Limits.NONE && (number < limit.lowest() || number > limit.highest())) {
            return "--limit " + limit.word() + " takes "
                    + (limit.highest() == Limits.NONE
                            ? limit.lowest() + " or more"
                            : limit.lowest() + " to " + limit.highest())
                    + (limit.isBytes() ? ", also with K, M or G," : "") + " or none, got `" + value + "`";
        }
        limits = limits.with(limit, number);
        return "";
    }

    /** {@return the number that a text is; -1 if it is none} */
    private static long number(String text, String units) {
        if (text.equals("none")) {
            return Limits.NONE;
        }
        int unit = text.isEmpty() ? -1 : units.indexOf(text.charAt(text.length() - 1));
        String digits = unit < 0 ? text : text.substring(0, text.length() - 1);
        try {
            return digits.matches("[0-9]+") // Long.parseLong accepts a sign and the digits of any script
                    ? Math.multiplyExact(Long.parseLong(digits), 1L << (10 * (unit + 1)))
                    : -1;
        } catch (NumberFormatException | ArithmeticException _) {
            return -1;
        }
    }
}
