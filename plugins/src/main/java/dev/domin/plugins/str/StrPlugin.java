package dev.domin.plugins.str;

import dev.domin.plugins.bytes.Escaping;
import dev.domin.spi.Blob;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.Escapes;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;
import org.jspecify.annotations.Nullable;

/**
 * Searches, cuts, changes, compares and converts strings. Everything counts bytes; case is that of ASCII. The file is
 * long because every function carries its page of documentation; other types do the work.
 */
@ScriptPlugin(
        namespace = "str",
        library = "StrPlugin",
        path = "../plugins/str/StrPlugin",
        doc = "Searches, cuts, changes, compares and converts strings. Lengths and indices count bytes "
                + "from 0, and upper and lower case are those of ASCII: a letter of more than one byte in "
                + "UTF-8 stays as it is.")
public final class StrPlugin implements Plugin {

    /** The longest string that is escaped without a check for cancellation. */
    private static final int SHORT = 1 << 16;

    private static final int MOST_HEX_DIGITS = 16;

    private ScriptContext run;
    private @Nullable SplitMemory splits; // created at the first use

    @Override
    public void start(ScriptContext context) {
        run = context;
    }

    @Override
    public void stop() {
        splits = null;
    }

    @ScriptFunction(
            name = "Len",
            doc = "Returns the length of a string, as `$s.Length` does.",
            returns = "The number of bytes.",
            example = "printf(\"%d\\n\", str.Len(\"hello\"));",
            output = "5\n")
    public static int len(@Param(value = "s", doc = "The string.") String s) {
        return s.length();
    }

    @ScriptFunction(
            name = "CharAt",
            doc = "Returns a byte of a string, as `$s[index]` does.",
            returns = "The byte's value, 1 to 255, which compares with a literal like 'a'.",
            errors = "An index outside the string stops the script.",
            example = "printf(\"%d\\n\", str.CharAt(\"hello\", 1));",
            output = "101\n")
    public static int charAt(
            @Param(value = "s", doc = "The string.") String s,
            @Param(value = "index", doc = "The index of the byte, from 0.", min = 0) long index) {
        if (index < 0 || index >= s.length()) {
            throw new ScriptError("index " + index + " is outside the string, which has " + bytes(s.length()));
        }
        return s.charAt((int) index);
    }

    @ScriptFunction(
            name = "FromChar",
            doc = "Returns a string of one byte, the inverse of str.CharAt.",
            returns = "A string of length 1.",
            errors = "A value other than 1 to 255 stops the script: a string cannot hold a 0 byte.",
            example = "printf(\"%s\\n\", str.FromChar(65));",
            output = "A\n",
            beyond = true)
    public static String fromChar(@Param(value = "value", doc = "The byte's value.", min = 1, max = 255) long value) {
        if (value < 1 || value > 0xFF) {
            throw new ScriptError("value is " + value + ", but a byte of a string is 1 to 255");
        }
        return String.valueOf((char) value);
    }

    @ScriptFunction(
            name = "Find",
            doc = "Searches a string for another from its start. An empty needle is found at 0.",
            returns = "The index of the first match, or -1 if there is none.",
            example = "printf(\"%d %d\\n\", str.Find(\"key=value\", \"=\"), str.Find(\"key\", \"=\"));",
            output = "3 -1\n")
    public int find(
            @Param(value = "s", doc = "The string to search in.") String s,
            @Param(value = "needle", doc = "The string to search for.") String needle) {
        return new Needle(run, needle).find(s, 0);
    }

    @ScriptFunction(
            name = "FindFrom",
            doc = "Searches a string for another from an index on.",
            returns = "The index of the first match at or after `from`, or -1 if there is none.",
            errors = "A `from` below 0 or after the end of the string stops the script.",
            example = "printf(\"%d\\n\", str.FindFrom(\"a.b.c\", \".\", 2));",
            output = "3\n",
            beyond = true)
    public int findFrom(
            @Param(value = "s", doc = "The string to search in.") String s,
            @Param(value = "needle", doc = "The string to search for.") String needle,
            @Param(value = "from", doc = "The index to start at, at most the length of the string.", min = 0)
                    long from) {
        if (from < 0 || from > s.length()) {
            throw new ScriptError("from is " + from + ", but the string has " + bytes(s.length()));
        }
        return new Needle(run, needle).find(s, (int) from);
    }

    @ScriptFunction(
            name = "FindLast",
            doc = "Searches a string for another from its end. An empty needle is found at the end.",
            returns = "The index of the last match, or -1 if there is none.",
            example = "printf(\"%d %d\\n\", str.FindLast(\"a.b.c\", \".\"), str.FindLast(\"abc\", \".\"));",
            output = "3 -1\n",
            beyond = true)
    public int findLast(
            @Param(value = "s", doc = "The string to search in.") String s,
            @Param(value = "needle", doc = "The string to search for.") String needle) {
        return Texts.findLast(run, s, needle);
    }

    @ScriptFunction(
            name = "FindNoCase",
            doc = "Searches a string for another, from an index on; a to z and A to Z are the same.",
            returns = "The index of the first match at or after `from`, or -1 if there is none.",
            errors = "A `from` below 0 or after the end of the string stops the script.",
            example = "printf(\"%d\\n\", str.FindNoCase(\"Via: SIP\", \"sip\"));",
            output = "5\n",
            beyond = true)
    public int findNoCase(
            @Param(value = "s", doc = "The string to search in.") String s,
            @Param(value = "needle", doc = "The string to search for.") String needle,
            @Param(value = "from", doc = "The index to start at, 0 to the length of the string.", defaultValue = "0")
                    long from) {
        if (from < 0 || from > s.length()) {
            throw new ScriptError("from is " + from + ", but the string has " + bytes(s.length()));
        }
        return Texts.findNoCase(run, s, needle, (int) from);
    }

    @ScriptFunction(
            name = "Join",
            doc = "Joins strings, with a separator between each two.",
            returns = "The joined string; an empty string if there is nothing to join.",
            errors = "Anything but a string among `parts`, or a result that is too long for a string, stops "
                    + "the script.",
            example = "printf(\"%s\\n\", str.Join(\", \", \"a\", \"b\", str.FromInt(3)));",
            output = "a, b, 3\n",
            beyond = true)
    public static String join(
            @Param(value = "separator", doc = "What stands between the parts; may be empty.") String separator,
            @Param(value = "parts", doc = "The strings, in their order.") Object... parts) {
        return Texts.join(separator, parts);
    }

    @ScriptFunction(
            name = "Sub",
            doc = "Copies a part of a string. If fewer than `length` bytes follow, the part ends with " + "the string.",
            returns = "The part; an empty string if `start` is the end of the string.",
            errors = "A `start` below 0 or after the end of the string, or a `length` below -1, stops " + "the script.",
            example = "printf(\"%s|%s\\n\", str.Sub(\"key=value\", 0, 3), str.Sub(\"key=value\", 4));",
            output = "key|value\n",
            beyond = true)
    public static String sub(
            @Param(value = "s", doc = "The string.") String s,
            @Param(value = "start", doc = "The index of the part's first byte, from 0.", min = 0) long start,
            @Param(value = "length", doc = "The largest length of the part; -1 is no limit.", defaultValue = "-1")
                    long length) {
        if (start < 0 || start > s.length()) {
            throw new ScriptError("start is " + start + ", but the string has " + bytes(s.length()));
        }
        if (length < -1) {
            throw new ScriptError("length is " + length + ", but it is 0 or more, or -1 for no limit");
        }
        long rest = s.length() - start;
        return s.substring((int) start, (int) (start + (length == -1 ? rest : Math.min(length, rest))));
    }

    @ScriptFunction(
            name = "Upper",
            doc = "Changes the letters a to z to upper case; other bytes stay.",
            returns = "The changed string.",
            example = "printf(\"%s\\n\", str.Upper(\"get /a1\"));",
            output = "GET /A1\n",
            beyond = true)
    public String upper(@Param(value = "s", doc = "The string.") String s) {
        return Texts.upper(run, s);
    }

    @ScriptFunction(
            name = "Lower",
            doc = "Changes the letters A to Z to lower case; other bytes stay.",
            returns = "The changed string.",
            example = "printf(\"%s\\n\", str.Lower(\"Example.TEST\"));",
            output = "example.test\n",
            beyond = true)
    public String lower(@Param(value = "s", doc = "The string.") String s) {
        return Texts.lower(run, s);
    }

    @ScriptFunction(
            name = "Trim",
            doc = "Removes spaces, tabs and line ends from both ends of a string.",
            returns = "The trimmed string.",
            example = "printf(\"[%s]\\n\", str.Trim(\"  a b\\r\\n\"));",
            output = "[a b]\n",
            beyond = true)
    public String trim(@Param(value = "s", doc = "The string.") String s) {
        return Texts.trim(run, s);
    }

    @ScriptFunction(
            name = "Escape",
            doc = "Converts a string to text that is safe to print. Printable characters in UTF-8 "
                    + "stay, except that a backslash becomes `\\\\`. A line feed, a carriage return and a "
                    + "tab become `\\n`, `\\r` and `\\t`, and every other byte `\\xNN`: control "
                    + "characters, those from U+0080 to U+009F too, invisible characters, such as marks of "
                    + "the writing direction, and bytes that are not UTF-8. Quotes stay.",
            returns = "The text, on one line. Different strings give different texts.",
            errors = "A text that is too long for a string stops the script.",
            example = "printf(\"%s\\n\", str.Escape(\"caf\\xc3\\xa9\\n\\x1b[2J\"));",
            output = "café\\n\\x1b[2J\n",
            beyond = true)
    public String escape(@Param(value = "s", doc = "The string.") String s) {
        if (s.length() <= SHORT) {
            return Escapes.escape(s);
        }
        byte[] bytes = ByteStrings.toBytes(s);
        return Escaping.escape(run, bytes, bytes.length);
    }

    @ScriptFunction(
            name = "Replace",
            doc = "Replaces every match of a string inside another, from left to right. The "
                    + "replacement is not searched again.",
            returns = "The changed string.",
            errors = "An empty `old` stops the script.",
            example = "printf(\"%s\\n\", str.Replace(\"a-b-c\", \"-\", \"::\"));",
            output = "a::b::c\n",
            beyond = true)
    public String replace(
            @Param(value = "s", doc = "The string.") String s,
            @Param(value = "old", doc = "The string to replace; not empty.") String old,
            @Param(value = "replacement", doc = "The replacement.") String replacement) {
        if (old.isEmpty()) {
            throw new ScriptError("old is empty, so there is nothing to search for");
        }
        return Texts.replace(run, s, new Needle(run, old), replacement);
    }

    @ScriptFunction(
            name = "StartsWith",
            doc = "Returns whether a string begins with another.",
            returns = "1 if it does, else 0.",
            example = "printf(\"%d\\n\", str.StartsWith(\"GET /\", \"GET \"));",
            output = "1\n",
            beyond = true)
    public static int startsWith(
            @Param(value = "s", doc = "The string.") String s,
            @Param(value = "prefix", doc = "The start to test for.") String prefix) {
        return s.startsWith(prefix) ? 1 : 0;
    }

    @ScriptFunction(
            name = "EndsWith",
            doc = "Returns whether a string ends with another.",
            returns = "1 if it does, else 0.",
            example = "printf(\"%d\\n\", str.EndsWith(\"a.txt\", \".dom\"));",
            output = "0\n",
            beyond = true)
    public static int endsWith(
            @Param(value = "s", doc = "The string.") String s,
            @Param(value = "suffix", doc = "The end to test for.") String suffix) {
        return s.endsWith(suffix) ? 1 : 0;
    }

    @ScriptFunction(
            name = "Compare",
            doc = "Compares two strings byte by byte. If one is the start of the other, it comes first.",
            returns = "-1 if `a` comes first, 0 if both are equal, 1 if `b` comes first.",
            example = "printf(\"%d %d\\n\", str.Compare(\"abc\", \"abd\"), str.Compare(\"b\", \"abc\"));",
            output = "-1 1\n",
            beyond = true)
    public static int compare(
            @Param(value = "a", doc = "A string.") String a, @Param(value = "b", doc = "Another string.") String b) {
        return Integer.signum(a.compareTo(b));
    }

    @ScriptFunction(
            name = "CompareNoCase",
            doc = "Compares two strings as str.Compare does, ignoring the case of A to Z.",
            returns = "-1 if `a` comes first, 0 if both are equal, 1 if `b` comes first.",
            example = "printf(\"%d\\n\", str.CompareNoCase(\"Example.TEST\", \"example.test\"));",
            output = "0\n",
            beyond = true)
    public int compareNoCase(
            @Param(value = "a", doc = "A string.") String a, @Param(value = "b", doc = "Another string.") String b) {
        return Texts.compareNoCase(run, a, b);
    }

    @ScriptFunction(
            name = "SplitCount",
            doc = "Counts the parts of a string between separators. Parts may be empty; a string without "
                    + "the separator is one part.",
            returns = "The number of parts, 1 or more.",
            errors = "An empty separator stops the script.",
            example = "printf(\"%d\\n\", str.SplitCount(\"a,,b\", \",\"));",
            output = "3\n",
            beyond = true)
    public int splitCount(
            @Param(value = "s", doc = "The string.") String s,
            @Param(value = "separator", doc = "The string between the parts; not empty.") String separator) {
        checkSeparator(separator);
        return splits().count(s, separator);
    }

    @ScriptFunction(
            name = "SplitPart",
            doc = "Copies a part of a string between separators.",
            returns = "The part, without separators; it may be empty.",
            errors = "An empty separator, or an index that is not below str.SplitCount of the same "
                    + "string, stops the script.",
            example = "printf(\"%s\\n\", str.SplitPart(\"requests:1|c\", \"|\", 1));",
            output = "c\n",
            beyond = true)
    public String splitPart(
            @Param(value = "s", doc = "The string.") String s,
            @Param(value = "separator", doc = "The string between the parts; not empty.") String separator,
            @Param(value = "index", doc = "The index of the part, from 0.", min = 0) long index) {
        checkSeparator(separator);
        String part = splits().part(s, separator, index);
        if (part == null) {
            throw new ScriptError(
                    "there is no part " + index + "; the string has " + splits().count(s, separator),
                    "call str.SplitCount first");
        }
        return part;
    }

    private SplitMemory splits() {
        if (splits == null) {
            splits = new SplitMemory(run);
        }
        return splits;
    }

    @ScriptFunction(
            name = "ToInt",
            doc = "Parses an integer: decimal digits, or hexadecimal digits after 0x, with an optional "
                    + "sign. White space around the number is skipped.",
            returns = "The number.",
            errors = "Another text, or a number of more than 64 bits, stops the script; str.IsInt tests " + "it first.",
            example = "printf(\"%d %d\\n\", str.ToInt(\" -42\\n\"), str.ToInt(\"0xff\"));",
            output = "-42 255\n",
            beyond = true)
    public long toInt(@Param(value = "s", doc = "The digits.") String s) {
        if (!Numbers.isInt(run, s)) {
            throw new ScriptError(
                    "\"" + Escapes.quote(s) + "\" is no integer of at most 64 bits", "test it with str.IsInt first");
        }
        return Numbers.parseInt(run, s);
    }

    @ScriptFunction(
            name = "IsInt",
            doc = "Returns whether str.ToInt can parse a string.",
            returns = "1 if it can, else 0.",
            example = "printf(\"%d %d\\n\", str.IsInt(\"12\"), str.IsInt(\"12a\"));",
            output = "1 0\n",
            beyond = true)
    public int isInt(@Param(value = "s", doc = "The string.") String s) {
        return Numbers.isInt(run, s) ? 1 : 0;
    }

    @ScriptFunction(
            name = "ToDouble",
            doc = "Parses a number: digits with an optional point, sign and exponent. White space "
                    + "around the number is skipped.",
            returns = "The nearest double.",
            errors = "Another text stops the script; str.IsDouble tests it first.",
            example = "printf(\"%.3f\\n\", str.ToDouble(\"-2.5e-1\"));",
            output = "-0.250\n",
            beyond = true)
    public double toDouble(@Param(value = "s", doc = "The digits.") String s) {
        if (!Numbers.isDouble(run, s)) {
            throw new ScriptError("\"" + Escapes.quote(s) + "\" is no number", "test it with str.IsDouble first");
        }
        return Numbers.parseDouble(run, s);
    }

    @ScriptFunction(
            name = "IsDouble",
            doc = "Returns whether str.ToDouble can parse a string.",
            returns = "1 if it can, else 0.",
            example = "printf(\"%d %d\\n\", str.IsDouble(\"1e3\"), str.IsDouble(\"e3\"));",
            output = "1 0\n",
            beyond = true)
    public int isDouble(@Param(value = "s", doc = "The string.") String s) {
        return Numbers.isDouble(run, s) ? 1 : 0;
    }

    @ScriptFunction(
            name = "FromInt",
            doc = "Converts an integer to decimal digits.",
            returns = "The digits, after a minus sign if the number is negative.",
            example = "printf(\"%s\\n\", str.FromInt(-42));",
            output = "-42\n",
            beyond = true)
    public static String fromInt(@Param(value = "value", doc = "The number.") long value) {
        return Long.toString(value);
    }

    @ScriptFunction(
            name = "FromDouble",
            doc = "Converts a double to text with a fixed number of decimals, rounded as by `%f`.",
            returns = "The digits.",
            errors = "A number of decimals other than 0 to 1000 stops the script.",
            example = "printf(\"%s\\n\", str.FromDouble(2.0 / 3.0, 3));",
            output = "0.667\n",
            beyond = true)
    public static String fromDouble(
            @Param(value = "value", doc = "The number.") double value,
            @Param(
                            value = "decimals",
                            doc = "The number of digits after the point.",
                            defaultValue = "6",
                            min = 0,
                            max = 1000)
                    long decimals) {
        return Numbers.fixed(value, decimals);
    }

    @ScriptFunction(
            name = "Hex",
            doc = "Converts an integer to lower-case hexadecimal digits, a negative one as two's "
                    + "complement of 64 bits, with leading zeros if it has fewer digits than `digits`.",
            returns = "The digits, without 0x.",
            errors = "A number of digits other than 1 to 16 stops the script.",
            example = "printf(\"%s %s\\n\", str.Hex(255), str.Hex(10, 4));",
            output = "ff 000a\n",
            beyond = true)
    public static String hex(
            @Param(value = "value", doc = "The number.") long value,
            @Param(value = "digits", doc = "The smallest number of digits.", defaultValue = "1", min = 1, max = 16)
                    long digits) {
        if (digits < 1 || digits > MOST_HEX_DIGITS) {
            throw new ScriptError("digits is " + digits + ", but it is 1 to 16");
        }
        String hex = Long.toHexString(value);
        return hex.length() >= digits ? hex : "0".repeat((int) digits - hex.length()) + hex;
    }

    @ScriptFunction(
            name = "Repeat",
            doc = "Joins several copies of a string.",
            returns = "The copies; an empty string for the count 0.",
            errors = "A count below 0, or a result that is too long for a string, stops the script.",
            example = "printf(\"%s\\n\", str.Repeat(\"=-\", 5));",
            output = "=-=-=-=-=-\n",
            beyond = true)
    public static String repeat(
            @Param(value = "s", doc = "The string.") String s,
            @Param(value = "count", doc = "The number of copies.", min = 0) long count) {
        if (count < 0) {
            throw new ScriptError("count is " + count + ", but it is 0 or more");
        }
        if (s.isEmpty()) {
            return s;
        }
        ByteStrings.checkLength(count > Integer.MAX_VALUE ? count : s.length() * count);
        return s.repeat((int) count);
    }

    @ScriptFunction(
            name = "ParseIp4",
            doc = "Converts an IPv4 address, such as 192.0.2.1, to its bytes in network order, as DNS and others "
                    + "send it.",
            returns = "A blob of 4 bytes.",
            errors = "A text that is not an IPv4 address stops the script; str.IsIp4 checks it.",
            example = "printf(\"%s\\n\", blob.ToHex(str.ParseIp4(\"192.0.2.1\")));",
            output = "c0000201\n",
            beyond = true)
    public static Blob parseIp4(@Param(value = "text", doc = "The address.") String text) {
        byte[] bytes = Ip4.parse(text);
        if (bytes == null) {
            throw new ScriptError(
                    "\"" + Escapes.quote(text) + "\" is not an IPv4 address", "check it with str.IsIp4 first");
        }
        return Blob.of(bytes);
    }

    @ScriptFunction(
            name = "IsIp4",
            doc = "Returns whether a text is an IPv4 address that str.ParseIp4 can convert.",
            returns = "1 if it is, else 0.",
            example = "printf(\"%d %d\\n\", str.IsIp4(\"192.0.2.1\"), str.IsIp4(\"192.0.2.256\"));",
            output = "1 0\n",
            beyond = true)
    public static int isIp4(@Param(value = "text", doc = "The text.") String text) {
        return Ip4.parse(text) != null ? 1 : 0;
    }

    @ScriptFunction(
            name = "FormatIp4",
            doc = "Converts 4 bytes in network order to the text of an IPv4 address.",
            returns = "The address.",
            errors = "A place where the blob does not have 4 bytes stops the script.",
            example = "printf(\"%s\\n\", str.FormatIp4(blob.FromHex(\"c0000201\")));",
            output = "192.0.2.1\n",
            beyond = true)
    public static String formatIp4(
            @Param(value = "blob", doc = "Where the bytes are.") Blob blob,
            @Param(value = "offset", doc = "The index of the first of them.", defaultValue = "0", min = 0)
                    long offset) {
        checkAddress(blob, offset, Ip4.BYTES);
        return Ip4.format(blob.array(), (int) offset);
    }

    @ScriptFunction(
            name = "ParseIp6",
            doc = "Converts an IPv6 address, by RFC 4291, to its bytes in network order, as DNS and others send it.",
            returns = "A blob of 16 bytes.",
            errors = "A text that is not an IPv6 address stops the script; str.IsIp6 checks it.",
            example = "printf(\"%s\\n\", blob.ToHex(str.ParseIp6(\"2001:db8::1\")));",
            output = "20010db8000000000000000000000001\n",
            beyond = true)
    public static Blob parseIp6(@Param(value = "text", doc = "The address.") String text) {
        byte[] bytes = Ip6.parse(text);
        if (bytes == null) {
            throw new ScriptError(
                    "\"" + Escapes.quote(text) + "\" is not an IPv6 address", "check it with str.IsIp6 first");
        }
        return Blob.of(bytes);
    }

    @ScriptFunction(
            name = "IsIp6",
            doc = "Returns whether a text is an IPv6 address that str.ParseIp6 can convert.",
            returns = "1 if it is, else 0.",
            example = "printf(\"%d %d\\n\", str.IsIp6(\"2001:db8::1\"), str.IsIp6(\"2001:db8:::1\"));",
            output = "1 0\n",
            beyond = true)
    public static int isIp6(@Param(value = "text", doc = "The text.") String text) {
        return Ip6.parse(text) != null ? 1 : 0;
    }

    @ScriptFunction(
            name = "FormatIp6",
            doc = "Converts 16 bytes in network order to the text of an IPv6 address, as RFC 5952 writes it.",
            returns = "The address.",
            errors = "A place where the blob does not have 16 bytes stops the script.",
            example = "printf(\"%s\\n\", str.FormatIp6(blob.FromHex(\"20010db8000000000000000000000001\")));",
            output = "2001:db8::1\n",
            beyond = true)
    public static String formatIp6(
            @Param(value = "blob", doc = "Where the bytes are.") Blob blob,
            @Param(value = "offset", doc = "The index of the first of them.", defaultValue = "0", min = 0)
                    long offset) {
        checkAddress(blob, offset, Ip6.BYTES);
        return Ip6.format(blob.array(), (int) offset);
    }

    private static void checkAddress(Blob blob, long offset, int length) {
        if (offset < 0 || offset > blob.length() - length) {
            throw new ScriptError("an address has " + length + " bytes, but at offset " + offset + " the blob of "
                    + bytes(blob.length()) + " does not have so many");
        }
    }

    private static void checkSeparator(String separator) {
        if (separator.isEmpty()) {
            throw new ScriptError("the separator is empty", "str.CharAt reads a string byte by byte");
        }
    }

    private static String bytes(int count) {
        return count == 1 ? "1 byte" : count + " bytes";
    }
}
