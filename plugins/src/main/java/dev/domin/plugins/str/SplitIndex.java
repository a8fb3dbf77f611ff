package dev.domin.plugins.str;

import dev.domin.plugins.bytes.Work;
import dev.domin.spi.ScriptContext;
import java.lang.ref.WeakReference;
import java.util.Arrays;

/**
 * Where the parts of one string begin, as far as somebody has asked. So a loop over the parts takes time in proportion to the
 * string, whichever way it goes.
 *
 * <p>It knows the part that was asked for last and, for every {@value #STEP} bytes or more, the number and the beginning of one.
 * It does not keep the string alive.
 */
final class SplitIndex {

    private static final int STEP = 256;
    private static final int UNKNOWN = -1;

    private final WeakReference<String> text;
    private final Needle separator;
    private final Work work;

    /** Alternately the number of a part and where it begins, both rising. The first is part 0. */
    private int[] steps = {0, 0};

    private int stepsUsed = steps.length;
    private int part;
    private int start;
    private int end = UNKNOWN;
    private int count = UNKNOWN;

    SplitIndex(ScriptContext run, String text, String separator) {
        this.text = new WeakReference<>(text);
        this.separator = new Needle(run, separator);
        this.work = new Work(run);
    }

    /** {@return whether it is about this very string, and this separator} */
    boolean isOf(String wantedText, String wantedSeparator) {
        return text.refersTo(wantedText) && separator.is(wantedSeparator);
    }

    /** {@return whether its string is no more, so that nobody will ask again} */
    boolean isStale() {
        return text.refersTo(null);
    }

    /** {@return how many bytes have been searched, which would have to be done again without it} */
    int searched() {
        return Math.max(Math.max(start, end), steps[stepsUsed - 1]);
    }

    /** {@return how many parts the string has} */
    int count(String s) {
        if (count == UNKNOWN) {
            go(s, Integer.MAX_VALUE);
        }
        return count;
    }

    /** {@return a part of the string, or null if it has no such part} */
    String part(String s, long index) {
        if (index < 0 || index >= Integer.MAX_VALUE || !go(s, (int) index)) {
            return null;
        }
        return s.substring(start, end(s));
    }

    /** Goes to a part; false if the string has none of that number, and then the count is known. */
    private boolean go(String s, int index) {
        if (count != UNKNOWN && index >= count) {
            return false;
        }
        if (index < part || index > part + 1) {
            goNear(index);
        }
        while (part < index) {
            int before = end(s);
            if (before == s.length()) {
                count = part + 1;
                return false;
            }
            work.add(1L + before - start);
            goTo(part + 1, before + separator.length());
            if (start - steps[stepsUsed - 1] >= STEP) {
                remember();
            }
        }
        return true;
    }

    /** Goes to the last known part that is not behind the wanted one, unless the present one is as near. */
    private void goNear(int index) {
        int low = 0;
        int high = stepsUsed / 2 - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (steps[2 * middle] <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        if (part > index || steps[2 * low] > part) {
            goTo(steps[2 * low], steps[2 * low + 1]);
        }
    }

    private void goTo(int newPart, int newStart) {
        part = newPart;
        start = newStart;
        end = UNKNOWN;
    }

    private void remember() {
        if (stepsUsed == steps.length) {
            steps = Arrays.copyOf(steps, 2 * stepsUsed);
        }
        steps[stepsUsed] = part;
        steps[stepsUsed + 1] = start;
        stepsUsed += 2;
    }

    /** {@return where the present part ends: at its separator, or with the string} */
    private int end(String s) {
        if (end == UNKNOWN) {
            int found = separator.find(s, start);
            end = found < 0 ? s.length() : found;
        }
        return end;
    }
}
