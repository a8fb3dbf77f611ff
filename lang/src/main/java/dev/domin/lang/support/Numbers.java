package dev.domin.lang.support;

import dev.domin.spi.ScriptError;

/** Operations of compiled scripts on whole numbers that are not JVM instructions. Stateless. */
public final class Numbers {

    private Numbers() {}

    /**
     * Creates the error for a division by 0. The compiled code tests the divisor itself, because the JVM may throw its
     * own exception without a stack trace, and so without a place, once the code is compiled.
     *
     * @return the error, to be thrown
     */
    public static ScriptError divisionByZero() {
        return new ScriptError("division by zero");
    }

    /**
     * Converts an {@code i64} to an {@code i32}, without loss.
     *
     * @param value the number
     * @param function the plugin function that requires it, for the message; empty if it is no argument of one
     * @param what whose value it is, for the message
     * @return the same number
     * @throws ScriptError if it does not fit
     */
    public static int narrow(long value, String function, String what) {
        int narrow = (int) value;
        if (narrow != value) {
            throw outside(value, function, what);
        }
        return narrow;
    }

    private static ScriptError outside(long value, String function, String what) {
        String sentence = "value " + value + " " + what + " is outside the i32 range";
        return function.isEmpty()
                ? new ScriptError(
                        sentence,
                        "an `i32` holds -2147483648 to 2147483647; an `i64` takes every whole number, and the cast "
                                + "`(i32)`"
                                + " keeps the low 32 bits")
                : new ScriptError(function + ": " + sentence);
    }
}
