package dev.domin.plugins.str;

import org.jspecify.annotations.Nullable;

/** IPv4 addresses as text, and as four bytes in network order. */
final class Ip4 {

    static final int BYTES = 4;

    private static final int LONGEST = 15;

    private Ip4() {}

    /** {@return the four bytes of an address such as 192.0.2.1; null if the text is none} */
    static byte @Nullable [] parse(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        var bytes = new byte[BYTES];
        int at = 0;
        for (int i = 0; i < BYTES; i++) {
            if (i > 0 && (at >= text.length() || text.charAt(at++) != '.')) {
                return null;
            }
            int start = at;
            int value = 0;
            while (at < text.length() && at - start < 3 && isDigit(text.charAt(at))) {
                value = value * 10 + (text.charAt(at++) - '0');
            }
            boolean hasLeadingZero = at - start > 1 && text.charAt(start) == '0';
            if (at == start || value > 0xFF || hasLeadingZero) {
                return null;
            }
            bytes[i] = (byte) value;
        }
        return at == text.length() ? bytes : null;
    }

    static String format(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) + "." + (bytes[at + 1] & 0xFF) + "." + (bytes[at + 2] & 0xFF) + "."
                + (bytes[at + 3] & 0xFF);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
