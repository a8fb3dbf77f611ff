package dev.domin.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** What a {@link Match} does. */
interface Matcher {

    /** How many bytes around the first difference an explanation shows. */
    int SHOWN = 16;

    boolean matches(Packet packet);

    String description();

    /** {@return how near a packet that does not match is to a match, 0 to below 1} */
    double nearness(Packet packet);

    /** {@return why a packet does not match} */
    String explain(Packet packet);

    /** A function with a description. */
    record Test(String description, Predicate<? super Packet> predicate, Function<Packet, String> came)
            implements Matcher {

        Test(String description, Predicate<? super Packet> predicate) {
            this(description, predicate, packet -> Hex.excerpt(packet.bytes()));
        }

        @Override
        public boolean matches(Packet packet) {
            return predicate.test(packet);
        }

        @Override
        public double nearness(Packet packet) {
            return 0;
        }

        @Override
        public String explain(Packet packet) {
            return "wanted: " + description + "\ncame:   " + came.apply(packet);
        }
    }

    /** A condition with a name of its own. */
    record Named(String description, Matcher matcher) implements Matcher {

        @Override
        public boolean matches(Packet packet) {
            return matcher.matches(packet);
        }

        @Override
        public double nearness(Packet packet) {
            return matcher.nearness(packet);
        }

        @Override
        public String explain(Packet packet) {
            return matcher.explain(packet);
        }
    }

    /** All of several conditions. */
    record All(List<Matcher> parts) implements Matcher {

        @Override
        public boolean matches(Packet packet) {
            return parts.stream().allMatch(part -> part.matches(packet));
        }

        @Override
        public String description() {
            return String.join(" and ", parts.stream().map(Matcher::description).toList());
        }

        @Override
        public double nearness(Packet packet) {
            return parts.stream()
                    .mapToDouble(part -> part.matches(packet) ? 1 : part.nearness(packet))
                    .average()
                    .orElse(0);
        }

        @Override
        public String explain(Packet packet) {
            return String.join(
                    "\n",
                    parts.stream()
                            .filter(part -> !part.matches(packet))
                            .map(part -> part.explain(packet))
                            .toList());
        }
    }

    /** One of several conditions. */
    record Any(List<Matcher> parts) implements Matcher {

        @Override
        public boolean matches(Packet packet) {
            return parts.stream().anyMatch(part -> part.matches(packet));
        }

        @Override
        public String description() {
            return "("
                    + String.join(
                            " or ", parts.stream().map(Matcher::description).toList()) + ")";
        }

        @Override
        public double nearness(Packet packet) {
            return nearest(packet).nearness(packet);
        }

        @Override
        public String explain(Packet packet) {
            return nearest(packet).explain(packet);
        }

        private Matcher nearest(Packet packet) {
            Matcher best = parts.get(0);
            for (Matcher part : parts) {
                if (part.nearness(packet) > best.nearness(packet)) {
                    best = part;
                }
            }
            return best;
        }
    }

    /** Bytes at an offset, each with a mask of the bits that count. */
    final class Bytes implements Matcher {

        private final String description;
        private final int offset;
        private final byte[] wanted;
        private final byte[] mask;
        private final boolean whole; // whether nothing may follow

        private Bytes(String description, int offset, byte[] wanted, byte[] mask, boolean whole) {
            if (offset < 0) {
                throw new IllegalArgumentException("an offset must not be negative, got " + offset);
            }
            this.description = description;
            this.offset = offset;
            this.wanted = wanted;
            this.mask = mask;
            this.whole = whole;
        }

        static Bytes equalTo(String description, byte[] payload) {
            return new Bytes(description, 0, payload.clone(), all(payload.length), true);
        }

        static Bytes at(String description, int offset, byte[] bytes) {
            return new Bytes(description, offset, bytes.clone(), all(bytes.length), false);
        }

        static Bytes pattern(String description, int offset, String pattern, boolean whole) {
            String digits = pattern.replace(" ", "");
            if (digits.length() % 2 != 0 || digits.isEmpty()) {
                throw badPattern(pattern);
            }
            byte[] wanted = new byte[digits.length() / 2];
            byte[] mask = new byte[wanted.length];
            for (int i = 0; i < digits.length(); i++) {
                int shift = i % 2 == 0 ? 4 : 0;
                char c = digits.charAt(i);
                if (c != '?') {
                    int value = c < 128 ? Character.digit(c, 16) : -1;
                    if (value < 0) {
                        throw badPattern(pattern);
                    }
                    wanted[i / 2] |= (byte) (value << shift);
                    mask[i / 2] |= (byte) (0xf << shift);
                }
            }
            return new Bytes(description, offset, wanted, mask, whole);
        }

        private static IllegalArgumentException badPattern(String pattern) {
            return new IllegalArgumentException("`" + pattern
                    + "` is no hexadecimal pattern: write pairs of digits, with ? for any digit, such as"
                    + " \"?? ?? 01 0?\"");
        }

        private static byte[] all(int length) {
            byte[] mask = new byte[length];
            Arrays.fill(mask, (byte) 0xff);
            return mask;
        }

        @Override
        public String description() {
            return description;
        }

        @Override
        public boolean matches(Packet packet) {
            byte[] bytes = packet.bytes();
            if (whole ? bytes.length != offset + wanted.length : bytes.length < offset + wanted.length) {
                return false;
            }
            for (int i = 0; i < wanted.length; i++) {
                if (differs(bytes, i)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public double nearness(Packet packet) {
            byte[] bytes = packet.bytes();
            int size = whole ? Math.max(wanted.length, bytes.length - offset) : wanted.length;
            int same = 0;
            for (int i = 0; i < wanted.length; i++) {
                same += differs(bytes, i) ? 0 : 1;
            }
            return Math.min(0.99, (double) same / Math.max(1, size));
        }

        @Override
        public String explain(Packet packet) {
            byte[] bytes = packet.bytes();
            int came = Math.max(0, bytes.length - offset);
            int first = 0;
            while (first < wanted.length && !differs(bytes, first)) {
                first++;
            }
            int from = Math.max(0, first - SHOWN / 2);
            int end = Math.min(from + SHOWN, whole ? Math.max(wanted.length, came) : wanted.length);
            StringBuilder want = new StringBuilder();
            StringBuilder have = new StringBuilder();
            StringBuilder marks = new StringBuilder();
            for (int i = from; i < end; i++) {
                boolean extra = i >= wanted.length;
                want.append(extra ? "--" : digits(wanted[i], mask[i])).append(' ');
                have.append(i >= came ? "--" : digits(bytes[offset + i], (byte) 0xff))
                        .append(' ');
                marks.append(extra || differs(bytes, i) ? "^^ " : "   ");
            }
            String at = "  from byte " + (offset + from);
            return "wanted: " + description + "\n        " + want.toString().stripTrailing() + at + "\ncame:   "
                    + have.toString().stripTrailing() + (came > end ? " ..." : "") + "\n        "
                    + marks.toString().stripTrailing()
                    + (whole && came != wanted.length ? "\nlength: wanted " + wanted.length + ", came " + came : "");
        }

        private boolean differs(byte[] bytes, int index) {
            int place = offset + index;
            return place >= bytes.length || ((bytes[place] ^ wanted[index]) & mask[index]) != 0;
        }

        private static String digits(byte value, byte mask) {
            return digit(value >> 4, mask >> 4) + digit(value, mask);
        }

        private static String digit(int value, int mask) {
            return (mask & 0xf) == 0 ? "?" : String.valueOf(Character.forDigit(value & 0xf, 16));
        }
    }

    /** {@return where bytes first occur in others, or -1} */
    static int indexOf(byte[] in, byte[] wanted) {
        for (int i = 0; i <= in.length - wanted.length; i++) {
            if (Arrays.equals(in, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
