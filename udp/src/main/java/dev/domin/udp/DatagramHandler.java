package dev.domin.udp;

/** What is done with each packet of an endpoint. */
@FunctionalInterface
public interface DatagramHandler {

    /**
     * Works on one packet, on the thread that received it; nothing else is received meanwhile, until the packet's
     * deadline has passed. From then on another thread receives, so this method may run on several threads at once,
     * each with a datagram of its own.
     *
     * <p>An exception or error counts the packet as dropped and is reported to {@link UdpOptions.Builder#onError}.
     *
     * <p>The interrupt status of the thread belongs to this method while it runs: an interrupt that it leaves behind is
     * cleared, and one that comes outside of it is ignored. When the endpoint has been closing for {@link
     * UdpOptions#closeGrace}, the thread is interrupted.
     *
     * @param packet the packet; valid until this method returns
     * @throws Exception if the work failed
     */
    void handle(Datagram packet) throws Exception;
}
