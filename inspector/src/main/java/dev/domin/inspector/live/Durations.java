package dev.domin.inspector.live;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Some durations in nanoseconds, and their percentiles, which are exact. Not safe for use by several threads. */
final class Durations {

    private final int most;
    private long[] values = new long[64];
    private long count;

    /**
     * Creates an empty collection.
     *
     * @param most how many durations are kept; the oldest are replaced
     */
    Durations(int most) {
        this.most = most;
    }

    void add(long nanos) {
        if (count == values.length && values.length < most) {
            values = Arrays.copyOf(values, Math.min(most, 2 * values.length));
        }
        values[(int) (count % values.length)] = nanos;
        count++;
    }

    /**
     * {@return percentiles in microseconds, each null if there are no durations}
     *
     * @param shares which, from 0 to 1
     */
    @Nullable
    Double[] percentiles(double... shares) {
        int size = (int) Math.min(count, values.length);
        long[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        @Nullable Double[] found = new Double[shares.length];
        for (int i = 0; i < shares.length && size > 0; i++) {
            int at = (int) Math.ceil(shares[i] * size) - 1;
            found[i] = sorted[Math.max(0, at)] / 1e3;
        }
        return found;
    }

    void clear() {
        count = 0;
    }
}
