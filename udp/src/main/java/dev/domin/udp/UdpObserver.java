package dev.domin.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * Is notified of every packet of an endpoint. Each packet that is received has a number, from 1 on in the order of
 * arrival, and exactly one fate. An observer must not throw and should not wait: the endpoint continues when it has
 * returned. What it throws is reported to {@link UdpOptions.Builder#onError}.
 */
public interface UdpObserver {

    /**
     * The endpoint is open, and its address is known; it can send. Called once, before the first packet is received, by
     * the thread that opens the endpoint. What this throws closes the endpoint, and the opener throws it; then {@link
     * #closed} is not called.
     *
     * @param endpoint the endpoint
     */
    default void opened(UdpEndpoint endpoint) {}

    /**
     * A packet was taken from the socket. Called by the thread that receives, for one packet at a time.
     *
     * @param number the packet's number
     * @param arrival the number with which the impairment saw it: two packets have the same where the impairment has
     *     duplicated a datagram. Without an impairment, {@code number}.
     * @param packet the packet, valid until this method returns; it can neither be answered nor dropped here
     */
    void received(long number, long arrival, Datagram packet);

    /**
     * The handler begins to work on a packet: it is called, or, if it is an {@link AdvancedHandler}, has called {@link
     * AdvancedDatagram#begin} with success. Called by the thread of the handler, after {@link #received} and usually
     * before {@link #decided}: a packet that is given up at this moment may be decided first. Not called for a packet
     * that is dropped before that. The default does nothing.
     *
     * @param number the packet's number
     */
    default void begun(long number) {}

    /**
     * A packet's fate is decided. Called by the thread of the handler, by the one that receives the next packet, or by
     * one that closes the endpoint; calls for different packets may overlap.
     *
     * @param number the packet's number
     * @param fate its fate
     */
    void decided(long number, Fate fate);

    /**
     * The engine sends a datagram. Called after {@link #decided} where it is an answer, and before the socket takes it:
     * an impairment may still lose it, and the system may refuse it. Called for {@link UdpEndpoint#send} of a closed
     * endpoint, too.
     *
     * @param number the number of the packet that it answers, or 0 for {@link UdpEndpoint#send}
     * @param bytes the array with its payload, valid until this method returns
     * @param offset where the payload begins
     * @param length the payload's length
     * @param to the receiver
     */
    void sent(long number, byte[] bytes, int offset, int length, InetSocketAddress to);

    /**
     * The system refused a datagram that {@link #sent} was called for. A port to which no socket is bound is no
     * refusal; nor is it one that a datagram is lost since the endpoint closes, unless {@link UdpEndpoint#send} was
     * called when it was closed. Called by the thread that sends, or by one of its own.
     *
     * @param number the number that {@code sent} got
     * @param to the receiver
     * @param problem the reason
     */
    default void refused(long number, InetSocketAddress to, IOException problem) {}

    /**
     * The endpoint has terminated: no handler runs any more, all resources are released, and all counts are final.
     * Called once, by the endpoint's last thread, or by the one that closes it. Afterwards only {@link
     * UdpEndpoint#send} is reported, which fails.
     */
    default void closed() {}

    /**
     * A datagram will not be sent that the host of the endpoint was to send later. Only hosts that send late notify of
     * this, from any thread; the engine does not. The default does nothing.
     *
     * @param bytes the array with its payload, valid until this method returns
     * @param offset where the payload begins
     * @param length the payload's length
     * @param to the receiver
     * @param reason why it is not sent, such as {@code the server is closed}
     */
    default void unsent(byte[] bytes, int offset, int length, InetSocketAddress to, String reason) {}

    /**
     * Combines two observers, for an endpoint that takes one.
     *
     * @param next the observer that is notified after this one, even if this one throws
     * @return an observer that notifies both
     */
    default UdpObserver andThen(UdpObserver next) {
        return new TwoObservers(this, Objects.requireNonNull(next, "next"));
    }
}
