package dev.domin.plugins.json;

import dev.domin.spi.ByteStrings;
import dev.domin.spi.ScriptError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The path from a value to one inside it: the names of members, joined by points, as in {@code a.b.c}. The empty path
 * is the value itself. A path has no indexes, and no names with a point.
 */
final class JsonPath {

    private static final int SHOWN_KEYS = 8;
    private static final String ASK_FIRST = "json.HasKey returns whether there is one";
    private static final String NO_INDEXES =
            "a path names members only; json.GetArray and json.ArrayGet return the elements of an array";
    private static final String NO_POINTS = "a point ends a name in a path; json.ObjectGet takes a key with points";

    private final List<String> names = new ArrayList<>();

    private JsonPath() {}

    /**
     * Reads a path.
     *
     * @param path a script string
     * @throws ScriptError if a name is empty
     */
    static JsonPath of(String path) {
        var parsed = new JsonPath();
        parsed.parse(ByteStrings.toText(path));
        return parsed;
    }

    private void parse(String text) {
        int start = 0;
        while (start < text.length() || !names.isEmpty() && start == text.length()) {
            int point = text.indexOf('.', start);
            int end = point < 0 ? text.length() : point;
            if (end == start) {
                throw new ScriptError(
                        "the path `" + text + "` is wrong at character " + (start + 1) + ": a name is missing",
                        "a path is names joined by points, such as a.b.c");
            }
            names.add(text.substring(start, end));
            start = end + 1;
        }
    }

    /** {@return the path for messages} */
    String shown() {
        return shown(names.size());
    }

    private String shown(int count) {
        return count == 0 ? "the value" : "`" + String.join(".", names.subList(0, count)) + "`";
    }

    /** {@return the value at the end of the path, or null if there is none} */
    @Nullable
    Object find(Object root) {
        @Nullable Object at = root;
        for (int i = 0; i < names.size() && at != null; i++) {
            at = member(at, names.get(i));
        }
        return at;
    }

    /** {@return the value at the end of the path} */
    Object require(Object root) {
        Object at = root;
        for (int i = 0; i < names.size(); i++) {
            Object next = member(at, names.get(i));
            if (next == null) {
                throw missing(at, i);
            }
            at = next;
        }
        return at;
    }

    private static @Nullable Object member(Object at, String name) {
        return at instanceof JsonObject object ? object.get(name) : null;
    }

    /**
     * Sets the value at the end of the path and creates missing objects on the way. If the path leads through something
     * else than objects, or an object would have more than a number of entries, nothing is changed.
     */
    void put(Object root, Object value, long most) {
        int last = names.size() - 1;
        if (last < 0) {
            throw new ScriptError("the path is empty, but must say where to put the value", "name a member");
        }
        Object at = root;
        int made = 0; // the name to set, whose value may have to be created
        while (made < last) {
            Object next = member(at, names.get(made));
            if (next == null) {
                break;
            }
            at = next;
            made++;
        }
        if (!(at instanceof JsonObject object)) {
            throw missing(at, made);
        }
        if (object.size() >= most && object.get(names.get(made)) == null) {
            throw Entries.full(most);
        }
        Object grown = value;
        for (int i = last; i > made; i--) {
            var wrapper = new JsonObject();
            wrapper.put(names.get(i), grown);
            grown = wrapper;
        }
        object.put(names.get(made), grown);
    }

    /**
     * Removes the value at the end of the path.
     *
     * @return whether there was one
     */
    boolean remove(Object root) {
        int last = names.size() - 1;
        if (last < 0) {
            throw new ScriptError("the path is empty, but must say what to remove");
        }
        @Nullable Object at = root;
        for (int i = 0; i < last && at != null; i++) {
            at = member(at, names.get(i));
        }
        return at instanceof JsonObject object && object.remove(names.get(last));
    }

    private ScriptError missing(Object at, int step) {
        String name = names.get(step);
        String missing = "there is no `" + name + "` in " + shown(step) + ", which ";
        if (at instanceof JsonObject object) {
            return new ScriptError(missing + "has " + shownKeys(object), help(object, step));
        }
        return new ScriptError(
                missing + "is " + JsonTypes.described(at), at instanceof JsonArray ? NO_INDEXES : ASK_FIRST);
    }

    private String help(JsonObject object, int step) {
        String rest = String.join(".", names.subList(step, names.size()));
        if (object.get(rest) != null) {
            return NO_POINTS;
        }
        return names.get(step).endsWith("]") ? NO_INDEXES : ASK_FIRST;
    }

    private static String shownKeys(JsonObject object) {
        if (object.size() == 0) {
            return "no keys";
        }
        var shown = new StringBuilder(object.size() == 1 ? "the key " : "the keys ");
        for (int i = 0; i < object.size(); i++) {
            if (i == SHOWN_KEYS) {
                return shown.append(", …").toString();
            }
            shown.append(i == 0 ? "`" : ", `").append(object.keyAt(i)).append('`');
        }
        return shown.toString();
    }
}
