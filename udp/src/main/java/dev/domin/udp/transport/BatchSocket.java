package dev.domin.udp.transport;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Receives and sends packets of a socket many at a time. Only one thread at a time may receive and take; the other
 * methods may be called by any thread.
 */
public interface BatchSocket {

    /**
     * Receives packets.
     *
     * @param wait whether to wait for a packet
     * @return how many packets, at least 0
     * @throws java.nio.channels.ClosedChannelException if this is closed, also while waiting
     * @throws IOException if the socket reports an error
     */
    int receive(boolean wait) throws IOException;

    /**
     * {@return whether a received packet was sent from a port and has exactly this payload, which is short}
     *
     * @param index its place, from 0
     * @param port the port
     * @param payload the bytes to compare with
     */
    boolean isFrom(int index, int port, byte[] payload);

    /**
     * Copies a received packet.
     *
     * @param index its place, from 0
     * @param into where to
     */
    void take(int index, PacketBuffer into);

    /**
     * Holds an answer until {@link #flush}, or until there is no room for another one.
     *
     * @param bytes the array with the answer
     * @param offset where it begins
     * @param length its length
     * @param to the packet that is answered
     * @param report is notified of answers that had to be sent to make room
     */
    void hold(byte[] bytes, int offset, int length, PacketBuffer to, SendReport report);

    /**
     * Sends the answers that are held; see {@link Transport#flush}.
     *
     * @param mayWait whether to wait for room
     * @param report is notified of the results
     */
    void flush(boolean mayWait, SendReport report);

    /**
     * Sends one packet before those that are held.
     *
     * @param bytes the array with the payload
     * @param offset where it begins
     * @param length its length
     * @param to the receiver
     * @throws IOException if the system refuses it or this is closed
     */
    void send(byte[] bytes, int offset, int length, InetSocketAddress to) throws IOException;

    /** Ends a running receive, and closes this as soon as no thread uses it. Held answers are lost. */
    void close();

    /** Releases the memory, once this is closed and no thread receives. */
    void free();
}
