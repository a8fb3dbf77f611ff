package dev.domin.testkit;

import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The replies of one endpoint that wait for their delay. Thread-safe. What is canceled is never sent. */
final class DelayedReplies {

    /** A reply that waits in the timer. */
    private final class Waiting implements Runnable {
        private final @Nullable Entry packet;
        private final Reply reply;
        private final InetSocketAddress to;
        private @Nullable Future<?> timer;

        Waiting(@Nullable Entry packet, Reply reply, InetSocketAddress to) {
            this.packet = packet;
            this.reply = reply;
            this.to = to;
        }

        /** {@return what is kept in memory: the packet, too} */
        int length() {
            return reply.raw().length + (packet == null ? 0 : packet.length());
        }

        void abandon() {
            unsent.accept(packet, reply, to);
        }

        @Override
        public void run() {
            if (remove(this)) {
                send.accept(packet, reply, to);
            }
        }
    }

    /** Does something with a reply. */
    interface Action {

        /**
         * Does it.
         *
         * @param packet what it answers, or null
         * @param to the receiver
         */
        void accept(@Nullable Entry packet, Reply reply, InetSocketAddress to);
    }

    private final Action send;
    private final Action unsent;
    private final Set<Waiting> waiting = new HashSet<>(); // guarded by this, as the next
    private boolean closed;

    /**
     * Creates an empty set.
     *
     * @param send sends a reply whose time has come
     * @param unsent is called instead if the endpoint closes first
     */
    DelayedReplies(Action send, Action unsent) {
        this.send = send;
        this.unsent = unsent;
    }

    /**
     * Sends a reply later.
     *
     * @param packet what it answers, or null
     * @return whether there is memory for it; if not, nothing is called
     */
    boolean schedule(@Nullable Entry packet, Reply reply, InetSocketAddress to) {
        Waiting later = new Waiting(packet, reply, to);
        if (!DelayedMemory.reserve(later.length())) {
            return false;
        }
        boolean added = false;
        try {
            added = add(later);
        } finally {
            if (!added) {
                DelayedMemory.release(later.length());
            }
        }
        if (!added) {
            later.abandon();
        }
        return true;
    }

    private synchronized boolean add(Waiting reply) {
        if (closed) {
            return false;
        }
        reply.timer = Timer.schedule(reply.reply.delay(), reply); // first, since it may throw for lack of memory
        waiting.add(reply);
        return true;
    }

    private synchronized boolean remove(Waiting reply) {
        boolean waited = waiting.remove(reply);
        if (waited) {
            DelayedMemory.release(reply.length());
        }
        return waited;
    }

    /** Forgets the replies that wait. */
    void cancel() {
        take(false);
    }

    /** Ends the sending. */
    void close() {
        Sinks.forAll(take(true), Waiting::abandon);
    }

    /** {@return the replies that wait, which are not sent any more} */
    private synchronized List<Waiting> take(boolean last) {
        closed |= last;
        List<Waiting> all = List.copyOf(waiting);
        waiting.clear();
        for (Waiting each : all) {
            DelayedMemory.release(each.length());
            if (each.timer != null) {
                each.timer.cancel(false);
            }
        }
        return all;
    }
}
