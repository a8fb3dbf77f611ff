package dev.domin.plugins.format;

import dev.domin.spi.Blob;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.Escapes;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import dev.domin.spi.descriptor.Kind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Formats values as {@code printf} does. A place in the format is {@code %}, the optional flags {@code -} and {@code
 * 0}, an optional width, an optional point with a precision, and one of {@code d x X f s c %}.
 *
 * <p>This class does not use the JDK's formatter, because loading it takes longer than running a short script that
 * prints.
 */
public final class Formatter {

    /** The largest width and precision, so that a mistake does not fill the memory. */
    private static final int LARGEST_NUMBER = 1_000_000;

    /** The number of bytes of text between two checks for cancellation. */
    private static final int CHECK_INTERVAL = 1 << 16;

    private static final int DEFAULT_DECIMALS = 6;
    private static final int NONE = -1;
    private static final String INTEGER = Kind.LONG.scriptName();

    private final @Nullable ScriptContext run; // null for a check, which is short
    private final String format;
    private final Object[] values;
    private final StringBuilder out;
    private int at;
    private int used;
    private int nextCheck = CHECK_INTERVAL;

    private Formatter(@Nullable ScriptContext run, String format, Object[] values) {
        this.run = run;
        this.format = format;
        this.values = values;
        this.out = new StringBuilder(format.length() + 16);
    }

    /**
     * Formats.
     *
     * @param run the run, for cancelling
     * @param format the format, one char per byte
     * @param values an {@link Integer}, {@link Long}, {@link Double}, {@link String} or {@link Blob} for each place
     * @return the text, one char per byte
     * @throws ScriptError if the format is wrong or the values do not match it
     */
    public static String format(ScriptContext run, String format, Object[] values) {
        var formatter = new Formatter(run, format, values);
        formatter.formatAll();
        return formatter.out.toString();
    }

    /**
     * Checks a format.
     *
     * @param format the format
     * @param values a value of the right type for each argument after the format
     * @throws ScriptError if the format is wrong or the values do not match it
     */
    public static void check(String format, Object[] values) {
        new Formatter(null, format, values).formatAll();
    }

    private void formatAll() {
        int length = format.length();
        while (true) {
            int percent = format.indexOf('%', at);
            if (percent < 0) {
                out.append(format, at, length);
                break;
            }
            out.append(format, at, percent);
            at = percent + 1;
            place(percent);
            if (run != null && out.length() >= nextCheck) {
                run.checkCancelled();
                ByteStrings.checkLength(out.length());
                nextCheck = out.length() + CHECK_INTERVAL;
            }
        }
        if (used < values.length) {
            throw new ScriptError(
                    "the format has places for " + count(used, "value") + ", got " + count(values.length, "value"));
        }
    }

    private void place(int percent) {
        boolean left = false;
        boolean zeros = false;
        while (at < format.length() && isFlag(format.charAt(at))) {
            left |= format.charAt(at) == '-';
            zeros |= format.charAt(at) == '0';
            if (format.charAt(at) != '-' && format.charAt(at) != '0') {
                throw new ScriptError(
                        placeAt(percent, at + 1) + " has the flag `" + format.charAt(at)
                                + "`, but the flags are `-` and `0`",
                        "a width pads with spaces on the left, with `-` on the right, and with `0` with zeros");
            }
            at++;
        }
        int width = number(percent, "width", 0);
        int precision = NONE;
        if (at < format.length() && format.charAt(at) == '.') {
            at++;
            precision = number(percent, "precision", 0);
        }
        if (at >= format.length()) {
            throw new ScriptError(
                    "the format ends in the unfinished place `" + Escapes.quote(format.substring(percent)) + "`",
                    "write a percent sign as `%%`");
        }
        char specifier = format.charAt(at++);
        int start = out.length();
        switch (specifier) {
            case 'd' -> decimal(percent, precision);
            case 'x' -> hex(percent, precision, false);
            case 'X' -> hex(percent, precision, true);
            case 'c' -> character(percent);
            case 'f' -> floating(percent, precision);
            case 's' -> string(percent, precision);
            case '%' -> out.append('%');
            default -> throw unknown(percent, specifier);
        }
        if (zeros && !takesZeros(specifier)) {
            throw new ScriptError(
                    placeAt(percent, at) + " has the flag `0`, which is for numbers",
                    "a width without it pads with spaces");
        }
        int missing = width - (out.length() - start);
        if (missing > 0) {
            boolean hasZeros = zeros && (specifier == 'f' ? isFinite(start) : precision == NONE);
            pad(start, missing, left, hasZeros);
        }
    }

    private static boolean takesZeros(char specifier) {
        return specifier == 'd' || specifier == 'x' || specifier == 'X' || specifier == 'f';
    }

    /** {@return whether what stands from there on is a number with digits} */
    private boolean isFinite(int start) {
        return isDigit(out.charAt(out.length() - 1)) || isDigit(out.charAt(start));
    }

    private void pad(int start, int missing, boolean left, boolean zeros) {
        if (left) {
            out.append(" ".repeat(missing));
        } else if (zeros) {
            out.insert(out.charAt(start) == '-' ? start + 1 : start, "0".repeat(missing));
        } else {
            out.insert(start, " ".repeat(missing));
        }
    }

    private void character(int percent) {
        Object value = next(percent);
        if (!(value instanceof Integer) && !(value instanceof Long)) {
            throw wrong(percent, INTEGER, value);
        }
        long number = ((Number) value).longValue();
        if (number < 0 || number > 0xFF) {
            throw new ScriptError("argument " + (used + 1) + " (`" + Escapes.quote(format.substring(percent, at))
                    + "`) takes a byte, 0 to 255, got " + number);
        }
        out.append((char) number);
    }

    private void decimal(int percent, int precision) {
        Object value = next(percent);
        long number;
        if (value instanceof Integer small) {
            number = small;
        } else if (value instanceof Long large) {
            number = large;
        } else {
            throw wrong(percent, INTEGER, value);
        }
        if (precision == NONE) {
            out.append(number);
            return;
        }
        if (number < 0) {
            out.append('-');
        }
        digits(number < 0 ? Long.toString(number).substring(1) : Long.toString(number), precision, number == 0);
    }

    private void hex(int percent, int precision, boolean upper) {
        Object value = next(percent);
        if (value instanceof Integer small) {
            digits(cased(Integer.toHexString(small), upper), precision, small == 0);
        } else if (value instanceof Long large) {
            digits(cased(Long.toHexString(large), upper), precision, large == 0);
        } else {
            throw wrong(percent, INTEGER, value);
        }
    }

    private static String cased(String digits, boolean upper) {
        return upper ? digits.toUpperCase(Locale.ROOT) : digits;
    }

    /** Appends at least {@code precision} digits; as in C, zero with the precision 0 has no digits. */
    private void digits(String digits, int precision, boolean isZero) {
        if (precision == 0 && isZero) {
            return;
        }
        for (int i = digits.length(); i < precision; i++) {
            out.append('0');
        }
        out.append(digits);
    }

    private void floating(int percent, int precision) {
        Object value = next(percent);
        if (!(value instanceof Double number)) {
            throw wrong(percent, "double", value);
        }
        FixedPoint.append(out, number, precision == NONE ? DEFAULT_DECIMALS : precision);
    }

    private void string(int percent, int precision) {
        Object value = next(percent);
        if (!(value instanceof String text)) {
            throw wrong(percent, "string", value);
        }
        out.append(text, 0, precision == NONE ? text.length() : Math.min(precision, text.length()));
    }

    private Object next(int percent) {
        if (used == values.length) {
            throw new ScriptError(placeAt(percent, at) + " has no value; the call passes " + count(used, "value")
                    + " after the format");
        }
        return values[used++];
    }

    private int number(int percent, String what, int otherwise) {
        int start = at;
        int number = 0;
        while (at < format.length() && isDigit(format.charAt(at))) {
            number = number * 10 + (format.charAt(at) - '0');
            at++;
            if (number > LARGEST_NUMBER) {
                throw new ScriptError("the " + what + " of the place at byte " + percent + " of the format is over "
                        + LARGEST_NUMBER);
            }
        }
        return at == start ? otherwise : number;
    }

    private ScriptError wrong(int percent, String wanted, Object value) {
        String got = typeOf(value);
        // The format is argument 1.
        return new ScriptError(
                "argument " + (used + 1) + " (`" + Escapes.quote(format.substring(percent, at)) + "`) takes " + wanted
                        + ", got " + got,
                FormatHelp.wrongType(wanted, value));
    }

    private ScriptError unknown(int percent, char specifier) {
        return new ScriptError(
                placeAt(percent, at) + " is none of %d %x %X %f %s %c %%", FormatHelp.unknown(specifier));
    }

    private String placeAt(int percent, int end) {
        return "`" + Escapes.quote(format.substring(percent, end)) + "` at byte " + percent + " of the format";
    }

    /** {@return the type of a further argument, as scripts call it} */
    public static String typeOf(Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return value instanceof Integer ? "i32" : "i64";
        }
        if (value instanceof Double) {
            return "double";
        }
        return value instanceof Blob ? "blob" : "string";
    }

    private static String count(int number, String noun) {
        return number == 1 ? "1 " + noun : number + " " + noun + "s";
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isFlag(char c) {
        return c == '-' || c == '+' || c == ' ' || c == '#' || c == '0';
    }
}
