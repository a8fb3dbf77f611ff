package dev.domin.udp.linux;

import dev.domin.udp.transport.PacketBuffer;

/**
 * Decides which answers share a message that the system cuts into datagrams: those that follow each other to the same
 * client and are of one length; a shorter one may end the message. The system takes such a message at the cost of one
 * or two datagrams (udp(7), {@code UDP_SEGMENT}). Guarded by the monitor of its {@link LinuxBatchSocket}.
 */
final class SegmentationOffload {

    /** As many datagrams as every Linux that offers this takes in one message. */
    private static final int MOST_SEGMENTS = 64;

    private boolean enabled;
    private int host;
    private int port;
    private int segment; // 0: nothing joins the last message
    private int segments;
    private int total;

    SegmentationOffload(boolean enabled) {
        this.enabled = enabled;
    }

    /** {@return whether an answer joins the last message} */
    boolean accepts(int length, int toHost, int toPort) {
        return length <= segment
                && length > 0
                && toPort == port
                && toHost == host
                && total + length <= PacketBuffer.MAX_PAYLOAD
                && segments < MOST_SEGMENTS;
    }

    /** An answer joins the last message. */
    void join(int length) {
        total += length;
        segments++;
        if (length < segment) {
            segment = 0;
        }
    }

    /** An answer begins a message. */
    void begin(int length, int toHost, int toPort) {
        host = toHost;
        port = toPort;
        segment = enabled && CaptureWatch.allowsSharing() ? length : 0;
        segments = 1;
        total = length;
    }

    /** {@return the length of each datagram in the last message but the last one} */
    int segment() {
        return segment;
    }

    /** {@return the length of the last message} */
    int total() {
        return total;
    }

    /** The next answer begins a message. */
    void reset() {
        segment = 0;
    }

    /** From now on each answer is a message of its own: there is a route that does not take others. */
    void disable() {
        enabled = false;
        segment = 0;
    }
}
