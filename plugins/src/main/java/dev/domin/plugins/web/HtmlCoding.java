package dev.domin.plugins.web;

import dev.domin.plugins.bytes.Work;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.ScriptContext;
import org.jspecify.annotations.Nullable;

/** Text as it stands in HTML, and back. */
final class HtmlCoding {

    /**
     * The longest reference that is looked for: that of the last character by its hexadecimal number, with some zeros.
     */
    private static final int LONGEST_REFERENCE = 16;

    private static final int HEX = 16;
    private static final int DECIMAL = 10;

    private HtmlCoding() {}

    static String encode(ScriptContext run, String text) {
        var out = new StringBuilder(text.length());
        var work = new Work(run);
        for (int i = 0; i < text.length(); i++) {
            work.add(1);
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
            if ((i & 0xFFFF) == 0) {
                ByteStrings.checkLength(out.length());
            }
        }
        return out.toString();
    }

    static String decode(ScriptContext run, String text) {
        var out = new StringBuilder(text.length());
        var work = new Work(run);
        int at = 0;
        while (at < text.length()) {
            work.add(1);
            char c = text.charAt(at);
            int end = c == '&' ? endOfReference(text, at) : -1;
            String meant = end < 0 ? null : meaning(text.substring(at + 1, end));
            if (meant == null) {
                out.append(c);
                at++;
            } else {
                out.append(meant);
                at = end + 1;
            }
        }
        return out.toString();
    }

    /** {@return where the semicolon of a reference is that may begin here; -1 if none does} */
    private static int endOfReference(String text, int start) {
        int last = Math.min(text.length(), start + LONGEST_REFERENCE);
        for (int i = start + 1; i < last; i++) {
            if (text.charAt(i) == ';') {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable String meaning(String name) {
        return switch (name) {
            case "amp" -> "&";
            case "lt" -> "<";
            case "gt" -> ">";
            case "quot" -> "\"";
            case "apos" -> "'";
            default -> name.startsWith("#") ? character(name.substring(1)) : null;
        };
    }

    /** {@return a character by its number, in UTF-8; null where there is none of it} */
    private static @Nullable String character(String number) {
        boolean isHex = number.startsWith("x") || number.startsWith("X");
        String digits = isHex ? number.substring(1) : number;
        int radix = isHex ? HEX : DECIMAL;
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return null;
            }
            value = value * radix + digit;
        }
        boolean exists = value > 0
                && value <= Character.MAX_CODE_POINT
                && (value < Character.MIN_SURROGATE || value > Character.MAX_SURROGATE);
        return exists ? ByteStrings.fromText(Character.toString((int) value)) : null;
    }
}
