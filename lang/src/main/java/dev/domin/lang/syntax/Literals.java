package dev.domin.lang.syntax;

import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.Span;
import java.nio.charset.StandardCharsets;

/** Reads numbers, strings and characters. */
final class Literals {

    private final String text;
    private final Diagnostics problems;
    private int at;
    private StringBuilder bytes; // the string in work, one char per byte
    private boolean reported; // whether something is wrong with the literal in work

    Literals(String text, Diagnostics problems) {
        this.text = text;
        this.problems = problems;
    }

    /**
     * Reads a number.
     *
     * @param start where its first digit, or the point before it, stands
     * @param first whether it starts a line
     * @return an {@code INTEGER} or {@code DOUBLE}
     */
    Token number(int start, boolean first) {
        at = start;
        if (peek(0) == '0' && (peek(1) == 'x' || peek(1) == 'X')) {
            return hexadecimal(start, first);
        }
        skipDigits();
        boolean floating = false;
        if (peek(0) == '.' && peek(1) != '.') {
            floating = true;
            at++;
            skipDigits();
        }
        char exponent = peek(0);
        if (exponent == 'e' || exponent == 'E') {
            int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
            if (Lexer.isDigit(peek(1 + sign))) {
                floating = true;
                at += 1 + sign;
                skipDigits();
            }
        }
        if (isGlued()) {
            return badNumber(start, first, floating);
        }
        return floating ? floating(start, first) : decimal(start, first);
    }

    private Token floating(int start, boolean first) {
        double value = Double.parseDouble(text.substring(start, at));
        if (Double.isInfinite(value)) {
            problems.error(new Span(start, at), "this number is too large for a double", "doubles end near 1.79e308");
        }
        return new Token(TokenKind.DOUBLE, start, at, "", Double.doubleToRawLongBits(value), first, false);
    }

    private Token decimal(int start, boolean first) {
        if (text.charAt(start) == '0' && at > start + 1) {
            problems.error(
                    new Span(start, at),
                    "a whole number cannot begin with 0",
                    "leave the 0 out; octal numbers do not exist, hexadecimal ones begin with 0x");
            return new Token(TokenKind.INTEGER, start, at, "", 0, first, false);
        }
        long value = 0; // counted below zero, where there is room for one more
        for (int i = start; i < at; i++) {
            int digit = text.charAt(i) - '0';
            if (value < (Long.MIN_VALUE + digit) / 10) {
                problems.error(
                        new Span(start, at),
                        "this number does not fit an i64",
                        "i64 ends at 9223372036854775807; doubles reach further, with a point: 1e20");
                return new Token(TokenKind.INTEGER, start, at, "", 0, first, false);
            }
            value = value * 10 - digit;
        }
        return new Token(TokenKind.INTEGER, start, at, "", -value, first, false); // -MIN_VALUE stays MIN_VALUE
    }

    private Token hexadecimal(int start, boolean first) {
        at = start + 2;
        int digits = at;
        long value = 0;
        boolean fits = true;
        while (hexDigit(peek(0)) >= 0) {
            fits &= value >>> 60 == 0;
            value = value << 4 | hexDigit(peek(0));
            at++;
        }
        if (at == digits || isGlued()) {
            return badNumber(start, first, false);
        }
        if (!fits || value < 0 && value != Long.MIN_VALUE) {
            problems.error(
                    new Span(start, at),
                    "this number does not fit an i64",
                    "i64 ends at 0x7FFFFFFFFFFFFFFF; -1 has all 64 bits set");
            value = 0;
        }
        return new Token(TokenKind.INTEGER, start, at, "", value, first, false);
    }

    private boolean isGlued() {
        char c = peek(0);
        return Lexer.isNamePart(c) || c >= 0x80 && Character.isLetter(c) || c == '.' && Lexer.isDigit(peek(1));
    }

    private Token badNumber(int start, boolean first, boolean floating) {
        int valid = at;
        while (isGlued()) {
            at++;
        }
        String rest = text.substring(valid, Math.min(at, valid + 8));
        String help;
        if (text.charAt(start) == '0' && (peekAt(start + 1) == 'b' || peekAt(start + 1) == 'B')) {
            help = "binary numbers do not exist: write it in hexadecimal, 0x…";
        } else if (rest.startsWith("_")) {
            help = "numbers have no `_` between their digits";
        } else if (rest.startsWith(".")) {
            help = "a number has one point";
        } else if (peekAt(start + 1) == 'x' || peekAt(start + 1) == 'X') {
            help = "hexadecimal digits are 0 to 9 and A to F";
        } else if (!floating && (rest.startsWith("e") || rest.startsWith("E"))) {
            help = "behind the `e` of a number stand digits: 1e3";
        } else {
            help = "numbers carry no suffix, and names do not begin with a digit";
        }
        problems.error(
                new Span(start, at), "`" + Cursor.shorten(text.substring(start, at)) + "` is not a number", help);
        return new Token(TokenKind.INTEGER, start, at, "", 0, first, false);
    }

    private void skipDigits() {
        while (Lexer.isDigit(peek(0))) {
            at++;
        }
    }

    /**
     * Reads a string.
     *
     * @param start where its opening quote stands
     * @param first whether it starts a line
     * @return a {@code STRING} of one char per byte, 0 bytes among them
     */
    Token string(int start, boolean first) {
        at = start + 1;
        while (isPlain(peek(0), '"')) {
            at++;
        }
        if (peek(0) == '"') { // most strings: no escapes, ASCII
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
                    "a string that goes over several lines is written as several strings: \"one \" \"two\"");
        }
        return new Token(TokenKind.STRING, start, at, bytes.toString(), 0, first, !closed);
    }

    /**
     * Reads a character.
     *
     * @param start where its opening quote stands
     * @param first whether it starts a line
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
                    span,
                    "this character has no closing `'` on its line",
                    "`'` stands around one character, `\"` around a string");
        } else if (bytes.isEmpty() && !reported) {
            problems.error(span, "there is nothing between the two `'`", "the empty string is \"\"");
        } else if (bytes.length() > 1 && !reported) {
            boolean one = text.codePointCount(start + 1, at - 1) == 1;
            problems.error(
                    span,
                    one
                            ? "`" + text.substring(start + 1, at - 1) + "` takes " + bytes.length()
                                    + " bytes in UTF-8; between `'` stands one byte"
                            : "between `'` stands one character, got " + bytes.length(),
                    "a string stands between `\"`: write `\"" + Cursor.shorten(text.substring(start + 1, at - 1))
                            + "\"`");
        }
        long value = bytes.isEmpty() ? 0 : bytes.charAt(0);
        return new Token(TokenKind.INTEGER, start, at, "", value, first, !closed);
    }

    /** Reads up to and over the closing quote; false where the line ends first. */
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
                "a 0 byte (U+0000) stands in this literal",
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
                int high = hexDigit(peek(0));
                int low = high < 0 ? -1 : hexDigit(peek(1));
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
                    at = start + 1; // the missing quote is the message
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

    private static int hexDigit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'a' && c <= 'f') {
            return c - 'a' + 10;
        }
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }

    private char peek(int ahead) {
        return peekAt(at + ahead);
    }

    private char peekAt(int index) {
        return index < text.length() ? text.charAt(index) : 0;
    }
}
