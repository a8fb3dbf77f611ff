package dev.domin.testkit;

import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The replies of one endpoint that wait for their delay. Thread-safe. What is canceled is never sent. */
final class DelayedReplies {

    /** For the replies that wait, of all servers: an eighth of the heap. */
    private static final long MAX_BYTES = Runtime.getRuntime().maxMemory() / 8;

    /** What a reply that waits needs besides its payload. */
    private static final int OVERHEAD = 512;

    private static final AtomicLong BYTES = new AtomicLong();

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

        int size() {
            return reply.raw().length + OVERHEAD;
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
    synchronized boolean schedule(@Nullable Entry packet, Reply reply, InetSocketAddress to) {
        Waiting later = new Waiting(packet, reply, to);
        if (closed) {
            later.abandon();
            return true;
        }
        if (BYTES.addAndGet(later.size()) > MAX_BYTES) {
            BYTES.addAndGet(-later.size());
            return false;
        }
        waiting.add(later);
        later.timer = Timer.schedule(reply.delay(), later);
        return true;
    }

    private synchronized boolean remove(Waiting reply) {
        boolean waited = waiting.remove(reply);
        if (waited) {
            BYTES.addAndGet(-reply.size());
        }
        return waited;
    }

    /** Forgets the replies that wait. */
    synchronized void cancel() {
        waiting.forEach(DelayedReplies::forget);
        waiting.clear();
    }

    /** Ends the sending. */
    synchronized void close() {
        closed = true;
        waiting.forEach(reply -> {
            forget(reply);
            reply.abandon();
        });
        waiting.clear();
    }

    private static void forget(Waiting reply) {
        BYTES.addAndGet(-reply.size());
        if (reply.timer != null) {
            reply.timer.cancel(false);
        }
    }
}
