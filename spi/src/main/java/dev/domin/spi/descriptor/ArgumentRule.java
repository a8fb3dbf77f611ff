package dev.domin.spi.descriptor;

import dev.domin.spi.ArgumentCheck;

/**
 * What a literal argument of a function must be for the call to succeed. Read by {@code domin check} and the help only,
 * never at a normal start.
 *
 * @param function the function's name in scripts; an alias has rules of its own
 * @param parameter the index of the parameter, from 0
 * @param min the smallest value of a number
 * @param max the largest value of a number
 * @param callback whether a string names a callback of the script
 * @param check the check of a string; {@link ArgumentCheck} itself for none
 */
public record ArgumentRule(
        String function, int parameter, long min, long max, boolean callback, Class<? extends ArgumentCheck> check) {

    /** {@return the range as documentation and messages show it, such as {@code 0 to 65535}; empty for none} */
    public String range() {
        if (min == Long.MIN_VALUE) {
            return max == Long.MAX_VALUE ? "" : "at most " + max;
        }
        return max == Long.MAX_VALUE ? min + " or more" : min + " to " + max;
    }

    /** {@return whether a number is in the range} */
    public boolean contains(double number) {
        return (min == Long.MIN_VALUE || number >= min) && (max == Long.MAX_VALUE || number <= max);
    }

    /** {@return whether a number is in the range} */
    public boolean contains(long number) {
        return number >= min && number <= max;
    }
}
