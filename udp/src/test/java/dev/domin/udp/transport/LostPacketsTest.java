package dev.domin.udp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class LostPacketsTest {

    @Test
    void shouldReadTheLostPacketsOutOfTheTable() throws Exception {
        String table =
                "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode "
                        + "ref pointer drops\n"
                        + " 5077: 0100007F:0035 00000000:0000 07 0:0 0:0 0  0  0 12 2 0 17\n"
                        + "15078: 00000000:D431 00000000:0000 07 0:0 0:0 0  0  0 13 2 0 5\n"
                        + "15078: 0100007F:D431 00000000:0000 07 0:0 0:0 0  0  0 14 2 0 0\n";
        assertThat(LostPackets.find(table, at(53))).isEqualTo(17);
        assertThat(LostPackets.find(table, at(0xD431))).isZero();
        assertThat(LostPackets.find(table, at(99))).isEqualTo(-1);
        assertThat(LostPackets.find("", at(99))).isEqualTo(-1);
    }

    @Test
    void shouldReadTheTableOfVersion6() throws Exception {
        String table = "  sl  local_address                         remote_address\n"
                + "  1: 00000000000000000000000001000000:0035 00000000000000000000000000000000:0000 07 0:0 9\n";
        InetSocketAddress bound = new InetSocketAddress(InetAddress.getByName("::1"), 53);
        assertThat(LostPackets.find(table, bound)).isEqualTo(9);
    }

    private static InetSocketAddress at(int port) throws Exception {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }
}
