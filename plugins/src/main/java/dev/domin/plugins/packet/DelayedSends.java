package dev.domin.plugins.packet;

import dev.domin.plugins.loopback.CallbackEndpoint;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptResource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The datagrams of one run that are sent after a delay, by one thread, in the order in which they are due. Safe for use
 * by several threads.
 */
final class DelayedSends implements ScriptResource {

    static final long MAX_DELAY_MS = 86_400_000;

    private static final int MAX_WAITING = 65_536;
    private static final long MAX_BYTES = 64L << 20;

    private final ScriptContext context;
    private final ScheduledThreadPoolExecutor executor;
    private final Map<CallbackEndpoint, Long> unsent = new ConcurrentHashMap<>();
    private int waiting; // guarded by this, as is the next field
    private long waitingBytes;

    private DelayedSends(ScriptContext context) {
        this.context = context;
        this.executor = new ScheduledThreadPoolExecutor(1, DelayedSends::newThread);
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
            if (waiting >= MAX_WAITING || waitingBytes + bytes.length > MAX_BYTES) {
                throw new ScriptError(
                        waiting + " datagrams with " + waitingBytes
                                + " bytes are waiting, and the limit is " + MAX_WAITING + " with "
                                + MAX_BYTES,
                        "send less at a time, or with shorter delays");
            }
            waiting++;
            waitingBytes += bytes.length;
        }
        boolean added = false;
        try {
            var _ = executor.schedule(() -> send(server, bytes, to), delayMs, TimeUnit.MILLISECONDS);
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

    private void send(CallbackEndpoint server, byte[] bytes, InetSocketAddress to) {
        taken(bytes.length);
        try {
            server.send(bytes, 0, bytes.length, to);
        } catch (IOException _) { // the server is closed, or the socket refuses
            if (unsent.merge(server, 1L, Long::sum) == 1) {
                context.warn("a delayed datagram from port " + server.port() + " could not be sent; further ones are"
                        + " only counted, see packet.Unsent");
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        int left = executor.shutdownNow().size();
        executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS); // sending does not wait
        if (left > 0) {
            context.warn(left + (left == 1 ? " delayed datagram was" : " delayed datagrams were")
                    + " not sent, because the script has ended");
        }
    }
}
