package dev.domin.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EscapesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain text, \"quoted\" and 'quoted'", "grüße", "€ 5", "日本語", "😀", "a b", "é"})
    void shouldKeepPrintableText(String text) {
        assertThat(escape(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "61005b62, a\\x00[b",
        "6c696e650a6c696e650d09, line\\nline\\r\\t",
        "1b5b324a, \\x1b[2J",
        "5c6e, \\\\n",
        "7f, \\x7f",
        "c29b324a, \\xc2\\x9b2J", // the control U+009B, which begins a command
        "9b324a, \\x9b2J", // the same in one byte
        "c3, \\xc3", // cut off
        "c3c3bc, \\xc3ü",
        "e282, \\xe2\\x82",
        "c0af, \\xc0\\xaf", // a slash in too many bytes
        "e080af, \\xe0\\x80\\xaf",
        "f08080af, \\xf0\\x80\\x80\\xaf",
        "eda080, \\xed\\xa0\\x80", // half a character of UTF-16
        "f4908080, \\xf4\\x90\\x80\\x80", // over the largest character
        "f5808080, \\xf5\\x80\\x80\\x80",
        "e280ae61, \\xe2\\x80\\xaea", // writes from right to left
        "e280a8, \\xe2\\x80\\xa8", // a line separator
        "efbbbf, \\xef\\xbb\\xbf", // a byte order mark
        "ee8080, \\xee\\x80\\x80", // private
        "efbfbf, \\xef\\xbf\\xbf", // no character
    })
    void shouldEscapeEverythingElse(String bytes, String text) {
        byte[] input = HexFormat.of().parseHex(bytes);
        assertThat(ByteStrings.toText(Escapes.escape(input, 0, input.length))).isEqualTo(text);
    }

    @Test
    void shouldEscapeTheBytesOfAScriptString() {
        assertThat(Escapes.escape("plain")).isSameAs("plain");
        assertThat(Escapes.escape(ByteStrings.fromText("ü\n"))).isEqualTo(ByteStrings.fromText("ü\\n"));
    }

    @Test
    void shouldEscapeAPartOfAnArray() {
        assertThat(Escapes.escape(new byte[] {'a', '\n', 'b', 'c'}, 1, 2)).isEqualTo("\\nb");
    }

    @Test
    void shouldReturnNoControlCharactersAndDifferentTextsForDifferentBytes() {
        var random = new Random(7);
        var likely = new byte[][] {
            {0},
            {'\\'},
            {'n'},
            {'x'},
            {'0'},
            {0x1B},
            {'\n'},
            {(byte) 0xC2},
            {(byte) 0x9B},
            {(byte) 0xE2, (byte) 0x80},
            {(byte) 0xAE}
        };
        for (int round = 0; round < 20_000; round++) {
            var bytes = new ArrayList<Byte>();
            for (int i = random.nextInt(12); i > 0; i--) {
                if (random.nextBoolean()) {
                    bytes.add((byte) random.nextInt());
                } else {
                    for (byte b : likely[random.nextInt(likely.length)]) {
                        bytes.add(b);
                    }
                }
            }
            byte[] input = new byte[bytes.size()];
            for (int i = 0; i < input.length; i++) {
                input[i] = bytes.get(i);
            }
            String escaped = Escapes.escape(input, 0, input.length);
            assertThat(ByteStrings.toText(escaped).codePoints())
                    .as(HexFormat.of().formatHex(input))
                    .noneMatch(
                            c -> Character.isISOControl(c) || c == 0xFFFD || Character.getType(c) == Character.FORMAT);
            assertThat(unescape(escaped)).isEqualTo(input);
        }
    }

    private static String escape(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteStrings.toText(Escapes.escape(bytes, 0, bytes.length));
    }

    /** The inverse of escaping, which exists only if different inputs give different texts. */
    private static byte[] unescape(String escaped) {
        var bytes = new StringBuilder();
        for (int at = 0; at < escaped.length(); at++) {
            char c = escaped.charAt(at);
            if (c == '\\') {
                char kind = escaped.charAt(++at);
                switch (kind) {
                    case 'n' -> c = '\n';
                    case 'r' -> c = '\r';
                    case 't' -> c = '\t';
                    case 'x' -> {
                        c = (char) HexFormat.fromHexDigits(escaped, at + 1, at + 3);
                        at += 2;
                    }
                    default -> c = kind;
                }
            }
            bytes.append(c);
        }
        return ByteStrings.toBytes(bytes.toString());
    }
}
