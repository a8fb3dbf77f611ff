package dev.domin.udp;

/** Cancels handlers that nobody waits for when the grace of the closing is over. */
final class GraceWatch extends Watchdog.Watch {

    private final Shutdown shutdown;
    private boolean started; // guarded by the lifecycle's monitor

    GraceWatch(Shutdown shutdown) {
        this.shutdown = shutdown;
    }

    /** Begins to watch if a thread of the closing endpoint is still there. */
    void start(Errors errors) {
        Lifecycle lifecycle = shutdown.lifecycle();
        synchronized (lifecycle) {
            if (!lifecycle.hasWorkers()) {
                return;
            }
            if (!started) {
                try {
                    Watchdog.SHARED.acquire();
                } catch (OutOfMemoryError e) {
                    errors.report(e);
                    return;
                }
                started = true;
            }
            Watchdog.SHARED.schedule(this, lifecycle.graceEnd());
        }
    }

    /** The last thread has ended. */
    void release() {
        boolean release;
        synchronized (shutdown.lifecycle()) {
            release = started;
            started = false;
        }
        if (release) {
            Watchdog.SHARED.release(this);
        }
    }

    @Override
    long look(long now) {
        long end = shutdown.lifecycle().graceEnd();
        if (now - end < 0) {
            return end;
        }
        shutdown.endGrace();
        return Watchdog.NEVER;
    }
}
