package dev.domin.udp.transport;

/** Detects with a sliding window that an endpoint is busy. Used by the receiver. */
final class PacketRate {

    /**
     * It is busy when {@value #MARKS} times this number of packets have arrived within {@link #BUSY_NANOS}. The window
     * moves by this number.
     */
    private static final int PACKETS_PER_MARK = 64;

    private static final int MARKS = 4;
    private static final long BUSY_NANOS = 50_000_000;

    private final long[] markNanos = new long[MARKS];
    private int packets;
    private int marks;

    /** Counts a packet; {@return whether the endpoint is busy} */
    boolean count() {
        boolean busy = false;
        if (packets % PACKETS_PER_MARK == 0) {
            long now = System.nanoTime();
            int place = marks % MARKS;
            busy = marks >= MARKS && now - markNanos[place] <= BUSY_NANOS;
            markNanos[place] = now;
            marks++;
        }
        packets++;
        return busy;
    }
}
