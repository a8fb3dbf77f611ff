package dev.domin.lang.syntax;

import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.Span;
import java.nio.charset.StandardCharsets;

/** Reads strings and characters. */
final class TextLiterals {

    /** What encloses a raw string. */
    static final String QUOTES = "\"\"\"";

    private final String text;
    private final Diagnostics problems;
    private int at;
    private StringBuilder bytes = new StringBuilder(); // of the current literal, one char per byte
    private boolean reported; // whether an error in the current literal has been reported

    TextLiterals(String text, Diagnostics problems) {
        this.text = text;
        this.problems = problems;
    }

    /**
     * Reads a string.
     *
     * @param start the index of its opening quote
     * @param first whether it is the first token of a line
     * @return a {@code STRING} with one char per byte, including 0 bytes
     */
    Token string(int start, boolean first) {
        at = start + 1;
        while (isPlain(peek(0), '"')) {
            at++;
        }
        if (peek(0) == '"') { // most strings: ASCII without escapes
            String value = text.substring(start + 1, at++);
            return new Token(TokenKind.STRING, start, at, value, 0, first, false);
        }
        bytes = new StringBuilder();
        bytes.append(text, start + 1, at);
        boolean closed = readUntil('"');
        if (!closed) {
            problems.error(
                    new Span(start, at),
                    "this string has no closing `\"` on its line",
                    "write a string of several lines as several strings: \"one \" \"two\"");
        }
        return new Token(TokenKind.STRING, start, at, bytes.toString(), 0, first, !closed);
    }

    /**
     * Reads a raw string: all bytes up to the closing quotes, over any number of lines, without escapes. A line break
     * directly behind the opening quotes does not belong to it; each other one is a {@code \n}.
     *
     * @param start the index of the first of its three opening quotes
     * @param first whether it is the first token of a line
     * @return a {@code STRING} with one char per byte
     */
    Token rawString(int start, boolean first) {
        int begin = start + QUOTES.length();
        int end = text.indexOf(QUOTES, begin);
        boolean closed = end >= 0;
        at = closed ? end + QUOTES.length() : text.length();
        if (!closed) {
            problems.error(
                    new Span(start, begin),
                    "this string has no closing `\"\"\"`",
                    "`\"\"\"` encloses a string of several lines, in which `\\` and `\"` have no special meaning");
        }
        var content = text.substring(begin, closed ? end : at).replace("\r\n", "\n");
        int zero = content.indexOf('\0');
        if (zero >= 0) {
            problems.error(
                    new Span(start, begin),
                    "this literal contains a 0 byte (U+0000)",
                    "delete it; a string ends at its first byte of value 0");
        }
        byte[] encoded = content.substring(content.startsWith("\n") ? 1 : 0).getBytes(StandardCharsets.UTF_8);
        return new Token(
                TokenKind.STRING, start, at, new String(encoded, StandardCharsets.ISO_8859_1), 0, first, !closed);
    }

    /**
     * Reads a character.
     *
     * @param start the index of its opening quote
     * @param first whether it is the first token of a line
     * @return an {@code INTEGER}, the value of the one byte
     */
    Token character(int start, boolean first) {
        at = start + 1;
        bytes = new StringBuilder();
        reported = false;
        boolean closed = readUntil('\'');
        Span span = new Span(start, at);
        if (!closed) {
            problems.error(
                    span, "this character has no closing `'` on its line", "`'` encloses one character, `\"` a string");
        } else if (bytes.isEmpty() && !reported) {
            problems.error(span, "a character literal cannot be empty", "the empty string is \"\"");
        } else if (bytes.length() > 1 && !reported) {
            boolean one = text.codePointCount(start + 1, at - 1) == 1;
            problems.error(
                    span,
                    one
                            ? "`" + text.substring(start + 1, at - 1) + "` takes " + bytes.length()
                                    + " bytes in UTF-8; a character literal is one byte"
                            : "a character literal is one character, got " + bytes.length(),
                    "strings are enclosed in `\"`: write `\"" + Cursor.shorten(text.substring(start + 1, at - 1))
                            + "\"`");
        }
        long value = bytes.isEmpty() ? 0 : bytes.charAt(0);
        return new Token(TokenKind.INTEGER, start, at, "", value, first, !closed);
    }

    /** Reads past the closing quote; false if the line ends first. */
    private boolean readUntil(char quote) {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == quote) {
                at++;
                return true;
            }
            if (c == '\n' || c == '\r') {
                return false;
            }
            if (c == '\\') {
                escape();
            } else if (c < 0x80) {
                if (c == 0) {
                    zero();
                }
                bytes.append(c);
                at++;
            } else {
                int length = Character.charCount(text.codePointAt(at));
                byte[] encoded = text.substring(at, at + length).getBytes(StandardCharsets.UTF_8);
                bytes.append(new String(encoded, StandardCharsets.ISO_8859_1));
                at += length;
            }
        }
        return false;
    }

    private void zero() {
        reported = true;
        problems.error(
                new Span(at, at + 1),
                "this literal contains a 0 byte (U+0000)",
                "delete it; a byte of value 0 is written `\\0`, and a string ends at its first one");
    }

    private void escape() {
        int start = at;
        char c = peek(1);
        at += 2;
        switch (c) {
            case 'n' -> bytes.append('\n');
            case 'r' -> bytes.append('\r');
            case 't' -> bytes.append('\t');
            case '0' -> bytes.append('\0');
            case '\\', '"', '\'' -> bytes.append(c);
            case 'x' -> {
                int high = NumberLiterals.hexDigit(peek(0));
                int low = high < 0 ? -1 : NumberLiterals.hexDigit(peek(1));
                if (low < 0) {
                    reported = true;
                    at += high < 0 ? 0 : 1;
                    problems.error(
                            new Span(start, at), "`\\x` needs two hexadecimal digits", "write a byte as `\\x0A`");
                } else {
                    bytes.append((char) (high << 4 | low));
                    at += 2;
                }
            }
            default -> {
                at = Math.min(at, text.length());
                if (c == '\n' || c == '\r' || start + 1 >= text.length()) {
                    at = start + 1; // the missing quote is reported
                    return;
                }
                reported = true;
                if (Character.isHighSurrogate(c) && Character.isLowSurrogate(peek(0))) {
                    at++;
                }
                problems.error(
                        new Span(start, at),
                        "`" + text.substring(start, at) + "` is not an escape",
                        "there are \\n \\r \\t \\0 \\\\ \\\" \\' and \\xNN");
            }
        }
    }

    private static boolean isPlain(char c, char quote) {
        return c >= ' ' && c < 0x7F && c != '\\' && c != quote;
    }

    private char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
    }
}
