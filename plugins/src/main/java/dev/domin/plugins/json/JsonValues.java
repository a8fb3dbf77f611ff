package dev.domin.plugins.json;

import dev.domin.plugins.bytes.Work;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import java.util.List;

/**
 * The values of one run behind their handles. Every method's first parameter is the plugin function that was called, for the
 * messages; what cannot be done is a {@link ScriptError}.
 */
final class JsonValues {

    private static final int SHOWN_DIGITS = 40;

    private final ScriptContext run;
    private final Handles handles;

    JsonValues(ScriptContext run) {
        this.run = run;
        this.handles = new Handles(run);
    }

    long open(String function, Object value) {
        return handles.open(function, value);
    }

    boolean free(String function, long handle) {
        return handles.free(function, handle);
    }

    long parse(String function, byte[] bytes, long length) {
        if (length < 0 || length > bytes.length) {
            throw new ScriptError(function + ": length is " + length + ", but the text has " + bytes.length + " bytes");
        }
        return open(function, JsonText.parse(run, function, bytes, (int) length));
    }

    /** {@return the value at the end of a path, which has to be of a type} */
    <T> T require(String function, long handle, String path, Class<T> type) {
        Object root = handles.value(function, handle);
        var way = JsonPath.of(function, path);
        Object value = way.require(root);
        if (!type.isInstance(value)) {
            throw new ScriptError(
                    function + ": " + way.shown() + " is " + JsonTypes.described(value) + ", not "
                            + JsonTypes.described(type),
                    "json.GetType and json.TypeText tell what it is");
        }
        return type.cast(value);
    }

    long readLong(String function, long handle, String path) {
        var number = require(function, handle, path, JsonNumber.class);
        try {
            return number.exactLong();
        } catch (ArithmeticException _) {
            throw new ScriptError(
                    function + ": " + JsonPath.of(function, path).shown() + " is " + shown(number)
                            + ", which is no integer of 64 bits",
                    "json.GetDouble reads any number");
        }
    }

    double readDouble(String function, long handle, String path) {
        var number = require(function, handle, path, JsonNumber.class);
        double nearest = number.nearestDouble();
        if (Double.isInfinite(nearest)) {
            throw new ScriptError(
                    function + ": " + JsonPath.of(function, path).shown() + " is " + shown(number)
                            + ", which is too large for a double",
                    "json.ToText gives it as it is written");
        }
        return nearest;
    }

    private static String shown(JsonNumber number) {
        String text = number.text();
        return text.length() <= SHOWN_DIGITS ? text : text.substring(0, SHOWN_DIGITS) + "…";
    }

    /** {@return a handle of the very value inside another one} */
    long takeOut(String function, long handle, String path, Class<?> type) {
        return handles.open(function, require(function, handle, path, type), handle);
    }

    long element(String function, long handle, long index) {
        return handles.open(function, elements(function, handle, index).get((int) index), handle);
    }

    long member(String function, long handle, String key) {
        var object = require(function, handle, "", JsonObject.class);
        Object value = object.get(key);
        if (value == null) {
            throw new ScriptError(
                    function + ": the object has no key `" + key + "`", "json.KeyCount and json.KeyAt list the keys");
        }
        return handles.open(function, value, handle);
    }

    void setMember(String function, long handle, String key, Object value) {
        require(function, handle, "", JsonObject.class).put(key, value);
    }

    void setElement(String function, long handle, long index, Object value) {
        elements(function, handle, index).set((int) index, value);
    }

    void removeElement(String function, long handle, long index) {
        elements(function, handle, index).remove((int) index);
    }

    private List<Object> elements(String function, long handle, long index) {
        var elements = require(function, handle, "", JsonArray.class).elements();
        checkIndex(function, index, elements.size(), "element");
        return elements;
    }

    String key(String function, long handle, String path, long index) {
        var object = require(function, handle, path, JsonObject.class);
        checkIndex(function, index, object.size(), "key");
        return object.keyAt((int) index);
    }

    private static void checkIndex(String function, long index, int size, String what) {
        if (index < 0 || index >= size) {
            throw new ScriptError(
                    function + ": there is no " + what + " " + index + "; the first is 0, and there are " + size);
        }
    }

    boolean has(String function, long handle, String path) {
        Object root = handles.value(function, handle);
        return JsonPath.of(function, path).find(root) != null;
    }

    void put(String function, long handle, String path, Object value) {
        Object root = handles.value(function, handle);
        JsonPath.of(function, path).put(root, value);
    }

    void append(String function, long handle, String path, Object value) {
        Object root = handles.value(function, handle);
        var way = JsonPath.of(function, path);
        if (way.find(root) == null) {
            var array = new JsonArray();
            array.elements().add(value);
            way.put(root, array);
        } else {
            require(function, handle, path, JsonArray.class).elements().add(value);
        }
    }

    boolean remove(String function, long handle, String path) {
        Object root = handles.value(function, handle);
        return JsonPath.of(function, path).remove(root);
    }

    /** {@return a copy of a value, so that putting it somewhere makes no cycle} */
    Object copy(String function, long handle) {
        Object value = handles.value(function, handle);
        try {
            return JsonTypes.copy(value, new Work(run), 1);
        } catch (JsonTypes.TooDeepException e) {
            throw new ScriptError(function + ": handle " + handle + ": " + e.getMessage());
        }
    }

    String write(String function, long handle, String path) {
        Object value = require(function, handle, path, Object.class);
        try {
            return JsonText.write(run, value);
        } catch (JsonTypes.TooDeepException e) {
            throw new ScriptError(function + ": " + JsonPath.of(function, path).shown() + ": " + e.getMessage());
        }
    }
}
