package dev.domin.udp.linux;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketSocketsTest {

    private static final String HEADINGS = "sk               RefCnt Type Proto  Iface R Rmem   User   Inode\n";

    @ParameterizedTest
    @CsvSource({
        "0003, 0, 1, true", // tcpdump -i any
        "0003, 1, 1, true", // tcpdump -i lo
        "0800, 1, 1, true",
        "0003, 2, 1, false", // another interface
        "0800, 2, 1, false", // a DHCP client
        "88cc, 0, 1, false", // another protocol
        "0000, 0, 0, false", // opened only to ask for something
    })
    void shouldFindCapturesOfLoopback(String protocol, String networkInterface, String running, boolean captures) {
        var line = "000000002354f98f 3      3    %s   %s     %s 0      0      1310825\n"
                .formatted(protocol, networkInterface, running);
        assertThat(anyCaptures(HEADINGS + line)).isEqualTo(captures);
        assertThat(anyCaptures(HEADINGS + line + "00000000827bc5f0 2      3    0000   0     0 0      0      7\n"))
                .isEqualTo(captures);
        assertThat(anyCaptures(HEADINGS)).isFalse();
    }

    private static boolean anyCaptures(String table) {
        var text = table.getBytes(US_ASCII);
        return PacketSockets.anyCaptures(text, text.length);
    }
}
