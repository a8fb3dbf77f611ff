package dev.domin.lang.source;

/**
 * Makes messages safe to print. A message may quote a script, a packet, a file name or an argument. None of them may
 * end a line, move the cursor, colour the terminal or change the writing direction.
 *
 * <p>Such characters are escaped as by {@code blob.Escape}: {@code \n}, {@code \r}, {@code \t}, and the bytes of all
 * others in UTF-8 as {@code \xNN}. Backslashes are not escaped, since messages contain some themselves.
 */
public final class MessageText {

    private static final String DIGITS = "0123456789abcdef";

    private MessageText() {}

    /**
     * Escapes the characters that would disturb a terminal.
     *
     * @param text any text
     * @return the text in one line; the same object if nothing had to be escaped
     */
    public static String escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7F) {
                return escape(text, i);
            }
        }
        return text;
    }

    private static String escape(String text, int start) {
        var out = new StringBuilder(text.length() + 16).append(text, 0, start);
        for (int i = start; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (isHidden(c)) {
                appendEscape(out, c);
            } else {
                out.appendCodePoint(c);
            }
            i += Character.charCount(c);
        }
        return out.toString();
    }

    /** {@return whether a character is invisible or has an effect on the terminal} */
    static boolean isHidden(int c) {
        if (c >= ' ' && c < 0x7F) {
            return false;
        }
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.PRIVATE_USE
                || type == Character.UNASSIGNED
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static void appendEscape(StringBuilder out, int c) {
        if (c == '\n') {
            out.append("\\n");
        } else if (c == '\r') {
            out.append("\\r");
        } else if (c == '\t') {
            out.append("\\t");
        } else if (c < 0x80) {
            appendByte(out, c);
        } else if (c < 0x800) {
            appendByte(out, 0xC0 | c >> 6);
            appendByte(out, 0x80 | c & 0x3F);
        } else {
            if (c < 0x10000) {
                appendByte(out, 0xE0 | c >> 12);
            } else {
                appendByte(out, 0xF0 | c >> 18);
                appendByte(out, 0x80 | c >> 12 & 0x3F);
            }
            appendByte(out, 0x80 | c >> 6 & 0x3F);
            appendByte(out, 0x80 | c & 0x3F);
        }
    }

    private static void appendByte(StringBuilder out, int value) {
        out.append("\\x").append(DIGITS.charAt(value >> 4)).append(DIGITS.charAt(value & 0xF));
    }
}
