package dev.domin.udp;

import java.net.InetSocketAddress;

/**
 * A packet that was received. Its buffer is reused for later packets: a datagram is valid until {@link
 * DatagramHandler#handle} returns, and may be used by the thread of the handler only. What {@link #payload}, {@link
 * #text} and {@link #sender} return stays valid.
 */
public interface Datagram {

    /** The largest payload that fits into a UDP datagram over IPv4, in bytes. */
    int MAX_PAYLOAD = 65_507;

    /** {@return a copy of the payload, 0 to {@value #MAX_PAYLOAD} bytes} */
    byte[] payload();

    /** {@return the payload as text in UTF-8; malformed bytes become U+FFFD} */
    String text();

    /** {@return the address that the packet was sent from} */
    InetSocketAddress sender();

    /**
     * Sets what is sent back to the sender once the handler has returned in time. Without a call nothing is sent; if it
     * is called several times, the last call counts.
     *
     * @param payload the answer, which is not copied and must stay unchanged until the handler has returned
     * @throws IllegalArgumentException if it is longer than {@value #MAX_PAYLOAD} bytes
     */
    void reply(byte[] payload);

    /**
     * Sets a text, in UTF-8, to be sent back; see {@link #reply(byte[])}.
     *
     * @param text the answer
     * @throws IllegalArgumentException if it is longer than {@value #MAX_PAYLOAD} bytes
     */
    void reply(String text);

    /**
     * Sets a part of an array to be sent back, without a copy; see {@link #reply(byte[])}.
     *
     * @param bytes the array with the answer, which must stay unchanged until the handler has returned; {@link #array}
     *     may be used
     * @param offset where the answer begins
     * @param length its length, 0 to {@value #MAX_PAYLOAD}; 0 sends an empty datagram
     * @throws IllegalArgumentException if it is longer than {@value #MAX_PAYLOAD} bytes
     */
    void reply(byte[] bytes, int offset, int length);

    /** Lets this packet count as failed and dropped when the handler returns, without an answer. */
    void drop();

    /**
     * {@return the array that holds the payload, not a copy; the handler may write into all of it while it holds the
     * datagram. A larger packet brings a larger array}
     */
    byte[] array();

    /** {@return where the payload begins in {@link #array}} */
    int offset();

    /** {@return the length of the payload in bytes} */
    int length();
}
