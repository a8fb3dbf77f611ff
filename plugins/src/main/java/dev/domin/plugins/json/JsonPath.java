package dev.domin.plugins.json;

import dev.domin.spi.ByteStrings;
import dev.domin.spi.ScriptError;
import java.util.ArrayList;
import java.util.List;

/**
 * The way from a value to one inside it: keys after points and indexes in brackets, as in {@code a.b[2].c}. A key with points or
 * brackets of its own stands in brackets and quotes, as in {@code a["b.c"]} or {@code a['b.c']}.
 */
final class JsonPath {

    private static final int SHOWN_KEYS = 8;
    private static final String ASK_FIRST = "json.HasKey tells whether there is one";

    private final String function;
    private final String text;
    private final List<Object> steps = new ArrayList<>(); // a String is a key, an Integer an index
    private final List<Integer> ends = new ArrayList<>(); // where in the text each step ends

    private JsonPath(String function, String text) {
        this.function = function;
        this.text = text;
    }

    /**
     * Reads a path.
     *
     * @param function the plugin function that was called, for the messages
     * @param path a script string
     * @throws ScriptError if it is not written as a path is
     */
    static JsonPath of(String function, String path) {
        var parsed = new JsonPath(function, ByteStrings.toText(path));
        parsed.parse();
        return parsed;
    }

    private void parse() {
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) == '[') {
                at = parseBrackets(at + 1);
            } else {
                if (at > 0) {
                    if (text.charAt(at) != '.') {
                        throw wrong(at, "a point or a bracket has to stand here");
                    }
                    at++;
                }
                int end = at;
                while (end < text.length() && ".[]".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                if (end == at) {
                    throw wrong(at, "a key is missing");
                }
                steps.add(text.substring(at, end));
                at = end;
            }
            ends.add(at);
        }
    }

    /** {@return the place after the closing bracket} */
    private int parseBrackets(int start) {
        char first = start < text.length() ? text.charAt(start) : ']';
        if (first == '"' || first == '\'') {
            int quote = text.indexOf(first, start + 1);
            if (quote < 0 || quote + 1 >= text.length() || text.charAt(quote + 1) != ']') {
                throw wrong(start, "the quoted key does not end with " + first + "]");
            }
            steps.add(text.substring(start + 1, quote));
            return quote + 2;
        }
        int end = start;
        int index = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            if (index > (Integer.MAX_VALUE - 9) / 10) {
                throw wrong(start, "the index is too large");
            }
            index = index * 10 + text.charAt(end++) - '0';
        }
        if (end == start || end == text.length() || text.charAt(end) != ']') {
            throw wrong(end, "an index is digits and a closing bracket");
        }
        steps.add(index);
        return end + 1;
    }

    private ScriptError wrong(int place, String reason) {
        return new ScriptError(
                function + ": the path `" + text + "` is wrong at character " + (place + 1) + ": " + reason,
                "a path looks like a.b[2].c, and a[\"b.c\"] where a key has points or brackets");
    }

    /** {@return what messages call the value that the path leads to} */
    String shown() {
        return shown(steps.size());
    }

    private String shown(int count) {
        return count == 0 ? "the value" : "`" + text.substring(0, ends.get(count - 1)) + "`";
    }

    private String shownStep(int step) {
        return steps.get(step) instanceof String key ? "`" + key + "`" : "[" + steps.get(step) + "]";
    }

    /** {@return the value at the end of the path, or null if there is none} */
    Object find(Object root) {
        Object at = root;
        for (int i = 0; i < steps.size() && at != null; i++) {
            at = step(at, steps.get(i));
        }
        return at;
    }

    /** {@return the value at the end of the path} */
    Object require(Object root) {
        Object at = root;
        for (int i = 0; i < steps.size(); i++) {
            Object next = step(at, steps.get(i));
            if (next == null) {
                throw missing(at, i);
            }
            at = next;
        }
        return at;
    }

    private static Object step(Object at, Object step) {
        if (step instanceof String key) {
            return at instanceof JsonObject object ? object.get(key) : null;
        }
        int index = (Integer) step;
        return at instanceof JsonArray array && index < array.elements().size()
                ? array.elements().get(index)
                : null;
    }

    /**
     * Puts a value at the end of the path. Objects and arrays that are missing on the way are made; if the path cannot be gone,
     * nothing is changed.
     */
    void put(Object root, Object value) {
        int last = steps.size() - 1;
        if (last < 0) {
            throw new ScriptError(
                    function + ": the path is empty, but has to tell where the value goes",
                    "name a key, or an index such as [0]");
        }
        Object at = root;
        int made = 0; // the step that has to be put, whose value may have to be made
        while (made < last) {
            Object next = step(at, steps.get(made));
            if (next == null) {
                break;
            }
            at = next;
            made++;
        }
        if (!takes(at, steps.get(made))) {
            throw missing(at, made);
        }
        Object grown = value;
        for (int i = last; i > made; i--) {
            grown = wrap(i, grown);
        }
        if (at instanceof JsonObject object) {
            object.put((String) steps.get(made), grown);
        } else {
            var elements = ((JsonArray) at).elements();
            int index = (Integer) steps.get(made);
            if (index == elements.size()) {
                elements.add(grown);
            } else {
                elements.set(index, grown);
            }
        }
    }

    private static boolean takes(Object at, Object step) {
        return step instanceof String
                ? at instanceof JsonObject
                : at instanceof JsonArray array
                        && (Integer) step <= array.elements().size();
    }

    private Object wrap(int step, Object value) {
        if (steps.get(step) instanceof String key) {
            var object = new JsonObject();
            object.put(key, value);
            return object;
        }
        if ((Integer) steps.get(step) != 0) {
            throw new ScriptError(
                    function + ": there is no " + shownStep(step) + " in " + shown(step)
                            + ", which would be a new array",
                    "a new array begins with [0]");
        }
        var array = new JsonArray();
        array.elements().add(value);
        return array;
    }

    /**
     * Removes the value at the end of the path.
     *
     * @return whether there was one
     */
    boolean remove(Object root) {
        int last = steps.size() - 1;
        if (last < 0) {
            throw new ScriptError(function + ": the path is empty, but has to tell what to remove");
        }
        Object at = root;
        for (int i = 0; i < last && at != null; i++) {
            at = step(at, steps.get(i));
        }
        if (at == null || step(at, steps.get(last)) == null) {
            return false;
        }
        if (at instanceof JsonObject object) {
            return object.remove((String) steps.get(last));
        }
        ((JsonArray) at).elements().remove((int) (Integer) steps.get(last));
        return true;
    }

    private ScriptError missing(Object at, int step) {
        String wanted = shownStep(step);
        String where = shown(step);
        if (at instanceof JsonObject object && steps.get(step) instanceof String) {
            return new ScriptError(
                    function + ": there is no " + wanted + " in " + where + ", which has " + shownKeys(object),
                    ASK_FIRST);
        }
        if (at instanceof JsonArray array && steps.get(step) instanceof Integer) {
            int size = array.elements().size();
            return new ScriptError(
                    function + ": there is no " + wanted + " in " + where + ", which has " + size
                            + (size == 1 ? " element" : " elements"),
                    ASK_FIRST);
        }
        return new ScriptError(
                function + ": there is no " + wanted + " in " + where + ", which is " + JsonTypes.described(at),
                ASK_FIRST);
    }

    private static String shownKeys(JsonObject object) {
        if (object.size() == 0) {
            return "no keys";
        }
        var shown = new StringBuilder(object.size() == 1 ? "the key " : "the keys ");
        int count = 0;
        for (var entry : object.entries()) {
            if (count == SHOWN_KEYS) {
                return shown.append(", …").toString();
            }
            shown.append(count++ == 0 ? "`" : ", `").append(entry.getKey()).append('`');
        }
        return shown.toString();
    }
}
