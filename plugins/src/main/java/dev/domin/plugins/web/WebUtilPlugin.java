package dev.domin.plugins.web;

import dev.domin.plugins.bytes.ByteSearch;
import dev.domin.spi.Blob;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;

/** URL, Base64 and HTML. */
@ScriptPlugin(
        namespace = "web",
        library = "WebUtilPlugin",
        path = "../plugins/web_util/WebUtilPlugin",
        doc = "The codings of the web: URLs, Base64 and HTML. What works on strings has a twin for blobs, which "
                + "may hold 0 bytes. DominScript's functions for HTTP are not here.")
public final class WebUtilPlugin implements Plugin {

    private static final String WANTS_TEXT = "the twin whose name ends in Blob takes a blob";
    private static final String WANTS_BLOB = "the twin whose name does not end in Blob takes a string";

    private ScriptContext context;

    @Override
    public void start(ScriptContext run) {
        context = run;
    }

    @ScriptFunction(
            name = "UrlEncode",
            doc = "Writes a string as a part of a URL, by RFC 3986: letters, digits and `-._~` stand for "
                    + "themselves, every other byte becomes `%` and two digits, a blank `%20`.",
            returns = "The coded text.",
            example = "printf(\"%s\\n\", web.UrlEncode(\"a b/ä\"));",
            output = "a%20b%2F%C3%A4\n")
    public String urlEncode(@Param(value = "text", doc = "The text.", help = WANTS_TEXT) String text) {
        return UrlCoding.encode(context, ByteStrings.toBytes(text), text.length());
    }

    @ScriptFunction(
            name = "UrlEncodeBlob",
            doc = "Writes the bytes of a blob as a part of a URL, as UrlEncode does.",
            returns = "The coded text.",
            example = """
                    blob $b[2];
                    $b[1] = 'A';
                    printf("%s\\n", web.UrlEncodeBlob($b));""",
            output = "%00A\n",
            beyond = true)
    public String urlEncodeBlob(@Param(value = "data", doc = "The bytes.", help = WANTS_BLOB) Blob data) {
        return UrlCoding.encode(context, data.array(), data.length());
    }

    @ScriptFunction(
            name = "UrlDecode",
            doc = "Reads a part of a URL: `%` and two digits become a byte, everything else stands for itself, `+` "
                    + "too.",
            returns = "The text.",
            errors = "A `%` without two hexadecimal digits, and `%00`, which a string cannot hold, stop the script.",
            example = "printf(\"%s\\n\", web.UrlDecode(\"a%20b%2fc+d\"));",
            output = "a b/c+d\n",
            beyond = true)
    public String urlDecode(@Param(value = "text", doc = "The coded text.") String text) {
        return text(UrlCoding.decode(context, text), "web.UrlDecodeBlob");
    }

    @ScriptFunction(
            name = "UrlDecodeBlob",
            doc = "Reads a part of a URL into a blob, as UrlDecode does.",
            returns = "The bytes.",
            errors = "A `%` without two hexadecimal digits stops the script.",
            example = """
                    blob $b[0];
                    $b = web.UrlDecodeBlob("%00A");
                    printf("%d %d\\n", $b.Length, $b[1]);""",
            output = "2 65\n",
            beyond = true)
    public Blob urlDecodeBlob(@Param(value = "text", doc = "The coded text.") String text) {
        return Blob.of(UrlCoding.decode(context, text));
    }

    @ScriptFunction(
            name = "Base64Encode",
            doc = "Writes a string as Base64 (RFC 4648), in one line.",
            returns = "The coded text, filled with `=` to groups of four.",
            example = "printf(\"%s\\n\", web.Base64Encode(\"user:secret\"));",
            output = "dXNlcjpzZWNyZXQ=\n",
            beyond = true)
    public String base64Encode(@Param(value = "text", doc = "The text.", help = WANTS_TEXT) String text) {
        return Base64Coding.encode(context, ByteStrings.toBytes(text), text.length());
    }

    @ScriptFunction(
            name = "Base64EncodeBlob",
            doc = "Writes the bytes of a blob as Base64 (RFC 4648), in one line.",
            returns = "The coded text, filled with `=` to groups of four.",
            example = """
                    blob $b[4];
                    printf("%s\\n", web.Base64EncodeBlob($b));""",
            output = "AAAAAA==\n",
            beyond = true)
    public String base64EncodeBlob(@Param(value = "data", doc = "The bytes.", help = WANTS_BLOB) Blob data) {
        return Base64Coding.encode(context, data.array(), data.length());
    }

    @ScriptFunction(
            name = "Base64Decode",
            doc = "Reads Base64 (RFC 4648) into a string.",
            returns = "The text.",
            errors = "A byte that does not belong to Base64, such as a line break, a last group that is not filled "
                    + "with `=`, and a 0 byte in the result, which a string cannot hold, stop the script.",
            example = "printf(\"%s\\n\", web.Base64Decode(\"dXNlcjpzZWNyZXQ=\"));",
            output = "user:secret\n",
            beyond = true)
    public String base64Decode(@Param(value = "text", doc = "The coded text.") String text) {
        return text(Base64Coding.decode(context, text), "web.Base64DecodeBlob");
    }

    @ScriptFunction(
            name = "Base64DecodeBlob",
            doc = "Reads Base64 (RFC 4648) into a blob.",
            returns = "The bytes.",
            errors = "A byte that does not belong to Base64, such as a line break, and a last group that is not "
                    + "filled with `=`, stop the script.",
            example = """
                    blob $b[0];
                    $b = web.Base64DecodeBlob("AAAAAA==");
                    printf("%d\\n", $b.Length);""",
            output = "4\n",
            beyond = true)
    public Blob base64DecodeBlob(@Param(value = "text", doc = "The coded text.") String text) {
        return Blob.of(Base64Coding.decode(context, text));
    }

    @ScriptFunction(
            name = "HtmlEscape",
            doc = "Writes a string so that HTML shows it as it is: `&`, `<`, `>`, `\"` and `'` become `&amp;`, "
                    + "`&lt;`, `&gt;`, `&quot;` and `&#39;`.",
            returns = "The escaped text.",
            example = "printf(\"%s\\n\", web.HtmlEscape(\"<b>\\\"R&D\\\"</b>\"));",
            output = "&lt;b&gt;&quot;R&amp;D&quot;&lt;/b&gt;\n",
            beyond = true)
    public String htmlEscape(@Param(value = "text", doc = "The text.") String text) {
        return HtmlCoding.encode(context, text);
    }

    @ScriptFunction(
            name = "HtmlUnescape",
            doc = "Reads what HtmlEscape writes, and characters by their number, such as `&#228;` and `&#xe4;`, "
                    + "which become UTF-8. Everything else stays as it is.",
            returns = "The text.",
            example = "printf(\"%s\\n\", web.HtmlUnescape(\"&lt;R&amp;D&#x3e; &nbsp;\"));",
            output = "<R&D> &nbsp;\n",
            beyond = true)
    public String htmlUnescape(@Param(value = "text", doc = "The escaped text.") String text) {
        return HtmlCoding.decode(context, text);
    }

    private String text(byte[] bytes, String twin) {
        int zero = ByteSearch.indexOf(context, bytes, bytes.length, (byte) 0);
        if (zero < bytes.length) {
            throw new ScriptError(
                    "the result holds a 0 byte, at " + zero + ", where a string would end", twin + " gives a blob");
        }
        return ByteStrings.fromBytes(bytes);
    }
}
