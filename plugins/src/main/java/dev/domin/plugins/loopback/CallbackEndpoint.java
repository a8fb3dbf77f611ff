package dev.domin.plugins.loopback;

import dev.domin.spi.Callback;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptResource;
import dev.domin.udp.Counter;
import dev.domin.udp.Datagram;
import dev.domin.udp.DatagramHandler;
import dev.domin.udp.UdpEndpoint;
import dev.domin.udp.UdpOptions;
import java.io.IOException;
import java.net.BindException;
import java.util.function.Function;

/**
 * A UDP endpoint on 127.0.0.1 whose packets are calls of a script's callback. It is closed at the end of the script at the
 * latest.
 */
public final class CallbackEndpoint {

    private static final int STACK_BYTES = 1 << 20; // as much as main has, so recursion reaches equally deep in both
    private static final int LARGEST_PORT = 65_535;

    private final ScriptContext context;
    private final String callbackName;
    private final long timeoutMillis;
    private final UdpEndpoint endpoint;
    private final ScriptResource resource;

    private CallbackEndpoint(
            ScriptContext context,
            Callback callback,
            long timeoutMillis,
            int port,
            boolean answering,
            Function<CallbackEndpoint, String> info)
            throws IOException {
        this.context = context;
        this.callbackName = callback.name();
        this.timeoutMillis = timeoutMillis;
        this.resource = new ScriptResource() {
            @Override
            public void close() throws InterruptedException {
                shutdown();
                endpoint.awaitTermination(); // the answer of a callback that closed its own server has to go out
            }

            @Override
            public String info() {
                return info.apply(CallbackEndpoint.this);
            }
        };
        var options = UdpOptions.DEFAULTS
                .withPort(port)
                .withTimeoutMillis((int) timeoutMillis)
                .withHeadroom(PacketLayout.USUAL_HEADER_LENGTH)
                .withHandlerWaits(true)
                .withStackSize(STACK_BYTES)
                .withThreadName("domin-udp-" + callback.name());
        this.endpoint = UdpEndpoint.open(options, new PacketHandler(callback, answering));
    }

    /**
     * Opens an endpoint, which receives from now on.
     *
     * @param context the run
     * @param callbackName the callback's name
     * @param timeoutMillis how long a packet may take, from -1 (for ever) to 2147483647
     * @param port the port to bind, 0 to let the system choose
     * @param answering whether what the callback leaves is sent back
     * @param info tells the endpoint's state in one line
     * @return the endpoint
     * @throws ScriptError if an argument is out of its range or the endpoint cannot be opened; nothing is left behind
     */
    public static CallbackEndpoint open(
            ScriptContext context,
            String callbackName,
            long timeoutMillis,
            long port,
            boolean answering,
            Function<CallbackEndpoint, String> info) {
        var callback = context.callback(callbackName);
        if (timeoutMillis < -1 || timeoutMillis > Integer.MAX_VALUE) {
            throw new ScriptError(
                    "the timeout " + timeoutMillis + " is outside -1 to " + Integer.MAX_VALUE,
                    "-1 waits without end; other values are milliseconds");
        }
        if (port < 0 || port > LARGEST_PORT) {
            throw new ScriptError(
                    "the port " + port + " is outside 0 to " + LARGEST_PORT, "0 lets the system choose a free port");
        }
        CallbackEndpoint opened;
        try {
            opened = new CallbackEndpoint(context, callback, timeoutMillis, (int) port, answering, info);
        } catch (BindException e) {
            throw new ScriptError(e.getMessage(), "choose another port, or 0 to let the system choose a free one");
        } catch (IOException e) {
            throw new ScriptError("cannot open a UDP socket on 127.0.0.1 port " + port + ": " + e.getMessage());
        }
        try {
            context.register(opened.resource);
        } catch (ScriptError e) {
            opened.endpoint.close();
            throw e;
        }
        return opened;
    }

    /**
     * Closes the endpoint, waiting as {@link UdpEndpoint#shutdown} does. To be called without the script lock.
     *
     * @return whether it was open before
     * @throws InterruptedException when interrupted while waiting
     */
    public boolean shutdown() throws InterruptedException {
        boolean wasOpen = endpoint.shutdown();
        if (endpoint.isTerminated()) { // else the end of the script has to wait for it
            context.unregister(resource);
        }
        if (wasOpen) {
            long lost = endpoint.kernelDrops();
            if (lost > 0) {
                context.warn("port " + port() + ": the system lost " + lost
                        + " packets before they could be received, for want of room in the socket's receive buffer of "
                        + endpoint.receiveBufferBytes() + " bytes");
            }
        }
        return wasOpen;
    }

    /** {@return whether it has not begun to close} */
    public boolean isOpen() {
        return endpoint.isOpen();
    }

    /** {@return 1 if it is open, 0 once it has begun to close: what asyncmeta calls RouteStateOpen and RouteStateClosed} */
    public int stateCode() {
        return isOpen() ? 1 : 0;
    }

    /** {@return {@code open}, or {@code closed} once it has begun to close} */
    public String stateText() {
        return isOpen() ? "open" : "closed";
    }

    /** {@return the bound port; also once it is closed} */
    public int port() {
        return endpoint.port();
    }

    /** {@return the callback's name} */
    public String callbackName() {
        return callbackName;
    }

    /** {@return how long a packet may take, in milliseconds, or -1} */
    public long timeoutMillis() {
        return timeoutMillis;
    }

    /**
     * Tells a count.
     *
     * @param counter of what
     * @return how many so far; the final count once it is closed
     */
    public long count(Counter counter) {
        return endpoint.count(counter);
    }

    /** {@return the engine below} */
    public UdpEndpoint endpoint() {
        return endpoint;
    }

    private record PacketHandler(Callback callback, boolean answering) implements DatagramHandler {

        @Override
        public void handle(Datagram datagram) {
            var call = (PacketCall) datagram.attachment();
            if (call == null) {
                call = new PacketCall(datagram, callback, answering);
                datagram.attach(call);
            }
            call.deliver();
        }

        @Override
        public void cancel(Datagram datagram) {
            var call = (PacketCall) datagram.attachment();
            if (call != null) { // else it has not come so far, and will find that it may not begin
                call.cancel();
            }
        }
    }
}
