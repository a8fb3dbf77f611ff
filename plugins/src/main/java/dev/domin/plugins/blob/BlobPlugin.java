package dev.domin.plugins.blob;

import dev.domin.plugins.memory.Memory;
import dev.domin.spi.Blob;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;

/** Making, showing and searching blobs, and the numbers of binary protocols inside them. */
@ScriptPlugin(
        namespace = "blob",
        library = "BlobPlugin",
        path = "../plugins/blob/BlobPlugin",
        doc =
                "Makes blobs of text and text of blobs, shows and searches their bytes, and reads and writes the numbers of "
                        + "binary protocols inside them.")
public final class BlobPlugin implements Plugin {

    private static final int NUMBER_BYTES = 8;

    private ScriptContext context;

    /** Creates the plugin for one run. */
    public BlobPlugin() {}

    @Override
    public void start(ScriptContext run) {
        context = run;
    }

    /**
     * Makes a blob of a string.
     *
     * @param text the string
     * @return a blob of the same bytes
     */
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

    /**
     * Makes a string of a blob.
     *
     * @param blob the blob
     * @return the bytes before the first 0
     */
    @ScriptFunction(
            name = "ToText",
            doc =
                    "Makes a string of the bytes of a blob. A string ends at its first 0 byte, so bytes from there on are left "
                            + "out.",
            returns = "The string.",
            example = "printf(\"%s\\n\", blob.ToText(blob.FromHex(\"50 6f 6e 67 00 ff\")));",
            output = "Pong\n",
            beyond = true)
    public static String toText(@Param(value = "blob", doc = "The bytes of the text.") Blob blob) {
        return ByteStrings.fromBytes(blob.array(), 0, blob.length());
    }

    /**
     * Shows a blob as a table of bytes.
     *
     * @param blob the blob
     * @return one line for 16 bytes, each with its line end; empty for an empty blob
     */
    @ScriptFunction(
            name = "ToDump",
            doc =
                    "Shows the bytes of a blob for reading: for every 16 bytes a line with the offset of the first, the bytes "
                            + "in hexadecimal and as ASCII, where a point stands for what cannot be printed.",
            returns = "The lines, each with its line end; an empty string for an empty blob.",
            example = "printf(\"%s\", blob.ToDump(blob.FromText(\"Hello, blob!\\n\")));",
            output = "00000000  48 65 6c 6c 6f 2c 20 62  6c 6f 62 21 0a           |Hello, blob!.|\n")
    public static String toDump(@Param(value = "blob", doc = "The bytes to show.") Blob blob) {
        return HexText.dump("blob.ToDump", blob);
    }

    /**
     * Joins blobs.
     *
     * @param first what comes first
     * @param second what comes behind it
     * @param more what comes behind that, in this order; blobs only
     * @return a new blob of the bytes of all
     */
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
        long length = (long) first.length() + second.length();
        for (int i = 0; i < more.length; i++) {
            if (!(more[i] instanceof Blob next)) {
                throw notABlob(i + 3, more[i]);
            }
            length += next.length();
        }
        var joined = new Blob(length);
        int at = append(joined, append(joined, 0, first), second);
        for (var next : more) {
            at = append(joined, at, (Blob) next);
        }
        return joined;
    }

    private static ScriptError notABlob(int argument, Object value) {
        var wanted = "blob.Concat: argument " + argument + " (more) takes blob, got ";
        if (value instanceof String) {
            return new ScriptError(wanted + "string", "blob.FromText makes a blob of a string");
        }
        return value instanceof Double
                ? new ScriptError(wanted + "float")
                : new ScriptError(wanted + "int", "blob.FromInt makes a blob of an integer");
    }

    private static int append(Blob joined, int at, Blob part) {
        System.arraycopy(part.array(), 0, joined.array(), at, part.length());
        return at + part.length();
    }

    /**
     * Searches for a run of bytes.
     *
     * @param blob where to search
     * @param needle what to search for
     * @param from the first place to look at
     * @return the place of the first match, or -1
     */
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
    public static long find(
            @Param(value = "blob", doc = "Where to search.") Blob blob,
            @Param(
                            value = "needle",
                            doc = "The bytes to search for.",
                            help = "blob.FromText(\"...\") makes a blob of a text")
                    Blob needle,
            @Param(value = "from", doc = "The index to start at.", defaultValue = "0") long from) {
        if (from < 0 || from > blob.length()) {
            throw new ScriptError("blob.Find: from is " + from + ", but the blob has " + blob.length() + " bytes");
        }
        byte[] bytes = blob.array();
        byte[] wanted = needle.array();
        int last = blob.length() - needle.length();
        for (int start = (int) from; start <= last; start++) {
            int matched = 0;
            while (matched < needle.length() && bytes[start + matched] == wanted[matched]) {
                matched++;
            }
            if (matched == needle.length()) {
                return start;
            }
        }
        return -1;
    }

    /**
     * Makes a blob of hexadecimal digits.
     *
     * @param text pairs of digits
     * @return a byte for each pair
     */
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
    public static Blob fromHex(@Param(value = "text", doc = "The digits.") String text) {
        return HexText.parse("blob.FromHex", text);
    }

    /**
     * Shows a blob as hexadecimal digits.
     *
     * @param blob the blob
     * @return two digits for each byte
     */
    @ScriptFunction(
            name = "ToHex",
            doc = "Shows a blob as lower-case hexadecimal digits, two for each byte, with nothing between them.",
            returns = "The digits; an empty string for an empty blob.",
            example = "printf(\"%s\\n\", blob.ToHex(blob.FromText(\"AZ\\n\")));",
            output = "415a0a\n",
            beyond = true)
    public static String toHex(@Param(value = "blob", doc = "The bytes to show.") Blob blob) {
        return HexText.digits("blob.ToHex", blob);
    }

    /**
     * Reads an integer.
     *
     * @param blob where from
     * @param offset the index of its first byte
     * @param bytes how many bytes it has, 1 to 8
     * @param bigEndian whether the highest byte comes first
     * @return the number, without a sign below 8 bytes
     */
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
        int start = checkedStart("blob.GetInt", blob, offset, bytes);
        byte[] array = blob.array();
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            int at = bigEndian != 0 ? i : (int) bytes - 1 - i;
            value = (value << 8) | (array[start + at] & 0xFF);
        }
        return value;
    }

    /**
     * Makes a blob of an integer.
     *
     * @param value the number, of which the low bytes are kept
     * @param bytes how many bytes it takes, 1 to 8
     * @param bigEndian whether the highest byte comes first
     * @return the bytes
     */
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
        checkSize("blob.FromInt", bytes);
        var blob = new Blob(bytes);
        store(blob.array(), 0, (int) bytes, bigEndian, value);
        return blob;
    }

    /**
     * Writes an integer in place.
     *
     * @param blob where to
     * @param offset the index of its first byte
     * @param bytes how many bytes it takes, 1 to 8
     * @param bigEndian whether the highest byte comes first
     * @param value the number, of which the low bytes are kept
     */
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
        int start = checkedStart("blob.SetInt", blob, offset, bytes);
        store(blob.array(), start, (int) bytes, bigEndian, value);
    }

    private static void store(byte[] array, int start, int bytes, long bigEndian, long value) {
        long rest = value;
        for (int i = 0; i < bytes; i++) {
            array[start + (bigEndian != 0 ? bytes - 1 - i : i)] = (byte) rest;
            rest >>= 8;
        }
    }

    /**
     * Shows bytes of the script's state as a blob.
     *
     * @param address where they begin
     * @param size how many
     * @return a blob of these bytes, not of a copy
     */
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
        return Memory.of(context).view("blob.RefFromPointer", address, size);
    }

    private static int checkedStart(String function, Blob blob, long offset, long bytes) {
        checkSize(function, bytes);
        if (offset < 0 || offset > blob.length() - bytes) {
            throw new ScriptError(function + ": " + bytes + (bytes == 1 ? " byte" : " bytes") + " at offset " + offset
                    + " would reach outside the blob, which has " + blob.length());
        }
        return (int) offset;
    }

    private static void checkSize(String function, long bytes) {
        if (bytes < 1 || bytes > NUMBER_BYTES) {
            throw new ScriptError(function + ": bytes is " + bytes + ", but a number has 1 to 8 bytes");
        }
    }
}
