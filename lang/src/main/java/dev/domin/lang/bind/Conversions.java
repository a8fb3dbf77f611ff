package dev.domin.lang.bind;

import dev.domin.spi.descriptor.Kind;

/** What may be stored where, and the nodes that make it fit. */
final class Conversions {

    /** {@code '\x41'}. */
    private static final int LONGEST_CHARACTER = 6;

    /** As many digits always fit an {@code i64}. */
    private static final int LONGEST_NUMBER = 18;

    private Conversions() {}

    /** {@return the type that two numbers are worked on in} */
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
     * Makes a value fit a place of a type, where that needs no cast.
     *
     * @param symbols the script's names
     * @param value what to store
     * @param type the type of the place
     * @param what says which place, behind a value that does not fit: {@code for `$at`}
     * @return the value as that type, checked while running where it may not fit; null where it certainly does not fit
     */
    static BoundExpr store(Symbols symbols, BoundExpr value, Type type, String what) {
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

    /** {@return a whole number as an {@code i32}, checked while running where that may be needed} */
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

    /** {@return what came, for a message: a number too large for an {@code i32} itself, else the type} */
    static String shown(BoundExpr value, Type wanted) {
        return wanted == Type.I32 && value.type() == Type.I64 && value instanceof BoundExpr.NumberConstant constant
                ? Long.toString(constant.longValue())
                : value.type().scriptName();
    }

    /** {@return what to say of a literal between the wrong kind of quotes; empty where that is not the mistake} */
    static String quotes(Symbols symbols, BoundExpr value, Type wanted) {
        if (wanted == Type.STRING && value instanceof BoundExpr.IntConstant) {
            String text = symbols.source
                    .text()
                    .substring(value.span().start(), value.span().end());
            int length = text.length();
            boolean quoted = length > 2 && length <= LONGEST_CHARACTER && text.startsWith("'") && text.endsWith("'");
            return quoted ? "strings are enclosed in `\"`: write `\"" + text.substring(1, length - 1) + "\"`" : "";
        }
        if (!wanted.isInteger() || !(value instanceof BoundExpr.StringConstant literal)) {
            return "";
        }
        return isNumber(literal.value()) ? "numbers have no quotes: write `" + literal.value() + "`" : "";
    }

    /** {@return what to say of a string where the value of a byte is wanted; empty where it is not one of a single byte} */
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
        return !text.isEmpty() && text.length() <= LONGEST_NUMBER && (text.charAt(0) != '0' || text.length() == 1);
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

    /** {@return the way out for a value that does not fit a place that may hold the value of a byte} */
    static String helpForByte(Symbols symbols, BoundExpr value, Type type) {
        String ofByte = type.isInteger() && quotes(symbols, value, type).isEmpty() ? ofByte(value) : "";
        return ofByte.isEmpty() ? help(symbols, value, type) : ofByte;
    }

    /** {@return the way out for a value that does not fit a place of a type; empty where there is none to tell} */
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
