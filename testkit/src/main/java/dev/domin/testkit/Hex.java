package dev.domin.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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

    /**
     * {@return the beginning of the bytes in one line: text in quotes if they are text in UTF-8 without control
     * characters other than ends of lines and tabs, otherwise digits}
     */
    static String excerpt(byte[] bytes) {
        String text = text(bytes);
        if (text == null) {
            int end = Math.min(bytes.length, EXCERPT);
            return SPACED.formatHex(bytes, 0, end) + (bytes.length > EXCERPT ? " ..." : "");
        }
        StringBuilder out = new StringBuilder().append('"');
        text.codePoints().limit(TEXT_EXCERPT).forEach(c -> appendEscaped(out, c));
        return out.append(text.codePointCount(0, text.length()) > TEXT_EXCERPT ? "\"..." : "\"")
                .toString();
    }

    /**
     * {@return the bytes that hexadecimal digits stand for}
     *
     * @throws IllegalArgumentException if there is something else than pairs of digits and spaces
     */
    static byte[] parse(String digits) {
        try {
            return HexFormat.of().parseHex(digits.replace(" ", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "`" + digits + "` are no hexadecimal bytes: write pairs of digits, such as \"01 0f\"", e);
        }
    }

    /** {@return the text, or null if it is none that can be printed} */
    private static @Nullable String text(byte[] bytes) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.codePoints().allMatch(Hex::isText) ? text : null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static boolean isText(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c == '\n' || c == '\r' || c == '\t';
            case Character.UNASSIGNED, Character.PRIVATE_USE, Character.SURROGATE -> false;
            default -> true;
        };
    }

    private static void appendEscaped(StringBuilder out, int c) {
        switch (c) {
            case '\\' -> out.append("\\\\");
            case '"' -> out.append("\\\"");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (isInvisible(c)) {
                    out.append(String.format(Locale.ROOT, "\\u{%x}", c));
                } else {
                    out.appendCodePoint(c);
                }
            }
        }
    }

    /** {@return whether it changes how the characters around it look, as those do that set the direction} */
    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> c != ' ';
            default -> false;
        };
    }

    private static boolean isPlain(byte b) {
        return b >= ' ' && b < 0x7f;
    }
}
