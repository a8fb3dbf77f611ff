package dev.domin.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answers that one client of a replay got, side by side with the recorded ones: as many equal pairs as possible in
 * the order of both, so that one answer that is lost is one difference. Between two equal pairs, what is left is paired
 * in its order.
 */
final class Alignment {

    /** Two answers side by side; the places count from 1, and 0 means that there is none on that side. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Pair(int place, byte @Nullable [] expected, int placeOfCame, byte @Nullable [] came, boolean same) {}

    /** How many steps of comparison at most; above it, answers are compared in their order. */
    private static final long MOST_STEPS = 4_000_000;

    private final List<byte[]> expected;
    private final List<byte[]> came;
    private final int[] expectedKeys; // equal answers have equal numbers
    private final int[] cameKeys;
    private final List<Pair> pairs = new ArrayList<>();
    private int nextExpected;
    private int nextCame;

    private Alignment(List<byte[]> expected, List<byte[]> came, Mask mask) {
        this.expected = expected;
        this.came = came;
        Map<String, Integer> numbers = new HashMap<>();
        expectedKeys = keys(expected, mask, numbers);
        cameKeys = keys(came, mask, numbers);
    }

    private static int[] keys(List<byte[]> answers, Mask mask, Map<String, Integer> numbers) {
        return answers.stream()
                .mapToInt(answer -> numbers.computeIfAbsent(mask.key(answer), key -> numbers.size()))
                .toArray();
    }

    /** {@return the pairs, in their order} */
    static List<Pair> of(List<byte[]> expected, List<byte[]> came, Mask mask) {
        Alignment alignment = new Alignment(expected, came, mask);
        alignment.align();
        return alignment.pairs;
    }

    private void align() {
        int begin = 0;
        int endExpected = expectedKeys.length;
        int endCame = cameKeys.length;
        while (begin < Math.min(endExpected, endCame) && expectedKeys[begin] == cameKeys[begin]) {
            begin++;
        }
        while (Math.min(endExpected, endCame) > begin && expectedKeys[endExpected - 1] == cameKeys[endCame - 1]) {
            endExpected--;
            endCame--;
        }
        addSame(begin);
        if ((long) (endExpected - begin) * (endCame - begin) <= MOST_STEPS) {
            alignMiddle(endExpected, endCame);
        } else {
            alignInOrder(endExpected, endCame);
        }
        addLeft(endExpected, endCame);
        addSame(expectedKeys.length - endExpected);
    }

    /** Finds a longest common subsequence of what is between the equal beginning and the equal end. */
    private void alignMiddle(int endExpected, int endCame) {
        int begin = nextExpected; // the same on both sides
        int rows = endExpected - begin;
        int columns = endCame - begin;
        int[][] longest = new int[rows + 1][columns + 1]; // of what follows
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                longest[i][j] = expectedKeys[begin + i] == cameKeys[begin + j]
                        ? longest[i + 1][j + 1] + 1
                        : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < rows && j < columns) {
            if (expectedKeys[begin + i] == cameKeys[begin + j]) {
                addLeft(begin + i, begin + j);
                addSame(1);
                i++;
                j++;
            } else if (longest[i + 1][j] >= longest[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
    }

    private void alignInOrder(int endExpected, int endCame) {
        while (nextExpected < endExpected && nextCame < endCame) {
            if (expectedKeys[nextExpected] == cameKeys[nextCame]) {
                addSame(1);
            } else {
                addLeft(nextExpected + 1, nextCame + 1);
            }
        }
    }

    private void addSame(int count) {
        for (int i = 0; i < count; i++) {
            add(true, true, true);
        }
    }

    /** Pairs what is left before an equal pair. */
    private void addLeft(int endExpected, int endCame) {
        while (nextExpected < endExpected || nextCame < endCame) {
            add(nextExpected < endExpected, nextCame < endCame, false);
        }
    }

    private void add(boolean wanted, boolean there, boolean same) {
        byte[] left = wanted ? expected.get(nextExpected++) : null;
        byte[] right = there ? came.get(nextCame++) : null;
        pairs.add(new Pair(wanted ? nextExpected : 0, left, there ? nextCame : 0, right, same));
    }
}
