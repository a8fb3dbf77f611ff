package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.Type;

/** What is known of expressions before they run. */
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
        if (condition instanceof BoundExpr.Not not) {
            var truth = truth(not.operand());
            return truth == Truth.UNKNOWN ? truth : truth(truth == Truth.NEVER);
        }
        if (condition instanceof BoundExpr.Logical logical) {
            var left = truth(logical.left());
            if (left == Truth.UNKNOWN) {
                return left;
            }
            return (left == Truth.ALWAYS) == logical.and() ? truth(logical.right()) : left;
        }
        return Truth.UNKNOWN;
    }

    /** Tells whether an expression is a whole number that is written down and not 0. */
    static boolean isNonZero(BoundExpr expr) {
        return isInteger(expr) && integer(expr) != 0;
    }

    /** Tells whether {@link #integer} knows the value. */
    static boolean isInteger(BoundExpr expr) {
        if (expr instanceof BoundExpr.Convert convert && convert.type().isInteger()) {
            return isInteger(convert.operand());
        }
        if (expr instanceof BoundExpr.Negate negate) {
            return isInteger(negate.operand());
        }
        if (expr instanceof BoundExpr.Complement complement) {
            return isInteger(complement.operand());
        }
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
        if (expr instanceof BoundExpr.Convert convert) {
            return fit(integer(convert.operand()), convert.type());
        }
        if (expr instanceof BoundExpr.Negate negate) {
            return fit(-integer(negate.operand()), negate.type());
        }
        if (expr instanceof BoundExpr.Complement complement) {
            return ~integer(complement.operand());
        }
        throw new IllegalArgumentException("not a constant: " + expr);
    }

    private static long fit(long value, Type type) {
        return type == Type.I32 ? (int) value : value;
    }

    private static Truth truth(boolean holds) {
        return holds ? Truth.ALWAYS : Truth.NEVER;
    }
}
