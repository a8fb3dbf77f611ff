package dev.domin.runtime;

/**
 * Makes sure that there is stack left for what must not be left half done. Where the script calls a plugin there always
 * is (see {@code StackBudget} in the compiler); this is for where it calls the script lock.
 */
final class StackProbe {

    private static final int DEPTH = 300;

    private StackProbe() {}

    /**
     * Uses at least 7 KB of stack, interpreted about 40, and gives them back.
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
