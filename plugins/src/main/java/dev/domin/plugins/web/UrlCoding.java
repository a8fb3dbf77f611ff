package dev.domin.plugins.web;

import dev.domin.plugins.bytes.Chunks;
import dev.domin.plugins.bytes.Work;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import java.util.Arrays;

/** Bytes as they stand in a URL (RFC 3986), and back. */
final class UrlCoding {

    private static final String DIGITS = "0123456789ABCDEF";

    private UrlCoding() {}

    static String encode(ScriptContext run, byte[] bytes, int length) {
        var text = new StringBuilder(length);
        for (int at = 0; at < length; ) {
            int end = Chunks.end(run, 0, at, length);
            for (; at < end; at++) {
                int value = bytes[at] & 0xFF;
                if (standsForItself(value)) {
                    text.append((char) value);
                } else {
                    text.append('%').append(DIGITS.charAt(value >> 4)).append(DIGITS.charAt(value & 0xF));
                }
            }
            ByteStrings.checkLength(text.length());
        }
        return text.toString();
    }

    static byte[] decode(ScriptContext run, String text) {
        var bytes = new byte[text.length()];
        var work = new Work(run);
        int count = 0;
        for (int at = 0; at < text.length(); at++) {
            work.add(1);
            char c = text.charAt(at);
            if (c == '%') {
                c = (char) (digit(text, at, 1) << 4 | digit(text, at, 2));
                at += 2;
            }
            bytes[count++] = (byte) c;
        }
        return Arrays.copyOf(bytes, count);
    }

    private static int digit(String text, int percent, int offset) {
        int at = percent + offset;
        char c = at < text.length() ? text.charAt(at) : '\u0080';
        int value = c < 0x80 ? Character.digit(c, 16) : -1;
        if (value < 0) {
            throw new ScriptError(
                    "two hexadecimal digits have to follow the `%` at byte " + percent + " of the text",
                    "a percent sign itself is written `%25`");
        }
        return value;
    }

    /** {@return whether it is one of the characters that RFC 3986 calls unreserved} */
    private static boolean standsForItself(int value) {
        return value >= 'a' && value <= 'z'
                || value >= 'A' && value <= 'Z'
                || value >= '0' && value <= '9'
                || value == '-'
                || value == '.'
                || value == '_'
                || value == '~';
    }
}
