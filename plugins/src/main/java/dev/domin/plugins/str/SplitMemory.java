package dev.domin.plugins.str;

import dev.domin.spi.ScriptContext;
import org.jspecify.annotations.Nullable;

/**
 * The strings that were split recently, each with its index. Called with the script lock held.
 *
 * <p>A loop over a string may split other strings in each iteration, and a callback may split many while {@code main}
 * is in such a loop. So a new string does not replace the least recently used one, but the one with the lowest cost of
 * searching it again; when one is replaced, its cost is subtracted from the cost of all others. So a string is dropped
 * only after others have been searched for as long as searching it again takes, and the repeated work is not more than
 * the first. (This is the policy GreedyDual, Young 1994.)
 *
 * <p>Strings are compared by identity: they are immutable, and a script that passes the same variable passes the same
 * object.
 */
final class SplitMemory {

    private static final int PLACES = 8;

    private final ScriptContext run;
    private final SplitIndex[] indexes = new SplitIndex[PLACES];

    /**
     * The cost of each, plus the value of {@link #dropped} at its last use, which saves subtracting from all others.
     */
    private final long[] worth = new long[PLACES];

    private long dropped;

    SplitMemory(ScriptContext run) {
        this.run = run;
    }

    int count(String text, String separator) {
        int place = place(text, separator);
        int count = indexes[place].count(text);
        worth[place] = dropped + indexes[place].searched();
        return count;
    }

    /** {@return the part, or null if there is no such part} */
    @Nullable
    String part(String text, String separator, long index) {
        int place = place(text, separator);
        var part = indexes[place].part(text, index);
        worth[place] = dropped + indexes[place].searched();
        return part;
    }

    private int place(String text, String separator) {
        int cheapest = 0;
        for (int i = 0; i < PLACES; i++) {
            var index = indexes[i];
            if (index == null || index.isStale()) {
                indexes[i] = null;
                worth[i] = 0;
            } else if (index.isOf(text, separator)) {
                return i;
            }
            if (worth[i] < worth[cheapest]) {
                cheapest = i;
            }
        }
        dropped = Math.max(dropped, worth[cheapest]);
        indexes[cheapest] = new SplitIndex(run, text, separator);
        return cheapest;
    }
}
