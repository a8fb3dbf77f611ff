package dev.domin.plugins.str;

import dev.domin.plugins.bytes.BytePattern;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.ScriptContext;

/** A string to search for in others, any number of times. A search takes time in proportion to what it passes over. */
final class Needle {

    /** The JDK searches for a string of so few bytes faster than anything else, and hardly slower where it is at its slowest. */
    private static final int SHORT = 16;

    private static final int CHUNK = 1 << 16;
    private static final int FIRST_WINDOW = 1 << 10;
    private static final int LARGEST_WINDOW = 1 << 20;

    private final ScriptContext run;
    private final String text;
    private final BytePattern pattern; // null if the text is short

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

    /** {@return the index of the first match at or behind {@code from}, or -1} */
    int find(String where, int from) {
        return pattern == null ? findShort(where, from) : findLong(where, from);
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
     * The pattern searches bytes. They are taken out of the string window by window, each time more, since a match may be near.
     * A window is never shorter than the text that is searched for, so that the bytes which two windows share do not count.
     */
    private int findLong(String where, int from) {
        int length = text.length();
        long starts = (long) length + FIRST_WINDOW; // how many places for a match there are in a window
        int start = from;
        while (where.length() - start >= length) {
            int end = (int) Math.min(where.length(), start + starts + length - 1);
            byte[] window = ByteStrings.toBytes(where.substring(start, end));
            int found = pattern.find(window, 0, window.length);
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
