package dev.domin.udp.transport;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A second way into a socket, by which packets are received and sent many at a time. One thread at a time receives and
 * takes; the others may be called by any thread.
 */
public interface BatchSocket {

    /**
     * Receives what has come.
     *
     * @param wait whether to wait for a packet
     * @return how many packets, at least 0
     * @throws java.nio.channels.ClosedChannelException if this is closed, also while waiting
     * @throws IOException if the socket reports an error
     */
    int receive(boolean wait) throws IOException;

    /**
     * {@return whether a packet that came was sent from a port and has exactly this payload, which is a short one}
     *
     * @param index its place, from 0
     * @param port the port
     * @param payload the bytes to compare with
     */
    boolean isFrom(int index, int port, byte[] payload);

    /**
     * Copies a packet that came.
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
     * @param host the receiver's IPv4 address as a number
     * @param port the receiver's port
     * @param report is told of answers that had to be sent to make room
     */
    void hold(byte[] bytes, int offset, int length, int host, int port, SendReport report);

    /**
     * Sends the answers that are held; see {@link Transport#flush}.
     *
     * @param mayWait whether to wait for room
     * @param report is told what became of them
     */
    void flush(boolean mayWait, SendReport report);

    /**
     * Sends one packet past those that are held.
     *
     * @param bytes the array with the payload
     * @param offset where it begins
     * @param length its length
     * @param to the receiver
     * @throws IOException if the system refuses it or this is closed
     */
    void send(byte[] bytes, int offset, int length, InetSocketAddress to) throws IOException;

    /** Ends a receive under way, and closes this as soon as nobody uses it. Answers still held are lost. */
    void close();

    /** Gives the memory back, once this is closed and nobody receives. */
    void free();
}
