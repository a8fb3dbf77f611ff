package dev.domin.plugins.json;

import dev.domin.plugins.bytes.Work;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The long numbers of a JSON text. The library refuses those whose first digits are a multiple of 2^64, and those of
 * more than 1,024 characters. So they are replaced by a short number, with blanks behind it that keep the columns of
 * what follows, and put back as they are read, in their order. Not thread-safe.
 */
final class LongNumbers {

    /** What replaces a number. Numbers of this length are replaced too, so that it is no other number. */
    private static final String REPLACEMENT = "11111111111111111111";

    /** A number, or a word or number that is none; strings, whose content is not looked at, are skipped. */
    private static final Pattern TOKEN = Pattern.compile("[-+.0-9A-Za-z]++");

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][-+]?[0-9]++)?");

    private final Queue<String> numbers = new ArrayDeque<>();
    private final StringBuilder text;

    private LongNumbers(int length) {
        this.text = new StringBuilder(length);
    }

    /** {@return the long numbers of a text; null if it has none} */
    static @Nullable LongNumbers find(String text, Work work) {
        var found = new LongNumbers(text.length());
        Matcher tokens = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length()) {
            int start = at;
            if (text.charAt(at) == '"') {
                at = endOfString(text, at);
            } else if (tokens.region(at, text.length()).lookingAt()) {
                at = tokens.end();
                if (at - start >= REPLACEMENT.length() && found.replace(text.substring(start, at))) {
                    start = at;
                }
            } else {
                at++;
            }
            found.text.append(text, start, at);
            work.add(at - start);
        }
        return found.numbers.isEmpty() ? null : found;
    }

    private static int endOfString(String text, int start) {
        int at = start + 1;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, text.length());
    }

    private boolean replace(String token) {
        if (!NUMBER.matcher(token).matches()) {
            return false;
        }
        numbers.add(token);
        text.append(REPLACEMENT).repeat(' ', token.length() - REPLACEMENT.length());
        return true;
    }

    /** {@return the text with the replacements} */
    String shortened() {
        return text.toString();
    }

    /** {@return the number of the text for one that was read, the next one if it was replaced} */
    String restore(String read) {
        return read.equals(REPLACEMENT) ? numbers.remove() : read;
    }
}
