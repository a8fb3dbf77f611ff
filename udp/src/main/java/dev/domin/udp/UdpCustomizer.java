package dev.domin.udp;

/**
 * Changes the options of an endpoint that other code opens, such as a plugin for a script: adds an observer, an
 * impairment, another batching. The opener sets what it needs itself (port, timeout, error listener) afterwards.
 */
@FunctionalInterface
public interface UdpCustomizer {

    /**
     * Called before an endpoint is opened, in the thread that opens it.
     *
     * @param name what the opener calls it, such as {@code OnPacket}; not unique
     * @param options the options so far
     */
    void customize(String name, UdpOptions.Builder options);
}
