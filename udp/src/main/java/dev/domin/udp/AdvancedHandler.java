package dev.domin.udp;

/**
 * A handler that has to wait before it can work on a packet, such as for a lock. The engine distinguishes packets that
 * wait from those that are being handled, and drops the former at once when the endpoint closes. For {@link
 * UdpEndpoint#open(UdpOptions, AdvancedOptions, AdvancedHandler)}.
 */
public interface AdvancedHandler {

    /**
     * Handles one packet as {@link DatagramHandler#handle} does. It must call {@link AdvancedDatagram#begin} when its
     * turn has come, and return when that returns {@code false}.
     *
     * @param packet the packet; valid until this method returns
     * @throws Exception if it failed
     */
    void handle(AdvancedDatagram packet) throws Exception;

    /**
     * Asks a running {@link #handle} to return soon. Called from another thread, when the endpoint closes:
     * at once for a packet that still waits for its turn, and after {@link UdpOptions#closeGrace} for one that
     * still runs. It may be called just as {@code handle} returns, and more than once; it must not wait for {@code
     * handle}.
     *
     * @param packet the packet; only {@link AdvancedDatagram#attachment} may be called
     */
    default void cancel(AdvancedDatagram packet) {}

    /**
     * Called when the first packet of an endpoint has been dropped for a reason; {@link AdvancedEndpoint#count} has the
     * number. Called soon after that, on a thread of the endpoint, outside of {@link #handle}. It may take long, but
     * this endpoint receives nothing meanwhile.
     *
     * @param fate the reason
     */
    default void dropped(Fate fate) {}

    /**
     * Called once, when the endpoint has terminated: it is closed, no handler runs any more, and all counts are final.
     * The thread is the endpoint's last, or the one that closes.
     */
    default void terminated() {}
}
