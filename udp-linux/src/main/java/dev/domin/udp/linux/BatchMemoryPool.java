package dev.domin.udp.linux;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Lends the memory for batches to the sockets of this process. A few keep theirs while they wait for packets; where
 * there are many, only those have some that have packets in hand, and the more there are, the fewer packets each takes
 * at a time. So a thousand sockets need little more than a few do, and a few go as fast as one.
 */
final class BatchMemoryPool {

    /** So many may keep their memory while they wait. */
    private static final int KEEPERS = 16;

    private static final int MOST_SPARES = 16;

    /** So many packets all together may be in hand before a batch is cut short. */
    private static final int PACKETS = KEEPERS * BatchMemory.SLOTS;

    private static final int LEAST_SHARE = 4;

    private static final @Nullable BatchMemory[] SPARES = new BatchMemory[MOST_SPARES];

    private static int spares;
    private static volatile int lent;

    private BatchMemoryPool() {}

    /**
     * Lends memory, to be given back by {@link #giveBack}.
     *
     * @throws IOException if the system has none
     */
    static BatchMemory borrow() throws IOException {
        synchronized (SPARES) {
            lent = lent + 1;
            if (spares > 0) {
                BatchMemory spare = SPARES[--spares];
                SPARES[spares] = null;
                spare.renew();
                return spare;
            }
        }
        try {
            return BatchMemory.allocate();
        } catch (IOException | RuntimeException | Error e) {
            synchronized (SPARES) {
                lent = lent - 1;
            }
            throw e;
        }
    }

    /** Takes memory back, which must not be touched any more. */
    static void giveBack(BatchMemory memory) {
        synchronized (SPARES) {
            lent = lent - 1;
            if (spares < MOST_SPARES && memory.isSmall()) {
                SPARES[spares++] = memory;
                return;
            }
        }
        memory.free();
    }

    /** {@return whether so much is lent that a socket that waits should give its memory back} */
    static boolean isScarce() {
        return lent > KEEPERS;
    }

    /** {@return how many packets a batch should have at most now} */
    static int fairShare() {
        int users = lent;
        return users <= KEEPERS ? BatchMemory.SLOTS : Math.max(LEAST_SHARE, PACKETS / users);
    }
}
