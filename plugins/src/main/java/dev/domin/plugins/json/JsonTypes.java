package dev.domin.plugins.json;

import dev.domin.plugins.bytes.Work;

/**
 * The values of a JSON text as Java objects: {@link JsonObject}, {@link JsonArray}, {@link String}, {@link JsonNumber},
 * {@link Boolean} and {@link #NULL}. They have no cycles. Parsing, copying and writing refuse values that are nested
 * deeper than {@link #MAXIMUM_DEPTH}.
 */
final class JsonTypes {

    /** The largest depth of nested arrays and objects: enough for real texts, and safe for a thread's stack. */
    static final int MAXIMUM_DEPTH = 512;

    /** The work of parsing, copying or writing a value besides its text, in bytes of text. */
    static final int WORK_OF_A_VALUE = 32;

    /** The value {@code null}, as opposed to no value. */
    static final Object NULL = new Object();

    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int NULL_CODE = 4;
    private static final int NUMBER = 8;
    private static final int STRING = 16;
    private static final int ARRAY = 32;
    private static final int OBJECT = 64;

    private JsonTypes() {}

    /** {@return the number of a value's type, as json.GetType returns it} */
    static int code(Object value) {
        if (value instanceof JsonObject) {
            return OBJECT;
        }
        if (value instanceof JsonArray) {
            return ARRAY;
        }
        if (value instanceof String) {
            return STRING;
        }
        if (value instanceof JsonNumber) {
            return NUMBER;
        }
        if (value instanceof Boolean truth) {
            return truth ? TRUE : FALSE;
        }
        return NULL_CODE;
    }

    /** {@return the name of a value's type in JSON} */
    static String name(Object value) {
        if (value instanceof JsonObject) {
            return "object";
        }
        if (value instanceof JsonArray) {
            return "array";
        }
        if (value instanceof String) {
            return "string";
        }
        if (value instanceof JsonNumber) {
            return "number";
        }
        return value instanceof Boolean ? "boolean" : "null";
    }

    /** {@return the name of a value's type with its article} */
    static String described(Object value) {
        String name = name(value);
        return value == NULL ? name : withArticle(name);
    }

    /** {@return the name of the type for a class of values, with its article} */
    static String described(Class<?> type) {
        if (type == JsonObject.class) {
            return "an object";
        }
        if (type == JsonArray.class) {
            return "an array";
        }
        if (type == JsonNumber.class) {
            return "a number";
        }
        return type == Boolean.class ? "a boolean" : "a string";
    }

    private static String withArticle(String name) {
        return (name.charAt(0) == 'o' || name.charAt(0) == 'a' ? "an " : "a ") + name;
    }

    /**
     * Copies a value. Changes of the copy do not change the original.
     *
     * @throws dev.domin.spi.ScriptError if it has more values than the limit
     * @throws TooDeepException if it nests too deeply
     */
    static Object copy(Object value, Work work, Entries entries, int depth) {
        work.add(WORK_OF_A_VALUE);
        entries.add();
        if (value instanceof JsonObject object) {
            checkDepth(depth);
            var copy = new JsonObject();
            for (int i = 0; i < object.size(); i++) {
                copy.put(object.keyAt(i), copy(object.valueAt(i), work, entries, depth + 1));
            }
            return copy;
        }
        if (value instanceof JsonArray array) {
            checkDepth(depth);
            var copy = new JsonArray();
            for (Object element : array.elements()) {
                copy.elements().add(copy(element, work, entries, depth + 1));
            }
            return copy;
        }
        return value;
    }

    /** Checks the depth of an array or object; the outermost has depth 1. */
    static void checkDepth(int depth) {
        if (depth > MAXIMUM_DEPTH) {
            throw new TooDeepException();
        }
    }

    /** Arrays and objects are nested deeper than {@link #MAXIMUM_DEPTH}. */
    static final class TooDeepException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooDeepException() {
            super("it is nested deeper than " + MAXIMUM_DEPTH + " levels", null, false, false);
        }
    }
}
