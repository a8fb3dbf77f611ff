package dev.domin.lang.source;

import java.util.Collection;

/** Finds what somebody who mistyped a name may have meant. */
public final class Suggestions {

    /** Longer words are no typing mistakes, and comparing them takes time. */
    private static final int LONGEST = 100;

    private Suggestions() {}

    /**
     * Finds the candidate that takes the fewest slips of the finger to become the wanted word: a letter left out, put
     * in, mistaken or swapped with its neighbour. Case decides between equals only. One slip in three letters is forgiven.
     *
     * @param wanted the word as written
     * @param candidates the words that there are
     * @return the nearest, of equally near ones the first in the alphabet; null when none is near but the word itself
     */
    public static String closest(String wanted, Collection<String> candidates) {
        if (wanted.length() > LONGEST) {
            return null;
        }
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            if (candidate.equals(wanted) || candidate.length() > LONGEST) {
                continue;
            }
            int allowed = Math.max(wanted.length(), candidate.length()) / 3;
            if (Math.abs(wanted.length() - candidate.length()) > allowed) {
                continue;
            }
            int distance = distance(wanted, candidate, false);
            if (distance > allowed) {
                continue;
            }
            if (distance < bestDistance || distance == bestDistance && isBetter(wanted, candidate, best)) {
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

    /** The Damerau-Levenshtein distance in which no letter takes part in two swaps. */
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
