package dev.domin.lang.support;

import dev.domin.spi.ScriptError;

/** What a compiled script asks of whole numbers beyond the JVM's own instructions. Stateless. */
public final class Numbers {

    private Numbers() {}

    /**
     * Makes the error of a divisor of 0. The compiled code tests the divisor itself: the JVM's own exception may come without
     * a stack trace once the code is hot, and then nobody could tell the place.
     *
     * @return the error, to be thrown
     */
    public static ScriptError divisionByZero() {
        return new ScriptError("division by zero");
    }

    /**
     * Gives an {@code i64} to what takes an {@code i32}.
     *
     * @param value the number
     * @param function the plugin function that takes it, for the message; empty for a place of the script
     * @param what whose number it is, for the message
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
                        "an `i32` holds -2147483648 to 2147483647; an `i64` takes every whole number, and the cast `(i32)`"
                                + " keeps the low 32 bits")
                : new ScriptError(function + ": " + sentence);
    }
}
