package dev.domin.udp;

/** A machine in which time passes only when a test says so, and whose watchdog looks only when a test says so. */
final class VirtualMachine extends Machine {

    private volatile long now;

    VirtualMachine(long now) {
        this.now = now;
    }

    @Override
    long nanoTime() {
        return now;
    }

    @Override
    void start(Thread thread) {
        if (!thread.getName().equals("domin-udp-watchdog")) {
            thread.start();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread runs at a time
    void pass(long nanos) {
        now += nanos;
    }
}
