package dev.domin.testkit.capture;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Creates the addresses of datagrams, and reuses the recent ones: most captures have few addresses and many packets.
 * Not thread-safe.
 */
final class Addresses {

    private static final int SIZE = 512; // a power of two

    private final @Nullable Entry[] recent = new Entry[SIZE];

    private static final class Entry {

        final byte[] host;
        final int port;
        final InetSocketAddress address;

        Entry(byte[] host, int port) {
            this.host = host;
            this.port = port;
            this.address = new InetSocketAddress(address(host), port);
        }
    }

    /**
     * Returns an address.
     *
     * @param bytes an array with the host
     * @param at where the host begins
     * @param size its size, 4 or 16
     * @param port the port
     * @return the address
     */
    InetSocketAddress of(byte[] bytes, int at, int size, int port) {
        int hash = port;
        for (int i = at; i < at + size; i++) {
            hash = hash * 31 + bytes[i];
        }
        int slot = (hash ^ hash >>> 16) & (SIZE - 1);
        var entry = recent[slot];
        if (entry == null
                || entry.port != port
                || !Arrays.equals(entry.host, 0, entry.host.length, bytes, at, at + size)) {
            var host = Arrays.copyOfRange(bytes, at, at + size);
            entry = new Entry(host, port);
            recent[slot] = entry;
        }
        return entry.address;
    }

    private static InetAddress address(byte[] host) {
        try {
            // InetAddress would turn an IPv6 address that contains an IPv4 one into that.
            return host.length == 4 ? InetAddress.getByAddress(host) : Inet6Address.getByAddress(null, host, -1);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address of " + host.length + " bytes", e);
        }
    }

    /**
     * Formats an address without looking up its name.
     *
     * @param address an address
     * @return the numeric host, in brackets if it is an IPv6 one, and the port
     */
    static String text(InetSocketAddress address) {
        var host = address.getAddress();
        if (host == null) {
            return address.getHostString() + ":" + address.getPort();
        }
        var text = host.getHostAddress();
        return (host instanceof Inet6Address ? "[" + text + "]" : text) + ":" + address.getPort();
    }
}
