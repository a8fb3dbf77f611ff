package dev.domin.udp;

import java.net.InetSocketAddress;

/**
 * Behaves as a bad network between the socket and the engine: loses, duplicates, changes or delays packets before the
 * engine gets them, and datagrams before the socket sends them. For each it calls the outlet: not at all to lose it,
 * twice to duplicate it, with other bytes to corrupt it, with a delay to send it later, or after the next one.
 *
 * <p>What is lost here is not in the counts of the endpoint; each copy is. What is still delayed when the endpoint
 * closes is lost. What is delayed, with 512 bytes for each datagram, may take an eighth of the largest heap for all
 * endpoints together, until it is handled or sent; what is delayed beyond that is lost, and the outlet says so.
 */
public interface UdpImpairment {

    /**
     * A packet has arrived. Called by the thread that receives, for one packet at a time, in the order of arrival.
     *
     * @param arrival the number of its arrival: it counts what was taken from the socket, from 1, in order. Where the
     *     endpoint has sent a datagram to itself, or the address of the sender is forged so, the number of its arrival
     *     is left out here.
     * @param packet the packet, valid until this method returns; it can neither be answered nor dropped here, and its
     *     array is not to be changed
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
         * Passes a datagram on, as {@link #pass(byte[], int, int, long, Later)}.
         *
         * @param bytes the array with its payload, which is copied where it is needed later
         * @param offset where the payload begins
         * @param length its length, 0 to {@value Datagram#MAX_PAYLOAD}
         * @param delayNanos the delay in nanoseconds; 0 or less for none
         * @return whether it is passed on; false if it was to be delayed and there is no memory for it
         * @throws IllegalArgumentException if it is too long
         */
        default boolean pass(byte[] bytes, int offset, int length, long delayNanos) {
            return pass(bytes, offset, length, delayNanos, Later.NONE);
        }

        /**
         * Passes a datagram on.
         *
         * @param bytes the array with its payload, which is copied where it is needed later
         * @param offset where the payload begins
         * @param length its length, 0 to {@value Datagram#MAX_PAYLOAD}
         * @param delayNanos the delay in nanoseconds; 0 or less for none
         * @param later is notified when it is passed on, or that it never will be
         * @return whether it is passed on; false if it was to be delayed and there is no memory for it. Then {@code
         *     later} is not notified
         * @throws IllegalArgumentException if it is too long
         */
        boolean pass(byte[] bytes, int offset, int length, long delayNanos, Later later);

        /**
         * Keeps a datagram, as {@link #passAfterNext(byte[], int, int, long, Later)}.
         *
         * @param bytes the array with its payload, which is copied
         * @param offset where the payload begins
         * @param length its length, 0 to {@value Datagram#MAX_PAYLOAD}
         * @param maxDelayNanos the most nanoseconds to wait for the next one
         * @return whether it is passed on or kept; false if there is no memory for it
         * @throws IllegalArgumentException if it is too long
         */
        default boolean passAfterNext(byte[] bytes, int offset, int length, long maxDelayNanos) {
            return passAfterNext(bytes, offset, length, maxDelayNanos, Later.NONE);
        }

        /**
         * Keeps a datagram until the next one of the same direction has been passed to the impairment. Then it is
         * passed on, directly behind what that one passes on without a delay, which may be nothing. For datagrams that
         * are received out of order.
         *
         * <p>What is sent has one direction, to whomever it goes. With several senders, the next datagram is the next
         * one that {@link UdpImpairment#sending} is called for.
         *
         * @param bytes the array with its payload, which is copied
         * @param offset where the payload begins
         * @param length its length, 0 to {@value Datagram#MAX_PAYLOAD}
         * @param maxDelayNanos the most nanoseconds to wait for the next one; then it is passed on without that. 0 or
         *     less for no waiting
         * @param later is notified when it is passed on, or that it never will be
         * @return whether it is passed on or kept; false if there is no memory for it. Then {@code later} is not
         *     notified
         * @throws IllegalArgumentException if it is too long
         */
        boolean passAfterNext(byte[] bytes, int offset, int length, long maxDelayNanos, Later later);
    }

    /**
     * Is notified once for each datagram that it was passed with, by any thread, also before {@link Outlet#pass}
     * returns. It must neither throw nor wait: the end of the endpoint waits for it.
     */
    interface Later {

        /** Does nothing. */
        Later NONE = new Later() {};

        /** The datagram is passed on: to the engine, or to the system, which may still refuse it. */
        default void passed() {}

        /** The datagram is lost, since the endpoint closes, or there is no memory. */
        default void discarded() {}
    }
}
