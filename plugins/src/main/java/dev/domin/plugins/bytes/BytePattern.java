package dev.domin.plugins.bytes;

import dev.domin.spi.ScriptContext;
import java.util.Arrays;

/**
 * Bytes to search for, prepared for any number of searches by the two-way algorithm (Crochemore and Perrin, "Two-way
 * string-matching", 1991). A search takes time proportional to the sum of the lengths of text and pattern. The naive
 * algorithm takes time proportional to their product for a long pattern that almost occurs everywhere.
 *
 * <p>The pattern is divided at a critical position: a shift that is shorter than the period makes the two sides of that
 * position differ. A text is compared with the right part first, from left to right; at a mismatch the pattern moves
 * past the bytes that were compared. Then the text is compared with the left part; at a mismatch the pattern moves by
 * its period. If the pattern repeats with that period, the bytes that matched before the move are not compared again.
 *
 * <p>The table of shifts for a mismatch at the last byte is not part of the algorithm. It skips most of a usual text.
 */
public final class BytePattern {

    private static final int VALUES = 256;

    private final ScriptContext run;
    private final boolean anyCase;
    private final byte[] pattern;

    /** For each byte value, how far the pattern moves to align its last byte of this value. */
    private final int[] moves;

    private int split; // the start of the pattern's right part
    private int period; // the shift after a mismatch in the left part
    private int remembered; // the number of leading bytes that still match after such a shift

    /**
     * Prepares a pattern.
     *
     * @param run the run, for cancelling
     * @param bytes the array with the pattern, which is copied
     * @param length its length, at least 1
     * @param anyCase whether a to z and A to Z are the same
     */
    public BytePattern(ScriptContext run, byte[] bytes, int length, boolean anyCase) {
        this.run = run;
        this.anyCase = anyCase;
        this.pattern = Arrays.copyOf(bytes, length);
        if (anyCase) {
            Letters.toLower(run, pattern);
        }
        this.moves = new int[VALUES];
        fillMoves();
        divide();
    }

    private void fillMoves() {
        int length = pattern.length;
        Arrays.fill(moves, length);
        for (int at = 0; at < length; ) {
            int end = Chunks.end(run, 0, at, length);
            for (; at < end; at++) {
                moves[pattern[at] & 0xFF] = length - 1 - at;
            }
        }
        if (anyCase) {
            for (int capital = 'A'; capital <= 'Z'; capital++) {
                moves[capital] = moves[Letters.lower((byte) capital)];
            }
        }
    }

    /**
     * The critical position is the later start of the two maximal suffixes, one by the order of bytes and one by the
     * reverse order.
     */
    private void divide() {
        long ascending = greatestSuffix(false);
        long descending = greatestSuffix(true);
        long later = (int) ascending > (int) descending ? ascending : descending;
        split = (int) later;
        period = (int) (later >>> Integer.SIZE);
        if (repeatsAt(period)) {
            remembered = pattern.length - period;
        } else {
            period = Math.max(split, pattern.length - split) + 1;
        }
    }

    /** {@return the start of the maximal suffix in the low half, and its period in the high half} */
    private long greatestSuffix(boolean opposite) {
        int start = 0;
        int candidate = 1;
        int agreed = 0; // how many bytes of the candidate match the maximal suffix so far
        int suffixPeriod = 1;
        for (int steps = 1; candidate + agreed < pattern.length; steps++) {
            int difference = pattern[candidate + agreed] - pattern[start + agreed];
            if (difference == 0) {
                agreed++;
                if (agreed == suffixPeriod) {
                    candidate += suffixPeriod;
                    agreed = 0;
                }
            } else if (opposite ? difference > 0 : difference < 0) {
                candidate += agreed + 1;
                agreed = 0;
                suffixPeriod = candidate - start;
            } else {
                start = candidate;
                candidate++;
                agreed = 0;
                suffixPeriod = 1;
            }
            if (steps % Chunks.LENGTH == 0) {
                run.checkCancelled();
            }
        }
        return (long) suffixPeriod << Integer.SIZE | start;
    }

    private boolean repeatsAt(int distance) {
        return Arrays.equals(pattern, 0, split, pattern, distance, distance + split);
    }

    /** {@return the pattern's length in bytes} */
    public int length() {
        return pattern.length;
    }

    /**
     * Searches a text.
     *
     * @param text the array with the text
     * @param from the index to start at
     * @param to the index after the end of the text
     * @return the index of the first match in this range, or -1
     */
    public int find(byte[] text, int from, int to) {
        int last = to - pattern.length;
        int agreed = 0;
        var work = new Work(run);
        for (int at = from; at <= last && at >= 0; ) { // a position above the largest int is negative
            work.add(1);
            int move = moves[text[at + pattern.length - 1] & 0xFF];
            if (move > 0) {
                at += Math.max(move, agreed);
                agreed = 0;
                continue;
            }
            int start = Math.max(split, agreed);
            int right = agreeingFrom(text, at, start);
            work.add(right - start);
            if (right < pattern.length) {
                at += right - split + 1;
                agreed = 0;
                continue;
            }
            if (agreesBefore(text, at, agreed)) {
                return at;
            }
            work.add(split);
            at += period;
            agreed = remembered;
        }
        return -1;
    }

    /** {@return the index of the first mismatch of the pattern with the text at {@code at}, or the length} */
    private int agreeingFrom(byte[] text, int at, int start) {
        for (int i = start; i < pattern.length; ) {
            int end = Chunks.end(run, start, i, pattern.length);
            for (; i < end; i++) {
                if (!Letters.agree(text[at + i], pattern[i], anyCase)) {
                    return i;
                }
            }
        }
        return pattern.length;
    }

    /**
     * {@return whether the left part matches the text at {@code at}, from the first byte that is not known to match}
     */
    private boolean agreesBefore(byte[] text, int at, int agreed) {
        for (int i = split - 1; i >= agreed; i--) {
            if (!Letters.agree(text[at + i], pattern[i], anyCase)) {
                return false;
            }
            if (i % Chunks.LENGTH == 0) {
                run.checkCancelled();
            }
        }
        return true;
    }
}
