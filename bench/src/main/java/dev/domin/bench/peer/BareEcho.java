package dev.domin.bench.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** An echo server that uses only the JDK: the minimum that a UDP server on the JVM can do. */
public final class BareEcho {

    private BareEcho() {}

    /**
     * Echoes until the process ends.
     *
     * @param args the port
     * @throws IOException if the port cannot be opened
     */
    public static void main(String[] args) throws IOException {
        try (var channel = DatagramChannel.open()) {
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])));
            var packet = ByteBuffer.allocateDirect(65_536);
            while (true) {
                packet.clear();
                var client = channel.receive(packet);
                channel.send(packet.flip(), client);
            }
        }
    }
}
