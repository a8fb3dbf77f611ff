package dev.domin.udp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The datagrams of one direction that an impairment keeps until the next one has passed; see {@link
 * UdpImpairment.Outlet#passAfterNext}. Each is passed on once: whoever takes its task from the queue of delayed tasks
 * does it.
 *
 * @param <T> a datagram
 */
final class AfterNext<T> {

    /** A datagram, and the task that passes it on when its time is up. */
    record Kept<T>(T datagram, DelayedTasks.Task limit) {}

    private final DelayedTasks delayed;
    private final Consumer<T> overdue;
    private List<Kept<T>> kept = new ArrayList<>(); // guarded by this object's monitor
    private volatile boolean any;

    /**
     * Creates a queue.
     *
     * @param delayed runs the tasks; when it is closed, all datagrams are lost
     * @param overdue passes on a datagram whose time is up, as the work of a {@link DelayedTasks.Task}
     */
    AfterNext(DelayedTasks delayed, Consumer<T> overdue) {
        this.delayed = delayed;
        this.overdue = overdue;
    }

    /**
     * Keeps a datagram.
     *
     * @param length the length of its payload
     * @param later is notified if it is discarded
     * @return whether there is memory for it
     */
    boolean keep(T datagram, int length, long maxDelayNanos, UdpImpairment.Later later) {
        DelayedTasks.Task limit = new DelayedTasks.Task(length, () -> overdue.accept(datagram), later);
        if (!delayed.schedule(limit, maxDelayNanos)) {
            return false;
        }
        boolean added = false;
        try {
            synchronized (this) {
                kept.add(new Kept<>(datagram, limit));
                any = true;
                added = true;
            }
        } finally {
            if (!added && delayed.cancel(limit)) { // no memory
                delayed.release(length);
            }
        }
        return true;
    }

    /** {@return what was kept before the next datagram, which is about to pass} */
    List<Kept<T>> take() {
        if (!any) {
            return List.of();
        }
        synchronized (this) {
            List<Kept<T>> taken = kept;
            kept = new ArrayList<>();
            any = false;
            return taken;
        }
    }

    /**
     * Passes on what was kept before the last datagram, unless its time was up earlier.
     *
     * @param taken what {@link #take} has returned
     * @param pass passes on a datagram, as the work of a {@link DelayedTasks.Task} does
     */
    void release(List<Kept<T>> taken, Consumer<T> pass) {
        for (Kept<T> each : taken) {
            if (delayed.cancel(each.limit)) {
                pass.accept(each.datagram);
            }
        }
    }
}
