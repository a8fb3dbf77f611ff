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

    /** Tells what a condition, which is a number, is known to be; an expression that may have effects is unknown. */
    static Truth truth(BoundExpr condition) {
        if (condition instanceof BoundExpr.IntConstant constant) {
            return truth(constant.value() != 0);
        }
        if (condition instanceof BoundExpr.LongConstant constant) {
            return truth(constant.value() != 0);
        }
        if (condition instanceof BoundExpr.DoubleConstant constant) {
            return truth(constant.value() != 0);
        }
        return Truth.UNKNOWN;
    }

    /** Tells whether an expression is a whole number that is written down and not 0. */
    static boolean isNonZero(BoundExpr expr) {
        return isInteger(expr) && integer(expr) != 0;
    }

    /** Tells whether {@link #integer} knows the value. */
    static boolean isInteger(BoundExpr expr) {
        return expr instanceof BoundExpr.IntConstant || expr instanceof BoundExpr.LongConstant;
    }

    /** The value of a whole number that is written down. */
    static long integer(BoundExpr expr) {
        if (expr instanceof BoundExpr.IntConstant constant) {
            return constant.value();
        }
        if (expr instanceof BoundExpr.LongConstant constant) {
            return constant.value();
        }
        throw new IllegalArgumentException("not a constant: " + expr);
    }

    private static Truth truth(boolean holds) {
        return holds ? Truth.ALWAYS : Truth.NEVER;
    }
}
