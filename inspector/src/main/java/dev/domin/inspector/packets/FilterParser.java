package dev.domin.inspector.packets;

import dev.domin.testkit.Direction;
import dev.domin.testkit.Packet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads the terms of a {@link Filter}. */
final class FilterParser {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ns|us|µs|ms|s)");
    private static final List<String> COMPARISONS = List.of("<=", ">=", "<", ">", "=");

    /** Limits the time of a test, since a filter is tested against each packet. */
    private static final int MAX_LENGTH = 8_000;

    private static final int MAX_TERMS = 100;

    private final String text;
    private int at;

    FilterParser(String text) {
        this.text = text;
    }

    List<Predicate<Packet>> terms() throws FilterException {
        if (text.length() > MAX_LENGTH) {
            throw wrong(MAX_LENGTH, "a filter takes at most " + MAX_LENGTH + " characters, got " + text.length());
        }
        var terms = new ArrayList<Predicate<Packet>>();
        for (skipSpaces(); at < text.length(); skipSpaces()) {
            if (terms.size() == MAX_TERMS) {
                throw wrong(
                        at,
                        "a filter takes at most " + MAX_TERMS + " terms: write text with spaces between double quotes");
            }
            boolean negated = text.charAt(at) == '-';
            if (negated) {
                at++;
                if (at == text.length() || Character.isWhitespace(text.charAt(at))) {
                    throw wrong(
                            at - 1,
                            "`-` negates the term behind it, and there is none: write -fate:answered, or"
                                    + " \"-\" to look for the character");
                }
            }
            var term = term();
            terms.add(negated ? term.negate() : term);
        }
        return terms;
    }

    private Predicate<Packet> term() throws FilterException {
        if (text.charAt(at) == '#') {
            at++;
            int start = at;
            long number = wholeNumber(start, word(), "`#` takes the number of a packet, such as #17");
            return packet -> packet.number() == number;
        }
        if (takes("hex:")) {
            return hex();
        }
        if (takes("peer:")) {
            String part = argument("peer: takes an address or a part of it, such as peer:127.0.0.1:4000");
            return packet -> Addresses.text(packet.peer()).contains(part);
        }
        if (takes("server:")) {
            String part = argument("server: takes an address or a part of it, such as server:5300");
            return packet -> Addresses.text(packet.server()).contains(part);
        }
        if (takes("fate:")) {
            return fate();
        }
        if (takes("dir:")) {
            return direction();
        }
        for (String comparison : COMPARISONS) {
            if (takes("len" + comparison)) {
                int start = at;
                long length = wholeNumber(start, word(), "len" + comparison + " takes a number of bytes, such as 100");
                return packet -> holds(comparison, Long.compare(packet.length(), length));
            }
            if (takes("took" + comparison)) {
                return time("took", comparison, Packet::took);
            }
            if (takes("waited" + comparison)) {
                return time("waited", comparison, Packet::waited);
            }
        }
        int start = at;
        String word = word();
        if (word.isEmpty()) {
            throw wrong(start, "the quotes are empty: write text between them");
        }
        return new TextTerm(word);
    }

    private Predicate<Packet> fate() throws FilterException {
        int start = at;
        String prefix = word();
        if (prefix.isEmpty() || FateWords.all().stream().noneMatch(each -> each.startsWith(lower(prefix)))) {
            throw wrong(
                    start,
                    (prefix.isEmpty() ? "fate: takes a fate" : "no fate begins with `" + prefix + "`") + "; there are "
                            + String.join(", ", FateWords.all()));
        }
        return packet -> FateWords.begins(packet.fate(), prefix);
    }

    private Predicate<Packet> direction() throws FilterException {
        int start = at;
        var wanted = switch (lower(word())) {
            case "in" -> Direction.IN;
            case "out" -> Direction.OUT;
            default -> throw wrong(start, "dir: takes in or out");
        };
        return packet -> packet.direction() == wanted;
    }

    private Predicate<Packet> time(String name, String comparison, Function<Packet, Optional<Duration>> measure)
            throws FilterException {
        int start = at;
        String word = word();
        var found = TIME.matcher(lower(word));
        if (!found.matches()) {
            throw wrong(
                    start,
                    name + comparison + " takes a time with a unit, such as 5ms, 1.5s or 300us"
                            + (word.isEmpty() ? "" : ", got `" + word + "`"));
        }
        double unit = switch (found.group(2)) {
            case "s" -> 1e9;
            case "ms" -> 1e6;
            case "us", "µs" -> 1e3;
            default -> 1;
        };
        long nanos = (long) (Double.parseDouble(found.group(1)) * unit);
        return packet -> {
            var measured = measure.apply(packet);
            return measured.isPresent()
                    && holds(comparison, Long.compare(measured.get().toNanos(), nanos));
        };
    }

    /** Reads bytes, also behind spaces, as long as there are any. */
    private Predicate<Packet> hex() throws FilterException {
        int start = at;
        var digits = new StringBuilder();
        while (true) {
            int before = at;
            if (!digits.isEmpty()) {
                skipSpaces();
            }
            int begin = at;
            while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            String word = text.substring(begin, at);
            if (!HexTerm.isHex(word)) {
                if (digits.isEmpty()) {
                    throw wrong(
                            start,
                            "hex: takes pairs of digits and ?? for any byte, such as hex:01 ?? 03"
                                    + (word.isEmpty() ? "" : ", got `" + word + "`"));
                }
                at = before;
                return HexTerm.of(digits.toString());
            }
            digits.append(word);
        }
    }

    private static boolean holds(String comparison, int sign) {
        return switch (comparison) {
            case "<" -> sign < 0;
            case "<=" -> sign <= 0;
            case "=" -> sign == 0;
            case ">=" -> sign >= 0;
            default -> sign > 0;
        };
    }

    private String argument(String message) throws FilterException {
        int start = at;
        String word = word();
        if (word.isEmpty()) {
            throw wrong(start, message);
        }
        return word;
    }

    private long wholeNumber(int start, String word, String message) throws FilterException {
        if (!NUMBER.matcher(word).matches()) {
            throw wrong(start, message + (word.isEmpty() ? "" : ", got `" + word + "`"));
        }
        return Long.parseLong(word);
    }

    /** Reads up to the next space, or what is between quotes. */
    private String word() throws FilterException {
        int start = at;
        if (at < text.length() && text.charAt(at) == '"') {
            int end = text.indexOf('"', at + 1);
            if (end < 0) {
                throw wrong(at, "the quotes are not closed: write \" at the end of the text, too");
            }
            at = end + 1;
            return text.substring(start + 1, end);
        }
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean takes(String word) {
        if (text.regionMatches(true, at, word, 0, word.length())) {
            at += word.length();
            return true;
        }
        return false;
    }

    private void skipSpaces() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    private static FilterException wrong(int place, String message) {
        return new FilterException(place, message);
    }
}
