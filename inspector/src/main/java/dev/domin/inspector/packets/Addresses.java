package dev.domin.inspector.packets;

import java.net.InetSocketAddress;

/** Addresses as text. */
public final class Addresses {

    private Addresses() {}

    /**
     * Writes an address without its name.
     *
     * @param address the address
     * @return such as {@code 127.0.0.1:5300}
     */
    public static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
