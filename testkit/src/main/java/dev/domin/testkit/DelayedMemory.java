package dev.domin.testkit;

import java.util.concurrent.atomic.AtomicLong;

/** The memory for packets that wait: those that faults delay, and replies with a delay, of all servers together. */
final class DelayedMemory {

    /** Why a packet cannot wait. */
    static final String FULL = "packets that wait take up all the memory that they may";

    /** An eighth of the heap. */
    private static final long LIMIT = Runtime.getRuntime().maxMemory() / 8;

    /** What a packet needs besides its payload. */
    private static final int OVERHEAD = 512;

    private static final AtomicLong USED = new AtomicLong();

    private DelayedMemory() {}

    /** {@return whether there is room for payloads of a length; if so, it is taken} */
    static boolean reserve(int length) {
        long before;
        do {
            before = USED.get();
            if (before + length + OVERHEAD > LIMIT) {
                return false;
            }
        } while (!USED.compareAndSet(before, before + length + OVERHEAD));
        return true;
    }

    /** Gives back the room that {@link #reserve} has taken. */
    static void release(int length) {
        USED.addAndGet(-(length + OVERHEAD));
    }

    /** {@return how many bytes are taken} */
    static long used() {
        return USED.get();
    }
}
