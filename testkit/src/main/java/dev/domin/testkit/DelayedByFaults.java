package dev.domin.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** The datagrams of one endpoint that the engine has, and sends later, since a fault delays them. Thread-safe. */
final class DelayedByFaults {

    private record Delayed(Entry entry, long due) {}

    private final PriorityQueue<Delayed> delayed =
            new PriorityQueue<>((one, other) -> Long.signum(one.due - other.due)); // the clock may wrap
    private final List<Delayed> held = new ArrayList<>(); // until the next datagram
    private boolean closed;

    /** Notes that a datagram was passed to the impairment: those that were held for it are sent now. */
    synchronized void next() {
        held.clear();
        long now = System.nanoTime();
        while (!delayed.isEmpty() && delayed.peek().due - now <= 0) {
            delayed.remove();
        }
    }

    /**
     * Adds a datagram that the engine has accepted.
     *
     * @param start when it was passed to the engine, on the clock of {@link System#nanoTime}
     * @return whether it will be sent; false if the endpoint has closed before
     */
    synchronized boolean add(Entry entry, FaultOutcome outcome, long start) {
        Delayed later = new Delayed(entry, start + outcome.delayNanos() + outcome.holdNanos());
        if (closed) {
            return later.due - System.nanoTime() <= 0;
        }
        if (outcome.isDelayed()) {
            delayed.add(later);
        } else {
            held.add(later);
        }
        return true;
    }

    /**
     * Ends the sending.
     *
     * @return what was not sent
     */
    synchronized List<Entry> close() {
        closed = true;
        long now = System.nanoTime();
        List<Entry> lost = new ArrayList<>();
        delayed.stream().filter(each -> each.due - now > 0).forEach(each -> lost.add(each.entry));
        held.stream().filter(each -> each.due - now > 0).forEach(each -> lost.add(each.entry));
        delayed.clear();
        held.clear();
        return lost;
    }
}
