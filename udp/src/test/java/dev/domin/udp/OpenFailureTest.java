package dev.domin.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.domin.leftovers.LeftoversExtension;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Endpoints that cannot be opened. */
@Timeout(120)
class OpenFailureTest {

    @Test
    void shouldLeaveNoSocketWhereThePortIsTaken() throws IOException {
        try (DatagramSocket other = new DatagramSocket(0, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            Set<String> before = LeftoversExtension.descriptors();
            UdpOptions options =
                    UdpOptions.builder().port(other.getLocalPort()).noTimeout().build();
            assertThatThrownBy(() -> UdpEndpoint.open(options, packet -> {}))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining("is taken");
            assertThat(LeftoversExtension.descriptors()).isSubsetOf(before); // at once, not by the garbage collector
        }
    }

    @Test
    void shouldLeaveNoSocketWithoutBatches() throws IOException {
        Set<String> before = LeftoversExtension.descriptors();
        UdpOptions options =
                UdpOptions.builder().batching(Batching.NOW).noTimeout().build();
        try (UdpEndpoint endpoint = UdpEndpoint.open(options, packet -> {})) {
            assertThat(endpoint.port()).isPositive(); // there are batches here
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("no batches of packets on port ");
            assertThat(LeftoversExtension.descriptors()).isSubsetOf(before);
        }
    }

    /** In another JVM, which has no memory outside the heap for packets. */
    @Test
    void shouldLeaveNoSocketWithoutMemory() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:MaxDirectMemorySize=32k",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("no memory for the packets of port ", "left: []");
    }

    /** What the other JVM runs. */
    static final class Child {

        private Child() {}

        public static void main(String[] args) throws IOException {
            Set<String> before = LeftoversExtension.descriptors();
            UdpOptions options =
                    UdpOptions.builder().batching(Batching.OFF).noTimeout().build();
            try (UdpEndpoint endpoint = UdpEndpoint.open(options, packet -> {})) {
                System.out.println("opened " + endpoint.port());
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
            Set<String> after = LeftoversExtension.descriptors();
            after.removeAll(before);
            after.removeIf(each -> !each.contains("socket:"));
            System.out.println("left: " + after);
        }
    }
}
