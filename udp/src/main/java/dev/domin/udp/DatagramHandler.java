package dev.domin.udp;

/** Handles each packet of an endpoint. */
@FunctionalInterface
public interface DatagramHandler {

    /**
     * Handles one packet, on the thread that received it; nothing else is received meanwhile, until the packet's
     * deadline has passed. From then on another thread receives, so this method may run on several threads at once,
     * each with its own datagram.
     *
     * <p>An exception or error counts the packet as dropped and is reported to {@link UdpOptions.Builder#onError}.
     *
     * <p>The interrupt status of the thread belongs to this method while it runs: an interrupt that it does not clear
     * is cleared afterwards, and one that comes at another time is ignored. When the endpoint has been closing for
     * {@link UdpOptions#closeGrace}, the thread is interrupted.
     *
     * @param packet the packet; valid until this method returns
     * @throws Exception if it failed
     */
    void handle(Datagram packet) throws Exception;
}
