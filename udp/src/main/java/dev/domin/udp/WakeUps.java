package dev.domin.udp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Delayed packets that are due, for which the receiver is woken. */
final class WakeUps {

    private final WakeSignal signal;
    private final Errors errors;
    private final List<Arrival> due = new ArrayList<>(); // guarded by this object's monitor, as the next
    private boolean ended;

    WakeUps(WakeSignal signal, Errors errors) {
        this.signal = signal;
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
                signal.send();
            } catch (IOException e) {
                problem = e; // the packet stays for the next batch
            }
        }
        if (problem != null) {
            errors.report(problem);
        }
    }

    /** {@return whether a datagram that the socket has received is no packet, but has woken the receiver} */
    boolean isSignal(int index) {
        if (!signal.isAt(signal.socket(), index)) {
            return false;
        }
        signal.seen(1);
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
}
