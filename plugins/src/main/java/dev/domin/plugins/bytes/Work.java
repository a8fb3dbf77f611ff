package dev.domin.plugins.bytes;

import dev.domin.spi.ScriptContext;

/**
 * Adds up the work of a loop whose iterations take different times, and checks regularly whether the run is cancelled.
 */
public final class Work {

    private final ScriptContext run;
    private long left = Chunks.LENGTH;

    /**
     * Creates a counter at 0.
     *
     * @param run the run
     */
    public Work(ScriptContext run) {
        this.run = run;
    }

    /**
     * Adds work that has been done.
     *
     * @param bytes how many bytes were looked at or copied
     */
    public void add(long bytes) {
        left -= bytes;
        if (left <= 0) {
            left = Chunks.LENGTH;
            run.checkCancelled();
        }
    }
}
