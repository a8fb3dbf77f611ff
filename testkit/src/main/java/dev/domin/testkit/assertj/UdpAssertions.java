package dev.domin.testkit.assertj;

import dev.domin.testkit.Packet;
import dev.domin.testkit.UdpServer;

/**
 * The entry to the assertions; meant for a static import.
 *
 * <pre>{@code
 * assertThat(server).hasReceived(2, prefix("GET ")).hasNoFailures();
 * assertThat(server.take(ofSeconds(1))).hasText("GET /a").hasFate(Fate.HANDLED);
 * }</pre>
 */
public final class UdpAssertions {

    private UdpAssertions() {}

    /**
     * Begins assertions about a server.
     *
     * @param server the server
     * @return the assertions
     */
    public static UdpServerAssert assertThat(UdpServer server) {
        return new UdpServerAssert(server);
    }

    /**
     * Begins assertions about a packet.
     *
     * @param packet the packet
     * @return the assertions
     */
    public static PacketAssert assertThat(Packet packet) {
        return new PacketAssert(packet);
    }
}
