package dev.domin.lang.bind;

import dev.domin.spi.descriptor.Kind;
import org.jspecify.annotations.Nullable;

/** Which values can be stored as which types, and the nodes that convert them. */
final class Conversions {

    /** {@code '\x41'}. */
    private static final int MAX_CHARACTER_LENGTH = 6;

    /** This many digits always fit an {@code i64}. */
    private static final int MAX_DIGITS = 18;

    private Conversions() {}

    /** {@return the type in which an operation on two numbers is computed} */
    static Type common(Type left, Type right) {
        if (left == Type.DOUBLE || right == Type.DOUBLE) {
            return Type.DOUBLE;
        }
        return left == Type.I64 || right == Type.I64 ? Type.I64 : Type.I32;
    }

    /** {@return the number as another type, as a cast gives it} */
    static BoundExpr cast(BoundExpr value, Type type) {
        if (value.type() == type || value.type() == Type.ERROR || type == Type.ERROR) {
            return value;
        }
        if (value instanceof BoundExpr.NumberConstant constant) {
            return Constants.convert(value.span(), constant, type);
        }
        if (value instanceof BoundExpr.PluginCall call && call.function().result() == Kind.INT && type == Type.I32) {
            return withType(call, Type.I32);
        }
        return new BoundExpr.Convert(value.span(), value, type);
    }

    /**
     * Converts a value to the type of a variable, parameter or field, if that needs no cast.
     *
     * @param symbols the script's names
     * @param value what to store
     * @param type the required type
     * @param what the rest of the error for a value that does not fit: {@code for `$at`}
     * @return the value as that type, checked at run time if it may not fit; null if it never fits
     */
    static @Nullable BoundExpr store(Symbols symbols, BoundExpr value, Type type, String what) {
        var from = value.type();
        if (from == type || from == Type.ERROR || type == Type.ERROR) {
            return value;
        }
        if (type == Type.DOUBLE && from.isNumeric() || type == Type.I64 && from == Type.I32) {
            return cast(value, type);
        }
        if (type == Type.I32 && from == Type.I64) {
            if (value instanceof BoundExpr.NumberConstant constant && !fitsI32(constant)) {
                return null;
            }
            return value instanceof BoundExpr.PluginCall call
                    ? narrow(value, "", "of the result of " + symbols.plugins.shownName(call))
                    : narrow(value, "", what);
        }
        return null;
    }

    /** {@return a whole number as an {@code i32}, checked at run time if it may not fit} */
    static BoundExpr narrow(BoundExpr value, String function, String what) {
        if (value instanceof BoundExpr.PluginCall call && call.function().result() == Kind.INT) {
            return withType(call, Type.I32);
        }
        if (value instanceof BoundExpr.NumberConstant constant && fitsI32(constant)) {
            return Constants.convert(value.span(), constant, Type.I32);
        }
        return new BoundExpr.Narrow(value.span(), value, function, what);
    }

    private static boolean fitsI32(BoundExpr.NumberConstant constant) {
        long value = constant.longValue();
        return value == (int) value;
    }

    /**
     * {@return the value for an error message: the number if it is too large for an {@code i32}, otherwise the type}
     */
    static String shown(BoundExpr value, Type wanted) {
        return wanted == Type.I32 && value.type() == Type.I64 && value instanceof BoundExpr.NumberConstant constant
                ? Long.toString(constant.longValue())
                : value.type().scriptName();
    }

    /** {@return the help for a literal in the wrong kind of quotes; empty if that is not the mistake} */
    static String quotes(Symbols symbols, BoundExpr value, Type wanted) {
        if (wanted == Type.STRING && value instanceof BoundExpr.IntConstant) {
            String text = symbols.source
                    .text()
                    .substring(value.span().start(), value.span().end());
            int length = text.length();
            boolean quoted = length > 2 && length <= MAX_CHARACTER_LENGTH && text.startsWith("'") && text.endsWith("'");
            return quoted ? "strings are enclosed in `\"`: write `\"" + text.substring(1, length - 1) + "\"`" : "";
        }
        if (!wanted.isInteger() || !(value instanceof BoundExpr.StringConstant literal)) {
            return "";
        }
        return isNumber(literal.value()) ? "numbers have no quotes: write `" + literal.value() + "`" : "";
    }

    /** {@return the help for a string where the value of a byte is required; empty unless the string has one byte} */
    static String ofByte(BoundExpr value) {
        return value instanceof BoundExpr.StringConstant literal
                        && literal.value().length() == 1
                ? "the value of a byte is enclosed in `'`: write `'"
                        + shownByte(literal.value().charAt(0)) + "'`"
                : "";
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_DIGITS && (text.charAt(0) != '0' || text.length() == 1);
    }

    private static String shownByte(char value) {
        return switch (value) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\'', '\\' -> "\\" + value;
            default -> value < 0x7F ? Character.toString(value) : "\\x" + Integer.toHexString(value);
        };
    }

    private static BoundExpr withType(BoundExpr.PluginCall call, Type type) {
        return new BoundExpr.PluginCall(call.span(), call.plugin(), call.function(), call.arguments(), type);
    }

    /** {@return the help for a value that does not fit where the value of a byte may be required} */
    static String helpForByte(Symbols symbols, BoundExpr value, Type type) {
        String ofByte = type.isInteger() && quotes(symbols, value, type).isEmpty() ? ofByte(value) : "";
        return ofByte.isEmpty() ? help(symbols, value, type) : ofByte;
    }

    /** {@return the help for a value that does not fit a type; empty for none} */
    static String help(Symbols symbols, BoundExpr value, Type type) {
        String quotes = quotes(symbols, value, type);
        if (!quotes.isEmpty()) {
            return quotes;
        }
        var from = value.type();
        if (type == Type.I32 && from == Type.I64) {
            return "an `i32` holds -2147483648 to 2147483647: use an `i64`, or keep only the low 32 bits with `(i32)`";
        }
        if (type.isInteger() && from == Type.DOUBLE) {
            return "a cast removes the fraction: `(" + type + ")`";
        }
        if (type.isNumeric() && from == Type.STRING) {
            return "`str.ToInt` converts a string to a number";
        }
        if (type == Type.STRING && from.isNumeric()) {
            return "`str.FromInt` or `string.Format` converts a number to a string";
        }
        if (type == Type.STRING && from == Type.BLOB) {
            return "`blob.ToText` converts a blob to a string";
        }
        if (type == Type.BLOB && from == Type.STRING) {
            return "`blob.FromText` converts a string to a blob";
        }
        return "";
    }
}
