package dev.domin.testkit;

/** The random numbers of one packet: a function of the seed and of the packet's number (SplitMix64). */
final class Draws {

    private static final long STEP = 0x9e3779b97f4a7c15L;

    private long state;

    Draws(long seed, long number) {
        state = mix(seed) + mix(number * STEP);
    }

    /** {@return a number from 0 to below 1} */
    double next() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** {@return a number from 0 to below a bound} */
    int nextInt(int bound) {
        return (int) (next() * bound);
    }

    private long nextLong() {
        state += STEP;
        return mix(state);
    }

    static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
