package dev.domin.lang.bind;

import dev.domin.lang.source.Span;
import dev.domin.lang.syntax.BinaryOp;

/** Computes ahead what is known before the start, exactly as the compiled script would. */
final class Constants {

    private Constants() {}

    /** {@return whether an expression is a constant} */
    static boolean isConstant(BoundExpr expression) {
        return isNumber(expression) || expression instanceof BoundExpr.StringConstant;
    }

    /** {@return whether an expression is a constant number} */
    static boolean isNumber(BoundExpr expression) {
        return expression instanceof BoundExpr.IntConstant
                || expression instanceof BoundExpr.LongConstant
                || expression instanceof BoundExpr.DoubleConstant;
    }

    /** {@return whether a condition is known to hold} */
    static boolean isTrue(BoundExpr condition) {
        return isNumber(condition) && truth(condition);
    }

    /** {@return whether a condition is known not to hold} */
    static boolean isFalse(BoundExpr condition) {
        return isNumber(condition) && !truth(condition);
    }

    private static boolean truth(BoundExpr constant) {
        if (constant instanceof BoundExpr.DoubleConstant number) {
            return number.value() != 0;
        }
        return longValue(constant) != 0;
    }

    /** {@return the value of a whole constant} */
    static long longValue(BoundExpr constant) {
        return constant instanceof BoundExpr.IntConstant number
                ? number.value()
                : ((BoundExpr.LongConstant) constant).value();
    }

    private static double doubleValue(BoundExpr constant) {
        return constant instanceof BoundExpr.DoubleConstant number ? number.value() : longValue(constant);
    }

    static BoundExpr truth(Span span, boolean value) {
        return new BoundExpr.IntConstant(span, value ? 1 : 0);
    }

    /** {@return a constant number of another type, as a cast gives it} */
    static BoundExpr convert(Span span, BoundExpr constant, Type type) {
        if (type == Type.DOUBLE) {
            return new BoundExpr.DoubleConstant(span, doubleValue(constant));
        }
        if (constant instanceof BoundExpr.DoubleConstant number) {
            return type == Type.I32
                    ? new BoundExpr.IntConstant(span, (int) number.value())
                    : new BoundExpr.LongConstant(span, (long) number.value());
        }
        return integer(span, longValue(constant), type);
    }

    private static BoundExpr integer(Span span, long value, Type type) {
        return type == Type.I32
                ? new BoundExpr.IntConstant(span, (int) value)
                : new BoundExpr.LongConstant(span, value);
    }

    static BoundExpr negate(Span span, BoundExpr constant) {
        return constant instanceof BoundExpr.DoubleConstant number
                ? new BoundExpr.DoubleConstant(span, -number.value())
                : integer(span, -longValue(constant), constant.type());
    }

    static BoundExpr complement(Span span, BoundExpr constant) {
        return integer(span, ~longValue(constant), constant.type());
    }

    /** {@return the result of arithmetic on two constants, or null where it has to wait for the run} */
    static BoundExpr arithmetic(Span span, BinaryOp op, BoundExpr left, BoundExpr right, Type type) {
        if (!isNumber(left) || !isNumber(right)) {
            return null;
        }
        if (type == Type.DOUBLE) {
            double a = doubleValue(left);
            double b = doubleValue(right);
            return switch (op) {
                case MULTIPLY -> new BoundExpr.DoubleConstant(span, a * b);
                case DIVIDE -> new BoundExpr.DoubleConstant(span, a / b);
                case ADD -> new BoundExpr.DoubleConstant(span, a + b);
                case SUBTRACT -> new BoundExpr.DoubleConstant(span, a - b);
                default -> null;
            };
        }
        long a = longValue(left);
        long b = longValue(right);
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

    /** {@return the result of comparing two constants of one type, or null where one is none} */
    static BoundExpr compare(Span span, BinaryOp op, BoundExpr left, BoundExpr right) {
        if (left instanceof BoundExpr.StringConstant a && right instanceof BoundExpr.StringConstant b) {
            return truth(span, holds(op, a.value().compareTo(b.value())));
        }
        if (!isNumber(left) || !isNumber(right)) {
            return null;
        }
        if (left.type() != Type.DOUBLE) {
            return truth(span, holds(op, Long.compare(longValue(left), longValue(right))));
        }
        double a = doubleValue(left);
        double b = doubleValue(right);
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
