package dev.domin.plugins.str;

import dev.domin.plugins.bytes.BytePattern;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.ScriptContext;
import org.jspecify.annotations.Nullable;

/**
 * A string to search for in others, any number of times. A search takes time proportional to the length that it
 * searches.
 */
final class Needle {

    /**
     * The longest string for which the JDK's search is used: it is the fastest for short strings, also in its worst
     * case.
     */
    private static final int SHORT = 16;

    private static final int CHUNK = 1 << 16;
    private static final int FIRST_WINDOW = 1 << 10;
    private static final int LARGEST_WINDOW = 1 << 20;

    private final ScriptContext run;
    private final String text;
    private final @Nullable BytePattern pattern; // null if the text is short

    Needle(ScriptContext run, String text) {
        this.run = run;
        this.text = text;
        this.pattern =
                text.length() <= SHORT ? null : new BytePattern(run, ByteStrings.toBytes(text), text.length(), false);
    }

    int length() {
        return text.length();
    }

    boolean is(String other) {
        return text.equals(other);
    }

    /** {@return the index of the first match at or after {@code from}, or -1} */
    int find(String where, int from) {
        return pattern == null ? findShort(where, from) : findLong(pattern, where, from);
    }

    private int findShort(String where, int from) {
        int start = from;
        while (where.length() - start > CHUNK) {
            int found = where.indexOf(text, start, start + CHUNK);
            if (found >= 0) {
                return found;
            }
            start += CHUNK - text.length() + 1;
            run.checkCancelled();
        }
        return where.indexOf(text, start);
    }

    /**
     * The pattern searches bytes, which are copied out of the string in windows of growing size, because a match may be
     * near. A window is at least as long as the needle, so that the overlap of two windows costs little.
     */
    private int findLong(BytePattern bytes, String where, int from) {
        int length = text.length();
        long starts = (long) length + FIRST_WINDOW; // the number of possible matches in a window
        int start = from;
        while (where.length() - start >= length) {
            int end = (int) Math.min(where.length(), start + starts + length - 1);
            byte[] window = ByteStrings.toBytes(where.substring(start, end));
            int found = bytes.find(window, 0, window.length);
            if (found >= 0) {
                return start + found;
            }
            start = end - length + 1;
            starts = Math.max(starts, Math.min(2 * starts, LARGEST_WINDOW));
            run.checkCancelled();
        }
        return -1;
    }
}
