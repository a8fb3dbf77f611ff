package dev.domin.udp;

/** Cancels handlers that nobody waits for when the grace of the closing is over. */
final class GraceWatch extends Watchdog.Watch implements Runnable {

    private final Shutdown shutdown;
    private boolean started; // guarded by the lifecycle's monitor

    GraceWatch(Shutdown shutdown) {
        this.shutdown = shutdown;
    }

    /** Begins to watch if a thread of the closing endpoint is still there. */
    void start(Errors errors) {
        try {
            start();
        } catch (OutOfMemoryError e) { // reported here, where no lock is held: the listener may do anything
            errors.report(e);
        }
    }

    private void start() {
        Lifecycle lifecycle = shutdown.lifecycle();
        synchronized (lifecycle) {
            if (!lifecycle.hasWorkers()) {
                return;
            }
            if (!started) {
                Watchdog.SHARED.acquire();
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
    public void run() {
        shutdown.endGrace();
    }

    @Override
    long look(long now) {
        long end = shutdown.lifecycle().graceEnd();
        if (now - end < 0) {
            return end;
        }
        Watchdog.runOnOtherThread(this, "domin-udp-grace", null); // it calls the handler, which may wait
        return Watchdog.NEVER;
    }
}
