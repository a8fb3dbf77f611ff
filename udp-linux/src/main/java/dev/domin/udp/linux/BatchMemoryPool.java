package dev.domin.udp.linux;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The memory for batches of all sockets of this process. A few sockets keep theirs while they wait for packets. Where
 * there are many, only those have memory that are handling packets, and the more there are, the smaller their batches.
 * So a thousand sockets need little more memory than a few, and a few are as fast as one.
 */
final class BatchMemoryPool {

    /** How many sockets may keep their memory while they wait. */
    private static final int MAX_KEEPING = 16;

    private static final int MAX_SPARES = 16;

    /** How many packets all batches together may have before they become smaller. */
    private static final int TOTAL_PACKETS = MAX_KEEPING * BatchMemory.SLOTS;

    private static final int MIN_SHARE = 4;

    private static final @Nullable BatchMemory[] SPARES = new BatchMemory[MAX_SPARES];

    private static int spares;
    private static volatile int inUse;

    private BatchMemoryPool() {}

    /**
     * Acquires memory, to be returned by {@link #release}.
     *
     * @throws IOException if the system has none
     */
    static BatchMemory acquire() throws IOException {
        synchronized (SPARES) {
            inUse = inUse + 1;
            if (spares > 0) {
                BatchMemory spare = SPARES[--spares];
                SPARES[spares] = null;
                spare.reset();
                return spare;
            }
        }
        try {
            return BatchMemory.allocate();
        } catch (IOException | RuntimeException | Error e) {
            synchronized (SPARES) {
                inUse = inUse - 1;
            }
            throw e;
        }
    }

    /** Returns memory, which must not be used any more. */
    static void release(BatchMemory memory) {
        synchronized (SPARES) {
            inUse = inUse - 1;
            if (spares < MAX_SPARES && memory.isSmall()) {
                SPARES[spares++] = memory;
                return;
            }
        }
        memory.free();
    }

    /** {@return whether a socket that waits should return its memory} */
    static boolean isScarce() {
        return inUse > MAX_KEEPING;
    }

    /** {@return how many packets a batch should have at most now} */
    static int fairShare() {
        int users = inUse;
        return users <= MAX_KEEPING ? BatchMemory.SLOTS : Math.max(MIN_SHARE, TOTAL_PACKETS / users);
    }
}
