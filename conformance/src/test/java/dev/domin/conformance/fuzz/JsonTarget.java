package dev.domin.conformance.fuzz;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.domin.lang.source.SourceFile;
import dev.domin.runtime.RunOptions;
import dev.domin.runtime.Script;
import dev.domin.runtime.ScriptFailedException;
import dev.domin.runtime.ScriptRun;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Parses any bytes as JSON: what is valid, as a small parser of this test decides, can be read and written again. */
final class JsonTarget implements FuzzTarget {

    private static final String SCRIPT = """
            i64 IsValid(blob $b) { return(json.IsValidBlob($b)); }
            string Rewrite(blob $b) {
                i64 $h = json.ParseBlob($b);
                string $text = json.ToText($h);
                for (i64 $i = 0; json.GetType($h) == 64 && $i < json.KeyCount($h); $i++) {
                    string $key = json.KeyAt($h, $i);
                    json.Free(json.ObjectGet($h, $key));
                }
                json.Free($h);
                return($text);
            }
            i32 main() { return(0); }
            """;

    private final Script script = Script.compileStatements(new SourceFile("json.dom", SCRIPT), new KeptPlugins());

    @Override
    public void run(byte[] data) {
        boolean valid = new JsonReader(data).isValid();
        try (var run = script.start(RunOptions.builder().withoutMain().build())) {
            if ((Long) run.call("IsValid", (Object) data) != (valid ? 1 : 0)) {
                throw new AssertionError("json.IsValidBlob says otherwise than " + valid);
            }
            String text = rewrite(run, data, valid);
            if (valid) {
                var again = text.getBytes(StandardCharsets.UTF_8);
                if (!rewrite(run, again, true).equals(text)) {
                    throw new AssertionError("written differently the second time: " + text);
                }
                checkSame(new String(data, StandardCharsets.UTF_8), text);
            }
        }
    }

    /** Compares the values, as the library reads them without this plugin. */
    private static void checkSame(String original, String written) {
        JsonElement expected;
        try {
            expected = JsonParser.parseString(original);
        } catch (JsonParseException _) { // it refuses some long numbers
            return;
        }
        if (!JsonParser.parseString(written).equals(expected)) {
            throw new AssertionError("another value: " + written);
        }
    }

    private static String rewrite(ScriptRun run, byte[] data, boolean valid) {
        try {
            return (String) run.call("Rewrite", (Object) data);
        } catch (ScriptFailedException e) {
            String message = e.failures().getFirst().message();
            if (valid || !message.startsWith("json.ParseBlob: ") || message.contains("Exception")) {
                throw new AssertionError(message, e);
            }
            return "";
        }
    }

    @Override
    public List<byte[]> seeds() {
        return Stream.of(
                        "{\"a\": {\"b\": [1, 2.5, -0, 1e3, 1E-2, null, true, false, \"x\"]}, \"a\": []}",
                        "\"\\u00e9\\\\ \\n\\\"\\/\\b\\f\\r\\t \u00e9 \ud83d\ude00 \\ud83d\\ude00\"",
                        " [ ] ",
                        "{}",
                        "{\"\": \"\", \".\": {\"a.b\": 1}}",
                        "-12345678901234567890.5e+10",
                        "[184467440737095516160, 1" + "0".repeat(70) + ", \"\\\"184467440737095516160\"]",
                        "1" + "0".repeat(1100),
                        "[".repeat(20) + "]".repeat(20),
                        "[".repeat(513) + "]".repeat(513),
                        "null ",
                        "\ufeff1",
                        "[\"\\ud800\", \"\\udc00x\", \"x\\ud800\\ud800\\udc00\"]",
                        "\"\u0000\"")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public List<String> dictionary() {
        return List.of(
                "null",
                "true",
                "false",
                "\\u0000",
                "\\ud800",
                "\\udc00",
                "1e",
                "-",
                "{\"a\":",
                "]",
                "}",
                ":",
                ",",
                "\u00e9",
                "\\",
                "\"",
                "//",
                "/**/",
                "NaN",
                "'",
                "0x1",
                "\u2028",
                "18446744073709551616");
    }

    @Override
    public int rounds() {
        return 2_000;
    }

    /** Decides by RFC 8259 whether bytes are a JSON text in UTF-8, at most 512 levels deep. */
    private static final class JsonReader {

        private static final int DEEPEST = 512;

        private final byte[] data;
        private String text = "";
        private int at;

        JsonReader(byte[] data) {
            this.data = data;
        }

        boolean isValid() {
            try {
                text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(java.nio.ByteBuffer.wrap(data))
                        .toString();
            } catch (java.nio.charset.CharacterCodingException _) {
                return false;
            }
            take("\ufeff"); // a byte order mark may be ignored
            return value(0) && isEnd();
        }

        private boolean isEnd() {
            space();
            return at == text.length();
        }

        private char peek() {
            return at < text.length() ? text.charAt(at) : '\uffff';
        }

        private boolean take(String expected) {
            if (!text.startsWith(expected, at)) {
                return false;
            }
            at += expected.length();
            return true;
        }

        private void space() {
            while (" \t\r\n".indexOf(peek()) >= 0) {
                at++;
            }
        }

        private boolean value(int depth) {
            space();
            return switch (peek()) {
                case '{' -> depth < DEEPEST && members(depth + 1, "}", true);
                case '[' -> depth < DEEPEST && members(depth + 1, "]", false);
                case '"' -> string();
                case 't' -> take("true");
                case 'f' -> take("false");
                case 'n' -> take("null");
                default -> number();
            };
        }

        private boolean members(int depth, String end, boolean named) {
            at++;
            space();
            if (take(end)) {
                return true;
            }
            do {
                space();
                if (named) {
                    if (!string()) {
                        return false;
                    }
                    space();
                    if (!take(":")) {
                        return false;
                    }
                }
                if (!value(depth)) {
                    return false;
                }
                space();
            } while (take(","));
            return take(end);
        }

        private boolean string() {
            if (!take("\"")) {
                return false;
            }
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '"') {
                    return true;
                }
                if (c < ' ') {
                    return false;
                }
                if (c == '\\') {
                    char escaped = peek();
                    at++;
                    if (escaped == 'u') {
                        for (int i = 0; i < 4; i++, at++) {
                            if ("0123456789abcdefABCDEF".indexOf(peek()) < 0) {
                                return false;
                            }
                        }
                    } else if ("\"\\/bfnrt".indexOf(escaped) < 0) {
                        return false;
                    }
                }
            }
            return false;
        }

        private boolean digits() {
            int start = at;
            while (peek() >= '0' && peek() <= '9') {
                at++;
            }
            return at > start;
        }

        private boolean number() {
            take("-");
            if (!take("0") && !digits()) {
                return false;
            }
            if (take(".") && !digits()) {
                return false;
            }
            if (take("e") || take("E")) {
                if (!take("+")) {
                    take("-");
                }
                return digits();
            }
            return true;
        }
    }
}
