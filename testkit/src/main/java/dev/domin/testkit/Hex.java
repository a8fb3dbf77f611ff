package dev.domin.testkit;

import java.util.HexFormat;
import java.util.Locale;

/** Bytes as text for people. Control characters are never printed as they are. */
final class Hex {

    private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");
    private static final int PER_LINE = 16;
    private static final int EXCERPT = 24;
    private static final int TEXT_EXCERPT = 48;

    private Hex() {}

    /** {@return the bytes in hexadecimal with a space between} */
    static String spaced(byte[] bytes) {
        return SPACED.formatHex(bytes);
    }

    /** {@return lines of sixteen bytes: offset, hexadecimal, text} */
    static String dump(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        for (int line = 0; line < bytes.length; line += PER_LINE) {
            int end = Math.min(bytes.length, line + PER_LINE);
            out.append(String.format(Locale.ROOT, "%04x  %-47s  ", line, SPACED.formatHex(bytes, line, end)));
            for (int i = line; i < end; i++) {
                out.append(isPlain(bytes[i]) ? (char) bytes[i] : '.');
            }
            out.append('\n');
        }
        return out.toString();
    }

    /** {@return the beginning of the bytes in one line: text in quotes if they are plain ASCII, otherwise digits} */
    static String excerpt(byte[] bytes) {
        if (isPlain(bytes)) {
            String text = new String(
                    bytes, 0, Math.min(bytes.length, TEXT_EXCERPT), java.nio.charset.StandardCharsets.US_ASCII);
            return '"'
                    + text.replace("\\", "\\\\")
                            .replace("\"", "\\\"")
                            .replace("\n", "\\n")
                            .replace("\r", "\\r")
                            .replace("\t", "\\t")
                    + (bytes.length > TEXT_EXCERPT ? "\"..." : "\"");
        }
        int end = Math.min(bytes.length, EXCERPT);
        return SPACED.formatHex(bytes, 0, end) + (bytes.length > EXCERPT ? " ..." : "");
    }

    private static boolean isPlain(byte[] bytes) {
        for (byte b : bytes) {
            if (!isPlain(b) && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(byte b) {
        return b >= ' ' && b < 0x7f;
    }
}
