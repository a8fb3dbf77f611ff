package dev.domin.udp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Delayed packets that are due, for which the receiver is woken. */
final class WakeUps {

    private final WakeSignal signal;
    private final DelayedTasks delayed;
    private final Errors errors;
    private final List<Arrival> due = new ArrayList<>(); // guarded by this object's monitor, as the next
    private boolean signalled;
    private boolean ended;

    WakeUps(WakeSignal signal, DelayedTasks delayed, Errors errors) {
        this.signal = signal;
        this.delayed = delayed;
        this.errors = errors;
    }

    /** Keeps a packet for the receiver, and wakes it. Does nothing once this has ended. */
    void arrive(Arrival arrival) {
        IOException problem = null;
        boolean kept = false;
        try {
            synchronized (this) {
                if (!ended) {
                    due.add(arrival);
                    kept = true;
                    problem = wake();
                }
            }
        } finally {
            if (kept) {
                arrival.later().passed();
            } else {
                delayed.release(arrival.buffer().length());
                arrival.later().discarded();
            }
        }
        if (problem != null) {
            errors.report(problem);
        }
    }

    /** Sends one signal for all packets that the receiver has not taken yet. */
    private @Nullable IOException wake() {
        if (!signalled) {
            try {
                signal.send();
                signalled = true;
            } catch (IOException e) {
                return e; // the packet stays for the next batch
            }
        }
        return null;
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
        batch.addAll(due); // first, since it may throw for lack of memory
        due.clear();
        signalled = false;
    }

    /** Ends the waking, since the endpoint closes: what was sent before is in the queue before the closing marker. */
    synchronized void end() {
        ended = true;
    }

    /** Forgets the packets that are due, since nothing is received any more. */
    synchronized void close() {
        ended = true;
        for (int i = 0; i < due.size(); i++) {
            delayed.release(due.get(i).buffer().length());
        }
        due.clear();
    }
}
