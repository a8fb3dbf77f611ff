package dev.domin.plugins.bytes;

import dev.domin.spi.ScriptContext;
import java.util.Arrays;

/**
 * Bytes to search for, prepared for any number of searches by the two-way algorithm (Crochemore and Perrin, "Two-way
 * string-matching", 1991). It takes time in proportion to the text and the pattern together whatever they are, where the obvious
 * way takes their product for a long pattern that nearly occurs everywhere.
 *
 * <p>The pattern is divided in two at a place where no shift by less than its period lets both sides of the place agree with
 * themselves. A text is compared with the right part first, from left to right; where that fails, the pattern moves behind
 * what has been compared. Then it is compared with the left part; where that fails, the pattern moves by its period. If the
 * pattern repeats itself with that period, what agreed before the move is remembered, and not compared again.
 *
 * <p>The table by which the pattern moves when its last byte does not agree is not part of the algorithm. It lets most of a
 * usual text go unseen.
 */
public final class BytePattern {

    private static final int VALUES = 256;

    private final ScriptContext run;
    private final boolean anyCase;
    private final byte[] pattern;

    /** For each value of a byte how far the pattern has to move for its last one of this value to stand under it. */
    private final int[] moves;

    private int split; // the pattern's right part begins here
    private int period; // how far to move when the left part disagrees
    private int remembered; // how many bytes in front agree after such a move

    /**
     * Prepares a pattern.
     *
     * @param run the run, for cancelling
     * @param bytes where the pattern is; the array is copied
     * @param length how many bytes it has, at least 1
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

    /** The place to divide at is the later of the two beginnings of a greatest suffix, by one order of bytes and by its opposite. */
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

    /** {@return where the greatest suffix begins, in the low half, and its period, in the high half} */
    private long greatestSuffix(boolean opposite) {
        int start = 0;
        int candidate = 1;
        int agreed = 0; // how many bytes of the candidate agree with the greatest suffix so far
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

    /** {@return how many bytes the pattern has} */
    public int length() {
        return pattern.length;
    }

    /**
     * Searches a text.
     *
     * @param text where the text is
     * @param from the first place to look at
     * @param to where the text ends
     * @return the index of the first match that lies between these, or -1
     */
    public int find(byte[] text, int from, int to) {
        int last = to - pattern.length;
        int agreed = 0;
        var work = new Work(run);
        for (int at = from; at <= last && at >= 0; ) { // a move beyond the largest int is negative
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

    /** {@return the first byte of the pattern from a place on that the text at {@code at} disagrees with, or the length} */
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

    /** {@return whether the left part agrees with the text at {@code at}, from the first byte not known to agree on} */
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
