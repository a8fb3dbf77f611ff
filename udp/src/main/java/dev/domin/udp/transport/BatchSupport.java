package dev.domin.udp.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** What a system offers for receiving and sending many packets with one call; see {@link AdaptiveTransport}. */
public interface BatchSupport {

    /**
     * Finds the socket that this process has bound to an address. May take long, the first call in particular.
     *
     * @param bound the address
     * @return the socket, for which a batch socket can be opened
     * @throws IOException if batches are not available; the message gives the reason
     */
    Source find(InetSocketAddress bound) throws IOException;

    /**
     * Returns how many packets the system has lost because the receive buffer of a socket was full. Opens no file, so
     * it also works when no descriptor is free.
     *
     * @param bound the address that the socket of this process is bound to
     * @return how many
     * @throws IOException if the system does not report it
     */
    long lostPackets(InetSocketAddress bound) throws IOException;

    /**
     * Returns the pages of a buffer outside the heap to the system.
     *
     * @param unused a buffer whose contents are not needed
     */
    void discard(ByteBuffer unused);

    /** A socket that was found. */
    interface Source {

        /**
         * Opens a batch socket. The caller makes sure that the socket is not closed meanwhile.
         *
         * @return the batch socket, which the caller closes
         * @throws IOException if that is not possible, or the socket has been closed since it was found
         */
        BatchSocket open() throws IOException;
    }
}
