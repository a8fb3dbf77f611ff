package dev.domin.udp;

import java.net.InetSocketAddress;

/**
 * Behaves as a bad network between the socket and the engine: loses, duplicates, changes or delays packets before the
 * engine gets them, and datagrams before the socket sends them. For each it calls the outlet: not at all to lose it,
 * twice to duplicate it, with other bytes to corrupt it, with a delay to send it later.
 *
 * <p>Packets and answers that are lost here are not in the counts of the endpoint. What is still delayed when the
 * endpoint closes is lost.
 */
public interface UdpImpairment {

    /**
     * A packet has arrived. Called by the thread that receives, for one packet at a time, in the order of arrival.
     *
     * @param arrival the number of its arrival: it counts what was taken from the socket, from 1, in order. Where the
     *     endpoint has sent a datagram to itself, or the address of the sender is forged so, the number of its arrival
     *     is left out here.
     * @param packet the packet, valid until this method returns; it can neither be answered nor dropped here
     * @param outlet takes what the engine gets, as if it came from the same sender
     */
    void received(long arrival, Datagram packet, Outlet outlet);

    /**
     * A datagram is to be sent. Calls for answers come from the thread that receives, in their order; those for {@link
     * UdpEndpoint#send} come from its caller and may overlap them.
     *
     * @param number the number of the packet that it answers, as {@link UdpObserver} has it, or 0 for {@link
     *     UdpEndpoint#send}
     * @param bytes the array with the payload, valid until this method returns; not to be changed
     * @param offset where the payload begins
     * @param length its length
     * @param to the receiver
     * @param outlet takes what is sent, to the same receiver
     */
    void sending(long number, byte[] bytes, int offset, int length, InetSocketAddress to, Outlet outlet);

    /** Accepts the datagrams that get through. Valid only during the call that it is a parameter of. */
    interface Outlet {

        /**
         * Passes a datagram on.
         *
         * @param bytes the array with its payload, which is copied where it is needed later
         * @param offset where the payload begins
         * @param length its length, 0 to {@value Datagram#MAX_PAYLOAD}
         * @param delayNanos the delay in nanoseconds; 0 or less for none
         * @throws IllegalArgumentException if it is too long
         */
        void pass(byte[] bytes, int offset, int length, long delayNanos);
    }
}
