package dev.domin.runtime;

/**
 * Makes sure that enough stack is left for code that must not be interrupted by a stack overflow. The compiler ensures
 * this for calls of plugins (see {@code StackBudget}); this class does it for calls of the script lock.
 */
final class StackProbe {

    private static final int DEPTH = 300;

    private StackProbe() {}

    /**
     * Uses at least 7 KB of stack (about 40 KB when interpreted) and releases it.
     *
     * @throws StackOverflowError if there is less
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
