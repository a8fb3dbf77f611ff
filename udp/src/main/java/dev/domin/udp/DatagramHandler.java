package dev.domin.udp;

/** What is done with each packet of an endpoint. */
public interface DatagramHandler {

    /**
     * Works on one packet, on the thread that received it; nothing else is received meanwhile, until the packet's
     * deadline has passed. From then on another thread receives, so this method may run on several threads at once,
     * each with a datagram of its own.
     *
     * <p>An exception or error counts the packet as dropped and is told to {@link UdpOptions#onError}.
     *
     * <p>The interrupt status of the thread belongs to this method while it runs: an interrupt that it leaves behind is
     * cleared, and one that comes outside of it is ignored.
     *
     * @param datagram the packet; valid until this method returns
     * @throws Exception if the work failed
     */
    void handle(Datagram datagram) throws Exception;

    /**
     * Asks a {@link #handle} that is under way to return soon. Called from another thread, when the endpoint closes:
     * at once for a packet that still waits for its turn, and after {@link UdpOptions#closeGraceMillis} for one that
     * still runs. It may come just as {@code handle} returns, and more than once; it must not wait for {@code
     * handle}.
     *
     * @param datagram the packet to give up; only {@link Datagram#attachment} may be asked of it
     */
    default void cancel(Datagram datagram) {}

    /**
     * Called when the first packet of an endpoint has been dropped for a reason; {@link UdpEndpoint#count(Fate)} has the
     * number. Called soon after the drop, on a thread of the endpoint, outside of {@link #handle}; it may take its time, in
     * which this endpoint receives nothing.
     *
     * @param fate the reason
     */
    default void dropped(Fate fate) {}

    /**
     * Called once, when everything is over: the endpoint is closed, no handler runs any more, and all counts are final. The
     * thread is the endpoint's last, or the one that closes.
     */
    default void terminated() {}
}
