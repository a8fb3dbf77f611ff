package dev.domin.runtime;

/**
 * Makes sure that there is stack left. A script's deep recursion may run out of it anywhere, also inside our own bookkeeping,
 * which cannot be left half done; probing first lets it run out where nothing is at stake.
 */
final class StackProbe {

    private static final int DEPTH = 150;

    private StackProbe() {}

    /**
     * Uses some 10 KB of stack and gives them back.
     *
     * @throws StackOverflowError if there are fewer
     */
    static void requireRoom() {
        if (descend(DEPTH, 1, 2, 3) == 0) {
            throw new AssertionError("the sum of positive numbers is positive");
        }
    }

    private static long descend(int depth, long a, long b, long c) {
        return depth == 0 ? a + b + c : 1 + descend(depth - 1, b, c, a);
    }
}
