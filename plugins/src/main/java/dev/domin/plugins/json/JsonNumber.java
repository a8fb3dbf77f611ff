package dev.domin.plugins.json;

import dev.domin.spi.ScriptError;
import java.math.BigDecimal;

/**
 * A number as it is written, so that a number that does not fit in a {@code long} or {@code double} stays unchanged.
 *
 * @param text a number in the grammar of JSON
 */
record JsonNumber(String text) {

    private static final int FEW_DIGITS = 100;

    /**
     * {@return the number, if it is an integer in any notation}
     *
     * @throws ArithmeticException if it is no integer, or outside the range of {@code long}
     */
    long exactLong() {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            try {
                return exactLong(text);
            } catch (NumberFormatException _) { // an exponent that does not fit in a BigDecimal
                throw new ArithmeticException("out of range");
            }
        }
    }

    /** Takes a time that grows with the length of the text only. */
    private static long exactLong(String text) {
        int end = Math.max(text.indexOf('e'), text.indexOf('E'));
        String mantissa = end < 0 ? text : text.substring(0, end);
        if (mantissa.length() <= FEW_DIGITS) {
            return new BigDecimal(text).longValueExact();
        }
        boolean negative = mantissa.startsWith("-");
        int point = mantissa.indexOf('.');
        String digits = (point < 0 ? mantissa : mantissa.substring(0, point) + mantissa.substring(point + 1))
                .substring(negative ? 1 : 0);
        int from = 0;
        while (from < digits.length() && digits.charAt(from) == '0') {
            from++;
        }
        int to = digits.length();
        while (to > from && digits.charAt(to - 1) == '0') {
            to--;
        }
        if (to - from > FEW_DIGITS) {
            throw new ArithmeticException("the last of many digits is not 0: a fraction, or out of range");
        }
        long scale = (long) digits.length() - to - (point < 0 ? 0 : mantissa.length() - point - 1);
        scale += end < 0 ? 0 : Integer.parseInt(text, end + 1, text.length(), 10);
        return new BigDecimal((negative ? "-0" : "0") + digits.substring(from, to) + "e" + scale).longValueExact();
    }

    /** {@return the number for a double of a script} */
    static JsonNumber of(double value) {
        if (!Double.isFinite(value)) {
            throw new ScriptError("JSON has no number for " + value);
        }
        return new JsonNumber(Double.toString(value));
    }

    /** {@return the nearest double, which is infinite if the number is out of range} */
    double nearestDouble() {
        return Double.parseDouble(text);
    }
}
