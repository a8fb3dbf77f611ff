package dev.domin.testkit.capture;

import java.time.Instant;

/**
 * The unit of an interface's timestamps: a power of 10 or of 2, and an offset. A time outside the range of
 * {@link Instant} becomes the first or the last one of that range.
 *
 * @param exponent the unit is 10 or 2 to the power of minus this, 0 to 127
 * @param binary whether it is a power of 2
 * @param offsetSeconds is added to each time
 */
record TimestampUnit(int exponent, boolean binary, long offsetSeconds) {

    static final TimestampUnit MICROSECONDS = new TimestampUnit(6, false, 0);

    private static final int NANO_DIGITS = 9;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** The last second of which all nanoseconds fit into an unsigned number of 64 bits. */
    private static final long MAX_SECOND = 18_446_744_072L;

    /** The largest power of 10 below 2 to the power of 64. */
    private static final int MAX_DIGITS = 19;

    private static final long[] POWERS_OF_TEN = new long[MAX_DIGITS + 1];

    static {
        POWERS_OF_TEN[0] = 1;
        for (int i = 1; i <= MAX_DIGITS; i++) {
            POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10; // the last one is negative, but right as an unsigned number
        }
    }

    /**
     * Converts a timestamp.
     *
     * @param units an unsigned number of units
     * @return the time
     */
    Instant time(long units) {
        return binary ? binaryTime(units) : decimalTime(units);
    }

    /**
     * Converts a time to a timestamp in nanoseconds.
     *
     * @param time a time
     * @return an unsigned number
     * @throws IllegalArgumentException if it is too early or too late
     */
    static long nanosecondsSince1970(Instant time) {
        long seconds = time.getEpochSecond();
        if (seconds < 0 || seconds > MAX_SECOND) {
            throw new IllegalArgumentException("expected a time from 1970 to 2554, found " + time);
        }
        return seconds * NANOS_PER_SECOND + time.getNano();
    }

    private Instant decimalTime(long units) {
        if (exponent > MAX_DIGITS) { // below a second
            int digits = exponent - NANO_DIGITS;
            return at(0, digits > MAX_DIGITS ? 0 : Long.divideUnsigned(units, POWERS_OF_TEN[digits]));
        }
        long unitsPerSecond = POWERS_OF_TEN[exponent];
        long seconds =
                units >= 0 && unitsPerSecond > 0 ? units / unitsPerSecond : Long.divideUnsigned(units, unitsPerSecond);
        long rest = units - seconds * unitsPerSecond;
        long nanos = exponent <= NANO_DIGITS
                ? rest * POWERS_OF_TEN[NANO_DIGITS - exponent]
                : Long.divideUnsigned(rest, POWERS_OF_TEN[exponent - NANO_DIGITS]);
        return at(seconds, nanos);
    }

    private Instant binaryTime(long units) {
        if (exponent == 0) {
            return at(units, 0);
        }
        if (exponent >= Long.SIZE) { // below a second
            return at(0, scaled(units >>> (exponent - Long.SIZE) >>> 1, Long.SIZE - 1));
        }
        long fraction = units & (1L << exponent) - 1;
        return at(units >>> exponent, scaled(fraction, exponent));
    }

    /** The nanoseconds in a fraction of a second of so many bits, 1 to 63. */
    private static long scaled(long fraction, int bits) {
        return Math.multiplyHigh(fraction, NANOS_PER_SECOND) << (Long.SIZE - bits)
                | fraction * NANOS_PER_SECOND >>> bits;
    }

    private Instant at(long unsignedSeconds, long nanos) {
        if (unsignedSeconds < 0 && offsetSeconds >= 0) {
            return Instant.MAX;
        }
        long seconds = unsignedSeconds + offsetSeconds;
        if (unsignedSeconds >= 0 && offsetSeconds > 0 && seconds < 0 || seconds > Instant.MAX.getEpochSecond()) {
            return Instant.MAX;
        }
        return seconds < Instant.MIN.getEpochSecond() ? Instant.MIN : Instant.ofEpochSecond(seconds, nanos);
    }
}
