package dev.domin.udp;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A thread that receives packets and runs their handlers, or that still runs a late handler.
 *
 * <p>An interrupt reaches it only inside a handler: a socket channel closes itself when its thread is interrupted, so a
 * late interrupt would close the endpoint.
 */
final class Worker extends Thread {

    private static final int OUTSIDE = 0;
    private static final int INSIDE = 1;
    private static final int INTERRUPTING = 2;

    private final ReceiveLoop loop;
    private final Lifecycle lifecycle;
    private final AtomicInteger gate = new AtomicInteger(OUTSIDE);
    private int shutdowns; // guarded by the lifecycle's monitor, as the next
    private int foreignShutdowns;

    /**
     * The current or last packet; null before the first. Other threads read it only while this thread is inside a
     * shutdown.
     */
    @Nullable
    Packet packet;

    Worker(ReceiveLoop loop, Lifecycle lifecycle, String name, long stackSize) {
        super(null, null, name, stackSize, false);
        this.loop = loop;
        this.lifecycle = lifecycle;
        setDaemon(true);
    }

    @Override
    public void run() {
        loop.run(this);
    }

    @Override
    public void interrupt() {
        while (gate.get() != OUTSIDE) {
            if (gate.compareAndSet(INSIDE, INTERRUPTING)) {
                try {
                    super.interrupt();
                } finally {
                    gate.set(INSIDE);
                }
                return;
            }
            Thread.onSpinWait();
        }
    }

    void enterHandler() {
        gate.set(INSIDE);
    }

    void leaveHandler() {
        while (!gate.compareAndSet(INSIDE, OUTSIDE)) {
            Thread.onSpinWait();
        }
        Thread.interrupted();
    }

    /**
     * Records that this thread is inside a shutdown, so that some threads do not wait for it: two endpoints may close
     * each other from their handlers.
     *
     * @param whose the threads of the endpoint that is shut down
     */
    void enterShutdown(Lifecycle whose) {
        synchronized (lifecycle) {
            shutdowns++;
            if (whose != lifecycle) {
                foreignShutdowns++;
            }
            lifecycle.notifyAll();
        }
    }

    void leaveShutdown(Lifecycle whose) {
        synchronized (lifecycle) {
            shutdowns--;
            if (whose != lifecycle) {
                foreignShutdowns--;
            }
        }
    }

    boolean belongsTo(Lifecycle some) {
        return lifecycle == some;
    }

    /** Called with the lifecycle's monitor held. */
    boolean inShutdown() {
        return shutdowns > 0;
    }

    /** Called with the lifecycle's monitor held. */
    boolean inForeignShutdown() {
        return foreignShutdowns > 0;
    }

    /**
     * {@return whether a handler has its packet} Called while this thread is inside a shutdown, with the monitor held.
     */
    boolean isInHandler() {
        Packet last = packet;
        return last != null && last.state().isInHandler();
    }
}
