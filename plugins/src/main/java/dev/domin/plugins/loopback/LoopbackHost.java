package dev.domin.plugins.loopback;

import dev.domin.spi.Escapes;
import dev.domin.spi.ScriptError;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

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
}
