package dev.domin.udp;

/**
 * A handler that waits for turns of its own, such as for a lock under which all its work is done. The engine
 * distinguishes packets that wait from those that are worked on: it drops the former at once when the endpoint closes.
 * For {@link UdpEndpoint#open(UdpOptions, AdvancedOptions, AdvancedHandler)}.
 */
public interface AdvancedHandler {

    /**
     * Works on one packet as {@link DatagramHandler#handle} does. It has to call {@link AdvancedDatagram#begin} when it
     * has its turn, and to return when that returns {@code false}.
     *
     * @param packet the packet; valid until this method returns
     * @throws Exception if the work failed
     */
    void handle(AdvancedDatagram packet) throws Exception;

    /**
     * Asks a {@link #handle} that is under way to return soon. Called from another thread, when the endpoint closes:
     * at once for a packet that still waits for its turn, and after {@link UdpOptions#closeGrace} for one that
     * still runs. It may come just as {@code handle} returns, and more than once; it must not wait for {@code
     * handle}.
     *
     * @param packet the packet to give up; only {@link AdvancedDatagram#attachment} may be called
     */
    default void cancel(AdvancedDatagram packet) {}

    /**
     * Called when the first packet of an endpoint has been dropped for a reason; {@link UdpEndpoint#count} has the
     * number. Called soon after the drop, on a thread of the endpoint, outside of {@link #handle}; it may take its
     * time, in which this endpoint receives nothing.
     *
     * @param fate the reason
     */
    default void dropped(Fate fate) {}

    /**
     * Called once, when everything is over: the endpoint is closed, no handler runs any more, and all counts are final.
     * The thread is the endpoint's last, or the one that closes.
     */
    default void terminated() {}
}
