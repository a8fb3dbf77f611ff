package dev.domin.plugins.map;

import dev.domin.spi.Blob;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;

/**
 * Maps with names, which {@code main} and all callbacks of a run share. {@link NamedTables} does the work.
 */
@ScriptPlugin(
        namespace = "map",
        library = "MapPlugin",
        path = "../plugins/map/MapPlugin",
        doc =
                "Keeps values under keys in tables that have names. A value is an integer of 64 bits, a string or a blob, and a "
                        + "table may hold all three kinds. `main` and all callbacks of a script share its tables: it is how they "
                        + "remember and tell each other things. Keys keep the order in which they were put in first. A key has 1 to "
                        + "65535 bytes, so that any text from a packet fits. A look-up that finds nothing is no error: it gives 0, the "
                        + "empty string or the empty blob, also where the value is of another kind or there is no such map. Storing into "
                        + "a map that does not exist stores nothing. Maps that a callback has made stay when it fails, since others "
                        + "reach them by their names.")
public final class MapPlugin implements Plugin {

    private static final String KEY_ERRORS = "An empty key, or one of more than 65535 bytes, stops the script.";

    private final NamedTables tables = new NamedTables();

    @ScriptFunction(
            name = "Create",
            doc =
                    "Makes an empty map. The capacity is a hint at how many keys are to come; the map grows beyond it as needed.",
            returns = "1.",
            errors = "An empty name, a name that another map has, or a negative capacity stops the script.",
            example = """
                    map.Create("hosts", 16);
                    printf("%d\\n", map.Size("hosts"));""",
            output = "0\n")
    public int create(
            @Param(value = "name", doc = "What to call it.") String name,
            @Param(value = "capacity", doc = "How many keys to expect, 0 or more.") long capacity) {
        tables.create(name, capacity);
        return 1;
    }

    @ScriptFunction(
            name = "Exists",
            doc = "Tells whether there is a map of a name.",
            returns = "1 if there is, else 0.",
            example = "printf(\"%d\\n\", map.Exists(\"hosts\"));",
            output = "0\n",
            beyond = true)
    public int exists(@Param(value = "name", doc = "The name in question.") String name) {
        return tables.exists(name) ? 1 : 0;
    }

    @ScriptFunction(
            name = "Destroy",
            doc = "Ends a map with all that is in it. Its name is free again.",
            returns = "1, or 0 if there is no such map.",
            example = """
                    map.Create("hosts", 16);
                    printf("%d\\n", map.Destroy("hosts"));""",
            output = "1\n")
    public int destroy(@Param(value = "name", doc = "The map's name.") String name) {
        return tables.destroy(name) ? 1 : 0;
    }

    @ScriptFunction(
            name = "PutInt",
            doc = "Puts an integer under a key, in place of whatever was there.",
            returns = "1 if the key is new, 0 if its value was replaced or there is no such map.",
            errors = KEY_ERRORS,
            example = """
                    map.Create("ages", 16);
                    map.PutInt("ages", "ann", 41);
                    printf("%d\\n", map.GetInt("ages", "ann"));""",
            output = "41\n")
    public int putInt(
            @Param(value = "name", doc = "The map's name.") String name,
            @Param(value = "key", doc = "The key.") String key,
            @Param(value = "value", doc = "The value.") long value) {
        return tables.put(name, key, value) ? 1 : 0;
    }

    @ScriptFunction(
            name = "PutString",
            doc = "Puts a string under a key, in place of whatever was there.",
            returns = "1 if the key is new, 0 if its value was replaced or there is no such map.",
            errors = KEY_ERRORS,
            example = """
                    map.Create("hosts", 16);
                    map.PutString("hosts", "a.test", "127.0.0.1");
                    printf("%s\\n", map.GetString("hosts", "a.test"));""",
            output = "127.0.0.1\n")
    public int putString(
            @Param(value = "name", doc = "The map's name.") String name,
            @Param(value = "key", doc = "The key.") String key,
            @Param(value = "value", doc = "The value.") String value) {
        return tables.put(name, key, value) ? 1 : 0;
    }

    @ScriptFunction(
            name = "PutBlob",
            doc = "Puts a copy of a blob under a key, in place of whatever was there.",
            returns = "1 if the key is new, 0 if its value was replaced or there is no such map.",
            errors = KEY_ERRORS,
            example = """
                    map.Create("seen", 16);
                    blob $b[4];
                    $b[3] = 7;
                    map.PutBlob("seen", "last", $b);
                    blob $copy[4];
                    $copy = map.GetBlob("seen", "last");
                    printf("%d %d\\n", $copy.Length, $copy[3]);""",
            output = "4 7\n")
    public int putBlob(
            @Param(value = "name", doc = "The map's name.") String name,
            @Param(value = "key", doc = "The key.") String key,
            @Param(value = "value", doc = "The value.") Blob value) {
        return tables.put(name, key, value.toByteArray()) ? 1 : 0;
    }

    @ScriptFunction(
            name = "GetInt",
            doc = "Gets the integer under a key.",
            returns = "The value; 0 if there is no such map or key, or its value is no integer.",
            example = """
                    map.Create("ages", 16);
                    map.PutInt("ages", "ann", 41);
                    printf("%d\\n", map.GetInt("ages", "ann"));""",
            output = "41\n")
    public long getInt(
            @Param(value = "name", doc = "The map's name.") String name,
            @Param(value = "key", doc = "The key.") String key) {
        return tables.get(name, key) instanceof Long number ? number : 0;
    }

    @ScriptFunction(
            name = "GetString",
            doc = "Gets the string under a key.",
            returns = "The value; the empty string if there is no such map or key, or its value is no string.",
            example = """
                    map.Create("hosts", 16);
                    map.PutString("hosts", "a.test", "127.0.0.1");
                    printf("%s\\n", map.GetString("hosts", "a.test"));""",
            output = "127.0.0.1\n")
    public String getString(
            @Param(value = "name", doc = "The map's name.") String name,
            @Param(value = "key", doc = "The key.") String key) {
        return tables.get(name, key) instanceof String text ? text : "";
    }

    @ScriptFunction(
            name = "GetBlob",
            doc = "Gets a copy of the blob under a key.",
            returns = "The copy; the empty blob if there is no such map or key, or its value is no blob.",
            example = """
                    map.Create("seen", 16);
                    blob $b[4];
                    $b[3] = 7;
                    map.PutBlob("seen", "last", $b);
                    blob $copy[4];
                    $copy = map.GetBlob("seen", "last");
                    printf("%d %d\\n", $copy.Length, $copy[3]);""",
            output = "4 7\n")
    public Blob getBlob(
            @Param(value = "name", doc = "The map's name.") String name,
            @Param(value = "key", doc = "The key.") String key) {
        return Blob.of(tables.get(name, key) instanceof byte[] bytes ? bytes.clone() : new byte[0]);
    }

    @ScriptFunction(
            name = "AddInt",
            doc =
                    "Adds to the integer under a key, in one step; a key that is not there counts as 0. The sum wraps at 64 bits.",
            returns = "The sum, which is the new value; 0 if there is no such map.",
            errors =
                    "An empty key, one of more than 65535 bytes, or a value of another kind, which would be lost, stops the "
                            + "script.",
            example = """
                    map.Create("counts", 16);
                    map.AddInt("counts", "requests", 1);
                    printf("%d\\n", map.AddInt("counts", "requests", 1));""",
            output = "2\n",
            beyond = true)
    public long addInt(
            @Param(value = "name", doc = "The map's name.") String name,
            @Param(value = "key", doc = "The key.") String key,
            @Param(value = "delta", doc = "What to add; may be negative.") long delta) {
        return tables.add(name, key, delta);
    }

    @ScriptFunction(
            name = "HasKey",
            doc = "Tells whether a map has a key.",
            returns = "1 if it has; 0 if it has not, or there is no such map.",
            example = """
                    map.Create("hosts", 16);
                    printf("%d\\n", map.HasKey("hosts", "a.test"));""",
            output = "0\n")
    public int hasKey(
            @Param(value = "name", doc = "The map's name.") String name,
            @Param(value = "key", doc = "The key.") String key) {
        return tables.get(name, key) == null ? 0 : 1;
    }

    @ScriptFunction(
            name = "TypeOf",
            doc = "Tells what kind of value is under a key.",
            returns = "`int`, `string` or `blob`; the empty string if there is no such map or key.",
            example = """
                    map.Create("m", 16);
                    map.PutInt("m", "k", 7);
                    printf("%s\\n", map.TypeOf("m", "k"));""",
            output = "int\n",
            beyond = true)
    public String typeOf(
            @Param(value = "name", doc = "The map's name.") String name,
            @Param(value = "key", doc = "The key.") String key) {
        Object value = tables.get(name, key);
        return value == null ? "" : NamedTables.kindOf(value);
    }

    @ScriptFunction(
            name = "Remove",
            doc = "Removes a key with its value. The others keep their order.",
            returns = "1 if the key was there; 0 if it was not, or there is no such map.",
            example = """
                    map.Create("m", 16);
                    map.PutInt("m", "k", 7);
                    printf("%d %d\\n", map.Remove("m", "k"), map.Remove("m", "k"));""",
            output = "1 0\n",
            beyond = true)
    public int remove(
            @Param(value = "name", doc = "The map's name.") String name,
            @Param(value = "key", doc = "The key.") String key) {
        return tables.remove(name, key) ? 1 : 0;
    }

    @ScriptFunction(
            name = "Size",
            doc = "Counts the keys of a map.",
            returns = "The number of keys; 0 if there is no such map.",
            example = """
                    map.Create("m", 16);
                    map.PutInt("m", "k", 7);
                    printf("%d\\n", map.Size("m"));""",
            output = "1\n",
            beyond = true)
    public int size(@Param(value = "name", doc = "The map's name.") String name) {
        return tables.size(name);
    }

    @ScriptFunction(
            name = "KeyAt",
            doc =
                    "Gives a key by its place in the order in which the keys came. Together with map.Size it walks over a map.",
            returns =
                    "The key; the empty string, which is no key, if the index is not below map.Size, or there is no such map.",
            example = """
                    map.Create("m", 16);
                    map.PutInt("m", "b", 1);
                    map.PutInt("m", "a", 2);
                    printf("%s %s\\n", map.KeyAt("m", 0), map.KeyAt("m", 1));""",
            output = "b a\n",
            beyond = true)
    public String keyAt(
            @Param(value = "name", doc = "The map's name.") String name,
            @Param(value = "index", doc = "The place, from 0.") long index) {
        return tables.keyAt(name, index);
    }

    @ScriptFunction(
            name = "Clear",
            doc = "Removes all keys of a map.",
            returns = "How many keys there were; 0 if there is no such map.",
            example = """
                    map.Create("m", 16);
                    map.PutInt("m", "k", 7);
                    map.Clear("m");
                    printf("%d\\n", map.Size("m"));""",
            output = "0\n")
    public int clear(@Param(value = "name", doc = "The map's name.") String name) {
        return tables.clear(name);
    }
}
