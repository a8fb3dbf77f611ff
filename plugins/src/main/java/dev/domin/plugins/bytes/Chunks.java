package dev.domin.plugins.bytes;

import dev.domin.spi.ScriptContext;

/**
 * Divides long loops, so that they can be cancelled and yet look at nothing but their bytes most of the time:
 *
 * <pre>{@code
 * for (int at = from; at < to; ) {
 *     int end = Chunks.end(run, from, at, to);
 *     for (; at < end; at++) { … }
 * }
 * }</pre>
 */
public final class Chunks {

    /** How many bytes are worked through without asking: some 0.1 ms. */
    static final int LENGTH = 1 << 16;

    private Chunks() {}

    /**
     * Begins the next chunk of a loop.
     *
     * @param run the run, which is asked whether it is cancelled at each chunk but the first
     * @param from where the loop began
     * @param at where it is
     * @param to where it ends
     * @return where this chunk ends
     */
    public static int end(ScriptContext run, int from, int at, int to) {
        if (at != from) {
            run.checkCancelled();
        }
        return to - at > LENGTH ? at + LENGTH : to;
    }
}
