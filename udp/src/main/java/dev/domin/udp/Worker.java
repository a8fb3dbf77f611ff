package dev.domin.udp;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A thread that receives packets and runs their handlers, or that ends a late handler's work.
 *
 * <p>An interrupt reaches it only inside a handler: a socket channel closes itself under an interrupted thread, so
 * one that comes a moment too late would take the endpoint down.
 */
final class Worker extends Thread {

    private static final int OUTSIDE = 0;
    private static final int INSIDE = 1;
    private static final int INTERRUPTING = 2;

    private final Reception reception;
    private final Crew crew;
    private final AtomicInteger gate = new AtomicInteger(OUTSIDE);
    private int shutdowns; // guarded by the crew's monitor, as the next
    private int foreignShutdowns;

    /** The last packet that it handled or handles. Others read it only while this thread is inside a shutdown. */
    Datagram datagram;

    Worker(Reception reception, Crew crew, String name, long stackSize) {
        super(null, null, name, stackSize, false);
        this.reception = reception;
        this.crew = crew;
        setDaemon(true);
    }

    @Override
    public void run() {
        reception.work(this);
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
     * From now on not everybody waits for this thread: two endpoints may close each other from their handlers.
     *
     * @param whose the threads of the endpoint that is shut down
     */
    void enterShutdown(Crew whose) {
        synchronized (crew) {
            shutdowns++;
            if (whose != crew) {
                foreignShutdowns++;
            }
            crew.notifyAll();
        }
    }

    void leaveShutdown(Crew whose) {
        synchronized (crew) {
            shutdowns--;
            if (whose != crew) {
                foreignShutdowns--;
            }
        }
    }

    boolean belongsTo(Crew some) {
        return crew == some;
    }

    /** Asked with the crew's monitor held. */
    boolean inShutdown() {
        return shutdowns > 0;
    }

    /** Asked with the crew's monitor held. */
    boolean inForeignShutdown() {
        return foreignShutdowns > 0;
    }
}
