package dev.domin.lang.bind;

import dev.domin.spi.Kind;

/** What may be stored where, and the nodes that make it fit. */
final class Conversions {

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
        if (Constants.isNumber(value)) {
            return Constants.convert(value.span(), value, type);
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
            if (Constants.isNumber(value) && !fitsI32(value)) {
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
        if (Constants.isNumber(value) && fitsI32(value)) {
            return Constants.convert(value.span(), value, Type.I32);
        }
        return new BoundExpr.Narrow(value.span(), value, function, what);
    }

    private static boolean fitsI32(BoundExpr constant) {
        long value = Constants.longValue(constant);
        return value == (int) value;
    }

    /** {@return what came, for a message: a number too large for an {@code i32} itself, else the type} */
    static String shown(BoundExpr value, Type wanted) {
        return wanted == Type.I32 && value.type() == Type.I64 && Constants.isNumber(value)
                ? Long.toString(Constants.longValue(value))
                : value.type().scriptName();
    }

    private static BoundExpr withType(BoundExpr.PluginCall call, Type type) {
        return new BoundExpr.PluginCall(call.span(), call.plugin(), call.function(), call.arguments(), type);
    }

    /** {@return the way out for a value that does not fit a place of a type; empty where there is none to tell} */
    static String help(BoundExpr value, Type type) {
        var from = value.type();
        if (type == Type.I32 && from == Type.I64) {
            return "an `i32` holds -2147483648 to 2147483647: use an `i64`, or cut it to its low 32 bits with `(i32)`";
        }
        if (type.isInteger() && from == Type.DOUBLE) {
            return "a cast cuts the fraction off: `(" + type + ")`";
        }
        if (type.isNumeric() && from == Type.STRING) {
            return "`str.ToInt` makes a number of a string";
        }
        if (type == Type.STRING && from.isNumeric()) {
            return "`str.FromInt` or `string.Format` make a string of a number";
        }
        if (type == Type.STRING && from == Type.BLOB) {
            return "`blob.ToText` makes a string of a blob";
        }
        if (type == Type.BLOB && from == Type.STRING) {
            return "`blob.FromText` makes a blob of a string";
        }
        return "";
    }
}
