package dev.domin.spi;

import java.util.Arrays;
import java.util.Objects;

/**
 * The limits of a run and of a compilation. Immutable.
 *
 * <pre>{@code
 * var limits = Limits.DEFAULTS.with(Limit.VALUE, 1 << 20).with(Limit.TIMERS, 10);
 * }</pre>
 */
public final class Limits {

    /** No limit. */
    public static final long NONE = Long.MAX_VALUE;

    /** The standard of {@link Limit#SOURCE}. A constant for the compiler, which need not load this class at a start. */
    public static final long STANDARD_SOURCE = 16L << 20;

    /** The standard of {@link Limit#COMPILE}, for the same reason. */
    public static final long STANDARD_COMPILE = 60_000;

    /** The limits of a run whose host sets none. */
    public static final Limits DEFAULTS = new Limits(standard());

    private final long[] numbers; // by the ordinal of the limit

    private Limits(long[] numbers) {
        this.numbers = numbers;
    }

    private static long[] standard() {
        var all = Limit.values();
        long[] numbers = new long[all.length];
        for (var each : all) {
            numbers[each.ordinal()] = each.standard();
        }
        return numbers;
    }

    /**
     * Returns a limit.
     *
     * @param limit which one
     * @return the largest number that is allowed; {@link #NONE} for any
     */
    public long get(Limit limit) {
        Objects.requireNonNull(limit, "limit");
        return numbers[limit.ordinal()];
    }

    /**
     * Changes a limit.
     *
     * @param limit which one
     * @param number the largest number that is allowed, {@link Limit#lowest} to {@link Limit#highest}, or {@link #NONE}
     * @return the changed limits; these stay as they are
     * @throws IllegalArgumentException if the limit cannot be set to that number
     */
    public Limits with(Limit limit, long number) {
        Objects.requireNonNull(limit, "limit");
        if (number != NONE && (number < limit.lowest() || number > limit.highest())) {
            throw new IllegalArgumentException("the limit " + limit.word() + " is " + number + "; it must be "
                    + (limit.highest() == NONE
                            ? "at least " + limit.lowest()
                            : limit.lowest() + " to " + limit.highest() + ", or Limits.NONE"));
        }
        long[] changed = numbers.clone();
        changed[limit.ordinal()] = number;
        return new Limits(changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Limits limits && Arrays.equals(numbers, limits.numbers);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
        var text = new StringBuilder("Limits[");
        String before = "";
        for (var each : Limit.values()) {
            long number = get(each);
            text.append(before).append(each.word()).append('=').append(number == NONE ? "none" : number);
            before = ", ";
        }
        return text.append(']').toString();
    }
}
