package dev.domin.lang.syntax;

import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.Span;

/** Reads numbers. */
final class NumberLiterals {

    private final String text;
    private final Diagnostics problems;
    private int at;

    NumberLiterals(String text, Diagnostics problems) {
        this.text = text;
        this.problems = problems;
    }

    /**
     * Reads a number.
     *
     * @param start the index of its first digit, or of the point before it
     * @param first whether it is the first token of a line
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
        if (isAttached()) {
            return badNumber(start, first, floating);
        }
        return floating ? floating(start, first) : decimal(start, first);
    }

    private Token floating(int start, boolean first) {
        double value = Double.parseDouble(text.substring(start, at));
        if (Double.isInfinite(value)) {
            problems.error(
                    new Span(start, at),
                    "this number is too large for a double",
                    "the largest double is about 1.79e308");
        }
        return new Token(TokenKind.DOUBLE, start, at, "", Double.doubleToRawLongBits(value), first, false);
    }

    private Token decimal(int start, boolean first) {
        if (text.charAt(start) == '0' && at > start + 1) {
            problems.error(
                    new Span(start, at),
                    "a whole number cannot begin with 0",
                    "omit the 0; there are no octal numbers, and hexadecimal ones begin with 0x");
            return new Token(TokenKind.INTEGER, start, at, "", 0, first, false);
        }
        long value = 0; // negated, since there is one more negative than positive value
        for (int i = start; i < at; i++) {
            int digit = text.charAt(i) - '0';
            if (value < (Long.MIN_VALUE + digit) / 10) {
                problems.error(
                        new Span(start, at),
                        "this number does not fit an i64",
                        "the largest i64 is 9223372036854775807; larger numbers are doubles, as in 1e20");
                return new Token(TokenKind.INTEGER, start, at, "", 0, first, false);
            }
            value = value * 10 - digit;
        }
        return new Token(TokenKind.INTEGER, start, at, "", -value, first, false); // -MIN_VALUE is MIN_VALUE
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
        if (at == digits || isAttached()) {
            return badNumber(start, first, false);
        }
        if (!fits || value < 0 && value != Long.MIN_VALUE) {
            problems.error(
                    new Span(start, at),
                    "this number does not fit an i64",
                    "the largest i64 is 0x7FFFFFFFFFFFFFFF; all 64 bits are set in -1");
            value = 0;
        }
        return new Token(TokenKind.INTEGER, start, at, "", value, first, false);
    }

    private boolean isAttached() {
        char c = peek(0);
        return Lexer.isNamePart(c) || c >= 0x80 && Character.isLetter(c) || c == '.' && Lexer.isDigit(peek(1));
    }

    private Token badNumber(int start, boolean first, boolean floating) {
        int valid = at;
        while (isAttached()) {
            at++;
        }
        String rest = text.substring(valid, Math.min(at, valid + 8));
        String help;
        if (text.charAt(start) == '0' && (peekAt(start + 1) == 'b' || peekAt(start + 1) == 'B')) {
            help = "there are no binary numbers: use hexadecimal, 0x…";
        } else if (rest.startsWith("_")) {
            help = "digits cannot be separated by `_`";
        } else if (rest.startsWith(".")) {
            help = "a number has only one decimal point";
        } else if (peekAt(start + 1) == 'x' || peekAt(start + 1) == 'X') {
            help = "hexadecimal digits are 0 to 9 and A to F";
        } else if (!floating && (rest.startsWith("e") || rest.startsWith("E"))) {
            help = "digits must follow the `e` of a number, as in 1e3";
        } else {
            help = "numbers have no suffix, and names cannot begin with a digit";
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

    /** {@return the value of a hexadecimal digit; -1 for any other char} */
    static int hexDigit(char c) {
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
