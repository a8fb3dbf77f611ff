package dev.domin.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Reserved memory, so that when a script has used up all memory, its error can be reported and everything else
 * continues. Thread-safe.
 *
 * <p>One part is for reports. The other part is for all other code: other callbacks, {@code main}, the JVM's own
 * threads, and the initialization of classes, which fails permanently if memory runs out. While memory is low this part
 * is released, except while a callback runs that has used up all memory before.
 */
final class MemoryReserve {

    /**
     * The maximum that the report of an error takes, which is for the stack trace of a deep recursion; usually it takes
     * a tenth.
     */
    private static final int REPORT_BYTES = 64 * 1024;

    /** Enough for early failures of {@code main}, and too little to slow down the start. */
    private static final int FIRST_BYTES = 32 * 1024;

    private static final int FEWEST_BYTES = 16 * 1024;

    private static final int OTHERS_BYTES = 512 * 1024;

    /** Memory is no longer low when one part in this many is free. */
    private static final int PLENTY = 4;

    private volatile byte @Nullable [] forReports = new byte[FIRST_BYTES];
    private volatile byte @Nullable [] forOthers;
    private volatile boolean prepared;

    /** Reserves both parts; {@return whether this is the first call} */
    boolean prepare() {
        if (prepared) {
            return false;
        }
        prepared = true;
        try {
            forOthers = new byte[OTHERS_BYTES];
            forReports = new byte[REPORT_BYTES];
        } catch (OutOfMemoryError _) {
            // Unlikely this early; the first reserve is still there.
        }
        return true;
    }

    /** Releases both parts: memory is full, and something has to be done nevertheless. */
    void releaseAll() {
        forReports = null;
        forOthers = null;
    }

    /** Reserves memory for the next report, as much as is available. */
    void refill() {
        for (int bytes = REPORT_BYTES; forReports == null && bytes >= FEWEST_BYTES; bytes /= 2) {
            try {
                forReports = new byte[bytes];
            } catch (OutOfMemoryError _) {
                // try a smaller size
            }
        }
    }

    /** {@return whether the part for other code is reserved} */
    boolean isReservedForOthers() {
        return forOthers != null;
    }

    /**
     * Reserves the part for other code again, if there is enough memory.
     *
     * @return whether it is reserved now
     */
    boolean reserveForOthers() {
        try {
            if (forOthers == null) {
                forOthers = new byte[OTHERS_BYTES];
            }
            return true;
        } catch (OutOfMemoryError _) {
            return false;
        }
    }

    /** Releases the part for other code. */
    void releaseForOthers() {
        forOthers = null;
    }

    /** {@return whether there is enough free memory again to keep everything reserved} */
    boolean isPlentiful() {
        var runtime = Runtime.getRuntime();
        long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
        return isReservedForOthers() && free > runtime.maxMemory() / PLENTY;
    }
}
