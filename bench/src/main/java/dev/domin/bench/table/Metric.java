package dev.domin.bench.table;

/** A measured quantity. */
enum Metric {
    RATE("per_s", "packets/s", 0, false),
    PROCESSOR("server_us", "server µs/packet", 2, true),
    P50("p50_us", "p50 µs", 1, true),
    P99("p99_us", "p99 µs", 1, true),
    LOST("lost", "packets lost", 0, true, 0.5),
    MILLIS("ms", "ms", 1, true),
    MEBIBYTES("mib", "resident MiB", 0, true),
    ALLOCATED("bytes", "bytes allocated per packet, 1 sender", 3, true, 0.1),
    ALLOCATED_8("bytes8", "bytes allocated per packet, 8 senders", 3, true, 0.1),
    IDLE("percent", "% of a core", 3, true, 0.1);

    /** The name that {@code bench/c/load.c} prints, or a similar one. */
    final String key;

    final String title;
    final int decimals;
    final boolean lessIsBetter;

    /**
     * The smallest difference that counts, for quantities that are usually 0, whose quotients are meaningless.
     * Otherwise 0.
     */
    final double leastDifference;

    Metric(String key, String title, int decimals, boolean lessIsBetter) {
        this(key, title, decimals, lessIsBetter, 0);
    }

    Metric(String key, String title, int decimals, boolean lessIsBetter, double leastDifference) {
        this.key = key;
        this.title = title;
        this.decimals = decimals;
        this.lessIsBetter = lessIsBetter;
        this.leastDifference = leastDifference;
    }

    boolean isComparedByDifference() {
        return leastDifference > 0;
    }
}
