package dev.domin.udp.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.domin.udp.Batching;
import dev.domin.udp.UdpEndpoint;
import dev.domin.udp.UdpOptions;
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
}
