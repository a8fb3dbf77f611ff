package dev.domin.testkit;

/**
 * How much a journal keeps.
 *
 * @param packets how many packets; 0 keeps nothing
 * @param bytes how many bytes, payloads and what the journal needs for itself
 */
record JournalLimits(int packets, long bytes) {

    static final JournalLimits DEFAULTS = new JournalLimits(10_000, 64L << 20);

    JournalLimits {
        if (packets < 0 || bytes < 0) {
            throw new IllegalArgumentException("the limits of a journal must not be negative, got " + packets
                    + " packets and " + bytes + " bytes");
        }
    }
}
