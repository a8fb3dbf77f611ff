package dev.domin.plugins.json;

import dev.domin.spi.Blob;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;

/**
 * JSON values by handles, and the values inside them by paths. The handles belong to the run. The file is long because
 * every function carries its page of documentation; other types do the work.
 */
@ScriptPlugin(
        namespace = "json",
        library = "JsonPlugin",
        path = "../plugins/json/JsonPlugin",
        doc = "Reads, builds and writes JSON. A handle, which is an integer, stands for a value; a "
                + "path stands for a value inside it: the names of members joined by points, such as "
                + "a.b.c. An empty path is the value itself. A path has no indexes: GetArray and ArrayGet "
                + "return elements of an array, and ObjectGet returns a member whose key has points. When "
                + "a callback fails or is cancelled, the handles that it has made are freed, even if it "
                + "has stored their numbers. All handles are freed at the end of the script. Strings are "
                + "UTF-8 in both directions.")
public final class JsonPlugin implements Plugin {

    private JsonValues values;

    @Override
    public void start(ScriptContext context) {
        values = new JsonValues(context);
    }

    @Override
    public void stop() {
        values.freeAll();
    }

    @ScriptFunction(
            name = "Parse",
            doc = "Parses a JSON text: an object, an array or any other value. If a key is repeated, the "
                    + "last value is used. Numbers are kept as they are written.",
            returns = "A handle of the value, 1 or more.",
            errors = "A text that is not JSON by RFC 8259, or nests deeper than 512 levels, stops the "
                    + "script; the message has line and column.",
            example = """
                    i64 $h = json.Parse("{\\"port\\": 9000, \\"peer\\": {\\"name\\": \\"b\\"}}");
                    printf("%d %s\\n", json.GetInt($h, "port"), json.GetString($h, "peer.name"));""",
            output = "9000 b\n")
    public long parse(@Param(value = "text", doc = "The JSON text, in UTF-8.") String text) {
        return values.parse(ByteStrings.toBytes(text), text.length());
    }

    @ScriptFunction(
            name = "ParseLen",
            doc = "Parses the first bytes of a string as a JSON text, as Parse does.",
            returns = "A handle of the value, 1 or more.",
            errors = "A length outside the string and a text that is not JSON stop the script.",
            example = "printf(\"%s\\n\", json.ToText(json.ParseLen(\"[1, 2] and more\", 6)));",
            output = "[1,2]\n")
    public long parseLen(
            @Param(value = "text", doc = "The JSON text, in UTF-8.") String text,
            @Param(value = "length", doc = "The number of bytes to read.") long length) {
        return values.parse(ByteStrings.toBytes(text), length);
    }

    @ScriptFunction(
            name = "ParseBlob",
            doc = "Parses the bytes of a blob as a JSON text, as Parse does.",
            returns = "A handle of the value, 1 or more.",
            errors = "A text that is not JSON by RFC 8259, or nests deeper than 512 levels, stops the "
                    + "script; the message has line and column.",
            example = "printf(\"%s\\n\", json.TypeText(json.ParseBlob(blob.FromText(\"null\"))));",
            output = "null\n",
            beyond = true)
    public long parseBlob(@Param(value = "blob", doc = "The JSON text, in UTF-8.") Blob blob) {
        return values.parse(blob.array(), blob.length());
    }

    @ScriptFunction(
            name = "IsValid",
            doc = "Returns whether json.Parse can parse a text.",
            returns = "1 if it can, 0 if the text is not JSON.",
            errors = "A text with more values than the limit for entries stops the script.",
            example = "printf(\"%d %d\\n\", json.IsValid(\"[1, 2]\"), json.IsValid(\"[1, 2\"));",
            output = "1 0\n",
            beyond = true)
    public int isValid(@Param(value = "text", doc = "The text.", help = "json.IsValidBlob takes a blob") String text) {
        return values.isValid(ByteStrings.toBytes(text), text.length()) ? 1 : 0;
    }

    @ScriptFunction(
            name = "IsValidBlob",
            doc = "Returns whether json.ParseBlob can parse the bytes of a blob.",
            returns = "1 if it can, 0 if the text is not JSON.",
            errors = "A text with more values than the limit for entries stops the script.",
            example = "printf(\"%d\\n\", json.IsValidBlob(blob.FromText(\"null\")));",
            output = "1\n",
            beyond = true)
    public int isValidBlob(@Param(value = "blob", doc = "The bytes.", help = "json.IsValid takes a string") Blob blob) {
        return values.isValid(blob.array(), blob.length()) ? 1 : 0;
    }

    @ScriptFunction(
            name = "NewObject",
            doc = "Creates an empty object.",
            returns = "Its handle, 1 or more.",
            example = """
                    i64 $h = json.NewObject();
                    json.SetInt($h, "port", 9000);
                    printf("%s\\n", json.ToText($h));""",
            output = "{\"port\":9000}\n")
    public long newObject() {
        return values.open(new JsonObject());
    }

    @ScriptFunction(
            name = "NewArray",
            doc = "Creates an empty array.",
            returns = "Its handle, 1 or more.",
            example = """
                    i64 $h = json.NewArray();
                    json.AppendInt($h, "", 1);
                    printf("%s\\n", json.ToText($h));""",
            output = "[1]\n")
    public long newArray() {
        return values.open(new JsonArray());
    }

    @ScriptFunction(
            name = "GetString",
            doc = "Reads a string. Its bytes are UTF-8; it ends at the first 0 character, if it has one.",
            returns = "The string.",
            errors = "A freed or unknown handle, a path to nothing and a value of another type stop the script.",
            example = """
                    i64 $h = json.Parse("{\\"a\\": {\\"b\\": \\"x\\"}}");
                    printf("%s\\n", json.GetString($h, "a.b"));""",
            output = "x\n")
    public String getString(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path; omit it for the value itself.", defaultValue = "\"\"")
                    String path) {
        return ByteStrings.fromText(values.require(handle, path, String.class));
    }

    @ScriptFunction(
            name = "GetInt",
            doc = "Reads a number that is an integer, such as 5, 5.0 or 1e3.",
            returns = "The number.",
            errors = "A freed or unknown handle, a path to nothing, a value that is no number, and a number with a "
                    + "fraction or beyond i64 stop the script.",
            example = "printf(\"%d\\n\", json.GetInt(json.Parse(\"{\\\"n\\\": 1e3}\"), \"n\"));",
            output = "1000\n",
            beyond = true)
    public long getInt(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path; omit it for the value itself.", defaultValue = "\"\"")
                    String path) {
        return values.readLong(handle, path);
    }

    @ScriptFunction(
            name = "GetDouble",
            doc = "Reads a number, rounded to the nearest double.",
            returns = "The number.",
            errors = "A freed or unknown handle, a path to nothing, a value that is no number, and a number too large "
                    + "for a double stop the script.",
            example = "printf(\"%.2f\\n\", json.GetDouble(json.Parse(\"{\\\"t\\\": 21.5}\"), \"t\"));",
            output = "21.50\n",
            beyond = true)
    public double getDouble(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path; omit it for the value itself.", defaultValue = "\"\"")
                    String path) {
        return values.readDouble(handle, path);
    }

    @ScriptFunction(
            name = "GetBool",
            doc = "Reads true or false.",
            returns = "1 for true, 0 for false.",
            errors = "A freed or unknown handle, a path to nothing and a value of another type stop the script.",
            example = "printf(\"%d\\n\", json.GetBool(json.Parse(\"{\\\"on\\\": true}\"), \"on\"));",
            output = "1\n",
            beyond = true)
    public int getBool(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path; omit it for the value itself.", defaultValue = "\"\"")
                    String path) {
        return values.require(handle, path, Boolean.class) ? 1 : 0;
    }

    @ScriptFunction(
            name = "GetObject",
            doc = "Returns a handle of an object inside a value. It is the same object: a change through "
                    + "one handle is visible through the other. The handle is valid until its root is freed, "
                    + "which is the handle that Parse, NewObject or NewArray returned. Freeing the handle "
                    + "does not change the root.",
            returns = "A handle, 1 or more.",
            errors = "A freed or unknown handle, a path to nothing and a value of another type stop the script.",
            example = """
                    i64 $h = json.Parse("{\\"a\\": {\\"b\\": 1}}");
                    json.SetInt(json.GetObject($h, "a"), "b", 2);
                    printf("%s\\n", json.ToText($h));""",
            output = "{\"a\":{\"b\":2}}\n")
    public long getObject(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path; omit it for the value itself.", defaultValue = "\"\"")
                    String path) {
        return values.takeOut(handle, path, JsonObject.class);
    }

    @ScriptFunction(
            name = "GetArray",
            doc = "Returns a handle of an array inside a value, as GetObject does for an object.",
            returns = "A handle, 1 or more.",
            errors = "A freed or unknown handle, a path to nothing and a value of another type stop the script.",
            example = """
                    i64 $list = json.GetArray(json.Parse("{\\"list\\": [4, 5, 6]}"), "list");
                    printf("%d\\n", json.ArrayLen($list));""",
            output = "3\n")
    public long getArray(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path; omit it for the value itself.", defaultValue = "\"\"")
                    String path) {
        return values.takeOut(handle, path, JsonArray.class);
    }

    @ScriptFunction(
            name = "ArrayGet",
            doc = "Returns a handle of an element of an array, of any type. The handle is valid until "
                    + "its root is freed, as for GetObject.",
            returns = "A handle, 1 or more.",
            errors = "A handle of a value that is not an array, and an index outside it, stop the script.",
            example = """
                    i64 $list = json.Parse("[{\\"id\\": 7}, {\\"id\\": 8}]");
                    printf("%d\\n", json.GetInt(json.ArrayGet($list, 1), "id"));""",
            output = "8\n")
    public long arrayGet(
            @Param(value = "handle", doc = "The handle of the array.") long handle,
            @Param(value = "index", doc = "The index of the element, from 0.", min = 0) long index) {
        return values.element(handle, index);
    }

    @ScriptFunction(
            name = "ObjectGet",
            doc = "Returns a handle of a member of an object, of any type. Unlike a path, the key may "
                    + "have points. The handle is valid until its root is freed, as for GetObject.",
            returns = "A handle, 1 or more.",
            errors =
                    "A handle of a value that is not an object, and a key that it does not have, stop " + "the script.",
            example = """
                    i64 $ttl = json.Parse("{\\"www.example.com\\": 60}");
                    printf("%d\\n", json.GetInt(json.ObjectGet($ttl, "www.example.com")));""",
            output = "60\n",
            beyond = true)
    public long objectGet(
            @Param(value = "handle", doc = "The handle of the object.") long handle,
            @Param(value = "key", doc = "The key as it is, in UTF-8.") String key) {
        return values.member(handle, ByteStrings.toText(key));
    }

    @ScriptFunction(
            name = "ObjectSet",
            doc = "Sets the value of a key of an object to a copy of another handle's value. Unlike a "
                    + "path, the key may have points.",
            errors = "A handle of a value that is not an object, a value that nests too deeply, and a "
                    + "freed or unknown handle stop the script.",
            example = """
                    i64 $ttl = json.NewObject();
                    json.ObjectSet($ttl, "www.example.com", json.Parse("60"));
                    printf("%s\\n", json.ToText($ttl));""",
            output = "{\"www.example.com\":60}\n",
            beyond = true)
    public void objectSet(
            @Param(value = "handle", doc = "The handle of the object.") long handle,
            @Param(value = "key", doc = "The key as it is, in UTF-8.") String key,
            @Param(value = "value", doc = "The handle of the value to copy.") long value) {
        values.setMember(handle, ByteStrings.toText(key), values.copy(value));
    }

    @ScriptFunction(
            name = "ArraySet",
            doc = "Replaces an element of an array by a copy of another handle's value.",
            errors = "A handle of a value that is not an array, an index outside it, a value that nests "
                    + "too deeply, and a freed or unknown handle stop the script.",
            example = """
                    i64 $list = json.Parse("[4, 5, 6]");
                    json.ArraySet($list, 1, json.Parse("{}"));
                    printf("%s\\n", json.ToText($list));""",
            output = "[4,{},6]\n",
            beyond = true)
    public void arraySet(
            @Param(value = "handle", doc = "The handle of the array.") long handle,
            @Param(value = "index", doc = "The index of the element, from 0.", min = 0) long index,
            @Param(value = "value", doc = "The handle of the value to copy.") long value) {
        values.setElement(handle, index, values.copy(value));
    }

    @ScriptFunction(
            name = "ArrayRemove",
            doc = "Removes an element of an array. The elements after it move to its place.",
            errors = "A handle of a value that is not an array, and an index outside it, stop the script.",
            example = """
                    i64 $list = json.Parse("[4, 5, 6]");
                    json.ArrayRemove($list, 0);
                    printf("%s\\n", json.ToText($list));""",
            output = "[5,6]\n",
            beyond = true)
    public void arrayRemove(
            @Param(value = "handle", doc = "The handle of the array.") long handle,
            @Param(value = "index", doc = "The index of the element, from 0.", min = 0) long index) {
        values.removeElement(handle, index);
    }

    @ScriptFunction(
            name = "ArrayLen",
            doc = "Counts the elements of an array.",
            returns = "The number of them.",
            errors = "A freed or unknown handle, a path to nothing and a value of another type stop the script.",
            example = "printf(\"%d\\n\", json.ArrayLen(json.Parse(\"{\\\"list\\\": [4, 5, 6]}\"), \"list\"));",
            output = "3\n",
            beyond = true)
    public int arrayLen(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path; omit it for the value itself.", defaultValue = "\"\"")
                    String path) {
        return values.require(handle, path, JsonArray.class).elements().size();
    }

    @ScriptFunction(
            name = "HasKey",
            doc = "Returns whether there is a value at the end of a path. null is a value.",
            returns = "1 if it does, else 0.",
            errors = "A freed or unknown handle, and a path with an empty name, such as a..b, stop the script.",
            example = """
                    i64 $h = json.Parse("{\\"a\\": {\\"b\\": null}}");
                    printf("%d %d %d\\n", json.HasKey($h, "a.b"), json.HasKey($h, "a.c"), json.HasKey($h, "c.d"));""",
            output = "1 0 0\n")
    public int hasKey(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path, such as a.b.c.") String path) {
        return values.has(handle, path) ? 1 : 0;
    }

    @ScriptFunction(
            name = "KeyCount",
            doc = "Counts the keys of an object.",
            returns = "The number of them.",
            errors = "A freed or unknown handle, a path to nothing and a value of another type stop the script.",
            example = "printf(\"%d\\n\", json.KeyCount(json.Parse(\"{\\\"a\\\": 1, \\\"b\\\": 2}\")));",
            output = "2\n",
            beyond = true)
    public int keyCount(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path; omit it for the value itself.", defaultValue = "\"\"")
                    String path) {
        return values.require(handle, path, JsonObject.class).size();
    }

    @ScriptFunction(
            name = "KeyAt",
            doc = "Returns a key of an object. Keys have the order of the text, or of their first assignment.",
            returns = "The key.",
            errors = "A freed or unknown handle, a path to something else than an object, and an index "
                    + "outside it stop the script.",
            example = "printf(\"%s\\n\", json.KeyAt(json.Parse(\"{\\\"a\\\": 1, \\\"b\\\": 2}\"), 1));",
            output = "b\n",
            beyond = true)
    public String keyAt(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "index", doc = "The index of the key, from 0.", min = 0) long index,
            @Param(value = "path", doc = "The path; omit it for the value itself.", defaultValue = "\"\"")
                    String path) {
        return ByteStrings.fromText(values.key(handle, path, index));
    }

    @ScriptFunction(
            name = "GetType",
            doc = "Returns the type of a value as a number with one bit per type: 1 false, 2 true, 4 "
                    + "null, 8 number, 16 string, 32 array, 64 object.",
            returns = "The number of the type.",
            errors = "A freed or unknown handle, a wrong path and a path to nothing stop the script.",
            example = """
                    i64 $h = json.Parse("{\\"a\\": [1], \\"on\\": true}");
                    printf("%d %d %d\\n", json.GetType($h), json.GetType($h, "a"), json.GetType($h, "on"));""",
            output = "64 32 2\n")
    public int getType(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path; omit it for the value itself.", defaultValue = "\"\"")
                    String path) {
        return JsonTypes.code(values.require(handle, path, Object.class));
    }

    @ScriptFunction(
            name = "TypeText",
            doc = "Returns the type of a value as a word.",
            returns = "`object`, `array`, `string`, `number`, `boolean` or `null`.",
            errors = "A freed or unknown handle, a wrong path and a path to nothing stop the script.",
            example = """
                    i64 $h = json.Parse("{\\"a\\": [1], \\"on\\": true}");
                    printf("%s %s %s\\n", json.TypeText($h), json.TypeText($h, "a"), json.TypeText($h, "on"));""",
            output = "object array boolean\n",
            beyond = true)
    public String typeText(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path; omit it for the value itself.", defaultValue = "\"\"")
                    String path) {
        return JsonTypes.name(values.require(handle, path, Object.class));
    }

    @ScriptFunction(
            name = "SetString",
            doc = "Sets a string at the end of a path and creates missing objects on the way.",
            errors = "A freed or unknown handle, and a path that leads through something else than "
                    + "objects, stop the script.",
            example = """
                    i64 $h = json.NewObject();
                    json.SetString($h, "a.b", "x");
                    printf("%s\\n", json.ToText($h));""",
            output = "{\"a\":{\"b\":\"x\"}}\n",
            beyond = true)
    public void setString(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path, such as a.b.c.") String path,
            @Param(value = "value", doc = "The string, in UTF-8.") String value) {
        values.put(handle, path, ByteStrings.toText(value));
    }

    @ScriptFunction(
            name = "AppendString",
            doc = "Appends a string to an array, which is created if there is nothing at the end of the path.",
            errors = "A freed or unknown handle, and a path to something else than an array, stop the script.",
            example = """
                    i64 $h = json.NewArray();
                    json.AppendString($h, "", "x");
                    printf("%s\\n", json.ToText($h));""",
            output = "[\"x\"]\n",
            beyond = true)
    public void appendString(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path to the array; \"\" for the value itself.") String path,
            @Param(value = "value", doc = "The string, in UTF-8.") String value) {
        values.append(handle, path, ByteStrings.toText(value));
    }

    @ScriptFunction(
            name = "SetInt",
            doc = "Sets an integer at the end of a path and creates missing objects on the way.",
            errors = "A freed or unknown handle, and a path that leads through something else than "
                    + "objects, stop the script.",
            example = """
                    i64 $h = json.NewObject();
                    json.SetInt($h, "a.b", 5);
                    printf("%s\\n", json.ToText($h));""",
            output = "{\"a\":{\"b\":5}}\n",
            beyond = true)
    public void setInt(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path, such as a.b.c.") String path,
            @Param(value = "value", doc = "The number.") long value) {
        values.put(handle, path, new JsonNumber(Long.toString(value)));
    }

    @ScriptFunction(
            name = "AppendInt",
            doc = "Appends an integer to an array, which is created if there is nothing at the end of " + "the path.",
            errors = "A freed or unknown handle, and a path to something else than an array, stop the script.",
            example = """
                    i64 $h = json.NewArray();
                    json.AppendInt($h, "", 5);
                    printf("%s\\n", json.ToText($h));""",
            output = "[5]\n",
            beyond = true)
    public void appendInt(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path to the array; \"\" for the value itself.") String path,
            @Param(value = "value", doc = "The number.") long value) {
        values.append(handle, path, new JsonNumber(Long.toString(value)));
    }

    @ScriptFunction(
            name = "SetDouble",
            doc = "Sets a number at the end of a path and creates missing objects on the way.",
            errors = "An infinite or undefined number, a freed or unknown handle, and a path that leads "
                    + "through something else than objects, stop the script.",
            example = """
                    i64 $h = json.NewObject();
                    json.SetDouble($h, "a.b", 0.5);
                    printf("%s\\n", json.ToText($h));""",
            output = "{\"a\":{\"b\":0.5}}\n",
            beyond = true)
    public void setDouble(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path, such as a.b.c.") String path,
            @Param(value = "value", doc = "The number.") double value) {
        values.put(handle, path, JsonNumber.of(value));
    }

    @ScriptFunction(
            name = "AppendDouble",
            doc = "Appends a number to an array, which is created if there is nothing at the end of the path.",
            errors = "An infinite or undefined number, a freed or unknown handle, and a path to "
                    + "something else than an array, stop the script.",
            example = """
                    i64 $h = json.NewArray();
                    json.AppendDouble($h, "", 0.5);
                    printf("%s\\n", json.ToText($h));""",
            output = "[0.5]\n",
            beyond = true)
    public void appendDouble(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path to the array; \"\" for the value itself.") String path,
            @Param(value = "value", doc = "The number.") double value) {
        values.append(handle, path, JsonNumber.of(value));
    }

    @ScriptFunction(
            name = "SetBool",
            doc = "Sets a boolean at the end of a path and creates missing objects on the way.",
            errors = "A freed or unknown handle, and a path that leads through something else than "
                    + "objects, stop the script.",
            example = """
                    i64 $h = json.NewObject();
                    json.SetBool($h, "a.b", 1);
                    printf("%s\\n", json.ToText($h));""",
            output = "{\"a\":{\"b\":true}}\n",
            beyond = true)
    public void setBool(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path, such as a.b.c.") String path,
            @Param(value = "value", doc = "0 for false, anything else for true.") long value) {
        values.put(handle, path, value != 0);
    }

    @ScriptFunction(
            name = "AppendBool",
            doc = "Appends a boolean to an array, which is created if there is nothing at the end of the " + "path.",
            errors = "A freed or unknown handle, and a path to something else than an array, stop the script.",
            example = """
                    i64 $h = json.NewArray();
                    json.AppendBool($h, "", 1);
                    printf("%s\\n", json.ToText($h));""",
            output = "[true]\n",
            beyond = true)
    public void appendBool(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path to the array; \"\" for the value itself.") String path,
            @Param(value = "value", doc = "0 for false, anything else for true.") long value) {
        values.append(handle, path, value != 0);
    }

    @ScriptFunction(
            name = "SetNull",
            doc = "Sets null at the end of a path and creates missing objects on the way.",
            errors = "A freed or unknown handle, and a path that leads through something else than "
                    + "objects, stop the script.",
            example = """
                    i64 $h = json.NewObject();
                    json.SetNull($h, "a.b");
                    printf("%s\\n", json.ToText($h));""",
            output = "{\"a\":{\"b\":null}}\n",
            beyond = true)
    public void setNull(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path, such as a.b.c.") String path) {
        values.put(handle, path, JsonTypes.NULL);
    }

    @ScriptFunction(
            name = "AppendNull",
            doc = "Appends null to an array, which is created if there is nothing at the end of the path.",
            errors = "A freed or unknown handle, and a path to something else than an array, stop the script.",
            example = """
                    i64 $h = json.NewArray();
                    json.AppendNull($h, "");
                    printf("%s\\n", json.ToText($h));""",
            output = "[null]\n",
            beyond = true)
    public void appendNull(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path to the array; \"\" for the value itself.") String path) {
        values.append(handle, path, JsonTypes.NULL);
    }

    @ScriptFunction(
            name = "SetObject",
            aliases = "SetArray",
            doc = "Sets a copy of another handle's value at the end of a path and creates missing "
                    + "objects on the way.",
            errors = "A value that nests too deeply, a freed or unknown handle, and a path that leads "
                    + "through something else than objects, stop the script.",
            example = """
                    i64 $h = json.NewObject();
                    json.SetObject($h, "a.b", json.Parse("[1]"));
                    printf("%s\\n", json.ToText($h));""",
            output = "{\"a\":{\"b\":[1]}}\n",
            beyond = true)
    public void setObject(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path, such as a.b.c.") String path,
            @Param(value = "value", doc = "The handle of the value to copy.") long value) {
        values.put(handle, path, values.copy(value));
    }

    @ScriptFunction(
            name = "AppendObject",
            aliases = "AppendArray",
            doc = "Appends a copy of another handle's value to an array, which is created if there is "
                    + "nothing at the end of the path.",
            errors = "A value that nests too deeply, a freed or unknown handle, and a path to something "
                    + "else than an array, stop the script.",
            example = """
                    i64 $h = json.NewArray();
                    json.AppendObject($h, "", json.Parse("[1]"));
                    printf("%s\\n", json.ToText($h));""",
            output = "[[1]]\n",
            beyond = true)
    public void appendObject(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path to the array; \"\" for the value itself.") String path,
            @Param(value = "value", doc = "The handle of the value to copy.") long value) {
        values.append(handle, path, values.copy(value));
    }

    @ScriptFunction(
            name = "Remove",
            doc = "Removes a member of an object.",
            returns = "1 if there was such a value, else 0.",
            errors = "A freed or unknown handle, and a path that is wrong or empty, stop the script.",
            example = """
                    i64 $h = json.Parse("{\\"a\\": 1, \\"b\\": 2}");
                    printf("%d %d %s\\n", json.Remove($h, "a"), json.Remove($h, "a"), json.ToText($h));""",
            output = "1 0 {\"b\":2}\n",
            beyond = true)
    public int remove(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path, such as a.b.c.") String path) {
        return values.remove(handle, path) ? 1 : 0;
    }

    @ScriptFunction(
            name = "ToText",
            doc = "Writes a value as a JSON text in UTF-8, without white space.",
            returns = "The text.",
            errors = "A freed or unknown handle, a path to nothing and a value that nests deeper than 512 levels stop "
                    + "the script.",
            example = "printf(\"%s\\n\", json.ToText(json.Parse(\"{ \\\"a\\\": [1, 2.50] }\"), \"a\"));",
            output = "[1,2.50]\n",
            beyond = true)
    public String toText(
            @Param(value = "handle", doc = "The handle of the value.") long handle,
            @Param(value = "path", doc = "The path; omit it for the value itself.", defaultValue = "\"\"")
                    String path) {
        return ByteStrings.fromText(values.write(handle, path));
    }

    @ScriptFunction(
            name = "Free",
            doc = "Frees a handle. Freeing a handle that Parse, NewObject or NewArray returned frees "
                    + "the whole tree, with all handles of values inside it. Freeing any other handle does "
                    + "not change the tree or other handles.",
            returns = "1, or 0 if it was freed before.",
            errors = "A handle that no function has returned stops the script.",
            example = """
                    i64 $h = json.NewArray();
                    printf("%d %d\\n", json.Free($h), json.Free($h));""",
            output = "1 0\n")
    public int free(@Param(value = "handle", doc = "The handle to free.") long handle) {
        return values.free(handle) ? 1 : 0;
    }
}
