package dev.domin.udp;

import java.util.OptionalLong;

/**
 * A snapshot of the counts of an endpoint. No count ever decreases, and {@code received = handled + dropped +
 * inFlight} always holds.
 *
 * @param received packets taken from the socket
 * @param handled packets whose handler returned in time; counted before the answer is sent
 * @param dropped packets that were dropped; {@link AdvancedEndpoint#count} has the reasons
 * @param sent datagrams that the socket took for sending, answers and others
 * @param lostByKernel packets that the system lost because the receive buffer was full; empty where this is unknown
 */
public record UdpStats(long received, long handled, long dropped, long sent, OptionalLong lostByKernel) {

    /** {@return how many packets are received but neither handled nor dropped; 0 once the endpoint has closed} */
    public long inFlight() {
        return received - handled - dropped;
    }
}
