package dev.domin.udp;

import java.util.OptionalLong;

/**
 * A snapshot of what an endpoint has counted. No count ever goes back, and {@code received = handled + dropped +
 * inFlight} always holds.
 *
 * @param received packets taken from the socket
 * @param handled packets whose handler returned in time; grows before the answer leaves
 * @param dropped packets given up; {@link UdpEndpoint#count} has the reasons
 * @param sent datagrams that the socket took for sending, answers and others
 * @param lostByKernel packets that the system lost for want of room in the receive buffer; empty where it does not say
 */
public record UdpStats(long received, long handled, long dropped, long sent, OptionalLong lostByKernel) {

    /** {@return how many packets are received but neither handled nor dropped; 0 once the endpoint has closed} */
    public long inFlight() {
        return received - handled - dropped;
    }
}
