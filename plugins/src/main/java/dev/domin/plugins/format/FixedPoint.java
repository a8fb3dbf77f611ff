package dev.domin.plugins.format;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Writes a {@code double} with a given number of decimals as C's {@code printf} does: the exact value of the binary
 * number is rounded once, half to even.
 */
public final class FixedPoint {

    /** The largest number of decimals for {@link #appendShort}: ten to this power fits a {@code long}. */
    private static final int SHORT_DECIMALS = 18;

    /** No finite double has more decimals than this; all others are zeros. */
    private static final int MOST_DECIMALS = 1074;

    private static final int FRACTION_BITS = 52;
    private static final long FRACTION_MASK = (1L << FRACTION_BITS) - 1;
    private static final int EXPONENT_MASK = 0x7FF;

    /** A double is its 53-bit significand times two to the power of its exponent field less this. */
    private static final int EXPONENT_BIAS = 1075;

    private FixedPoint() {}

    /**
     * Appends a number. NaN is written {@code nan} for either sign bit, which differs between machines; the infinities
     * are {@code inf} and {@code -inf}; a negative number that rounds to zero keeps its sign.
     *
     * @param out the text to append to
     * @param value the number
     * @param decimals the number of digits after the point, 0 or more; for 0 there is no point
     */
    public static void append(StringBuilder out, double value, int decimals) {
        if (Double.isNaN(value)) {
            out.append("nan");
            return;
        }
        long bits = Double.doubleToRawLongBits(value);
        if (bits < 0) {
            out.append('-');
        }
        if (Double.isInfinite(value)) {
            out.append("inf");
        } else if (!appendShort(out, bits, decimals)) {
            appendLong(out, Math.abs(value), decimals);
        }
    }

    /** Appends any number with any precision, with big numbers. */
    static void appendLong(StringBuilder out, double magnitude, int decimals) {
        int scale = Math.min(decimals, MOST_DECIMALS);
        out.append(new BigDecimal(magnitude)
                .setScale(scale, RoundingMode.HALF_EVEN)
                .toPlainString());
        for (int i = scale; i < decimals; i++) {
            out.append('0');
        }
    }

    /**
     * Appends a usual number with 128-bit integer arithmetic, so that a short script need not load the classes for big
     * numbers.
     *
     * @return false, with nothing appended, if the scaled number does not fit in 63 bits
     */
    static boolean appendShort(StringBuilder out, long bits, int decimals) {
        if (decimals > SHORT_DECIMALS) {
            return false;
        }
        int exponent = (int) (bits >>> FRACTION_BITS) & EXPONENT_MASK;
        int shift = EXPONENT_BIAS - exponent;
        if (shift <= 0) {
            return false;
        }
        long power = 1;
        for (int i = 0; i < decimals; i++) {
            power *= 10;
        }
        long scaled = 0;
        // Numbers up to 2^-114 have only zeros in 18 decimals: the product has less than 113 bits. The same holds for
        // subnormal numbers, whose exponent field is 0, and for zero.
        if (shift <= 114) {
            long significand = (bits & FRACTION_MASK) | (1L << FRACTION_BITS);
            scaled = shiftRounded(Math.multiplyHigh(significand, power), significand * power, shift);
            if (scaled < 0) {
                return false;
            }
        }
        out.append(scaled / power);
        if (decimals > 0) {
            out.append('.');
            long fraction = scaled % power;
            for (long digit = power / 10; digit > 0; digit /= 10) {
                out.append((char) ('0' + fraction / digit % 10));
            }
        }
        return true;
    }

    /**
     * Shifts a non-negative 128-bit number right by 1 to 114, rounding half to even. The result is negative if it does
     * not fit in 63 bits.
     */
    private static long shiftRounded(long high, long low, int shift) {
        long quotient;
        boolean half;
        boolean rest;
        if (shift < 64) {
            if (high >>> (shift - 1) != 0) {
                return -1;
            }
            quotient = high << (64 - shift) | low >>> shift;
            half = (low >>> (shift - 1) & 1) != 0;
            rest = (low & (1L << (shift - 1)) - 1) != 0;
        } else if (shift == 64) {
            quotient = high;
            half = low < 0;
            rest = low << 1 != 0;
        } else {
            quotient = high >>> (shift - 64);
            half = (high >>> (shift - 65) & 1) != 0;
            rest = (high & (1L << (shift - 65)) - 1) != 0 || low != 0;
        }
        return half && (rest || (quotient & 1) != 0) ? quotient + 1 : quotient;
    }
}
