package dev.domin.lang.support;

import dev.domin.spi.ByteStrings;
import dev.domin.spi.ScriptError;
import dev.domin.spi.StringRef;

/** Operations of compiled scripts on strings, which have one char per byte. Stateless. */
public final class Strings {

    private Strings() {}

    /**
     * Joins two strings.
     *
     * @param left the first
     * @param right the second
     * @return the result
     * @throws ScriptError if the result is over the limit for a value
     */
    public static String concat(String left, String right) {
        checkJoin(left.length(), right.length());
        return left.concat(right);
    }

    /**
     * Joins three strings, copying the longer of the first and last only once.
     *
     * @param left the first
     * @param middle the second
     * @param right the third
     * @return the result
     * @throws ScriptError if the result is over the limit for a value
     */
    public static String concat(String left, String middle, String right) {
        return left.length() < right.length()
                ? concat(concat(left, middle), right)
                : concat(left, concat(middle, right));
    }

    /**
     * Appends a string to the value of a variable.
     *
     * @param variable the variable
     * @param more the string
     * @throws ScriptError if the result is over the limit for a value
     */
    public static void append(StringRef variable, String more) {
        checkJoin(variable.length(), more.length());
        variable.append(more);
    }

    /**
     * Reads a byte.
     *
     * @param string where
     * @param index which, from 0
     * @return its value, 1 to 255
     * @throws ScriptError if the index is outside the string
     */
    public static int at(String string, int index) {
        if (index < 0 || index >= string.length()) {
            throw outside(string, index);
        }
        return string.charAt(index);
    }

    /**
     * Reads a byte.
     *
     * @param string where
     * @param index which, from 0
     * @return its value, 1 to 255
     * @throws ScriptError if the index is outside the string
     */
    public static int at(String string, long index) {
        if (index < 0 || index >= string.length()) {
            throw outside(string, index);
        }
        return string.charAt((int) index);
    }

    /**
     * Copies a part.
     *
     * @param string where
     * @param from the first byte
     * @param to the byte after the last
     * @return the part
     * @throws ScriptError if the part is not inside the string
     */
    public static String slice(String string, long from, long to) {
        if (from < 0 || to > string.length() || from > to) {
            throw new ScriptError("the slice [" + from + ":" + to + "] is not inside the string, which has "
                    + string.length() + " bytes");
        }
        return string.substring((int) from, (int) to);
    }

    /**
     * Copies the part from an index to the end.
     *
     * @param string where
     * @param from the first byte
     * @return the part
     * @throws ScriptError if the part begins outside of the string
     */
    public static String tail(String string, long from) {
        if (from < 0 || from > string.length()) {
            throw new ScriptError(
                    "the slice [" + from + ":] is not inside the string, which has " + string.length() + " bytes");
        }
        return string.substring((int) from);
    }

    /**
     * Checks a declared capacity.
     *
     * @param capacity the capacity in bytes
     * @return the same number
     * @throws ScriptError if it is negative or over the limit for a value
     */
    public static int capacity(long capacity) {
        if (capacity < 0) {
            throw new ScriptError("a string cannot have a capacity of " + capacity + " bytes; it may have 0 or more");
        }
        ByteStrings.checkLength(capacity);
        return (int) capacity;
    }

    /**
     * Fills a string as {@code :=} does.
     *
     * @param source what to put at the start
     * @param old the value so far
     * @param capacity the most bytes that are written
     * @return the new value
     */
    public static String fill(String source, String old, int capacity) {
        return ByteStrings.fill(old, source, capacity);
    }

    /**
     * Checks what a plugin function returned.
     *
     * @param result the string
     * @return the same string
     * @throws ScriptError if it is over the limit for a value
     */
    public static String checked(String result) {
        ByteStrings.checkLength(result.length());
        return result;
    }

    private static void checkJoin(int left, int right) {
        ByteStrings.checkLength((long) left + right);
    }

    private static ScriptError outside(String string, long index) {
        return new ScriptError("index " + index + " is outside the string, which has " + string.length() + " bytes");
    }
}
