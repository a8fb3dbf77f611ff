package dev.domin.udp.linux;

import dev.domin.udp.transport.PacketBuffer;

/**
 * Decides which answers share a message that the system cuts into datagrams: consecutive ones of the same length to the
 * same client; a shorter one may be the last. Such a message costs as much as one or two datagrams (udp(7), {@code
 * UDP_SEGMENT}). Guarded by the monitor of its {@link LinuxBatchSocket}.
 */
final class SegmentationOffload {

    /** How many datagrams every Linux with this feature accepts in one message. */
    private static final int MAX_SEGMENTS = 64;

    private boolean enabled;
    private int host;
    private int port;
    private int segment; // 0: no answer joins the last message
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
                && segments < MAX_SEGMENTS;
    }

    /** Adds an answer to the last message. */
    void join(int length) {
        total += length;
        segments++;
        if (length < segment) {
            segment = 0;
        }
    }

    /** Starts a message with an answer. */
    void begin(int length, int toHost, int toPort) {
        host = toHost;
        port = toPort;
        segment = enabled && CaptureWatch.allowsSharing() ? length : 0;
        segments = 1;
        total = length;
    }

    /** {@return the length of each datagram in the last message, except for its last one} */
    int segment() {
        return segment;
    }

    /** {@return the length of the last message} */
    int total() {
        return total;
    }

    /** Lets the next answer start a message. */
    void reset() {
        segment = 0;
    }

    /** Switches offload off, since the system has refused a joined message. */
    void disable() {
        enabled = false;
        segment = 0;
    }
}
