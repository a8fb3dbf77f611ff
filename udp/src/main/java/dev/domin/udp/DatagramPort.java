package dev.domin.udp;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * The socket, as the engine sees it: bound to 127.0.0.1, receiving packets in batches of one or more.
 *
 * <p>{@link #receive}, {@link #take}, {@link #reply} and {@link #reopen} belong to the thread that is the receiver at
 * the time; the others may be called by any thread.
 */
interface DatagramPort {

    /** {@return the bound port} */
    int localPort();

    /** {@return the size of the socket's receive buffer as granted, in bytes} */
    int receiveBufferBytes();

    /**
     * Waits for packets and keeps them until the next call.
     *
     * @return how many came, at least 0
     * @throws java.nio.channels.ClosedChannelException if the port is closed, also while waiting
     * @throws IOException if the socket reports an error
     */
    int receive() throws IOException;

    /**
     * Copies one packet of the last batch.
     *
     * @param index its place, from 0
     * @param into where to
     */
    void take(int index, Datagram into);

    /**
     * Sends an answer. The bytes are free again when this returns.
     *
     * @throws IOException if the socket refuses it
     */
    void reply(byte[] bytes, int offset, int length, InetSocketAddress to) throws IOException;

    /**
     * Sends from any thread, also while another one receives.
     *
     * @throws IOException if the socket refuses it or the port is closed
     */
    void send(byte[] bytes, int offset, int length, InetSocketAddress to) throws IOException;

    /**
     * Binds the same port again after the socket was closed by someone else than {@link #close}.
     *
     * @throws IOException if that is not possible (now)
     */
    void reopen() throws IOException;

    /** Closes the socket, ending a {@link #receive} under way. Closing again does nothing. */
    void close();

    /** Gives the memory back. Called once, when the port is closed and no thread receives any more. */
    void release();
}
