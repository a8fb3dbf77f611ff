package dev.domin.plugins.bytes;

import dev.domin.spi.ByteStrings;
import dev.domin.spi.Escapes;
import dev.domin.spi.ScriptContext;

/** Escapes any number of bytes as {@link Escapes} does, and can be cancelled. */
public final class Escaping {

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
     * @throws dev.domin.spi.ScriptError if it would be over the limit for a value
     */
    public static String escape(ScriptContext run, byte[] bytes, int length) {
        var text = new StringBuilder(length);
        for (int at = 0; at < length; ) {
            int end = Chunks.end(run, 0, at, length);
            for (int i = 0; i < MOST_CONTINUED && end < length && isContinued(bytes[end]); i++) {
                end--; // no chunk starts inside a character
            }
            Escapes.append(text, bytes, at, end);
            ByteStrings.checkLength(text.length());
            at = end;
        }
        return text.toString();
    }

    private static boolean isContinued(byte b) {
        return (b & 0xC0) == 0x80;
    }
}
