package dev.domin.udp;

/** Cancels handlers at the end of the grace period, where no thread waits for them in a shutdown. */
final class GraceWatch extends Watchdog.Watch implements Runnable {

    private final Shutdown shutdown;
    private boolean started; // guarded by the lifecycle's monitor

    GraceWatch(Shutdown shutdown) {
        this.shutdown = shutdown;
    }

    /** Starts to watch if the closing endpoint still has threads. */
    void start(Errors errors) {
        try {
            start();
        } catch (Throwable e) { // no thread, usually
            errors.report(e); // here, where no lock is held: the listener may do anything
        }
    }

    private void start() {
        Lifecycle lifecycle = shutdown.lifecycle();
        synchronized (lifecycle) {
            if (!lifecycle.hasWorkers()) {
                return;
            }
            if (!started) {
                lifecycle.machine().watchdog().acquire();
                started = true;
            }
            lifecycle.machine().watchdog().schedule(this, lifecycle.graceEnd());
        }
    }

    /** Stops watching. Called when the last thread has ended. */
    void release() {
        boolean release;
        synchronized (shutdown.lifecycle()) {
            release = started;
            started = false;
        }
        if (release) {
            shutdown.lifecycle().machine().watchdog().release(this);
        }
    }

    @Override
    public void run() {
        shutdown.endGrace();
    }

    @Override
    long look(long now) {
        long end = shutdown.lifecycle().graceEnd();
        if (now - end < 0) {
            return end;
        }
        // Elsewhere, since it calls the handler, which may wait.
        shutdown.lifecycle().machine().runOnOtherThread(this, "domin-udp-grace", null);
        return Watchdog.NEVER;
    }
}
