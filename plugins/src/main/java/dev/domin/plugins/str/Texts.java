package dev.domin.plugins.str;

import dev.domin.plugins.bytes.ByteSearch;
import dev.domin.plugins.bytes.Chunks;
import dev.domin.plugins.bytes.Letters;
import dev.domin.plugins.bytes.Work;
import dev.domin.plugins.format.Formatter;
import dev.domin.spi.Blob;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import java.nio.charset.StandardCharsets;

/**
 * Changes and compares strings of scripts, in time proportional to their lengths. Work on long strings can be
 * cancelled.
 */
final class Texts {

    private static final int SHORT_NEEDLE = 16;
    private static final int SHORT_TEXT = 1 << 16;

    private Texts() {}

    static String lower(ScriptContext run, String s) {
        return ofBytes(Letters.toLower(run, ByteStrings.toBytes(s)));
    }

    static String upper(ScriptContext run, String s) {
        return ofBytes(Letters.toUpper(run, ByteStrings.toBytes(s)));
    }

    private static String ofBytes(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static int compareNoCase(ScriptContext run, String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int at = 0; at < length; ) {
            int end = Chunks.end(run, 0, at, length);
            for (; at < end; at++) {
                int difference = lower(a.charAt(at)) - lower(b.charAt(at));
                if (difference != 0) {
                    return Integer.signum(difference);
                }
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    private static int lower(char c) {
        return Letters.lower((byte) c) & 0xFF;
    }

    static String trim(ScriptContext run, String s) {
        int start = 0;
        int end = s.length();
        var work = new Work(run);
        while (start < end && Letters.isSpace(s.charAt(start))) {
            start++;
            work.add(1);
        }
        while (end > start && Letters.isSpace(s.charAt(end - 1))) {
            end--;
            work.add(1);
        }
        return s.substring(start, end);
    }

    static String replace(ScriptContext run, String s, Needle old, String replacement) {
        int at = old.find(s, 0);
        if (at < 0) {
            return s;
        }
        var work = new Work(run);
        var changed = new StringBuilder(s.length());
        int copied = 0;
        while (at >= 0) {
            ByteStrings.checkLength((long) changed.length() + (at - copied) + replacement.length());
            changed.append(s, copied, at).append(replacement);
            work.add((long) at - copied + old.length() + replacement.length());
            copied = at + old.length();
            at = old.find(s, copied);
        }
        ByteStrings.checkLength((long) changed.length() + (s.length() - copied));
        return changed.append(s, copied, s.length()).toString();
    }

    static int findLast(ScriptContext run, String s, String needle) {
        if (needle.length() <= SHORT_NEEDLE && s.length() <= SHORT_TEXT) {
            return s.lastIndexOf(needle); // whose worst case is short here
        }
        String reversed = new StringBuilder(s).reverse().toString();
        String wanted = new StringBuilder(needle).reverse().toString();
        int found = new Needle(run, wanted).find(reversed, 0);
        return found < 0 ? -1 : s.length() - needle.length() - found;
    }

    static int findNoCase(ScriptContext run, String s, String needle, int from) {
        var text = Blob.of(ByteStrings.toBytes(s));
        return ByteSearch.find(run, text, Blob.of(ByteStrings.toBytes(needle)), from, true);
    }

    static String join(String separator, Object[] parts) {
        long length = 0;
        for (int i = 0; i < parts.length; i++) {
            if (!(parts[i] instanceof String part)) {
                throw notAString(i + 2, parts[i]);
            }
            length += part.length() + (i > 0 ? separator.length() : 0);
        }
        ByteStrings.checkLength(length);
        var joined = new StringBuilder((int) length);
        for (int i = 0; i < parts.length; i++) {
            joined.append(i > 0 ? separator : "").append(parts[i]);
        }
        return joined.toString();
    }

    private static ScriptError notAString(int argument, Object value) {
        String type = Formatter.typeOf(value);
        String help = switch (type) {
            case "blob" -> "blob.ToText returns the bytes as a string";
            case "double" -> "str.FromDouble makes a string of a double";
            default -> "str.FromInt makes a string of an integer";
        };
        return new ScriptError("argument " + argument + " (parts) takes string, got " + type, help);
    }
}
