package dev.domin.plugins.packet;

import dev.domin.plugins.loopback.CallbackEndpoint;
import dev.domin.spi.Limit;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptResource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams of one run that are sent after a delay, by one thread, in the order in which they are due. Safe for use
 * by several threads.
 */
final class DelayedSends implements ScriptResource {

    static final long MAX_DELAY_MS = 86_400_000;

    private static final long MAX_BYTES = 64L << 20;
    private static final String SCRIPT_ENDED = "the script has ended";

    private final ScriptContext context;
    private final ScheduledThreadPoolExecutor executor;
    private final Map<CallbackEndpoint, Set<Send>> byServer = new ConcurrentHashMap<>();
    private final Map<CallbackEndpoint, Long> unsent = new ConcurrentHashMap<>();
    private final AtomicInteger leftAtEnd = new AtomicInteger();
    private int waiting; // guarded by this, as is the next field
    private long waitingBytes;

    private DelayedSends(ScriptContext context) {
        this.context = context;
        this.executor = new ScheduledThreadPoolExecutor(1, DelayedSends::newThread);
        executor.setRemoveOnCancelPolicy(true);
    }

    private static Thread newThread(Runnable work) {
        var thread = new Thread(null, work, "domin-packet", 0, false);
        thread.setDaemon(true);
        return thread;
    }

    static DelayedSends start(ScriptContext context) {
        var sends = new DelayedSends(context);
        context.register(sends);
        return sends;
    }

    /**
     * Sends a datagram after a delay.
     *
     * @param bytes the payload, which belongs to this object from now on
     * @throws ScriptError if too much data is waiting, or the script is ending
     */
    void add(CallbackEndpoint server, byte[] bytes, InetSocketAddress to, long delayMs) {
        synchronized (this) {
            long most = context.limit(Limit.TIMERS);
            if (waiting >= most) {
                throw Limit.TIMERS.exceeded(
                        waiting + " datagrams are waiting, and the limit is " + most,
                        "send less at a time, or with shorter delays");
            }
            if (waitingBytes + bytes.length > MAX_BYTES) {
                throw new ScriptError(
                        "datagrams with " + waitingBytes + " bytes are waiting, and the limit is " + MAX_BYTES,
                        "send less at a time, or with shorter delays");
            }
            waiting++;
            waitingBytes += bytes.length;
        }
        boolean added = false;
        try {
            var send = new Send(server, bytes, to);
            synchronized (send) { // so that it is scheduled, and listed, before it runs
                send.scheduled = executor.schedule(send, delayMs, TimeUnit.MILLISECONDS);
                list(send);
            }
            added = true;
        } catch (RejectedExecutionException _) {
            throw new ScriptError("the script is ending, so nothing more can be scheduled");
        } finally {
            if (!added) {
                taken(bytes.length);
            }
        }
    }

    /** {@return how many datagrams of a server were not sent} */
    long unsent(CallbackEndpoint server) {
        return unsent.getOrDefault(server, 0L);
    }

    private synchronized void taken(int length) {
        waiting--;
        waitingBytes -= length;
    }

    /** Called with the script lock held, so by one thread at a time. */
    private void list(Send send) {
        var server = send.server;
        var listed = byServer.get(server);
        if (listed != null) {
            listed.add(send);
            return;
        }
        listed = ConcurrentHashMap.newKeySet(); // for as long as the server is open
        listed.add(send);
        byServer.put(server, listed);
        server.termination().add(() -> drop(server));
    }

    /** Counts what waits for a server that is closed as not sent, at once: it would take room until it is due. */
    private void drop(CallbackEndpoint server) {
        var listed = byServer.remove(server);
        if (listed != null) {
            for (var send : listed) {
                if (send.scheduled != null && send.scheduled.cancel(false)) {
                    taken(send.bytes.length);
                    closed(send);
                }
            }
        }
    }

    private void closed(Send send) {
        if (send.server.isClosedByScript()) {
            send.server.unsent(send.bytes, send.to, "the server is closed");
            countUnsent(send, "the server is closed");
        } else {
            left(send);
        }
    }

    /** Notes what is left at the end of the script, to be reported by {@link #close}. */
    private void left(Send send) {
        leftAtEnd.incrementAndGet();
        send.server.unsent(send.bytes, send.to, SCRIPT_ENDED);
    }

    private void countUnsent(Send send, String reason) {
        var server = send.server;
        if (unsent.merge(server, 1L, Long::sum) == 1) {
            context.warn("a delayed datagram from port " + server.port() + " was not sent, because " + reason
                    + "; further ones are only counted, see packet.Unsent");
        }
    }

    /** A datagram that waits. */
    private final class Send implements Runnable {

        private final CallbackEndpoint server;
        private final byte[] bytes;
        private final InetSocketAddress to;
        private volatile @Nullable ScheduledFuture<?> scheduled;

        Send(CallbackEndpoint server, byte[] bytes, InetSocketAddress to) {
            this.server = server;
            this.bytes = bytes;
            this.to = to;
        }

        @Override
        public synchronized void run() {
            var listed = byServer.get(server);
            if (listed != null) {
                listed.remove(this);
            }
            taken(bytes.length);
            try {
                server.send(bytes, 0, bytes.length, to);
            } catch (IOException e) {
                if (server.isOpen()) {
                    countUnsent(this, "the socket refused it: " + e.getMessage());
                } else {
                    closed(this);
                }
            }
        }
    }

    /** Reports in one line what is left, also of servers that were closed before. */
    @Override
    public void close() throws InterruptedException {
        executor.shutdownNow();
        executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS); // sending does not wait
        for (var listed : byServer.values()) {
            for (var send : listed) {
                left(send);
            }
        }
        byServer.clear();
        int left = leftAtEnd.getAndSet(0);
        if (left > 0) {
            context.warn(left + (left == 1 ? " delayed datagram was" : " delayed datagrams were")
                    + " not sent, because " + SCRIPT_ENDED);
        }
    }
}
