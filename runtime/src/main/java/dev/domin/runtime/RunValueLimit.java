package dev.domin.runtime;

import dev.domin.spi.Limit;
import dev.domin.spi.engine.ValueLimit;
import org.jspecify.annotations.Nullable;

/**
 * The limit for the size of values of one run, if it is not the standard one.
 *
 * @param lock the run's lock, whose holder runs the script
 * @param valueLimit the limit in bytes
 */
record RunValueLimit(ScriptLock lock, long valueLimit) implements ValueLimit.Run {

    /** Applies the limit of a run until {@link ValueLimit#remove}; {@return null if it is the standard one} */
    static @Nullable RunValueLimit apply(RunOptions options, ScriptLock lock) {
        var limits = options.limitsSet();
        if (limits == null || limits.get(Limit.VALUE) == ValueLimit.STANDARD) {
            return null;
        }
        var limit = new RunValueLimit(lock, limits.get(Limit.VALUE));
        ValueLimit.add(limit);
        return limit;
    }

    @Override
    public boolean isRunningHere() {
        var holder = lock.holder();
        return holder != null && holder.thread == Thread.currentThread();
    }
}
