package dev.domin.plugins.crypto;

import dev.domin.plugins.bytes.Chunks;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;

/** Bytes as two hexadecimal digits each, and back. */
final class HexDigits {

    private HexDigits() {}

    /** {@return two lower-case digits for each byte} */
    static String of(ScriptContext run, byte[] bytes, int length) {
        ByteStrings.checkLength(2L * length);
        var text = new StringBuilder(2 * length);
        for (int at = 0; at < length; ) {
            int end = Chunks.end(run, 0, at, length);
            for (; at < end; at++) {
                text.append(Character.forDigit(bytes[at] >> 4 & 0xF, 16));
                text.append(Character.forDigit(bytes[at] & 0xF, 16));
            }
        }
        return text.toString();
    }

    /** {@return the bytes of a text that has nothing but digits, two for each byte} */
    static byte[] parse(ScriptContext run, String text) {
        if (text.length() % 2 != 0) {
            throw new ScriptError("the text has " + text.length() + " digits, but a byte takes two");
        }
        var bytes = new byte[text.length() / 2];
        for (int at = 0; at < bytes.length; ) {
            int end = Chunks.end(run, 0, at, bytes.length);
            for (; at < end; at++) {
                bytes[at] = (byte) (digit(text, 2 * at) << 4 | digit(text, 2 * at + 1));
            }
        }
        return bytes;
    }

    private static int digit(String text, int at) {
        char c = text.charAt(at);
        int value = c < 0x80 ? Character.digit(c, 16) : -1;
        if (value < 0) {
            throw new ScriptError(
                    "byte " + at + " of the text is no hexadecimal digit, its value is " + (int) c,
                    "blob.FromHex takes blanks between the bytes, too");
        }
        return value;
    }
}
