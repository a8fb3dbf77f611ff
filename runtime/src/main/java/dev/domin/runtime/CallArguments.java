package dev.domin.runtime;

import dev.domin.lang.support.CompiledScript.Function;
import dev.domin.lang.support.CompiledScript.Parameter;
import dev.domin.spi.Blob;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.DoubleRef;
import dev.domin.spi.IntRef;
import dev.domin.spi.LongRef;
import dev.domin.spi.ScriptError;
import dev.domin.spi.StringRef;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call from Java, converted for the script. An array of one element represents a variable that is
 * passed by reference.
 */
final class CallArguments {

    private final Function function;
    private final @Nullable Object[] given;
    private final @Nullable Object[] taken;

    /**
     * Converts the arguments.
     *
     * @throws IllegalArgumentException if their number is wrong, or one cannot be converted without loss
     */
    CallArguments(Function function, @Nullable Object... given) {
        this.function = function;
        this.given = given;
        this.taken = new Object[given.length];
        var parameters = function.parameters();
        if (given.length != parameters.size()) {
            throw new IllegalArgumentException(function.name() + " takes " + parameters.size()
                    + (parameters.size() == 1 ? " argument" : " arguments") + ", got " + given.length);
        }
        for (int i = 0; i < given.length; i++) {
            taken[i] = toScript(i, parameters.get(i), given[i]);
        }
    }

    /**
     * {@return the arguments for the method}
     *
     * @param count how many parameters the method has; one more than the function has is the stack check
     */
    @Nullable
    Object[] values(int count) {
        if (count == taken.length) {
            return taken;
        }
        var more = Arrays.copyOf(taken, count);
        more[taken.length] = -1; // the method checks the stack itself
        return more;
    }

    /**
     * Checks that no value is larger than the run allows. Called by the thread that is about to run the function.
     *
     * @throws ScriptError if one is
     */
    void checkLengths() {
        for (int i = 0; i < taken.length; i++) {
            try {
                switch (taken[i]) {
                    case String text -> ByteStrings.checkLength(text.length());
                    case StringRef variable -> ByteStrings.checkLength(variable.length());
                    case Blob blob -> ByteStrings.checkLength(blob.length());
                    case null, default -> {}
                }
            } catch (ScriptError e) {
                var error = new ScriptError(
                        "argument " + (i + 1) + " ($"
                                + function.parameters().get(i).name() + "): " + e.getMessage(),
                        e.help());
                error.initCause(e);
                throw error;
            }
        }
    }

    /** Copies the values of variables that were passed by reference back to the caller's arrays. */
    void copyBack() {
        for (int i = 0; i < given.length; i++) {
            Object value = taken[i];
            switch (given[i]) {
                case int[] array when value instanceof IntRef ref -> array[0] = ref.value;
                case long[] array when value instanceof LongRef ref -> array[0] = ref.value;
                case double[] array when value instanceof DoubleRef ref -> array[0] = ref.value;
                case String[] array when value instanceof StringRef ref -> array[0] = ByteStrings.toText(ref.value());
                case byte[][] array when value instanceof Blob blob -> array[0] = blob.toByteArray();
                case null, default -> {}
            }
        }
    }

    /** {@return the result of a function as a Java value: an Integer, Long, Double, String or byte[]; null for void} */
    static @Nullable Object toJava(@Nullable Object result) {
        return switch (result) {
            case String text -> ByteStrings.toText(text);
            case Blob blob -> blob.toByteArray();
            case null, default -> result;
        };
    }

    private Object toScript(int index, Parameter parameter, @Nullable Object value) {
        Object converted = parameter.byRef() ? reference(parameter.type(), value) : value(parameter.type(), value);
        if (converted == null) {
            throw new IllegalArgumentException("argument " + (index + 1) + " ($" + parameter.name() + ") of "
                    + function.name() + " takes " + expected(parameter) + ", got " + describe(value));
        }
        return converted;
    }

    private static @Nullable Object value(String type, @Nullable Object value) {
        return switch (type) {
            case "i32" -> value instanceof Number number && isSmall(number) ? (Object) number.intValue() : null;
            case "i64" ->
                value instanceof Number number && (isSmall(number) || number instanceof Long)
                        ? (Object) number.longValue()
                        : null;
            case "double" ->
                value instanceof Number number
                                && (isSmall(number) || number instanceof Float || number instanceof Double)
                        ? (Object) number.doubleValue()
                        : null;
            case "string" -> value instanceof String text ? ByteStrings.fromText(text) : null;
            default -> value instanceof byte[] bytes ? Blob.of(bytes.clone()) : null;
        };
    }

    /** {@return whether the number's type is an integer type whose values all fit into an i32} */
    private static boolean isSmall(Number number) {
        return number instanceof Integer || number instanceof Short || number instanceof Byte;
    }

    private static @Nullable Object reference(String type, @Nullable Object value) {
        return switch (type) {
            case "i32" -> value instanceof int[] array && array.length == 1 ? new IntRef(array[0]) : null;
            case "i64" -> value instanceof long[] array && array.length == 1 ? new LongRef(array[0]) : null;
            case "double" -> value instanceof double[] array && array.length == 1 ? new DoubleRef(array[0]) : null;
            case "string" ->
                value instanceof String[] array && array.length == 1 && array[0] != null
                        ? new StringRef(ByteStrings.fromText(array[0]), StringRef.NO_CAPACITY)
                        : null;
            default ->
                value instanceof byte[][] array && array.length == 1 && array[0] != null
                        ? Blob.of(array[0].clone())
                        : value instanceof byte[] bytes ? Blob.of(bytes.clone()) : null;
        };
    }

    private static String expected(Parameter parameter) {
        if (!parameter.byRef()) {
            return parameter.type() + " (a Java "
                    + switch (parameter.type()) {
                        case "i32" -> "int";
                        case "i64" -> "long";
                        case "double" -> "double";
                        case "string" -> "String";
                        default -> "byte[]";
                    }
                    + ")";
        }
        return "ref " + parameter.type() + " (a Java "
                + switch (parameter.type()) {
                    case "i32" -> "int[]";
                    case "i64" -> "long[]";
                    case "double" -> "double[]";
                    case "string" -> "String[]";
                    default -> "byte[], or byte[][] to get the changed value,";
                }
                + " of one element)";
    }

    private static String describe(@Nullable Object value) {
        return value == null ? "null" : value.getClass().getSimpleName();
    }
}
