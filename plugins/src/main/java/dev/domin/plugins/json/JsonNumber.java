package dev.domin.plugins.json;

import dev.domin.spi.ScriptError;
import java.math.BigDecimal;

/**
 * A number as it is written, so that one which no {@code long} or {@code double} can hold goes through unchanged.
 *
 * @param text a number of JSON's grammar
 */
record JsonNumber(String text) {

    /**
     * {@return the number, where it is an integer, however it is written}
     *
     * @throws ArithmeticException if it is none, or out of the range of a {@code long}
     */
    long exactLong() {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            try {
                return new BigDecimal(text).longValueExact();
            } catch (NumberFormatException _) { // an exponent that not even a BigDecimal has room for
                throw new ArithmeticException("out of range");
            }
        }
    }

    /** {@return the number that a script gave as a double} */
    static JsonNumber of(double value) {
        if (!Double.isFinite(value)) {
            throw new ScriptError("JSON has no number for " + value);
        }
        return new JsonNumber(Double.toString(value));
    }

    /** {@return the nearest double, which is infinite where the number is out of range} */
    double nearestDouble() {
        return Double.parseDouble(text);
    }
}
