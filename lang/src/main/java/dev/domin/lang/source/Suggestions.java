package dev.domin.lang.source;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds the name that was probably meant by a misspelled one. */
public final class Suggestions {

    /** Longer words are not compared, since that takes time. */
    private static final int MAX_LENGTH = 100;

    private static final String ENDING = "Plugin";

    private Suggestions() {}

    /** {@return the name of a plugin without {@code Plugin} at its end, which nearly all share} */
    public static String withoutPlugin(String name) {
        int length = name.length() - ENDING.length();
        return length > 0 && name.regionMatches(true, length, ENDING, 0, ENDING.length())
                ? name.substring(0, length)
                : name;
    }

    /**
     * Finds the candidate with the smallest edit distance: letters omitted, inserted, replaced or swapped with their
     * neighbour. Case matters only between candidates with the same distance. The distance may be one third of the
     * length. Where both end in {@code Plugin}, only what stands before it counts.
     *
     * @param wanted the word in the script
     * @param candidates the possible words
     * @return the nearest one, the first in alphabetical order of several; null if there is none except the word itself
     */
    public static @Nullable String closest(String wanted, Collection<String> candidates) {
        if (wanted.length() > MAX_LENGTH) {
            return null;
        }
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            if (candidate.equals(wanted) || candidate.length() > MAX_LENGTH) {
                continue;
            }
            boolean plugins = !withoutPlugin(wanted).equals(wanted)
                    && !withoutPlugin(candidate).equals(candidate);
            int common = plugins ? ENDING.length() : 0;
            int allowed = (Math.max(wanted.length(), candidate.length()) - common) / 3;
            if (Math.abs(wanted.length() - candidate.length()) > allowed) {
                continue;
            }
            int distance = distance(wanted, candidate, false);
            if (distance > allowed) {
                continue;
            }
            if (distance < bestDistance
                    || distance == bestDistance && best != null && isBetter(wanted, candidate, best)) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    private static boolean isBetter(String wanted, String candidate, String best) {
        int difference = distance(wanted, candidate, true) - distance(wanted, best, true);
        return difference < 0 || difference == 0 && candidate.compareTo(best) < 0;
    }

    /** {@return the Damerau-Levenshtein distance (optimal string alignment)} */
    private static int distance(String left, String right, boolean caseCounts) {
        int width = right.length() + 1;
        int[] beforeLast = new int[width];
        int[] last = new int[width];
        int[] row = new int[width];
        for (int j = 0; j < width; j++) {
            last[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            char l = folded(left.charAt(i - 1), caseCounts);
            row[0] = i;
            for (int j = 1; j < width; j++) {
                char r = folded(right.charAt(j - 1), caseCounts);
                int cost = last[j - 1] + (l == r ? 0 : 1);
                cost = Math.min(cost, Math.min(last[j], row[j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && l == folded(right.charAt(j - 2), caseCounts)
                        && r == folded(left.charAt(i - 2), caseCounts)) {
                    cost = Math.min(cost, beforeLast[j - 2] + 1);
                }
                row[j] = cost;
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[width - 1];
    }

    private static char folded(char c, boolean caseCounts) {
        return caseCounts ? c : Character.toLowerCase(c);
    }
}
