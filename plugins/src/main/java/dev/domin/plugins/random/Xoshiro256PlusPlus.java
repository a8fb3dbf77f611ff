package dev.domin.plugins.random;

/**
 * The generator xoshiro256++ of Blackman and Vigna: 256 bits of state, 64 bits a step. Not for secrets. Not safe for
 * use by several threads at once.
 */
final class Xoshiro256PlusPlus {

    static final int STATE_WORDS = 4;

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double DOUBLE_UNIT = 0x1.0p-53;

    private long s0;
    private long s1;
    private long s2;
    private long s3;

    /** Fills the state with the first four numbers of SplitMix64 for a seed, as the generator's authors recommend. */
    void seed(long seed) {
        long counter = seed;
        s0 = mix(counter += GOLDEN_GAMMA);
        s1 = mix(counter += GOLDEN_GAMMA);
        s2 = mix(counter += GOLDEN_GAMMA);
        s3 = mix(counter + GOLDEN_GAMMA);
    }

    /** {@return a copy of the state} */
    long[] state() {
        return new long[] {s0, s1, s2, s3};
    }

    /** Sets the state, which must not be all zeros, because it would never change. */
    void restore(long[] state) {
        s0 = state[0];
        s1 = state[1];
        s2 = state[2];
        s3 = state[3];
    }

    long next() {
        long result = Long.rotateLeft(s0 + s3, 23) + s0;
        long shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    /** {@return one of the 2^53 multiples of 2^-53 from 0 to below 1} */
    double nextDouble() {
        return (next() >>> 11) * DOUBLE_UNIT;
    }

    /**
     * Returns a random number by Lemire's method: the high half of a product, with another step if the low half shows
     * that the result would be biased.
     *
     * @param count the number of possible results, unsigned; 0 stands for 2^64
     * @return one of 0 to {@code count - 1}, unsigned, each equally likely
     */
    long nextBelow(long count) {
        long random = next();
        if (count == 0) {
            return random;
        }
        if (Long.compareUnsigned(random * count, count) < 0) {
            long threshold = Long.remainderUnsigned(-count, count);
            while (Long.compareUnsigned(random * count, threshold) < 0) {
                random = next();
            }
        }
        return Math.unsignedMultiplyHigh(random, count);
    }

    /** The output function of SplitMix64. */
    static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
