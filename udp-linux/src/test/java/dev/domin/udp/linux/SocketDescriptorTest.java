package dev.domin.udp.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.domin.udp.Batching;
import dev.domin.udp.UdpEndpoint;
import dev.domin.udp.UdpOptions;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("dev.domin.udp.TransportKind#batchesAvailable")
class SocketDescriptorTest {

    private static final int LOOPBACK = 0x7F000001;

    @Test
    void shouldFindTheSocketOfAPort() throws Exception {
        SocketDescriptor found;
        int port;
        var options = UdpOptions.builder().batching(Batching.OFF).build();
        try (UdpEndpoint endpoint = UdpEndpoint.open(options, packet -> {})) {
            port = endpoint.port();
            found = SocketDescriptor.find(LOOPBACK, port);
            assertThat(found.isSameSocket(found.number())).isTrue();
            assertThat(found.isSameSocket(0)).isFalse();
        }
        assertThat(found.isSameSocket(found.number())).isFalse();
        assertThatThrownBy(() -> SocketDescriptor.find(LOOPBACK, port)).hasMessageContaining("bound to port " + port);
    }

    /** Beyond the numbers that are tried one by one. */
    @Test
    void shouldFindASocketBehindManyFiles() throws Exception {
        List<FileInputStream> files = new ArrayList<>();
        try {
            for (int i = 0; i < 4_200; i++) {
                files.add(new FileInputStream("/dev/null"));
            }
            try (var channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
                var address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
                var found = SocketDescriptor.find(
                        LOOPBACK, channel.bind(address).socket().getLocalPort());
                assertThat(found.number()).isGreaterThan(4_096);
            }
        } catch (FileNotFoundException e) {
            abort("skipped: this process may not open so many files: " + e.getMessage());
        } finally {
            for (FileInputStream file : files) {
                file.close();
            }
        }
    }

    /** The table of the system, which other tests use, has the same number; here it is read without opening a file. */
    @Test
    void shouldReadHowManyPacketsTheSystemLost() throws Exception {
        int sent = 3000;
        try (var channel = DatagramChannel.open(StandardProtocolFamily.INET);
                var socket = channel.socket();
                var client = new DatagramSocket()) {
            socket.setReceiveBufferSize(4096);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
            assertThat(SocketDescriptor.find(LOOPBACK, socket.getLocalPort()).lostPackets())
                    .isZero();
            for (int i = 0; i < sent; i++) {
                client.send(new DatagramPacket(new byte[100], 100, socket.getLocalSocketAddress()));
            }
            socket.setSoTimeout(1000);
            int received = 0;
            try {
                while (true) {
                    socket.receive(new DatagramPacket(new byte[100], 100));
                    received++;
                }
            } catch (SocketTimeoutException e) {
                // the queue is empty
            }
            assertThat(received + new LinuxBatches().lostPackets((InetSocketAddress) socket.getLocalSocketAddress()))
                    .isEqualTo(sent);
        }
    }
}
