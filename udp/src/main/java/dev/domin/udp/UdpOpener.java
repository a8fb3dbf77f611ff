package dev.domin.udp;

import java.io.IOException;

/**
 * A customizer that also opens the endpoints of other code, such as a plugin for a script: it may open them on a {@link
 * BoundSocket}, and knows each of them. The opener that it replaces closes them.
 */
public interface UdpOpener extends UdpCustomizer {

    /**
     * Opens an endpoint, in the thread that needs it, after {@link #customize} and with the options that were the
     * result, as {@link UdpEndpoint#open(UdpOptions, AdvancedOptions, AdvancedHandler)} does.
     *
     * @param kind what the endpoint is for, such as {@code server}
     * @param options how to behave; port 0 may become any port
     * @param advanced what such a handler needs
     * @param handler what to do with each packet
     * @return the open endpoint
     * @throws IOException as that method
     */
    UdpEndpoint open(String kind, UdpOptions options, AdvancedOptions advanced, AdvancedHandler handler)
            throws IOException;
}
