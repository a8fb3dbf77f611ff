package dev.domin.plugins.loopback;

import dev.domin.spi.Callback;
import dev.domin.spi.ScriptContext;
import dev.domin.udp.AdvancedDatagram;
import dev.domin.udp.AdvancedHandler;
import dev.domin.udp.Fate;
import dev.domin.udp.UdpEndpoint;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the packets of an endpoint to a callback, and reports dropped packets: the first of each kind, and at the
 * end their numbers.
 */
final class PacketHandler implements AdvancedHandler {

    private static final long SHORT_NANOS = 1_000_000_000;
    private static final String COUNTED = "; further ones are counted";

    private final ScriptContext context;
    private final Callback callback;
    private final long endpointId;
    private final boolean answering;
    private final int timeoutMillis;
    private final Runnable whenOver;
    private final CountDownLatch opened = new CountDownLatch(1);
    private final AtomicLong errors = new AtomicLong();
    private @Nullable UdpEndpoint endpoint; // published by the latch, as is the name
    private @Nullable String name;

    PacketHandler(
            ScriptContext context,
            Callback callback,
            long endpointId,
            boolean answering,
            int timeoutMillis,
            Runnable whenOver) {
        this.context = context;
        this.callback = callback;
        this.endpointId = endpointId;
        this.answering = answering;
        this.timeoutMillis = timeoutMillis;
        this.whenOver = whenOver;
    }

    /** Called when the endpoint is open. A packet may arrive before this call. */
    void opened(String label, UdpEndpoint open) {
        endpoint = open;
        name = label + " (" + callback.name() + ", port " + open.port() + ")";
        opened.countDown();
    }

    long endpointId() {
        return endpointId;
    }

    @Override
    public void handle(AdvancedDatagram datagram) {
        var call = (PacketCall) datagram.attachment();
        if (call == null) {
            call = new PacketCall(this, datagram, callback, answering);
            datagram.attach(call);
        }
        call.deliver();
    }

    @Override
    public void cancel(AdvancedDatagram datagram) {
        var call = (PacketCall) datagram.attachment();
        if (call != null) { // otherwise it has not started, and begin() will refuse it
            call.cancel();
        }
    }

    @Override
    public void dropped(Fate fate) {
        switch (fate) {
            case LATE ->
                warn("a packet was dropped because " + callback.name() + " did not return within "
                        + Math.max(1, timeoutMillis) + " ms" + COUNTED);
            case NO_BUFFER -> warn("a packet was dropped because no packet buffer was free" + COUNTED);
            case FORGED -> warn("a packet with a forged sender address was dropped" + COUNTED);
            case HANDLED,
                    SILENT,
                    FAILED,
                    CLOSED -> {} // errors are reported elsewhere; packets dropped at the close are only counted
        }
    }

    /** Reports an error of the socket or the system, only the first time. May be called from any thread. */
    void failed(Throwable problem) {
        if (errors.getAndIncrement() == 0) {
            String what = problem.getMessage() != null ? problem.getMessage() : problem.toString();
            warn("it continues after an error: " + what + COUNTED);
        }
    }

    /**
     * Reports a callback that was cancelled because the endpoint closes.
     *
     * @param startNanos when it started, on the clock of {@link System#nanoTime}, or {@link Datagram#NO_DEADLINE} if
     *     that is not known
     */
    void cancelled(long startNanos) {
        long closing = endpoint().advanced().closingNanos();
        String time = "";
        if (startNanos != AdvancedDatagram.NO_DEADLINE) {
            time = "; it had been running for " + seconds(System.nanoTime() - startNanos);
        } else if (closing >= SHORT_NANOS) { // otherwise the whole run is cancelled, and the time is unknown
            time = "; it had been running for at least " + seconds(closing);
        }
        warn(callback.name() + " was cancelled because the " + (answering ? "server" : "client") + " closes" + time);
    }

    @Override
    public void terminated() {
        report(Fate.LATE, "were dropped as late");
        report(Fate.NO_BUFFER, "were dropped because no packet buffer was free");
        report(Fate.FORGED, "with forged sender addresses were dropped");
        if (errors.get() > 1) {
            warn("there were " + errors.get() + " errors in all");
        }
        long lost = endpoint().stats().lostByKernel().orElse(0);
        if (lost > 0) {
            warn("the system lost " + lost
                    + " packets before they could be received, because they did not fit in the socket's "
                    + "receive buffer of "
                    + endpoint().advanced().receiveBufferBytes() + " bytes");
        }
        whenOver.run();
    }

    private UdpEndpoint endpoint() {
        return Objects.requireNonNull(endpoint);
    }

    private void report(Fate fate, String what) {
        long count = endpoint().advanced().count(fate);
        if (count > 1) {
            warn(count + " packets in all " + what);
        }
    }

    private void warn(String sentence) {
        boolean interrupted = false;
        while (true) {
            try {
                opened.await();
                break;
            } catch (InterruptedException _) {
                interrupted = true; // a short wait: the endpoint is open, because a packet has arrived
            }
        }
        context.warn(name + ": " + sentence);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String seconds(long nanos) {
        long tenths = nanos / 100_000_000;
        return tenths / 10 + "." + tenths % 10 + " s";
    }
}
