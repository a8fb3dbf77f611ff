package dev.domin.plugins.bytes;

import dev.domin.spi.ScriptContext;

/**
 * Divides long loops into chunks, so that they can be cancelled without a check in each iteration:
 *
 * <pre>{@code
 * for (int at = from; at < to; ) {
 *     int end = Chunks.end(run, from, at, to);
 *     for (; at < end; at++) { … }
 * }
 * }</pre>
 */
public final class Chunks {

    /** The number of bytes in a chunk, which take about 0.1 ms. */
    static final int LENGTH = 1 << 16;

    private Chunks() {}

    /**
     * Starts the next chunk of a loop.
     *
     * @param run the run, which is checked for cancellation at each chunk except the first
     * @param from the start of the loop
     * @param at the current index
     * @param to the end of the loop
     * @return the end of this chunk
     */
    public static int end(ScriptContext run, int from, int at, int to) {
        if (at != from) {
            run.checkCancelled();
        }
        return to - at > LENGTH ? at + LENGTH : to;
    }
}
