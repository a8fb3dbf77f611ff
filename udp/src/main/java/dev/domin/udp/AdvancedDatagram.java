package dev.domin.udp;

import org.jspecify.annotations.Nullable;

/** A packet as an {@link AdvancedHandler} sees it. */
public interface AdvancedDatagram extends Datagram {

    /** What {@link #deadlineNanos} and {@link #startNanos} return where there is no deadline. */
    long NO_DEADLINE = Long.MAX_VALUE;

    /**
     * Starts the work. The handler calls this when its turn has come.
     *
     * @return whether to go on; {@code false} if the packet has been dropped, since its deadline has passed or the
     *     endpoint closes: then the handler must return at once
     */
    boolean begin();

    /**
     * {@return the moment, on the clock of {@link System#nanoTime}, from which the packet is late, or {@link
     * #NO_DEADLINE}}
     */
    long deadlineNanos();

    /**
     * {@return the moment, on the clock of {@link System#nanoTime}, at which the packet's turn came, or {@link
     * #NO_DEADLINE} where there is no deadline, and the clock is not read}
     */
    long startNanos();

    /** {@return the sender's IPv4 address as a number, such as 0x7F000001 for 127.0.0.1; 0 for an IPv6 address} */
    int senderHost();

    /** {@return the sender's port} */
    int senderPort();

    /**
     * Sends the answers to earlier packets that the engine holds back, to send them together with this one's. A handler
     * calls this before it waits for something; otherwise they are sent a millisecond later.
     */
    void flushAnswers();

    /** {@return the object that {@link #attach} has set, or null; may be called from any thread} */
    @SuppressWarnings("exports") // of Nullable, which callers can do without
    @Nullable
    Object attachment();

    /**
     * Keeps an object of the handler with this buffer, also for the packets that come into it later.
     *
     * @param object what to keep, such as the handler's reusable state
     */
    void attach(Object object);
}
