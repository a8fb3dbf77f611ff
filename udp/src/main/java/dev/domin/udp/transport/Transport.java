package dev.domin.udp.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A socket as the engine sees it: bound to a loopback address, receiving packets in batches of one or more.
 *
 * <p>{@link #receive}, {@link #receiveNow}, {@link #isOwn}, {@link #take}, {@link #reply} and {@link #reopen} may be
 * called by the thread that has the role of the receiver; the others by any thread.
 */
public interface Transport {

    /** {@return the bound address; also once it is closed} */
    InetSocketAddress localAddress();

    /** {@return the size of the socket's receive buffer as granted, in bytes} */
    int receiveBufferBytes();

    /**
     * Waits for packets and keeps them until the next call.
     *
     * @return how many came, at least 0
     * @throws java.nio.channels.ClosedChannelException if this is closed, also while waiting
     * @throws IOException if the socket reports an error
     */
    int receive() throws IOException;

    /**
     * Receives what is queued, without waiting, and keeps it until the next call. Once this has been called, {@link
     * #receive} may not wait either.
     *
     * @return how many packets were there; 0 if none
     * @throws java.nio.channels.ClosedChannelException if this is closed
     * @throws IOException if the socket reports an error
     */
    int receiveNow() throws IOException;

    /**
     * {@return whether a packet of the last batch was sent from this very socket and has exactly this payload}
     *
     * @param index its place, from 0
     * @param payload the bytes to compare with
     */
    boolean isOwn(int index, byte[] payload);

    /**
     * Copies one packet of the last batch.
     *
     * @param index its place, from 0
     * @param into where to
     */
    void take(int index, PacketBuffer into);

    /**
     * Sends an answer, or holds it until {@link #flush}. Answers are sent in the order of the calls. The array may be
     * reused when this returns.
     *
     * @param bytes the array with the answer
     * @param offset where it begins
     * @param length its length
     * @param to the packet that is answered
     * @param report is notified of the results for this answer and others that were held, on the calling thread
     * @return whether the answer is held
     */
    boolean reply(byte[] bytes, int offset, int length, PacketBuffer to, SendReport report);

    /**
     * Sends the answers that are held.
     *
     * @param mayWait whether to wait where the system has no room for them now; otherwise they stay held
     * @param report is notified of the results
     */
    void flush(boolean mayWait, SendReport report);

    /**
     * Sends a datagram, also while another thread receives.
     *
     * @param bytes the array with the payload
     * @param offset where it begins
     * @param length its length
     * @param to the receiver
     * @throws IOException if the socket refuses it or is closed
     */
    void send(byte[] bytes, int offset, int length, InetSocketAddress to) throws IOException;

    /**
     * Sends a closing marker to itself, past an impairment. From now on nothing but packets of the socket wakes the
     * receiver.
     *
     * @param marker its payload
     * @throws IOException if the system refuses it
     */
    default void sendMarker(byte[] marker) throws IOException {
        send(marker, 0, marker.length, localAddress());
    }

    /**
     * Ends all delays, since the receiver ends while the socket stays open: what was to be sent later is sent now, and
     * what was to be received later is kept until the next call, as a batch. Called by the receiver.
     *
     * @return how many packets there are
     */
    default int receiveDelayed() {
        return 0;
    }

    /**
     * Leaves the socket to another owner, instead of {@link #close} and {@link #release}. Called once, when no thread
     * receives or answers any more.
     *
     * @return the transport that goes with the socket
     */
    default Transport detach() {
        return this;
    }

    /**
     * Binds the same port again after the socket was closed otherwise than by {@link #close}.
     *
     * @throws IOException if that is not possible (now)
     */
    void reopen() throws IOException;

    /**
     * Closes the socket, and ends a running {@link #receive}. Held answers are lost. Closing again does nothing.
     */
    void close();

    /** Releases the memory. Calling it again does nothing. Called when this is closed and no thread receives. */
    void release();

    /** {@return how many packets the system lost because the receive buffer was full, or -1 if this is unknown} */
    default long lostPackets() {
        return LostPackets.UNKNOWN;
    }

    /** {@return whether packets are received in batches now} */
    default boolean batching() {
        return false;
    }

    /** {@return why packets cannot be received in batches; null if they can, or if this has not been tried} */
    default @Nullable String batchingProblem() {
        return null;
    }

    /** {@return how often a receive has polled before it would have slept} */
    default long polls() {
        return 0;
    }

    /** {@return how often such polling has received packets} */
    default long successfulPolls() {
        return 0;
    }
}
