package dev.domin.plugins.str;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** IPv6 addresses as text (RFC 4291, written by RFC 5952), and as 16 bytes in network order. */
final class Ip6 {

    static final int BYTES = 16;

    private static final int GROUPS = 8;
    private static final int LONGEST = 45;
    private static final int MAPPED_AT = 12;

    private Ip6() {}

    /** {@return the 16 bytes of an address such as 2001:db8::1; null if the text is none} */
    static byte @Nullable [] parse(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        int gap = text.indexOf("::");
        var head = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
        var tail = gap < 0 ? List.<Integer>of() : groups(text.substring(gap + 2), true);
        if (head == null || tail == null) {
            return null;
        }
        int missing = GROUPS - head.size() - tail.size();
        if (gap < 0 ? missing != 0 || text.isEmpty() : missing < 1) {
            return null;
        }
        var bytes = new byte[BYTES];
        for (int i = 0; i < head.size(); i++) {
            put(bytes, i, head.get(i));
        }
        for (int i = 0; i < tail.size(); i++) {
            put(bytes, GROUPS - tail.size() + i, tail.get(i));
        }
        return bytes;
    }

    /** {@return the groups of a part of an address; null if it has something else} */
    private static @Nullable List<Integer> groups(String part, boolean mayEndInIp4) {
        var groups = new ArrayList<Integer>();
        if (part.isEmpty()) {
            return groups;
        }
        String[] words = part.split(":", -1);
        for (int i = 0; i < words.length; i++) {
            var ip4 = mayEndInIp4 && i == words.length - 1 && words[i].indexOf('.') >= 0 ? Ip4.parse(words[i]) : null;
            if (ip4 != null) {
                groups.add((ip4[0] & 0xFF) << 8 | ip4[1] & 0xFF);
                groups.add((ip4[2] & 0xFF) << 8 | ip4[3] & 0xFF);
                continue;
            }
            int group = group(words[i]);
            if (group < 0) {
                return null;
            }
            groups.add(group);
        }
        return groups;
    }

    /** {@return the value of one to four hexadecimal digits; -1 if the word is anything else} */
    private static int group(String word) {
        if (word.isEmpty() || word.length() > 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static void put(byte[] bytes, int group, int value) {
        bytes[2 * group] = (byte) (value >> 8);
        bytes[2 * group + 1] = (byte) value;
    }

    static String format(byte[] bytes, int at) {
        boolean isMapped = isMapped(bytes, at);
        int groups = isMapped ? GROUPS - 2 : GROUPS;
        int gapStart = -1;
        int gapLength = 1; // a single group of zeros is not left out
        for (int i = 0; i < groups; i++) {
            int length = 0;
            while (i + length < groups && group(bytes, at, i + length) == 0) {
                length++;
            }
            if (length > gapLength) {
                gapStart = i;
                gapLength = length;
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < groups; i++) {
            if (i == gapStart) {
                text.append("::");
                i += gapLength - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(group(bytes, at, i)));
            }
        }
        if (isMapped) {
            text.append(':').append(Ip4.format(bytes, at + MAPPED_AT));
        }
        return text.toString();
    }

    /** {@return whether it is an IPv4 address in IPv6, ::ffff:0:0/96} */
    private static boolean isMapped(byte[] bytes, int at) {
        for (int i = 0; i < MAPPED_AT - 2; i++) {
            if (bytes[at + i] != 0) {
                return false;
            }
        }
        return bytes[at + MAPPED_AT - 2] == -1 && bytes[at + MAPPED_AT - 1] == -1;
    }

    private static int group(byte[] bytes, int at, int group) {
        return (bytes[at + 2 * group] & 0xFF) << 8 | bytes[at + 2 * group + 1] & 0xFF;
    }
}
