package dev.domin.plugins.map;

import dev.domin.spi.Blob;
import dev.domin.spi.Limit;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;

/**
 * Maps with names, which {@code main} and all callbacks of a run share. {@link NamedTables} does the work.
 */
@ScriptPlugin(
        namespace = "map",
        library = "MapPlugin",
        path = "../plugins/map/MapPlugin",
        doc = "Maps with names, from keys to values. A value is an integer of 64 bits, a string or a "
                + "blob; a map may have values of all three types. `main` and all callbacks of a script "
                + "share its maps. Keys keep the order in which they were added. A key has 1 to 65535 "
                + "bytes, so that any text from a packet fits. A look-up that finds nothing is no error: "
                + "it returns 0, the empty string or the empty blob, also if the value has another type or "
                + "there is no such map. Storing into a map that does not exist has no effect. Maps that a "
                + "callback has created stay when it fails.")
public final class MapPlugin implements Plugin {

    private static final String KEY_ERRORS = "An empty key, or one of more than 65535 bytes, stops the script.";

    private volatile NamedTables tables;

    @Override
    public void start(ScriptContext run) {
        tables = new NamedTables(run.limit(Limit.HANDLES), run.limit(Limit.ENTRIES));
    }

    @Override
    public void stop() {
        tables = tables.emptied();
    }

    @ScriptFunction(
            name = "Create",
            doc = "Creates an empty map. The capacity is the expected number of keys; the map grows "
                    + "beyond it as needed.",
            returns = "1.",
            errors = "An empty name, a name that another map has, or a negative capacity stops the script.",
            example = """
                    map.Create("hosts", 16);
                    printf("%d\\n", map.Size("hosts"));""",
            output = "0\n")
    public int create(
            @Param(value = "name", doc = "The map's name.") String name,
            @Param(value = "capacity", doc = "The expected number of keys.", min = 0) long capacity) {
        tables.create(name, capacity);
        return 1;
    }

    @ScriptFunction(
            name = "Exists",
            doc = "Returns whether a map exists.",
            returns = "1 if it does, else 0.",
            example = "printf(\"%d\\n\", map.Exists(\"hosts\"));",
            output = "0\n",
            beyond = true)
    public int exists(@Param(value = "name", doc = "The map's name.") String name) {
        return tables.exists(name) ? 1 : 0;
    }

    @ScriptFunction(
            name = "Destroy",
            doc = "Removes a map with its keys and values. Its name can be used again.",
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
            doc = "Stores an integer under a key and replaces an old value.",
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
            doc = "Stores a string under a key and replaces an old value.",
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
            doc = "Stores a copy of a blob under a key and replaces an old value.",
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
            doc = "Returns the integer under a key.",
            returns = "The value; 0 if there is no such map or key, or its value is not an integer.",
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
            doc = "Returns the string under a key.",
            returns = "The value; the empty string if there is no such map or key, or its value is not a " + "string.",
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
            doc = "Returns a copy of the blob under a key.",
            returns = "The copy; the empty blob if there is no such map or key, or its value is not a blob.",
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
            doc = "Adds to the integer under a key, atomically; a missing key counts as 0. The sum "
                    + "wraps at 64 bits.",
            returns = "The sum, which is the new value; 0 if there is no such map.",
            errors = "An empty key, one of more than 65535 bytes, or a value of another type stops the script.",
            example = """
                    map.Create("counts", 16);
                    map.AddInt("counts", "requests", 1);
                    printf("%d\\n", map.AddInt("counts", "requests", 1));""",
            output = "2\n",
            beyond = true)
    public long addInt(
            @Param(value = "name", doc = "The map's name.") String name,
            @Param(value = "key", doc = "The key.") String key,
            @Param(value = "delta", doc = "The number to add; may be negative.") long delta) {
        return tables.add(name, key, delta);
    }

    @ScriptFunction(
            name = "HasKey",
            doc = "Returns whether a map has a key.",
            returns = "1 if it does; 0 if not, or if there is no such map.",
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
            doc = "Returns the type of the value under a key.",
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
            returns = "1 if the key existed; 0 if not, or if there is no such map.",
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
            doc = "Returns a key by its index in the order in which the keys were added. Together with "
                    + "map.Size it serves to iterate over a map.",
            returns = "The key; the empty string, which is no key, if the index is not below map.Size, or "
                    + "there is no such map.",
            example = """
                    map.Create("m", 16);
                    map.PutInt("m", "b", 1);
                    map.PutInt("m", "a", 2);
                    printf("%s %s\\n", map.KeyAt("m", 0), map.KeyAt("m", 1));""",
            output = "b a\n",
            beyond = true)
    public String keyAt(
            @Param(value = "name", doc = "The map's name.") String name,
            @Param(value = "index", doc = "The index, from 0.") long index) {
        return tables.keyAt(name, index);
    }

    @ScriptFunction(
            name = "Clear",
            doc = "Removes all keys of a map.",
            returns = "The old number of keys; 0 if there is no such map.",
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
