package dev.domin.conformance.fuzz.program;

import dev.domin.conformance.fuzz.program.Ex.T;
import dev.domin.conformance.fuzz.program.Machine.Stop;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/** Operations on values, written from the language's description. */
final class Values {

    private Values() {}

    static T common(T a, T b) {
        return a == T.DOUBLE || b == T.DOUBLE ? T.DOUBLE : a == T.I64 || b == T.I64 ? T.I64 : T.I32;
    }

    /** Converts as a cast does. */
    static Object cast(Object value, T type) {
        if (type == T.I32) {
            return value instanceof Double d ? (Object) (int) d.doubleValue() : (Object) ((Number) value).intValue();
        }
        if (type == T.I64) {
            return value instanceof Double d ? (Object) (long) d.doubleValue() : (Object) ((Number) value).longValue();
        }
        return type == T.DOUBLE ? (Object) ((Number) value).doubleValue() : value;
    }

    static boolean isTrue(Object value) {
        return value instanceof Double d ? d != 0 : ((Number) value).longValue() != 0;
    }

    /** Computes an operation of two numbers of a type; the right one of a shift may have another. */
    static Object operate(String op, Object left, Object right, T type, int line) {
        if (type == T.DOUBLE) {
            double a = ((Number) left).doubleValue();
            double b = ((Number) right).doubleValue();
            return switch (op) {
                case "+" -> a + b;
                case "-" -> a - b;
                case "*" -> a * b;
                case "/" -> a / b;
                default -> throw new IllegalArgumentException(op);
            };
        }
        long a = ((Number) left).longValue();
        long b = ((Number) right).longValue();
        if ((op.equals("/") || op.equals("%")) && b == 0) {
            throw new Stop(line, "division by zero");
        }
        int width = type == T.I32 ? 32 : 64;
        long count = Math.floorMod(b, width);
        long result = switch (op) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            case "%" -> a % b;
            case "&" -> a & b;
            case "^" -> a ^ b;
            case "|" -> a | b;
            case "<<" -> a << count;
            case ">>" -> a >> count;
            default -> throw new IllegalArgumentException(op);
        };
        return type == T.I32 ? (Object) (int) result : (Object) result;
    }

    static int compare(String op, Object left, Object right, T type) {
        if (type == T.DOUBLE) {
            double a = (Double) left;
            double b = (Double) right;
            return (switch (op) {
                        case "<" -> a < b;
                        case "<=" -> a <= b;
                        case ">" -> a > b;
                        case ">=" -> a >= b;
                        case "==" -> a == b;
                        default -> a != b;
                    })
                    ? 1
                    : 0;
        }
        int order = switch (type) {
            case STRING -> ((String) left).compareTo((String) right);
            case BLOB -> Arrays.equals((byte[]) left, (byte[]) right) ? 0 : 1;
            default -> Long.compare(((Number) left).longValue(), ((Number) right).longValue());
        };
        return (switch (op) {
                    case "<" -> order < 0;
                    case "<=" -> order <= 0;
                    case ">" -> order > 0;
                    case ">=" -> order >= 0;
                    case "==" -> order == 0;
                    default -> order != 0;
                })
                ? 1
                : 0;
    }

    /** Converts as storing does: a whole number that does not fit an i32 is an error. */
    static Object narrow(Object value, int line) {
        long wide = (Long) value;
        if (wide != (int) wide) {
            throw new Stop(line, "is outside the i32 range");
        }
        return (int) wide;
    }

    static String format(double value, int decimals) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        var digits = new BigDecimal(value)
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .abs()
                .toPlainString();
        return (Double.doubleToRawLongBits(value) < 0 ? "-" : "") + digits;
    }
}
