package dev.domin.plugins.loopback;

import dev.domin.spi.BlockingCall;
import dev.domin.spi.Callback;
import dev.domin.spi.CallbackCall;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptResource;
import dev.domin.udp.AdvancedOptions;
import dev.domin.udp.UdpCustomizer;
import dev.domin.udp.UdpEndpoint;
import dev.domin.udp.UdpObserver;
import dev.domin.udp.UdpOpener;
import dev.domin.udp.UdpOptions;
import dev.domin.udp.UdpStats;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A UDP endpoint on 127.0.0.1 that calls a callback of the script for each packet. It is closed at the end of the
 * script at the latest, or when the callback that has opened it fails. After it has terminated, it keeps only the data
 * of its info line.
 */
public final class CallbackEndpoint implements Runnable {

    private static final int LARGEST_PORT = 65_535;

    private final String callbackName;
    private final int timeoutMillis;
    private final int port;
    private final Termination termination = new Termination();
    private final @Nullable UdpObserver observer;
    private volatile @Nullable UdpEndpoint endpoint; // null after it has terminated
    private volatile @Nullable UdpStats finalStats; // set before that
    private volatile boolean closedByScript;

    private CallbackEndpoint(
            ScriptContext context,
            Callback callback,
            long id,
            String noun,
            int timeoutMillis,
            int port,
            boolean answering,
            Function<CallbackEndpoint, String> info)
            throws IOException {
        this.callbackName = callback.name();
        this.timeoutMillis = timeoutMillis;
        context.releaseOnFailure(this);
        var options = UdpOptions.builder();
        var customizer = context.service(UdpCustomizer.class);
        UdpCustomizer custom = customizer.orElse(null);
        if (custom != null) {
            custom.customize(callbackName, options);
        }
        options.port(port).threadName("domin-udp-" + callbackName);
        if (timeoutMillis >= 0) {
            options.timeout(Duration.ofMillis(timeoutMillis));
        }
        var resource = answering ? new ServerResource(this, info) : new Resource(this, info);
        var handler = new PacketHandler(context, callback, id, answering, timeoutMillis, () -> {
            context.unregister(resource);
            forget();
        });
        options.onError(handler::failed);
        var advanced = new AdvancedOptions(PacketLayout.USUAL_HEADER_LENGTH, CallbackCall.STACK_BYTES);
        var built = options.build();
        this.observer = built.observer().orElse(null);
        var opened = custom instanceof UdpOpener opener
                ? opener.open(noun, built, advanced, handler)
                : UdpEndpoint.open(built, advanced, handler);
        this.endpoint = opened;
        this.port = opened.port();
        handler.opened(noun + " " + id, opened);
        try {
            context.register(resource);
        } catch (ScriptError e) {
            opened.close();
            throw e;
        }
    }

    /**
     * Opens an endpoint and starts to receive.
     *
     * @param context the run
     * @param id its id
     * @param noun what an endpoint is called in messages, such as {@code server}
     * @param callbackName the callback's name
     * @param timeoutMillis how long a packet may take, from -1 (no limit) to 2147483647
     * @param port the port to bind, 0 to let the system choose
     * @param answering whether the blob that the callback leaves is sent back
     * @param info returns the endpoint's state in one line
     * @return the endpoint
     * @throws ScriptError if an argument is outside its range or the endpoint cannot be opened; then no resource
     *     remains
     */
    public static CallbackEndpoint open(
            ScriptContext context,
            long id,
            String noun,
            String callbackName,
            long timeoutMillis,
            long port,
            boolean answering,
            Function<CallbackEndpoint, String> info) {
        var callback = context.callback(callbackName);
        if (timeoutMillis < -1 || timeoutMillis > Integer.MAX_VALUE) {
            throw new ScriptError(
                    "the timeout " + timeoutMillis + " is outside -1 to " + Integer.MAX_VALUE,
                    "-1 is no limit; other values are milliseconds");
        }
        if (port < 0 || port > LARGEST_PORT) {
            throw new ScriptError(
                    "the port " + port + " is outside 0 to " + LARGEST_PORT, "0 lets the system choose a free port");
        }
        try {
            return new CallbackEndpoint(context, callback, id, noun, (int) timeoutMillis, (int) port, answering, info);
        } catch (BindException e) {
            throw new ScriptError(
                    String.valueOf(e.getMessage()), "choose another port, or 0 to let the system choose a free one");
        } catch (IOException e) {
            throw new ScriptError("cannot open a UDP socket on 127.0.0.1 port " + port + ": " + e.getMessage());
        }
    }

    /**
     * Closes the endpoint for the script, waiting as {@link UdpEndpoint#shutdown} does.
     *
     * @param context the run
     * @return whether it was open before
     */
    public boolean close(ScriptContext context) {
        context.forgetRelease(this);
        closedByScript = true;
        return context.blocking(new Shutdown(this));
    }

    /** Closes the endpoint, because the callback that has opened it has failed. Only the run calls this. */
    @Override
    public void run() {
        closedByScript = true;
        var live = endpoint;
        if (live != null) {
            live.close();
        }
    }

    /** {@return whether the script or a failed callback has closed it, rather than the end of the run} */
    public boolean isClosedByScript() {
        return closedByScript;
    }

    /**
     * Sends a datagram from the endpoint's port; see {@link UdpEndpoint#send}.
     *
     * @param bytes the array with the payload
     * @param offset the index of the payload's first byte
     * @param length its length
     * @param to the receiver
     * @throws IOException if the endpoint is closed or the socket refuses
     */
    public void send(byte[] bytes, int offset, int length, InetSocketAddress to) throws IOException {
        var live = endpoint;
        if (live == null) {
            throw new IOException("the endpoint on port " + port + " is closed");
        }
        live.send(bytes, offset, length, to);
    }

    /**
     * Notifies the observer of a datagram that was to be sent later, and will not be.
     *
     * @param bytes its payload
     * @param to the receiver
     * @param reason why it is not sent, as the end of a sentence
     */
    public void unsent(byte[] bytes, InetSocketAddress to, String reason) {
        if (observer != null) {
            observer.unsent(bytes, 0, bytes.length, to, reason);
        }
    }

    /** {@return whether closing has not started} */
    public boolean isOpen() {
        var live = endpoint;
        return live != null && live.isOpen();
    }

    /** {@return 1 if it is open, 0 after closing has started: RouteStateOpen and RouteStateClosed of asyncmeta} */
    public int stateCode() {
        return isOpen() ? 1 : 0;
    }

    /** {@return {@code open}, or {@code closed} after closing has started} */
    public String stateText() {
        return isOpen() ? "open" : "closed";
    }

    /** {@return the bound port, also after it is closed} */
    public int port() {
        return port;
    }

    /** {@return the callback's name} */
    public String callbackName() {
        return callbackName;
    }

    /** {@return how long a packet may take, in milliseconds, or -1} */
    public int timeoutMillis() {
        return timeoutMillis;
    }

    /** {@return how many packets were handled so far; the final count after it is closed} */
    public long handled() {
        var live = endpoint;
        return live != null ? live.advanced().handled() : ended().handled();
    }

    /** {@return how many packets were dropped so far; the final count after it is closed} */
    public long dropped() {
        var live = endpoint;
        return live != null ? live.advanced().dropped() : ended().dropped();
    }

    /** {@return how many datagrams were sent so far; the final count after it is closed} */
    public long sent() {
        var live = endpoint;
        return live != null ? live.advanced().sent() : ended().sent();
    }

    private UdpStats ended() {
        return Objects.requireNonNull(finalStats);
    }

    /** Keeps the final counts and releases everything else, because the endpoint has terminated. */
    private void forget() {
        finalStats = Objects.requireNonNull(endpoint).stats();
        endpoint = null;
        termination.happened();
    }

    /** {@return where to add what is to be done once the endpoint is closed and no callback of it runs} */
    public Termination termination() {
        return termination;
    }

    /**
     * A class instead of a lambda: a lambda is linked at its first use, and if memory runs out there, it can never be
     * used again.
     */
    private record Shutdown(CallbackEndpoint owner) implements BlockingCall<Boolean> {

        @Override
        public Boolean call() throws InterruptedException {
            var live = owner.endpoint;
            return live != null && live.shutdown();
        }
    }

    /** The endpoint as the run sees it. */
    static class Resource implements ScriptResource {

        final CallbackEndpoint owner;
        private final Function<CallbackEndpoint, String> line;

        Resource(CallbackEndpoint owner, Function<CallbackEndpoint, String> line) {
            this.owner = owner;
            this.line = line;
        }

        @Override
        public void close() throws InterruptedException {
            var live = owner.endpoint;
            if (live != null) {
                live.shutdown();
                live.advanced()
                        .awaitTermination(); // the reply of a callback that has closed its own server must be sent
            }
        }

        @Override
        public String info() {
            return line.apply(owner);
        }
    }
}
