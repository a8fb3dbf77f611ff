package dev.domin.cli.trace;

import dev.domin.lang.source.MessageText;
import java.nio.charset.StandardCharsets;

/** The beginning of a payload, as text where it is text, in hex otherwise. Stateless. */
final class PayloadText {

    private static final int TEXT_BYTES = 40;
    private static final int HEX_BYTES = 20;
    private static final String DIGITS = "0123456789abcdef";

    private PayloadText() {}

    /** {@return the beginning of some bytes, safe to print on a terminal} */
    static String start(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return "(empty)";
        }
        int shown = Math.min(length, TEXT_BYTES);
        if (isText(bytes, offset, shown)) {
            var text = new String(bytes, offset, shown, StandardCharsets.US_ASCII);
            return '"'
                    + MessageText.escape(text.replace("\\", "\\\\").replace("\"", "\\\""))
                    + '"'
                    + (shown < length ? "..." : "");
        }
        shown = Math.min(length, HEX_BYTES);
        var hex = new StringBuilder("hex ");
        for (int i = 0; i < shown; i++) {
            hex.append(DIGITS.charAt(bytes[offset + i] >> 4 & 0xF)).append(DIGITS.charAt(bytes[offset + i] & 0xF));
        }
        return hex.append(shown < length ? "..." : "").toString();
    }

    private static boolean isText(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            byte b = bytes[i];
            if (b < ' ' && b != '\n' && b != '\r' && b != '\t' || b == 0x7F) {
                return false;
            }
        }
        return true;
    }
}
