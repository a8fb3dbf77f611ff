package dev.domin.plugins.json;

import dev.domin.spi.ScriptError;
import java.math.BigDecimal;

/**
 * A number as it is written, so that a number that does not fit in a {@code long} or {@code double} stays unchanged.
 *
 * @param text a number in the grammar of JSON
 */
record JsonNumber(String text) {

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
                return new BigDecimal(text).longValueExact();
            } catch (NumberFormatException _) { // an exponent that does not fit in a BigDecimal
                throw new ArithmeticException("out of range");
            }
        }
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
