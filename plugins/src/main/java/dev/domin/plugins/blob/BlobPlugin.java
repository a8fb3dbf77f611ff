package dev.domin.plugins.blob;

import dev.domin.plugins.bytes.ByteSearch;
import dev.domin.plugins.bytes.Escaping;
import dev.domin.plugins.bytes.Letters;
import dev.domin.plugins.memory.Memory;
import dev.domin.spi.Blob;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.IntRef;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Creates, formats, searches and splits blobs, and reads and writes the numbers of binary protocols in them. The file
 * is long because every function carries its page of documentation; other types do the work.
 */
@ScriptPlugin(
        namespace = "blob",
        library = "BlobPlugin",
        path = "../plugins/blob/BlobPlugin",
        doc = "Converts between blobs and text, formats, searches and splits blobs, and reads and "
                + "writes the numbers of binary protocols in them. Unlike a string, a blob may contain 0 "
                + "bytes, as packets do: compare, search and split the contents of packets as blobs, and "
                + "print them with blob.Escape. Upper and lower case are those of ASCII.")
public final class BlobPlugin implements Plugin {

    private ScriptContext context;

    @Override
    public void start(ScriptContext run) {
        context = run;
    }

    @ScriptFunction(
            name = "FromText",
            doc = "Copies the bytes of a string into a new blob. No 0 byte is added.",
            returns = "A blob as long as the string.",
            example = """
                    blob $b[8];
                    $b = blob.FromText("PING");
                    printf("%d\\n", $b.Length);""",
            output = "4\n")
    public static Blob fromText(@Param(value = "text", doc = "The text.") String text) {
        return Blob.of(ByteStrings.toBytes(text));
    }

    @ScriptFunction(
            name = "ToText",
            doc = "Copies the bytes of a blob into a string. A string ends at its first 0 byte, so the "
                    + "bytes from there on are omitted.",
            returns = "The string.",
            example = "printf(\"%s\\n\", blob.ToText(blob.FromHex(\"50 6f 6e 67 00 ff\")));",
            output = "Pong\n",
            beyond = true)
    public String toText(@Param(value = "blob", doc = "The bytes of the text.") Blob blob) {
        int length = ByteSearch.indexOf(context, blob.array(), blob.length(), (byte) 0);
        return new String(blob.array(), 0, length, StandardCharsets.ISO_8859_1);
    }

    @ScriptFunction(
            name = "ToDump",
            doc = "Formats the bytes of a blob as a hex dump: a line for every 16 bytes, with the "
                    + "offset of the first byte and the bytes in hexadecimal and in ASCII, where a point "
                    + "stands for a byte that cannot be printed.",
            returns = "The lines, each with its line end; an empty string for an empty blob.",
            example = "printf(\"%s\", blob.ToDump(blob.FromText(\"Hello, blob!\\n\")));",
            output = "00000000  48 65 6c 6c 6f 2c 20 62  6c 6f 62 21 0a           |Hello, blob!.|\n")
    public String toDump(@Param(value = "blob", doc = "The bytes to format.") Blob blob) {
        return HexText.dump(context, blob);
    }

    @ScriptFunction(
            name = "Concat",
            doc = "Joins blobs in the order of the arguments.",
            returns = "A new blob; the arguments are not changed.",
            errors = "An argument that is not a blob, and a result that is too long for a blob, stop the " + "script.",
            example = """
                    blob $end[1];
                    printf("%s\\n", blob.ToHex(blob.Concat(blob.FromText("ab"), blob.FromText("cd"), $end)));""",
            output = "6162636400\n",
            beyond = true)
    public static Blob concat(
            @Param(value = "first", doc = "The first blob.") Blob first,
            @Param(value = "second", doc = "The second blob.") Blob second,
            @Param(value = "more", doc = "Further blobs.") Object... more) {
        return Joining.concat(first, second, more);
    }

    @ScriptFunction(
            name = "Find",
            doc = "Searches a blob for the bytes of another. An empty needle is found at `from`.",
            returns = "The index of the first byte of the first match at or after `from`, or -1 if there " + "is none.",
            errors = "A `from` below 0 or after the end of the blob stops the script.",
            example = """
                    blob $b[8];
                    $b = blob.FromText("a\\r\\nb\\r\\n");
                    printf("%d %d\\n", blob.Find($b, blob.FromText("\\r\\n")), blob.Find($b, blob.FromText("\\r\\n"), 2));""",
            output = "1 4\n",
            beyond = true)
    public long find(
            @Param(value = "blob", doc = "The blob to search in.") Blob blob,
            @Param(
                            value = "needle",
                            doc = "The bytes to search for.",
                            help = "blob.FromText(\"...\") converts a text to a blob")
                    Blob needle,
            @Param(value = "from", doc = "The index to start at.", defaultValue = "0", min = 0) long from) {
        return find(blob, needle, from, false);
    }

    @ScriptFunction(
            name = "FindNoCase",
            doc = "Searches as blob.Find does, ignoring the case of A to Z.",
            returns = "The index of the first byte of the first match at or after `from`, or -1 if there " + "is none.",
            errors = "A `from` below 0 or after the end of the blob stops the script.",
            example =
                    "printf(\"%d\\n\", blob.FindNoCase(blob.FromText(\"x\\r\\nVia: a\"), blob.FromText(\"\\nvia:\")));",
            output = "2\n",
            beyond = true)
    public long findNoCase(
            @Param(value = "blob", doc = "The blob to search in.") Blob blob,
            @Param(
                            value = "needle",
                            doc = "The bytes to search for.",
                            help = "blob.FromText(\"...\") converts a text to a blob")
                    Blob needle,
            @Param(value = "from", doc = "The index to start at.", defaultValue = "0", min = 0) long from) {
        return find(blob, needle, from, true);
    }

    private long find(Blob blob, Blob needle, long from, boolean anyCase) {
        if (from < 0 || from > blob.length()) {
            throw new ScriptError("from is " + from + ", but the blob has " + blob.length() + " bytes");
        }
        return ByteSearch.find(context, blob, needle, (int) from, anyCase);
    }

    @ScriptFunction(
            name = "SplitNext",
            doc = "Copies the bytes from an index to the next separator, and sets the index to the "
                    + "start of the next part, after that separator. After the last part it sets the index "
                    + "to -1, which ends a loop over all parts. There is one part more than separators; "
                    + "parts may be empty.",
            returns = "The part, without separators; an empty blob if the index is -1 already.",
            errors = "An empty separator, an index below -1, or an index after the end of the blob stops "
                    + "the script.",
            example = """
                    blob $b[0] = blob.FromText("GET /a HTTP/1.1");
                    i32 $at = 0;
                    while ($at >= 0) {
                        printf("[%s]\\n", blob.Escape(blob.SplitNext($b, blob.FromText(" "), $at)));
                    }""",
            output = "[GET]\n[/a]\n[HTTP/1.1]\n",
            beyond = true)
    public Blob splitNext(
            @Param(value = "blob", doc = "The blob.") Blob blob,
            @Param(
                            value = "separator",
                            doc = "The bytes between the parts; not empty.",
                            help = "blob.FromText(\"...\") converts a text to a blob")
                    Blob separator,
            @Param(
                            value = "at",
                            doc = "The index of the part's first byte, 0 for the first part. The "
                                    + "function changes it.",
                            help = "pass an i32 variable")
                    IntRef at) {
        if (separator.length() == 0) {
            throw new ScriptError("the separator is empty", "$b[$i] reads a blob byte by byte");
        }
        int start = at.value;
        if (start == -1) {
            return new Blob();
        }
        if (start < 0 || start > blob.length()) {
            throw new ScriptError("at is " + start + ", but the blob has " + blob.length() + " bytes");
        }
        int found = ByteSearch.find(context, blob, separator, start, false);
        at.value = found < 0 ? -1 : found + separator.length();
        return blob.slice(start, found < 0 ? blob.length() : found);
    }

    @ScriptFunction(
            name = "Trim",
            doc = "Removes spaces, tabs and line ends from both ends of a blob. 0 bytes stay.",
            returns = "A new blob; the argument is not changed.",
            example = "printf(\"[%s]\\n\", blob.Escape(blob.Trim(blob.FromText(\"  a b\\r\\n\"))));",
            output = "[a b]\n",
            beyond = true)
    public Blob trim(@Param(value = "blob", doc = "The blob.") Blob blob) {
        int start = Letters.skipSpace(context, blob.array(), blob.length());
        return blob.slice(start, Letters.skipSpaceBehind(context, blob.array(), start, blob.length()));
    }

    @ScriptFunction(
            name = "Lower",
            doc = "Copies a blob with the letters A to Z changed to lower case; other bytes stay.",
            returns = "The changed copy.",
            example = "printf(\"%s\\n\", blob.ToText(blob.Lower(blob.FromText(\"Example.TEST\"))));",
            output = "example.test\n",
            beyond = true)
    public Blob lower(@Param(value = "blob", doc = "The blob.") Blob blob) {
        return Blob.of(Letters.toLower(context, blob.toByteArray()));
    }

    @ScriptFunction(
            name = "Upper",
            doc = "Copies a blob with the letters a to z changed to upper case; other bytes stay.",
            returns = "The changed copy.",
            example = "printf(\"%s\\n\", blob.ToText(blob.Upper(blob.FromText(\"get /a1\"))));",
            output = "GET /A1\n",
            beyond = true)
    public Blob upper(@Param(value = "blob", doc = "The blob.") Blob blob) {
        return Blob.of(Letters.toUpper(context, blob.toByteArray()));
    }

    @ScriptFunction(
            name = "EqualNoCase",
            doc = "Returns whether two blobs have the same bytes, ignoring the case of A to Z. `==` does "
                    + "not ignore case.",
            returns = "1 if they do, else 0.",
            example = """
                    printf("%d\\n", blob.EqualNoCase(blob.FromText("OCTET"), blob.FromText("octet")));""",
            output = "1\n",
            beyond = true)
    public int equalNoCase(
            @Param(value = "a", doc = "A blob.") Blob a, @Param(value = "b", doc = "Another blob.") Blob b) {
        int length = a.length();
        return length == b.length() && Letters.mismatchNoCase(context, a.array(), b.array(), length) == length ? 1 : 0;
    }

    @ScriptFunction(
            name = "StartsWith",
            doc = "Returns whether a blob begins with the bytes of another.",
            returns = "1 if it does, else 0.",
            example = "printf(\"%d\\n\", blob.StartsWith(blob.FromText(\"GET /\"), blob.FromText(\"GET \")));",
            output = "1\n",
            beyond = true)
    public static int startsWith(
            @Param(value = "blob", doc = "The blob.") Blob blob,
            @Param(
                            value = "prefix",
                            doc = "The start to test for.",
                            help = "blob.FromText(\"...\") converts a text to a blob")
                    Blob prefix) {
        return hasAt(blob, 0, prefix);
    }

    @ScriptFunction(
            name = "EndsWith",
            doc = "Returns whether a blob ends with the bytes of another.",
            returns = "1 if it does, else 0.",
            example = "printf(\"%d\\n\", blob.EndsWith(blob.FromText(\"a.txt\"), blob.FromText(\".dom\")));",
            output = "0\n",
            beyond = true)
    public static int endsWith(
            @Param(value = "blob", doc = "The blob.") Blob blob,
            @Param(
                            value = "suffix",
                            doc = "The end to test for.",
                            help = "blob.FromText(\"...\") converts a text to a blob")
                    Blob suffix) {
        return hasAt(blob, blob.length() - suffix.length(), suffix);
    }

    private static int hasAt(Blob blob, int start, Blob part) {
        int length = part.length();
        return start >= 0
                        && length <= blob.length() - start
                        && Arrays.equals(blob.array(), start, start + length, part.array(), 0, length)
                ? 1
                : 0;
    }

    @ScriptFunction(
            name = "Escape",
            doc = "Converts a blob to text that is safe to print. Printable characters in UTF-8 stay, "
                    + "except that a backslash becomes `\\\\`. A line feed, a carriage return and a tab "
                    + "become `\\n`, `\\r` and `\\t`, and every other byte `\\xNN`: 0 bytes and other "
                    + "control characters, those from U+0080 to U+009F too, invisible characters, such as "
                    + "marks of the writing direction, and bytes that are not UTF-8. Quotes stay.",
            returns = "The text, on one line. Different blobs give different texts, so a text that is not "
                    + "too long can be a key of a map.",
            errors = "A text that is too long for a string stops the script.",
            example = "printf(\"%s\\n\", blob.Escape(blob.FromHex(\"636166c3a9 00 5c 0a 1b5b324a\")));",
            output = "café\\x00\\\\\\n\\x1b[2J\n",
            beyond = true)
    public String escape(@Param(value = "blob", doc = "The bytes to format.") Blob blob) {
        return Escaping.escape(context, blob.array(), blob.length());
    }

    @ScriptFunction(
            name = "FromHex",
            doc = "Converts hexadecimal digits, upper or lower case, two for each byte, to a blob. "
                    + "White space between the bytes is skipped.",
            returns = "A blob of as many bytes as there are pairs of digits.",
            errors = "A text that is not pairs of digits and white space stops the script.",
            example = "printf(\"%d\\n\", blob.GetInt(blob.FromHex(\"01 F4\"), 0, 2, 1));",
            output = "500\n",
            beyond = true)
    public Blob fromHex(@Param(value = "text", doc = "The digits.") String text) {
        return HexText.parse(context, text);
    }

    @ScriptFunction(
            name = "IsHex",
            doc = "Returns whether blob.FromHex can convert a text.",
            returns = "1 if it can, else 0.",
            example = "printf(\"%d %d\\n\", blob.IsHex(\"01 f4\"), blob.IsHex(\"0x01\"));",
            output = "1 0\n",
            beyond = true)
    public int isHex(@Param(value = "text", doc = "The digits.") String text) {
        return HexText.isHex(context, text) ? 1 : 0;
    }

    @ScriptFunction(
            name = "ToHex",
            doc = "Converts a blob to lower-case hexadecimal digits, two for each byte, with nothing "
                    + "between them.",
            returns = "The digits; an empty string for an empty blob.",
            example = "printf(\"%s\\n\", blob.ToHex(blob.FromText(\"AZ\\n\")));",
            output = "415a0a\n",
            beyond = true)
    public String toHex(@Param(value = "blob", doc = "The bytes to format.") Blob blob) {
        return HexText.digits(context, blob);
    }

    @ScriptFunction(
            name = "GetInt",
            doc = "Reads an integer of 1 to 8 bytes from a blob, in network byte order (highest byte "
                    + "first) or in little-endian order. It is read as unsigned; with 8 bytes the result "
                    + "is signed.",
            returns = "The number.",
            errors = "A number of bytes other than 1 to 8, and bytes outside the blob, stop the script.",
            example = """
                    blob $b[8];
                    $b = blob.FromHex("01 02 ff");
                    printf("%x %x %d\\n", blob.GetInt($b, 0, 2, 1), blob.GetInt($b, 0, 2, 0), blob.GetInt($b, 2, 1, 0));""",
            output = "102 201 255\n",
            beyond = true)
    public static long getInt(
            @Param(value = "blob", doc = "The blob to read from.") Blob blob,
            @Param(value = "offset", doc = "The index of the number's first byte, from 0.", min = 0) long offset,
            @Param(value = "bytes", doc = "How many bytes it has.", min = 1, max = 8) long bytes,
            @Param(value = "bigEndian", doc = "1 for network byte order, 0 for little-endian.") long bigEndian) {
        return ByteNumbers.get(blob, offset, bytes, bigEndian != 0);
    }

    @ScriptFunction(
            name = "FromInt",
            doc = "Converts an integer to a blob, in network byte order (highest byte first) or in "
                    + "little-endian order. The low bytes of a larger number are kept. Together with "
                    + "blob.Concat it builds messages.",
            returns = "A blob of that many bytes.",
            errors = "A number of bytes other than 1 to 8 stops the script.",
            example = "printf(\"%s %s\\n\", blob.ToHex(blob.FromInt(500, 2, 1)), blob.ToHex(blob.FromInt(-2, 4, 0)));",
            output = "01f4 feffffff\n",
            beyond = true)
    public static Blob fromInt(
            @Param(value = "value", doc = "The number.") long value,
            @Param(value = "bytes", doc = "How many bytes it takes.", min = 1, max = 8) long bytes,
            @Param(value = "bigEndian", doc = "1 for network byte order, 0 for little-endian.") long bigEndian) {
        return ByteNumbers.make(bytes, bigEndian != 0, value);
    }

    @ScriptFunction(
            name = "SetInt",
            doc = "Writes an integer of 1 to 8 bytes into a blob, in place, in network byte order "
                    + "(highest byte first) or in little-endian order. The low bytes of a larger number "
                    + "are kept.",
            errors = "A number of bytes other than 1 to 8, and bytes outside the blob, stop the script.",
            example = """
                    blob $b[4];
                    blob.SetInt($b, 1, 2, 1, 500);
                    printf("%s\\n", blob.ToHex($b));""",
            output = "0001f400\n",
            beyond = true)
    public static void setInt(
            @Param(value = "blob", doc = "The blob, which is changed.", byRef = true) Blob blob,
            @Param(value = "offset", doc = "The index of the number's first byte, from 0.", min = 0) long offset,
            @Param(value = "bytes", doc = "How many bytes it takes.", min = 1, max = 8) long bytes,
            @Param(value = "bigEndian", doc = "1 for network byte order, 0 for little-endian.") long bigEndian,
            @Param(value = "value", doc = "The number to write.") long value) {
        ByteNumbers.set(blob, offset, bytes, bigEndian != 0, value);
    }

    @ScriptFunction(
            name = "GetFloat",
            doc = "Reads a floating-point number of 4 or 8 bytes (IEEE 754) from a blob, in network byte order "
                    + "(highest byte first) or in little-endian order.",
            returns = "The number.",
            errors = "A number of bytes other than 4 and 8, and bytes outside the blob, stop the script.",
            example = "printf(\"%.2f\\n\", blob.GetFloat(blob.FromHex(\"41 48 00 00\"), 0, 4, 1));",
            output = "12.50\n",
            beyond = true)
    public static double getFloat(
            @Param(value = "blob", doc = "The blob to read from.") Blob blob,
            @Param(value = "offset", doc = "The index of the number's first byte, from 0.", min = 0) long offset,
            @Param(value = "bytes", doc = "How many bytes it has, 4 or 8.", min = 4, max = 8) long bytes,
            @Param(value = "bigEndian", doc = "1 for network byte order, 0 for little-endian.") long bigEndian) {
        return ByteNumbers.getFloat(blob, offset, bytes, bigEndian != 0);
    }

    @ScriptFunction(
            name = "SetFloat",
            doc = "Writes a floating-point number of 4 or 8 bytes (IEEE 754) into a blob, in place, in network "
                    + "byte order (highest byte first) or in little-endian order. 4 bytes hold the nearest "
                    + "number that they can.",
            errors = "A number of bytes other than 4 and 8, and bytes outside the blob, stop the script.",
            example = """
                    blob $b[4];
                    blob.SetFloat($b, 0, 4, 1, 12.5);
                    printf("%s\\n", blob.ToHex($b));""",
            output = "41480000\n",
            beyond = true)
    public static void setFloat(
            @Param(value = "blob", doc = "The blob, which is changed.", byRef = true) Blob blob,
            @Param(value = "offset", doc = "The index of the number's first byte, from 0.", min = 0) long offset,
            @Param(value = "bytes", doc = "How many bytes it takes, 4 or 8.", min = 4, max = 8) long bytes,
            @Param(value = "bigEndian", doc = "1 for network byte order, 0 for little-endian.") long bigEndian,
            @Param(value = "value", doc = "The number to write.") double value) {
        ByteNumbers.setFloat(blob, offset, bytes, bigEndian != 0, value);
    }

    @ScriptFunction(
            name = "RefFromPointer",
            doc = "Returns a reference to the bytes at an address, without copying them: a change in "
                    + "place through one reference, by field, index, slice or `:=`, is visible through all "
                    + "others. Assigning to a reference by `=` gives it its own bytes and does not change "
                    + "those at the address.",
            returns = "The blob, for a local reference.",
            errors = "An address where nothing is allocated, and a size larger than the allocation, stop "
                    + "the script.",
            example = """
                    script_state.Allocate(4);
                    ref blob &a = blob.RefFromPointer(script_state.GetPointer(), 4);
                    ref blob &b = blob.RefFromPointer(script_state.GetPointer(), 4);
                    a[0] = 65;
                    printf("%d\\n", b[0]);""",
            output = "65\n")
    public Blob refFromPointer(
            @Param(value = "address", doc = "Where the bytes begin, such as script_state.GetPointer().") long address,
            @Param(value = "size", doc = "The number of bytes, at most the size of the allocation.") long size) {
        return Memory.of(context).view(address, size);
    }
}
