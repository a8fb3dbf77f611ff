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
     * @return the value as that type, or null where it does not fit
     */
    static BoundExpr store(Symbols symbols, BoundExpr value, Type type) {
        var from = value.type();
        if (from == type || from == Type.ERROR || type == Type.ERROR) {
            return value;
        }
        if (type == Type.DOUBLE && from.isNumeric() || type == Type.I64 && from == Type.I32) {
            return cast(value, type);
        }
        if (type == Type.I32 && value instanceof BoundExpr.PluginCall call && from == Type.I64) {
            return narrow(call, "the result of " + symbols.plugins.shownName(call));
        }
        return null;
    }

    /** {@return a plugin's whole number as an {@code i32}, checked where its Java type is wider} */
    static BoundExpr narrow(BoundExpr value, String what) {
        if (value instanceof BoundExpr.PluginCall call && call.function().result() == Kind.INT) {
            return withType(call, Type.I32);
        }
        return new BoundExpr.Narrow(value.span(), value, what);
    }

    private static BoundExpr withType(BoundExpr.PluginCall call, Type type) {
        return new BoundExpr.PluginCall(call.span(), call.plugin(), call.function(), call.arguments(), type);
    }

    /** {@return the way out for a value that does not fit a place of a type; empty where there is none to tell} */
    static String help(BoundExpr value, Type type) {
        var from = value.type();
        if (type == Type.I32 && from == Type.I64) {
            return Constants.isNumber(value)
                    ? Constants.longValue(value)
                            + " is beyond an `i32`: use an `i64`, or cut it to its low 32 bits with `(i32)`"
                    : "use an `i64`, or cut it to its low 32 bits with a cast: `(i32)`";
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
