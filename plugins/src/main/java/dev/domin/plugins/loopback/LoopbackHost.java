package dev.domin.plugins.loopback;

import dev.domin.spi.Escapes;
import dev.domin.spi.ScriptError;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Hosts that scripts may send to: this machine, by an address that never leaves it. */
public final class LoopbackHost {

    private static final byte[] LOCALHOST = {127, 0, 0, 1};

    private LoopbackHost() {}

    /**
     * Reads a host; no name is ever looked up.
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
            // No IPv4 address at all: refused with the same sentence.
        }
        throw new ScriptError(
                "the host `" + Escapes.quote(host) + "` is not on loopback, and this plugin sends nowhere else",
                "use 127.0.0.1 or localhost");
    }
}
