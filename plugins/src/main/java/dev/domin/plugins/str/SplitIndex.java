package dev.domin.plugins.str;

import dev.domin.plugins.bytes.Work;
import dev.domin.spi.ScriptContext;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The starts of the parts of one string, as far as they have been asked for. So a loop over the parts takes time
 * proportional to the string's length, in either direction.
 *
 * <p>It keeps the last part that was asked for and, for every {@value #STEP} bytes or more, the number and the start of
 * one part. It does not keep the string alive.
 */
final class SplitIndex {

    private static final int STEP = 256;
    private static final int UNKNOWN = -1;

    private final WeakReference<String> text;
    private final Needle separator;
    private final Work work;

    /** Pairs of a part's number and its start, in rising order. The first is part 0. */
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

    /** {@return whether it belongs to this string object and this separator} */
    boolean isOf(String wantedText, String wantedSeparator) {
        return text.refersTo(wantedText) && separator.is(wantedSeparator);
    }

    /** {@return whether its string has been collected, so that it is not needed any more} */
    boolean isStale() {
        return text.refersTo(null);
    }

    /** {@return how many bytes have been searched, which would be searched again without it} */
    int searched() {
        return Math.max(Math.max(start, end), steps[stepsUsed - 1]);
    }

    /** {@return the number of parts of the string} */
    int count(String s) {
        if (count == UNKNOWN) {
            go(s, Integer.MAX_VALUE);
        }
        return count;
    }

    /** {@return a part of the string, or null if it has no such part} */
    @Nullable
    String part(String s, long index) {
        if (index < 0 || index >= Integer.MAX_VALUE || !go(s, (int) index)) {
            return null;
        }
        return s.substring(start, end(s));
    }

    /** Moves to a part. Returns false if the string has no such part; then the count is known. */
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

    /** Moves to the last known part that is not after the wanted one, unless the current one is as near. */
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

    /** {@return the end of the current part: its separator, or the end of the string} */
    private int end(String s) {
        if (end == UNKNOWN) {
            int found = separator.find(s, start);
            end = found < 0 ? s.length() : found;
        }
        return end;
    }
}
