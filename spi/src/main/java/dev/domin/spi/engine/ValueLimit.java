package dev.domin.spi.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The limit for the size of a value. Values are made in many places that know no run, so this class finds the run whose
 * code the calling thread executes. It does so for large values only, and stores only runs whose limit is not the
 * standard one, so that neither a start nor a packet takes longer. Thread-safe.
 */
public final class ValueLimit {

    /** The size of a value that no run can forbid; no packet is as large. */
    public static final int ALWAYS = 128 << 10;

    /** The limit of a run whose host sets none. */
    public static final long STANDARD = 64L << 20;

    private static final Set<Run> RUNS = ConcurrentHashMap.newKeySet();

    private ValueLimit() {}

    /** A run whose limit is not the standard one. */
    public interface Run {

        /** {@return whether the calling thread executes code of the run's script} */
        boolean isRunningHere();

        /** {@return its limit in bytes} */
        long valueLimit();
    }

    /**
     * Adds a run until {@link #remove}.
     *
     * @param run the run
     */
    public static void add(Run run) {
        RUNS.add(run);
    }

    /**
     * Removes a run; does nothing if it was never added.
     *
     * @param run the run
     */
    public static void remove(Run run) {
        RUNS.remove(run);
    }

    /** {@return the limit in bytes for values that the calling thread makes} */
    public static long current() {
        for (var run : RUNS) {
            if (run.isRunningHere()) {
                return run.valueLimit();
            }
        }
        return STANDARD;
    }
}
