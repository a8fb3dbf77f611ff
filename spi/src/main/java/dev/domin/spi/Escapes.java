package dev.domin.spi;

/**
 * Converts any bytes to text that is safe to print: the text is one line and contains no terminal command.
 *
 * <p>Printable characters in UTF-8 stay as they are, except the backslash, which becomes {@code \\}. A line feed, a
 * carriage return and a tab become {@code \n}, {@code \r} and {@code \t}, and every other byte {@code \xNN}: control
 * characters, those from U+0080 to U+009F included; invisible characters, such as marks of the writing direction;
 * characters that are unassigned or private; and bytes that are not UTF-8. Quotes stay as they are. Different bytes
 * give different texts, so a text can be used as a key instead of its bytes.
 *
 * <p>The results are script strings: one char per byte.
 */
public final class Escapes {

    /** The largest number of chars for one byte. */
    public static final int LONGEST = 4;

    /** The largest number of bytes of a string that a message quotes. */
    private static final int LONGEST_QUOTE = 40;

    private static final String DIGITS = "0123456789abcdef";

    /** The lowest character of each length in UTF-8; a lower one in as many bytes is malformed. */
    private static final int[] LOWEST = {0, 0, 0x80, 0x800, 0x10000};

    private Escapes() {}

    /**
     * Escapes a script string.
     *
     * @param value one char per byte
     * @return the text, one char per byte; the same string if nothing has to be escaped
     */
    public static String escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (!standsForItself(value.charAt(i))) {
                byte[] bytes = ByteStrings.toBytes(value);
                return escape(bytes, 0, bytes.length);
            }
        }
        return value;
    }

    /**
     * Escapes the start of a script string for a message, which is Java text.
     *
     * @param value one char per byte
     * @return its first bytes, at most {@value #LONGEST_QUOTE}, as text that is safe to print; followed by {@code ...}
     *     if it was cut
     */
    public static String quote(String value) {
        if (value.length() <= LONGEST_QUOTE) {
            return ByteStrings.toText(escape(value));
        }
        int end = LONGEST_QUOTE;
        while (end > 0 && (value.charAt(end) & 0xC0) == 0x80) {
            end--; // not inside a character
        }
        return ByteStrings.toText(escape(value.substring(0, end))) + "...";
    }

    /**
     * Escapes bytes.
     *
     * @param bytes the array
     * @param offset the index of the first byte
     * @param length the number of bytes; a UTF-8 character that is cut at the end is escaped byte by byte
     * @return the text, one char per byte
     */
    public static String escape(byte[] bytes, int offset, int length) {
        var text = new StringBuilder(length);
        append(text, bytes, offset, offset + length);
        return text.toString();
    }

    /**
     * Appends escaped bytes to a text.
     *
     * @param text the text to append to
     * @param bytes the array
     * @param start the index of the first byte
     * @param end the index after the last byte; a UTF-8 character that is cut there is escaped byte by byte
     */
    public static void append(StringBuilder text, byte[] bytes, int start, int end) {
        int at = start;
        while (at < end) {
            int value = bytes[at] & 0xFF;
            if (standsForItself(value)) {
                text.append((char) value);
                at++;
                continue;
            }
            int length = printableLength(bytes, at, end);
            for (int i = 0; i < length; i++) {
                text.append((char) (bytes[at + i] & 0xFF));
            }
            if (length == 0) {
                appendEscape(text, value);
            }
            at += Math.max(1, length);
        }
    }

    private static boolean standsForItself(int value) {
        return value >= ' ' && value < 0x7F && value != '\\';
    }

    private static void appendEscape(StringBuilder text, int value) {
        switch (value) {
            case '\\' -> text.append("\\\\");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> text.append("\\x").append(DIGITS.charAt(value >> 4)).append(DIGITS.charAt(value & 0xF));
        }
    }

    /** {@return the length of the printable character of two or more bytes at this index, or 0 if there is none} */
    private static int printableLength(byte[] bytes, int start, int end) {
        int first = bytes[start] & 0xFF;
        int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        if (first < 0xC2 || first > 0xF4 || length > end - start) {
            return 0;
        }
        int character = first & (0x7F >> length);
        for (int i = 1; i < length; i++) {
            int next = bytes[start + i];
            if ((next & 0xC0) != 0x80) {
                return 0;
            }
            character = character << 6 | (next & 0x3F);
        }
        boolean wellFormed = character >= LOWEST[length] && character <= Character.MAX_CODE_POINT;
        return wellFormed && isPrintable(character) ? length : 0;
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
