package dev.domin.cli.kit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Addresses on the command line. */
final class Targets {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private Targets() {}

    /**
     * Reads an address such as {@code 127.0.0.1:53}, {@code [::1]:53}, {@code localhost:53} or {@code 53}.
     *
     * @param name what takes it, for messages
     * @param text the address
     * @return the address, which is one on loopback
     */
    static InetSocketAddress parse(String name, String text) throws ToolException {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw ToolException.usage(name + " takes HOST:PORT, such as 127.0.0.1:53, or [::1]:53, got `" + text + "`");
        }
        int port = Arguments.port("the port of " + name, text.substring(colon + 1), 1);
        var address = host.equals("localhost") || host.isEmpty() ? ipv4() : literal(name, host);
        if (!address.isLoopbackAddress()) {
            throw ToolException.usage(name + " takes an address on loopback, 127.0.0.0/8 or [::1], got `" + text + "`");
        }
        return new InetSocketAddress(address, port);
    }

    private static InetAddress literal(String name, String host) throws ToolException {
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException _) {
            throw ToolException.usage(
                    name + " takes an IP address on loopback and a port, such as 127.0.0.1:53; `" + host + "` is none");
        }
    }

    /** {@return 127.0.0.1; localhost may be ::1 first, where most servers do not listen} */
    private static InetAddress ipv4() {
        try {
            return InetAddress.getByAddress(LOOPBACK);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** {@return an address as text} */
    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
