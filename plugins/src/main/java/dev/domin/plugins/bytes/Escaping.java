package dev.domin.plugins.bytes;

import dev.domin.spi.Escapes;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;

/** Escapes any number of bytes as {@link Escapes} does, and can be cancelled. */
public final class Escaping {

    private static final int LONGEST_TEXT = Integer.MAX_VALUE - 16;

    /** The largest number of bytes after the first one of a UTF-8 character. */
    private static final int MOST_CONTINUED = 3;

    private Escaping() {}

    /**
     * Converts bytes to text that is safe to print.
     *
     * @param run the run, for cancelling
     * @param bytes the array
     * @param length the number of bytes
     * @return the text, one char per byte
     * @throws ScriptError if it would be too long for a string
     */
    public static String escape(ScriptContext run, byte[] bytes, int length) {
        var text = new StringBuilder(length);
        for (int at = 0; at < length; ) {
            int end = Chunks.end(run, 0, at, length);
            for (int i = 0; i < MOST_CONTINUED && end < length && isContinued(bytes[end]); i++) {
                end--; // no chunk starts inside a character
            }
            if (text.length() > LONGEST_TEXT - Escapes.LONGEST * (end - at)) {
                throw new ScriptError("the text would have over " + LONGEST_TEXT + " bytes, too long for a string");
            }
            Escapes.append(text, bytes, at, end);
            at = end;
        }
        return text.toString();
    }

    private static boolean isContinued(byte b) {
        return (b & 0xC0) == 0x80;
    }
}
