package dev.domin.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What one endpoint is to send later: replies with a delay, and datagrams that faults delay. Thread-safe. What is
 * canceled is never sent.
 */
final class DelayedSends {

    /** A reply that waits in the timer. */
    private final class Waiting implements Runnable {
        private final Runnable send;
        private final Runnable canceled;
        private @Nullable Future<?> timer;

        Waiting(Runnable send, Runnable canceled) {
            this.send = send;
            this.canceled = canceled;
        }

        @Override
        public void run() {
            if (remove(this)) {
                send.run();
            }
        }
    }

    /** A datagram that the engine has, and sends at a time. */
    private record Impaired(Entry entry, long due) {}

    private final Set<Waiting> waiting = new HashSet<>();
    private final PriorityQueue<Impaired> delayed =
            new PriorityQueue<>((one, other) -> Long.signum(one.due - other.due)); // the clock may wrap
    private final List<Impaired> held = new ArrayList<>(); // until the next datagram
    private boolean closed;

    /**
     * Sends a reply later.
     *
     * @param send sends it
     * @param canceled is called instead if the endpoint closes first
     */
    synchronized void schedule(Duration delay, Runnable send, Runnable canceled) {
        if (closed) {
            canceled.run();
            return;
        }
        Waiting reply = new Waiting(send, canceled);
        waiting.add(reply);
        reply.timer = Timer.schedule(delay, reply);
    }

    private synchronized boolean remove(Waiting reply) {
        return waiting.remove(reply);
    }

    /** Forgets the replies that wait. */
    synchronized void cancel() {
        waiting.forEach(DelayedSends::cancelTimer);
        waiting.clear();
    }

    /** Notes what faults do to a datagram that is to be sent. */
    synchronized void note(Entry entry, FaultOutcome outcome) {
        held.clear(); // they are sent behind this one
        long now = System.nanoTime();
        while (!delayed.isEmpty() && delayed.peek().due - now <= 0) {
            delayed.remove();
        }
        if (outcome.copies() > 0 && outcome.holdNanos() > 0) {
            held.add(new Impaired(entry, now + outcome.holdNanos() + outcome.delayNanos()));
        } else if (outcome.copies() > 0 && outcome.delayNanos() > 0) {
            delayed.add(new Impaired(entry, now + outcome.delayNanos()));
        }
    }

    /**
     * Ends the sending.
     *
     * @return what faults have delayed, and was not sent
     */
    synchronized List<Entry> close() {
        closed = true;
        waiting.forEach(reply -> {
            cancelTimer(reply);
            reply.canceled.run();
        });
        waiting.clear();
        long now = System.nanoTime();
        List<Entry> lost = new ArrayList<>();
        delayed.stream().filter(each -> each.due - now > 0).forEach(each -> lost.add(each.entry));
        held.stream().filter(each -> each.due - now > 0).forEach(each -> lost.add(each.entry));
        delayed.clear();
        held.clear();
        return lost;
    }

    private static void cancelTimer(Waiting reply) {
        if (reply.timer != null) {
            reply.timer.cancel(false);
        }
    }
}
