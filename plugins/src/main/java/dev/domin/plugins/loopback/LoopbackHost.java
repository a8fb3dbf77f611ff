package dev.domin.plugins.loopback;

import dev.domin.spi.Escapes;
import dev.domin.spi.ScriptError;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** The hosts that scripts may send to: IPv4 addresses on loopback. */
public final class LoopbackHost {

    private static final byte[] LOCALHOST = {127, 0, 0, 1};

    private LoopbackHost() {}

    /**
     * Parses a host without looking up a name.
     *
     * @param host an IPv4 address, or {@code localhost}
     * @return its address
     * @throws ScriptError if it is not on loopback
     */
    public static InetAddress parse(String host) {
        try {
            if (host.equals("localhost")) {
                return InetAddress.getByAddress(LOCALHOST);
            }
            var address = Inet4Address.ofLiteral(host);
            if (address.isLoopbackAddress()) {
                return address;
            }
        } catch (IllegalArgumentException | UnknownHostException _) {
            // not an IPv4 address: the same error
        }
        throw new ScriptError(
                "the host `" + Escapes.quote(host) + "` is not on loopback, where this plugin sends",
                "use 127.0.0.1 or localhost");
    }

    /**
     * Refuses a datagram to an endpoint's own port, which drops it: only a forged packet has its own address.
     *
     * @param to the receiver
     * @param port the endpoint's port on 127.0.0.1
     * @throws ScriptError if the receiver is the endpoint itself
     */
    public static void refuseOwn(InetSocketAddress to, int port) {
        if (to.getPort() == port && Arrays.equals(to.getAddress().getAddress(), LOCALHOST)) {
            throw new ScriptError(
                    "port " + port + " cannot send to itself: packets from its own address are dropped",
                    "send from another server or client, or call the callback as a function");
        }
    }
}
