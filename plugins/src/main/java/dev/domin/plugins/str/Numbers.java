package dev.domin.plugins.str;

import dev.domin.plugins.bytes.Chunks;
import dev.domin.plugins.bytes.Work;
import dev.domin.plugins.format.FixedPoint;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;

/** Numbers as text. The JDK's parsers accept more than numbers of scripts, so the syntax is checked here. */
final class Numbers {

    private static final int MOST_DECIMALS = 1000;

    private Numbers() {}

    static boolean isInt(ScriptContext run, String s) {
        String text = Texts.trim(run, s);
        var work = new Work(run);
        int at = afterSign(text);
        boolean negative = at == 1 && text.charAt(0) == '-';
        int base = baseAt(text, at);
        at += base == 16 ? 2 : 0;
        if (at == text.length()) {
            return false;
        }
        // negative, because the lowest number has no positive counterpart
        long lowest = negative ? Long.MIN_VALUE : -Long.MAX_VALUE;
        long number = 0;
        for (; at < text.length(); at++) {
            int digit = digit(text.charAt(at), base);
            if (digit < 0 || number < (lowest + digit) / base) {
                return false;
            }
            number = number * base - digit;
            work.add(1);
        }
        return true;
    }

    /** Parses a text that {@link #isInt} accepts. */
    static long parseInt(ScriptContext run, String s) {
        String text = Texts.trim(run, s);
        var work = new Work(run);
        int at = afterSign(text);
        boolean negative = at == 1 && text.charAt(0) == '-';
        int base = baseAt(text, at);
        long number = 0;
        for (at += base == 16 ? 2 : 0; at < text.length(); at++) {
            number = number * base - digit(text.charAt(at), base);
            work.add(1);
        }
        return negative ? number : -number;
    }

    static boolean isDouble(ScriptContext run, String s) {
        String text = Texts.trim(run, s);
        int start = afterSign(text);
        int at = afterDigits(run, text, start);
        int digits = at - start;
        if (at < text.length() && text.charAt(at) == '.') {
            int fraction = at + 1;
            at = afterDigits(run, text, fraction);
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
            at = afterDigits(run, text, exponent);
            if (at == exponent) {
                return false;
            }
        }
        return at == text.length();
    }

    /** Parses a text that {@link #isDouble} accepts. */
    static double parseDouble(ScriptContext run, String s) {
        return Double.parseDouble(Texts.trim(run, s));
    }

    static String fixed(double value, long decimals) {
        if (decimals < 0 || decimals > MOST_DECIMALS) {
            throw new ScriptError("decimals is " + decimals + ", but it is 0 to " + MOST_DECIMALS);
        }
        var text = new StringBuilder();
        FixedPoint.append(text, value, (int) decimals);
        return text.toString();
    }

    private static int afterSign(String text) {
        return !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
    }

    private static int afterDigits(ScriptContext run, String text, int from) {
        for (int at = from; at < text.length(); ) {
            int end = Chunks.end(run, from, at, text.length());
            for (; at < end; at++) {
                if (text.charAt(at) < '0' || text.charAt(at) > '9') {
                    return at;
                }
            }
        }
        return text.length();
    }

    private static int baseAt(String text, int at) {
        return at + 1 < text.length() && text.charAt(at) == '0' && (text.charAt(at + 1) | 0x20) == 'x' ? 16 : 10;
    }

    private static int digit(char c, int base) {
        return c < 0x80 ? Character.digit(c, base) : -1;
    }
}
