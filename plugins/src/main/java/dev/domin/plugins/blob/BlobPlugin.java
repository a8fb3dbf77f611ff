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
 * Making, showing, searching and dividing blobs, and the numbers of binary protocols inside them. The file is long because every
 * function carries its page of documentation; other types do the work.
 */
@ScriptPlugin(
        namespace = "blob",
        library = "BlobPlugin",
        path = "../plugins/blob/BlobPlugin",
        doc =
                "Makes blobs of text and text of blobs, shows, searches and divides their bytes, and reads and writes the numbers "
                        + "of binary protocols inside them. Unlike a string a blob may hold 0 bytes, as packets do: what comes from "
                        + "a packet is compared, searched and divided as a blob, and shown by blob.Escape. Upper and lower case are "
                        + "those of ASCII.")
public final class BlobPlugin implements Plugin {

    private ScriptContext context;

    @Override
    public void start(ScriptContext run) {
        context = run;
    }

    @ScriptFunction(
            name = "FromText",
            doc = "Makes a blob of all bytes of a string. No 0 byte is added.",
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
            doc =
                    "Makes a string of the bytes of a blob. A string ends at its first 0 byte, so bytes from there on are left "
                            + "out.",
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
            doc =
                    "Shows the bytes of a blob for reading: for every 16 bytes a line with the offset of the first, the bytes "
                            + "in hexadecimal and as ASCII, where a point stands for what cannot be printed.",
            returns = "The lines, each with its line end; an empty string for an empty blob.",
            example = "printf(\"%s\", blob.ToDump(blob.FromText(\"Hello, blob!\\n\")));",
            output = "00000000  48 65 6c 6c 6f 2c 20 62  6c 6f 62 21 0a           |Hello, blob!.|\n")
    public String toDump(@Param(value = "blob", doc = "The bytes to show.") Blob blob) {
        return HexText.dump(context, blob);
    }

    @ScriptFunction(
            name = "Concat",
            doc = "Makes a new blob of the bytes of one blob and, behind them, those of the others, in their order.",
            returns = "The new blob; the arguments stay as they are.",
            errors =
                    "Anything but a blob among `more`, and a result over the largest length of a blob, stop the script.",
            example = """
                    blob $end[1];
                    printf("%s\\n", blob.ToHex(blob.Concat(blob.FromText("ab"), blob.FromText("cd"), $end)));""",
            output = "6162636400\n",
            beyond = true)
    public static Blob concat(
            @Param(value = "first", doc = "What comes first.") Blob first,
            @Param(value = "second", doc = "What comes behind it.") Blob second,
            @Param(value = "more", doc = "Blobs that come behind that.") Object... more) {
        return Joining.concat(first, second, more);
    }

    @ScriptFunction(
            name = "Find",
            doc = "Searches a blob for the bytes of another. An empty needle is found at once.",
            returns = "The index of the first byte of the first match at or behind `from`, or -1 if there is none.",
            errors = "A `from` below 0 or behind the end of the blob stops the script.",
            example = """
                    blob $b[8];
                    $b = blob.FromText("a\\r\\nb\\r\\n");
                    printf("%d %d\\n", blob.Find($b, blob.FromText("\\r\\n")), blob.Find($b, blob.FromText("\\r\\n"), 2));""",
            output = "1 4\n",
            beyond = true)
    public long find(
            @Param(value = "blob", doc = "Where to search.") Blob blob,
            @Param(
                            value = "needle",
                            doc = "The bytes to search for.",
                            help = "blob.FromText(\"...\") makes a blob of a text")
                    Blob needle,
            @Param(value = "from", doc = "The index to start at.", defaultValue = "0") long from) {
        return find(blob, needle, from, false);
    }

    @ScriptFunction(
            name = "FindNoCase",
            doc = "Searches as blob.Find does, with A to Z taken for a to z.",
            returns = "The index of the first byte of the first match at or behind `from`, or -1 if there is none.",
            errors = "A `from` below 0 or behind the end of the blob stops the script.",
            example =
                    "printf(\"%d\\n\", blob.FindNoCase(blob.FromText(\"x\\r\\nVia: a\"), blob.FromText(\"\\nvia:\")));",
            output = "2\n",
            beyond = true)
    public long findNoCase(
            @Param(value = "blob", doc = "Where to search.") Blob blob,
            @Param(
                            value = "needle",
                            doc = "The bytes to search for.",
                            help = "blob.FromText(\"...\") makes a blob of a text")
                    Blob needle,
            @Param(value = "from", doc = "The index to start at.", defaultValue = "0") long from) {
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
            doc =
                    "Copies the bytes from an index to the next separator, and moves the index behind that separator, where the "
                            + "next part begins; behind the last part it becomes -1. A loop that goes on while it is not takes all "
                            + "parts, of which there is one more than separators. They may be empty.",
            returns = "The part, without separators; an empty blob if the index is -1 already.",
            errors = "An empty separator, an index below -1, or one behind the end of the blob stops the script.",
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
                            doc = "What stands between the parts; not empty.",
                            help = "blob.FromText(\"...\") makes a blob of a text")
                    Blob separator,
            @Param(
                            value = "at",
                            doc = "The index of the part's first byte, 0 for the first part; is changed.",
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
            doc = "Cuts blanks, tabs and line ends off both ends of a blob. A 0 byte is none of these.",
            returns = "A blob of what is left; the argument stays as it is.",
            example = "printf(\"[%s]\\n\", blob.Escape(blob.Trim(blob.FromText(\"  a b\\r\\n\"))));",
            output = "[a b]\n",
            beyond = true)
    public Blob trim(@Param(value = "blob", doc = "The blob.") Blob blob) {
        int start = Letters.skipSpace(context, blob.array(), blob.length());
        return blob.slice(start, Letters.skipSpaceBehind(context, blob.array(), start, blob.length()));
    }

    @ScriptFunction(
            name = "Lower",
            doc = "Copies a blob with the letters A to Z changed into small ones; every other byte stays.",
            returns = "The changed copy.",
            example = "printf(\"%s\\n\", blob.ToText(blob.Lower(blob.FromText(\"Example.TEST\"))));",
            output = "example.test\n",
            beyond = true)
    public Blob lower(@Param(value = "blob", doc = "The blob.") Blob blob) {
        return Blob.of(Letters.toLower(context, blob.toByteArray()));
    }

    @ScriptFunction(
            name = "Upper",
            doc = "Copies a blob with the letters a to z changed into capitals; every other byte stays.",
            returns = "The changed copy.",
            example = "printf(\"%s\\n\", blob.ToText(blob.Upper(blob.FromText(\"get /a1\"))));",
            output = "GET /A1\n",
            beyond = true)
    public Blob upper(@Param(value = "blob", doc = "The blob.") Blob blob) {
        return Blob.of(Letters.toUpper(context, blob.toByteArray()));
    }

    @ScriptFunction(
            name = "EqualNoCase",
            doc = "Tells whether two blobs have the same bytes, with A to Z taken for a to z. `==` compares with case.",
            returns = "1 if they have, else 0.",
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
            doc = "Tells whether a blob begins with the bytes of another.",
            returns = "1 if it does, else 0.",
            example = "printf(\"%d\\n\", blob.StartsWith(blob.FromText(\"GET /\"), blob.FromText(\"GET \")));",
            output = "1\n",
            beyond = true)
    public static int startsWith(
            @Param(value = "blob", doc = "The blob.") Blob blob,
            @Param(
                            value = "prefix",
                            doc = "What it may begin with.",
                            help = "blob.FromText(\"...\") makes a blob of a text")
                    Blob prefix) {
        return hasAt(blob, 0, prefix);
    }

    @ScriptFunction(
            name = "EndsWith",
            doc = "Tells whether a blob ends in the bytes of another.",
            returns = "1 if it does, else 0.",
            example = "printf(\"%d\\n\", blob.EndsWith(blob.FromText(\"a.txt\"), blob.FromText(\".dom\")));",
            output = "0\n",
            beyond = true)
    public static int endsWith(
            @Param(value = "blob", doc = "The blob.") Blob blob,
            @Param(
                            value = "suffix",
                            doc = "What it may end in.",
                            help = "blob.FromText(\"...\") makes a blob of a text")
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
            doc =
                    "Shows a blob as text that is safe to print, whatever it holds. Printable characters in UTF-8 stay, but a "
                            + "backslash becomes `\\\\`. A line feed, a carriage return and a tab become `\\n`, `\\r` and `\\t`, and every "
                            + "other byte `\\xNN`: 0 bytes and other control characters, those from U+0080 to U+009F too, characters "
                            + "that are not seen, such as marks of the writing direction, and bytes that are not UTF-8. Quotes stay.",
            returns =
                    "The text, on one line. Different blobs give different texts, so one that is not too long may be a key of a map.",
            errors = "A text that is too long for a string stops the script.",
            example = "printf(\"%s\\n\", blob.Escape(blob.FromHex(\"636166c3a9 00 5c 0a 1b5b324a\")));",
            output = "café\\x00\\\\\\n\\x1b[2J\n",
            beyond = true)
    public String escape(@Param(value = "blob", doc = "The bytes to show.") Blob blob) {
        return Escaping.escape(context, blob.array(), blob.length());
    }

    @ScriptFunction(
            name = "FromHex",
            doc =
                    "Makes a blob of hexadecimal digits, upper or lower case, two for each byte. White space between the bytes "
                            + "is passed over.",
            returns = "A blob of as many bytes as there are pairs of digits.",
            errors = "Anything but pairs of digits and white space stops the script.",
            example = "printf(\"%d\\n\", blob.GetInt(blob.FromHex(\"01 F4\"), 0, 2, 1));",
            output = "500\n",
            beyond = true)
    public Blob fromHex(@Param(value = "text", doc = "The digits.") String text) {
        return HexText.parse(context, text);
    }

    @ScriptFunction(
            name = "ToHex",
            doc = "Shows a blob as lower-case hexadecimal digits, two for each byte, with nothing between them.",
            returns = "The digits; an empty string for an empty blob.",
            example = "printf(\"%s\\n\", blob.ToHex(blob.FromText(\"AZ\\n\")));",
            output = "415a0a\n",
            beyond = true)
    public String toHex(@Param(value = "blob", doc = "The bytes to show.") Blob blob) {
        return HexText.digits(context, blob);
    }

    @ScriptFunction(
            name = "GetInt",
            doc =
                    "Reads an integer of 1 to 8 bytes from a blob, in network byte order (highest byte first) or in little-endian "
                            + "order. It is read without a sign; only with 8 bytes the highest bit is the sign.",
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
            @Param(value = "offset", doc = "The index of the number's first byte.") long offset,
            @Param(value = "bytes", doc = "How many bytes it has, 1 to 8.") long bytes,
            @Param(value = "bigEndian", doc = "1 if the highest byte comes first, 0 if the lowest does.")
                    long bigEndian) {
        return ByteNumbers.get(blob, offset, bytes, bigEndian != 0);
    }

    @ScriptFunction(
            name = "FromInt",
            doc =
                    "Makes a blob of an integer, in network byte order (highest byte first) or in little-endian order. Of a number "
                            + "that needs more bytes the low ones are kept. With blob.Concat it builds messages of parts.",
            returns = "A blob of as many bytes as asked for.",
            errors = "A number of bytes other than 1 to 8 stops the script.",
            example = "printf(\"%s %s\\n\", blob.ToHex(blob.FromInt(500, 2, 1)), blob.ToHex(blob.FromInt(-2, 4, 0)));",
            output = "01f4 feffffff\n",
            beyond = true)
    public static Blob fromInt(
            @Param(value = "value", doc = "The number.") long value,
            @Param(value = "bytes", doc = "How many bytes it takes, 1 to 8.") long bytes,
            @Param(value = "bigEndian", doc = "1 if the highest byte comes first, 0 if the lowest does.")
                    long bigEndian) {
        return ByteNumbers.make(bytes, bigEndian != 0, value);
    }

    @ScriptFunction(
            name = "SetInt",
            doc =
                    "Writes an integer of 1 to 8 bytes into a blob, in place, in network byte order (highest byte first) or in "
                            + "little-endian order. Of a number that needs more bytes the low ones are kept.",
            errors = "A number of bytes other than 1 to 8, and bytes outside the blob, stop the script.",
            example = """
                    blob $b[4];
                    blob.SetInt($b, 1, 2, 1, 500);
                    printf("%s\\n", blob.ToHex($b));""",
            output = "0001f400\n",
            beyond = true)
    public static void setInt(
            @Param(value = "blob", doc = "The blob to change.", byRef = true) Blob blob,
            @Param(value = "offset", doc = "The index of the number's first byte.") long offset,
            @Param(value = "bytes", doc = "How many bytes it takes, 1 to 8.") long bytes,
            @Param(value = "bigEndian", doc = "1 if the highest byte comes first, 0 if the lowest does.")
                    long bigEndian,
            @Param(value = "value", doc = "The number to write.") long value) {
        ByteNumbers.set(blob, offset, bytes, bigEndian != 0, value);
    }

    @ScriptFunction(
            name = "RefFromPointer",
            doc =
                    "Gives a reference to the bytes at an address, without copying them: what is written in place through one "
                            + "reference, by field, index, slice or `:=`, is seen through all others. Assigning to it by `=` gives it "
                            + "bytes of its own and leaves those at the address as they are.",
            returns = "The blob, for a local reference.",
            errors = "An address where nothing is allocated, and a size over what is allocated there, stop the script.",
            example = """
                    script_state.Allocate(4);
                    ref blob &a = blob.RefFromPointer(script_state.GetPointer(), 4);
                    ref blob &b = blob.RefFromPointer(script_state.GetPointer(), 4);
                    a[0] = 65;
                    printf("%d\\n", b[0]);""",
            output = "65\n")
    public Blob refFromPointer(
            @Param(value = "address", doc = "Where the bytes begin, such as script_state.GetPointer().") long address,
            @Param(value = "size", doc = "How many bytes, at most as many as are allocated there.") long size) {
        return Memory.of(context).view(address, size);
    }
}
