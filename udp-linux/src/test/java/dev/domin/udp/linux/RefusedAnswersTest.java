package dev.domin.udp.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.udp.transport.BatchSocket;
import dev.domin.udp.transport.PacketBuffer;
import dev.domin.udp.transport.SendReport;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The system refuses what is sent to port 0, from which a packet may come. */
@EnabledIf("dev.domin.udp.TransportKind#batchesAvailable")
class RefusedAnswersTest {

    private final List<String> reports = new ArrayList<>();

    private final SendReport report = new SendReport() {
        @Override
        public void sent(int answers) {
            for (int i = 0; i < answers; i++) {
                reports.add("sent");
            }
        }

        @Override
        public void refused(long number, InetSocketAddress to, IOException problem) {
            reports.add(number + " to " + to.getAddress().getHostAddress() + ":" + to.getPort());
        }
    };

    /** The second and the third share a message, since they go to the same receiver, one behind the other. */
    @Test
    void shouldReportWhichAnswersAreRefused() throws Exception {
        var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (var socket = DatagramChannel.open(StandardProtocolFamily.INET);
                var client = new DatagramSocket(0, loopback)) {
            socket.bind(new InetSocketAddress(loopback, 0));
            BatchSocket batches = new LinuxBatches()
                    .find((InetSocketAddress) socket.getLocalAddress())
                    .open();
            try {
                assertThat(batches.receive(false)).isZero();
                for (int round = 0; round < 2; round++) { // the numbers start anew
                    int numbers = 10 * round;
                    hold(batches, numbers + 1, client.getLocalPort());
                    hold(batches, numbers + 3, 0);
                    hold(batches, numbers + 4, 0);
                    hold(batches, numbers + 7, client.getLocalPort());
                    hold(batches, numbers + 9, 0);
                    batches.flush(true, report);
                    assertThat(reports)
                            .containsOnly(
                                    "sent",
                                    (numbers + 3) + " to 127.0.0.1:0",
                                    (numbers + 4) + " to 127.0.0.1:0",
                                    (numbers + 9) + " to 127.0.0.1:0")
                            .hasSize(5);
                    reports.clear();
                }
                hold(batches, 0, 0); // where packets are not numbered
                batches.flush(true, report);
                assertThat(reports).containsExactly("0 to 127.0.0.1:0");
            } finally {
                batches.close();
                batches.free();
            }
        }
    }

    private void hold(BatchSocket batches, long number, int port) {
        var packet = new PacketBuffer(0);
        packet.prepare(0, 0x7F000001, port);
        packet.number(number);
        var answer = "answer".getBytes(UTF_8);
        batches.hold(answer, 0, answer.length, packet, report);
    }
}
