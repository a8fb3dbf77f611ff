package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundExpr;

/** Properties of expressions that are known at compile time. The binder has folded constants: each is one node. */
final class Constants {

    /** What is known about a condition. */
    enum Truth {
        ALWAYS,
        NEVER,
        UNKNOWN
    }

    private Constants() {}

    /** {@return what is known about a condition, which is a number; unknown for anything but a constant} */
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
