package dev.domin.plugins.str;

import dev.domin.plugins.format.FixedPoint;
import dev.domin.spi.ScriptError;

/** Numbers as text. What a number looks like is said here and not by the JDK, which takes more than a script's author means. */
final class Numbers {

    private static final int MOST_DECIMALS = 1000;
    private static final int QUOTED_LENGTH = 40;

    private Numbers() {}

    static String trim(String s) {
        int start = 0;
        int end = s.length();
        while (start < end && isSpace(s.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(s.charAt(end - 1))) {
            end--;
        }
        return s.substring(start, end);
    }

    static boolean isInt(String s) {
        String text = trim(s);
        int at = afterSign(text);
        boolean negative = at == 1 && text.charAt(0) == '-';
        int base = baseAt(text, at);
        at += base == 16 ? 2 : 0;
        if (at == text.length()) {
            return false;
        }
        // Counted downwards, since the lowest number has no positive twin.
        long lowest = negative ? Long.MIN_VALUE : -Long.MAX_VALUE;
        long number = 0;
        for (; at < text.length(); at++) {
            int digit = digit(text.charAt(at), base);
            if (digit < 0 || number < (lowest + digit) / base) {
                return false;
            }
            number = number * base - digit;
        }
        return true;
    }

    /** Reads what {@link #isInt} has found good. */
    static long parseInt(String s) {
        String text = trim(s);
        int at = afterSign(text);
        boolean negative = at == 1 && text.charAt(0) == '-';
        int base = baseAt(text, at);
        long number = 0;
        for (at += base == 16 ? 2 : 0; at < text.length(); at++) {
            number = number * base - digit(text.charAt(at), base);
        }
        return negative ? number : -number;
    }

    static boolean isDouble(String s) {
        String text = trim(s);
        int start = afterSign(text);
        int at = afterDigits(text, start);
        int digits = at - start;
        if (at < text.length() && text.charAt(at) == '.') {
            int fraction = at + 1;
            at = afterDigits(text, fraction);
            digits += at - fraction;
        }
        if (digits == 0) {
            return false;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int exponent = at + 1;
            if (exponent < text.length() && (text.charAt(exponent) == '-' || text.charAt(exponent) == '+')) {
                exponent++;
            }
            at = afterDigits(text, exponent);
            if (at == exponent) {
                return false;
            }
        }
        return at == text.length();
    }

    /** Reads what {@link #isDouble} has found good. */
    static double parseDouble(String s) {
        return Double.parseDouble(trim(s));
    }

    static String fixed(String function, double value, long decimals) {
        if (decimals < 0 || decimals > MOST_DECIMALS) {
            throw new ScriptError(function + ": decimals is " + decimals + ", but it is 0 to " + MOST_DECIMALS);
        }
        var text = new StringBuilder();
        FixedPoint.append(text, value, (int) decimals);
        return text.toString();
    }

    /** Shows a string in a message: its start, with what cannot be printed as an escape. */
    static String quoted(String s) {
        var text = new StringBuilder("\"");
        int shown = Math.min(s.length(), QUOTED_LENGTH);
        for (int i = 0; i < shown; i++) {
            char c = s.charAt(i);
            if (c >= ' ' && c < 0x7F) {
                text.append(c);
            } else {
                text.append("\\x").append(Character.forDigit(c >> 4 & 0xF, 16)).append(Character.forDigit(c & 0xF, 16));
            }
        }
        return text.append(shown < s.length() ? "...\"" : "\"").toString();
    }

    private static int afterSign(String text) {
        return !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
    }

    private static int afterDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static int baseAt(String text, int at) {
        return at + 1 < text.length() && text.charAt(at) == '0' && (text.charAt(at + 1) | 0x20) == 'x' ? 16 : 10;
    }

    private static int digit(char c, int base) {
        return c < 0x80 ? Character.digit(c, base) : -1;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
