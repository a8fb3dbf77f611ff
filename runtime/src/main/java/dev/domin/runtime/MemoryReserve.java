package dev.domin.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Memory that is set aside, so that where a script has taken all there is, its error can be reported and everything
 * else goes on. Safe for use by several threads.
 *
 * <p>One part is for reports. The other is for whatever else goes on: other callbacks, {@code main}, the JVM's own
 * threads, and classes of theirs that are initialized then, which fails for good where memory ends. While memory is
 * short this part is free, but not for callbacks that have taken all memory before: they find it held back.
 */
final class MemoryReserve {

    /**
     * What the report of an error takes at most, which is the stack trace of a deep recursion; usually it takes a
     * tenth.
     */
    private static final int REPORT_BYTES = 64 * 1024;

    /** Enough for what fails in {@code main} at first, and so little that no start takes notice. */
    private static final int FIRST_BYTES = 32 * 1024;

    private static final int FEWEST_BYTES = 16 * 1024;

    private static final int OTHERS_BYTES = 512 * 1024;

    /** Memory is short no longer when this part of it is free. */
    private static final int PLENTY = 4;

    private volatile byte @Nullable [] forReports = new byte[FIRST_BYTES];
    private volatile byte @Nullable [] forOthers;

    /** Sets both parts aside. */
    void prepare() {
        try {
            forOthers = new byte[OTHERS_BYTES];
            forReports = new byte[REPORT_BYTES];
        } catch (OutOfMemoryError _) {
            // It is very early for that; then there is what was set aside at first.
        }
    }

    /** Gives everything up: memory is full, and something has to be done all the same. */
    void release() {
        forReports = null;
        forOthers = null;
    }

    /** Sets memory aside for the next report, as much as there is. */
    void refill() {
        for (int bytes = REPORT_BYTES; forReports == null && bytes >= FEWEST_BYTES; bytes /= 2) {
            try {
                forReports = new byte[bytes];
            } catch (OutOfMemoryError _) {
                // less, then
            }
        }
    }

    /** {@return whether the part for everything else is set aside} */
    boolean isHeldBack() {
        return forOthers != null;
    }

    /**
     * Sets the part for everything else aside again, if there is room for it.
     *
     * @return whether it is set aside now
     */
    boolean holdBack() {
        try {
            if (forOthers == null) {
                forOthers = new byte[OTHERS_BYTES];
            }
            return true;
        } catch (OutOfMemoryError _) {
            return false;
        }
    }

    /** Lets everything else have its part. */
    void letGo() {
        forOthers = null;
    }

    /** {@return whether there is so much memory again that nothing need be let go} */
    boolean isPlentiful() {
        var runtime = Runtime.getRuntime();
        long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
        return isHeldBack() && free > runtime.maxMemory() / PLENTY;
    }
}
