package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundExpr;

/** What is known of expressions before they run. The binder has computed all that can be: a constant is one node. */
final class Constants {

    /** What a condition is known to be. */
    enum Truth {
        ALWAYS,
        NEVER,
        UNKNOWN
    }

    private Constants() {}

    /** {@return what is known of a condition, which is a number; an expression that may have effects is unknown} */
    static Truth truth(BoundExpr condition) {
        if (condition instanceof BoundExpr.NumberConstant constant) {
            return constant.isZero() ? Truth.NEVER : Truth.ALWAYS;
        }
        return Truth.UNKNOWN;
    }

    /** {@return whether an expression is a constant number that is not 0} */
    static boolean isNonZero(BoundExpr expr) {
        return expr instanceof BoundExpr.NumberConstant constant && !constant.isZero();
    }

    /** {@return the value of a constant whole number} */
    static long integer(BoundExpr expr) {
        return ((BoundExpr.NumberConstant) expr).longValue();
    }
}
