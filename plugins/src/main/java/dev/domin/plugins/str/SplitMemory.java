package dev.domin.plugins.str;

import dev.domin.spi.ScriptContext;

/**
 * The strings that were split lately, each with its index. Called with the script lock held.
 *
 * <p>A loop over a string may split others in each of its turns, and a callback may split many while {@code main} is in such a
 * loop. So the place for a new string is not that of the one unused for the longest, but of the one that is cheapest to search
 * again, where being unused makes cheaper: what is dropped lowers all others by as much as it was worth. Thus a string is dropped
 * only after others have been searched for as long as it takes to search it again, and the time spent twice is not more than
 * that spent once. (This is the policy GreedyDual, Young 1994.)
 *
 * <p>A string is known by its identity: strings never change, and a script that passes the same variable passes the same one.
 */
final class SplitMemory {

    private static final int PLACES = 8;

    private final ScriptContext run;
    private final SplitIndex[] indexes = new SplitIndex[PLACES];

    /** What each is worth, counted up from {@link #dropped} when it was used last instead of all others down. */
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

    /** {@return the part, or null if there is none of that number} */
    String part(String text, String separator, long index) {
        int place = place(text, separator);
        String part = indexes[place].part(text, index);
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
