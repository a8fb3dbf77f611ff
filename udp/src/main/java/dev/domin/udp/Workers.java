package dev.domin.udp;

import java.util.concurrent.atomic.AtomicInteger;

/** Starts the threads of one endpoint. */
final class Workers {

    private final ReceiveLoop loop;
    private final Lifecycle lifecycle;
    private final String name;
    private final long stackSize;
    private final ClassLoader contextClassLoader = Thread.currentThread().getContextClassLoader();
    private final AtomicInteger started = new AtomicInteger();

    Workers(ReceiveLoop loop, Lifecycle lifecycle, String name, long stackSize) {
        this.loop = loop;
        this.lifecycle = lifecycle;
        this.name = name;
        this.stackSize = stackSize;
    }

    /**
     * Starts a thread that takes the role of the receiver if it is vacant.
     *
     * @return whether it was started; false once the endpoint closes
     * @throws OutOfMemoryError if no thread can be started; then nothing has changed
     */
    boolean start() {
        int number = started.incrementAndGet();
        Worker worker = new Worker(loop, lifecycle, number == 1 ? name : name + "-" + number, stackSize);
        worker.setContextClassLoader(contextClassLoader); // a thread that the watchdog starts would inherit another one
        if (!lifecycle.join(worker)) {
            return false;
        }
        try {
            lifecycle.machine().start(worker);
            return true;
        } catch (Throwable e) {
            loop.leave(worker);
            throw e;
        }
    }
}
