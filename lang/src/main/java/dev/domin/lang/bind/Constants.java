package dev.domin.lang.bind;

import dev.domin.lang.source.Span;
import dev.domin.lang.syntax.BinaryOp;
import org.jspecify.annotations.Nullable;

/** Folds constants, with exactly the results of the compiled script. */
final class Constants {

    private Constants() {}

    /** {@return whether a condition is always true} */
    static boolean isTrue(BoundExpr condition) {
        return condition instanceof BoundExpr.NumberConstant number && !number.isZero();
    }

    /** {@return whether a condition is always false} */
    static boolean isFalse(BoundExpr condition) {
        return condition instanceof BoundExpr.NumberConstant number && number.isZero();
    }

    static BoundExpr truth(Span span, boolean value) {
        return new BoundExpr.IntConstant(span, value ? 1 : 0);
    }

    /** {@return a constant number of another type, as a cast gives it} */
    static BoundExpr convert(Span span, BoundExpr.NumberConstant constant, Type type) {
        if (type == Type.DOUBLE) {
            return new BoundExpr.DoubleConstant(span, constant.doubleValue());
        }
        return type == Type.I32
                ? new BoundExpr.IntConstant(span, constant.intValue())
                : new BoundExpr.LongConstant(span, constant.longValue());
    }

    private static BoundExpr integer(Span span, long value, Type type) {
        return type == Type.I32
                ? new BoundExpr.IntConstant(span, (int) value)
                : new BoundExpr.LongConstant(span, value);
    }

    static BoundExpr negate(Span span, BoundExpr.NumberConstant constant) {
        return constant.type() == Type.DOUBLE
                ? new BoundExpr.DoubleConstant(span, -constant.doubleValue())
                : integer(span, -constant.longValue(), constant.type());
    }

    static BoundExpr complement(Span span, BoundExpr.NumberConstant constant) {
        return integer(span, ~constant.longValue(), constant.type());
    }

    /** {@return the result of arithmetic on two constants, or null if it must be computed at run time} */
    static @Nullable BoundExpr arithmetic(Span span, BinaryOp op, BoundExpr left, BoundExpr right, Type type) {
        return left instanceof BoundExpr.NumberConstant a && right instanceof BoundExpr.NumberConstant b
                ? numbers(span, op, a, b, type)
                : null;
    }

    private static @Nullable BoundExpr numbers(
            Span span, BinaryOp op, BoundExpr.NumberConstant left, BoundExpr.NumberConstant right, Type type) {
        if (type == Type.DOUBLE) {
            double a = left.doubleValue();
            double b = right.doubleValue();
            return switch (op) {
                case MULTIPLY -> new BoundExpr.DoubleConstant(span, a * b);
                case DIVIDE -> new BoundExpr.DoubleConstant(span, a / b);
                case ADD -> new BoundExpr.DoubleConstant(span, a + b);
                case SUBTRACT -> new BoundExpr.DoubleConstant(span, a - b);
                default -> null;
            };
        }
        long a = left.longValue();
        long b = right.longValue();
        boolean narrow = type == Type.I32;
        return switch (op) {
            case MULTIPLY -> integer(span, a * b, type);
            case DIVIDE -> b == 0 ? null : integer(span, a / b, type);
            case REMAINDER -> b == 0 ? null : integer(span, a % b, type);
            case ADD -> integer(span, a + b, type);
            case SUBTRACT -> integer(span, a - b, type);
            case SHIFT_LEFT -> integer(span, narrow ? (int) a << b : a << b, type);
            case SHIFT_RIGHT -> integer(span, narrow ? (int) a >> b : a >> b, type);
            case AND -> integer(span, a & b, type);
            case XOR -> integer(span, a ^ b, type);
            case OR -> integer(span, a | b, type);
            default -> null;
        };
    }

    /** {@return the result of comparing two constants of one type, or null if one is not a constant} */
    static @Nullable BoundExpr compare(Span span, BinaryOp op, BoundExpr left, BoundExpr right) {
        if (left instanceof BoundExpr.StringConstant a && right instanceof BoundExpr.StringConstant b) {
            return truth(span, holds(op, a.value().compareTo(b.value())));
        }
        return left instanceof BoundExpr.NumberConstant a && right instanceof BoundExpr.NumberConstant b
                ? compareNumbers(span, op, a, b)
                : null;
    }

    private static BoundExpr compareNumbers(
            Span span, BinaryOp op, BoundExpr.NumberConstant left, BoundExpr.NumberConstant right) {
        if (left.type() != Type.DOUBLE) {
            return truth(span, holds(op, Long.compare(left.longValue(), right.longValue())));
        }
        double a = left.doubleValue();
        double b = right.doubleValue();
        if (Double.isNaN(a) || Double.isNaN(b)) {
            return truth(span, op == BinaryOp.NOT_EQUAL);
        }
        return truth(span, holds(op, a < b ? -1 : a > b ? 1 : 0));
    }

    private static boolean holds(BinaryOp op, int order) {
        return switch (op) {
            case LESS -> order < 0;
            case LESS_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_EQUAL -> order >= 0;
            case EQUAL -> order == 0;
            default -> order != 0;
        };
    }
}
