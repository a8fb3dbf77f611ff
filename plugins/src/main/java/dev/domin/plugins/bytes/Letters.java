package dev.domin.plugins.bytes;

import dev.domin.spi.ScriptContext;

/** ASCII letters and white space in bytes. */
public final class Letters {

    private static final int CASE_BIT = 0x20;

    private Letters() {}

    /**
     * Changes A to Z to a to z, in place.
     *
     * @param run the run, for cancelling
     * @param bytes the bytes
     * @return the same array
     */
    public static byte[] toLower(ScriptContext run, byte[] bytes) {
        for (int at = 0; at < bytes.length; ) {
            int end = Chunks.end(run, 0, at, bytes.length);
            for (; at < end; at++) {
                bytes[at] = lower(bytes[at]);
            }
        }
        return bytes;
    }

    /**
     * Changes a to z to A to Z, in place.
     *
     * @param run the run, for cancelling
     * @param bytes the bytes
     * @return the same array
     */
    public static byte[] toUpper(ScriptContext run, byte[] bytes) {
        for (int at = 0; at < bytes.length; ) {
            int end = Chunks.end(run, 0, at, bytes.length);
            for (; at < end; at++) {
                byte b = bytes[at];
                bytes[at] = b >= 'a' && b <= 'z' ? (byte) (b - CASE_BIT) : b;
            }
        }
        return bytes;
    }

    /**
     * Compares bytes, ignoring case.
     *
     * @param run the run, for cancelling
     * @param a some bytes
     * @param b other bytes
     * @param length the number of bytes to compare
     * @return the index of the first difference, or the length
     */
    public static int mismatchNoCase(ScriptContext run, byte[] a, byte[] b, int length) {
        for (int at = 0; at < length; ) {
            int end = Chunks.end(run, 0, at, length);
            for (; at < end; at++) {
                if (a[at] != b[at] && lower(a[at]) != lower(b[at])) {
                    return at;
                }
            }
        }
        return length;
    }

    /**
     * Finds the end of the leading white space.
     *
     * @param run the run, for cancelling
     * @param bytes the array
     * @param length the number of bytes
     * @return the index of the first byte that is not white space, or the length
     */
    public static int skipSpace(ScriptContext run, byte[] bytes, int length) {
        var work = new Work(run);
        int at = 0;
        while (at < length && isSpace(bytes[at])) {
            at++;
            work.add(1);
        }
        return at;
    }

    /**
     * Finds the start of the trailing white space.
     *
     * @param run the run, for cancelling
     * @param bytes the array
     * @param from the index to stop at
     * @param length the number of bytes
     * @return the index after the last byte that is not white space, or {@code from}
     */
    public static int skipSpaceBehind(ScriptContext run, byte[] bytes, int from, int length) {
        var work = new Work(run);
        int at = length;
        while (at > from && isSpace(bytes[at - 1])) {
            at--;
            work.add(1);
        }
        return at;
    }

    /**
     * Changes A to Z to a to z.
     *
     * @param b a byte
     * @return the lower-case letter, or the byte itself if it is no upper-case letter
     */
    public static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + CASE_BIT) : b;
    }

    /**
     * Returns whether a byte is white space.
     *
     * @param b a byte, or a char of a script string
     * @return whether it is a space, a tab or any line end
     */
    public static boolean isSpace(int b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    static boolean agree(byte a, byte b, boolean anyCase) {
        return a == b || (anyCase && lower(a) == lower(b));
    }
}
