package dev.domin.testkit;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** Addresses as text. */
final class Addresses {

    private Addresses() {}

    /** {@return host and port without a look-up of names, such as {@code 127.0.0.1:53}} */
    static String text(InetSocketAddress address) {
        String host = address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
