package dev.domin.udp;

import dev.domin.udp.transport.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Delayed packets that are due, and the datagrams that a socket sends to itself to wake the receiver for them. A full
 * queue loses such datagrams; the system counts them, but they are no packets.
 */
final class WakeUps {

    private static final byte[] WAKE = {'d', 'o', 'm', 'i', 'n', ' ', 'w', 'a', 'k', 'e'};

    private final Transport inner;
    private final Errors errors;
    private final List<Arrival> due = new ArrayList<>(); // guarded by this object's monitor, as the next ones
    private int sent;
    private int seen;
    private boolean ended;

    WakeUps(Transport inner, Errors errors) {
        this.inner = inner;
        this.errors = errors;
    }

    /** Keeps a packet for the receiver, and wakes it. Does nothing once this has ended. */
    void arrive(Arrival arrival) {
        IOException problem = null;
        synchronized (this) {
            if (ended) {
                return;
            }
            due.add(arrival);
            try {
                inner.send(WAKE, 0, WAKE.length, inner.localAddress());
                sent++;
            } catch (IOException e) {
                problem = e; // the packet stays for the next batch
            }
        }
        if (problem != null) {
            errors.report(problem);
        }
    }

    /** {@return whether a received datagram is one that wakes the receiver} */
    boolean isAt(int index) {
        if (!inner.isOwn(index, WAKE)) {
            return false;
        }
        synchronized (this) {
            seen++;
        }
        return true;
    }

    /** Moves the packets that are due to a batch. */
    synchronized void addTo(List<Arrival> batch) {
        batch.addAll(due);
        due.clear();
    }

    /** Ends the waking, since the endpoint closes: what was sent before is in the queue before the closing marker. */
    synchronized void end() {
        ended = true;
    }

    /** {@return how many datagrams the system has lost; 0 as long as some may be queued} */
    synchronized int lost() {
        return ended ? sent - seen : 0;
    }
}
