package dev.domin.udp;

import org.jspecify.annotations.Nullable;

/**
 * What an endpoint uses of the machine besides its socket: the time, and threads. There is one for all endpoints; tests
 * have others, in which time passes as they decide, or in which there are no threads.
 *
 * <p>The virtual machine has loaded no subclass outside tests, so that calls of these methods cost what the calls in
 * them cost.
 */
class Machine {

    /** The real one. */
    static final Machine REAL = new Machine();

    private final Watchdog watchdog = new Watchdog(this);

    /** {@return the time, on the clock of {@link System#nanoTime}} */
    long nanoTime() {
        return System.nanoTime();
    }

    /**
     * Starts a thread.
     *
     * @throws OutOfMemoryError if there is none
     */
    void start(Thread thread) {
        thread.start();
    }

    /** {@return what watches the deadlines of all endpoints of this machine} */
    final Watchdog watchdog() {
        return watchdog;
    }

    /**
     * Runs something that may wait, so that no deadline waits for it. Where no thread can be started, it runs on the
     * calling one.
     *
     * @param work what to run
     * @param name the name of the thread
     * @param loader the thread's context class loader, or null
     */
    final void runOnOtherThread(Runnable work, String name, @Nullable ClassLoader loader) {
        try {
            Thread other = new Thread(null, work, name, 0, false);
            other.setDaemon(true);
            other.setContextClassLoader(loader);
            start(other);
        } catch (Throwable e) { // no thread, usually
            work.run();
        }
    }
}
