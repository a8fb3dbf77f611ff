package dev.domin.udp;

import java.util.concurrent.atomic.AtomicLong;

/** The memory for datagrams that impairments delay. Thread-safe. */
final class DelayedMemory {

    /** For all endpoints together: an eighth of the heap. */
    static final DelayedMemory SHARED = new DelayedMemory(Runtime.getRuntime().maxMemory() / 8);

    /** What a delayed datagram needs besides its payload. */
    private static final int OVERHEAD = 512;

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /**
     * Creates a memory.
     *
     * @param limit its size in bytes
     */
    DelayedMemory(long limit) {
        this.limit = limit;
    }

    /** {@return whether there is room for a datagram; if so, it is taken} */
    boolean reserve(int length) {
        long before;
        do {
            before = used.get();
            if (before + length + OVERHEAD > limit) {
                return false;
            }
        } while (!used.compareAndSet(before, before + length + OVERHEAD));
        return true;
    }

    /** Gives back the room of a datagram. */
    void release(int length) {
        used.addAndGet(-(length + OVERHEAD));
    }

    /** {@return its size in bytes} */
    long limit() {
        return limit;
    }

    /** {@return how many bytes are taken} */
    long used() {
        return used.get();
    }
}
