package dev.domin.plugins.json;

import dev.domin.plugins.bytes.Work;
import dev.domin.spi.Limit;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import java.util.List;

/** The values of one run, each with its handle. A method that fails throws a {@link ScriptError}. */
final class JsonValues {

    private static final int SHOWN_DIGITS = 40;

    private final ScriptContext run;
    private final Handles handles;

    JsonValues(ScriptContext run) {
        this.run = run;
        this.handles = new Handles(run);
    }

    long open(Object value) {
        return handles.open(value);
    }

    boolean free(long handle) {
        return handles.free(handle);
    }

    void freeAll() {
        handles.freeAll();
    }

    long parse(byte[] bytes, long length) {
        if (length < 0 || length > bytes.length) {
            throw new ScriptError("length is " + length + ", but the text has " + bytes.length + " bytes");
        }
        return open(JsonText.parse(run, bytes, (int) length));
    }

    boolean isValid(byte[] bytes, int length) {
        return JsonText.isValid(run, bytes, length);
    }

    /** {@return the value at the end of a path, which must have a type} */
    <T> T require(long handle, String path, Class<T> type) {
        Object root = handles.value(handle);
        var way = JsonPath.of(path);
        Object value = way.require(root);
        if (!type.isInstance(value)) {
            throw new ScriptError(
                    way.shown() + " is " + JsonTypes.described(value) + ", not " + JsonTypes.described(type),
                    "json.GetType and json.TypeText return its type");
        }
        return type.cast(value);
    }

    long readLong(long handle, String path) {
        var number = require(handle, path, JsonNumber.class);
        try {
            return number.exactLong();
        } catch (ArithmeticException _) {
            throw new ScriptError(
                    JsonPath.of(path).shown() + " is " + shown(number) + ", which is no integer of 64 bits",
                    "json.GetDouble reads any number");
        }
    }

    double readDouble(long handle, String path) {
        var number = require(handle, path, JsonNumber.class);
        double nearest = number.nearestDouble();
        if (Double.isInfinite(nearest)) {
            throw new ScriptError(
                    JsonPath.of(path).shown() + " is " + shown(number) + ", which is too large for a double",
                    "json.ToText returns it as it is written");
        }
        return nearest;
    }

    private static String shown(JsonNumber number) {
        String text = number.text();
        return text.length() <= SHOWN_DIGITS ? text : text.substring(0, SHOWN_DIGITS) + "…";
    }

    /** {@return a handle of a value inside another one} */
    long takeOut(long handle, String path, Class<?> type) {
        return handles.open(require(handle, path, type), handle);
    }

    long element(long handle, long index) {
        return handles.open(elements(handle, index).get((int) index), handle);
    }

    long member(long handle, String key) {
        var object = require(handle, "", JsonObject.class);
        Object value = object.get(key);
        if (value == null) {
            throw new ScriptError("the object has no key `" + key + "`", "json.KeyCount and json.KeyAt list the keys");
        }
        return handles.open(value, handle);
    }

    void setMember(long handle, String key, Object value) {
        var object = require(handle, "", JsonObject.class);
        long most = run.limit(Limit.ENTRIES);
        if (object.size() >= most && object.get(key) == null) {
            throw Entries.full(most);
        }
        object.put(key, value);
    }

    void setElement(long handle, long index, Object value) {
        elements(handle, index).set((int) index, value);
    }

    void removeElement(long handle, long index) {
        elements(handle, index).remove((int) index);
    }

    private List<Object> elements(long handle, long index) {
        var elements = require(handle, "", JsonArray.class).elements();
        checkIndex(index, elements.size(), "element");
        return elements;
    }

    String key(long handle, String path, long index) {
        var object = require(handle, path, JsonObject.class);
        checkIndex(index, object.size(), "key");
        return object.keyAt((int) index);
    }

    private static void checkIndex(long index, int size, String what) {
        if (index < 0 || index >= size) {
            throw new ScriptError("there is no " + what + " " + index + "; the first is 0, and there are " + size);
        }
    }

    boolean has(long handle, String path) {
        Object root = handles.value(handle);
        return JsonPath.of(path).find(root) != null;
    }

    void put(long handle, String path, Object value) {
        Object root = handles.value(handle);
        JsonPath.of(path).put(root, value, run.limit(Limit.ENTRIES));
    }

    void append(long handle, String path, Object value) {
        Object root = handles.value(handle);
        var way = JsonPath.of(path);
        if (way.find(root) == null) {
            var array = new JsonArray();
            array.elements().add(value);
            way.put(root, array, run.limit(Limit.ENTRIES));
        } else {
            var elements = require(handle, path, JsonArray.class).elements();
            long most = run.limit(Limit.ENTRIES);
            if (elements.size() >= most) {
                throw Entries.full(most);
            }
            elements.add(value);
        }
    }

    boolean remove(long handle, String path) {
        Object root = handles.value(handle);
        return JsonPath.of(path).remove(root);
    }

    /** {@return a copy of a value, so that adding it to another value cannot create a cycle} */
    Object copy(long handle) {
        Object value = handles.value(handle);
        try {
            return JsonTypes.copy(value, new Work(run), Entries.ofCopy(run.limit(Limit.ENTRIES)), 1);
        } catch (JsonTypes.TooDeepException e) {
            throw new ScriptError("handle " + handle + ": " + e.getMessage());
        }
    }

    String write(long handle, String path) {
        Object value = require(handle, path, Object.class);
        try {
            return JsonText.write(run, value);
        } catch (JsonTypes.TooDeepException e) {
            throw new ScriptError(JsonPath.of(path).shown() + ": " + e.getMessage());
        }
    }
}
