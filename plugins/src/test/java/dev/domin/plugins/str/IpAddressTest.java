package dev.domin.plugins.str;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.domin.spi.Blob;
import dev.domin.spi.ScriptError;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({"0.0.0.0, 00000000", "127.0.0.1, 7f000001", "255.255.255.255, ffffffff", "192.0.2.10, c000020a"})
    void shouldConvertIp4(String text, String hex) {
        assertThat(hex(StrPlugin.parseIp4(text))).isEqualTo(hex);
        assertThat(StrPlugin.formatIp4(blob(hex), 0)).isEqualTo(text);
        assertThat(StrPlugin.formatIp4(blob("ff" + hex), 1)).isEqualTo(text);
        assertThat(StrPlugin.isIp4(text)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.-4",
                "01.2.3.4",
                "1.2.3.4 ",
                "1..2.3",
                "1.2.3.",
                "1.2.3.4.",
                "1.2.3.0004",
                "0x1.2.3.4",
                "::1"
            })
    void shouldRefuseWhatIsNoIp4(String text) {
        assertThat(StrPlugin.isIp4(text)).isZero();
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> StrPlugin.parseIp4(text))
                .withMessage("\"" + text + "\" is not an IPv4 address");
    }

    /** The last column is the text by RFC 5952. */
    @ParameterizedTest
    @CsvSource({
        "::, 00000000000000000000000000000000, ::",
        "::1, 00000000000000000000000000000001, ::1",
        "1::, 00010000000000000000000000000000, 1::",
        "2001:DB8::1, 20010db8000000000000000000000001, 2001:db8::1",
        "2001:db8:0:0:1:0:0:1, 20010db8000000000001000000000001, 2001:db8::1:0:0:1",
        "2001:0:0:1:0:0:0:1, 20010000000000010000000000000001, 2001:0:0:1::1",
        "2001:db8:0:1:1:1:1:1, 20010db8000000010001000100010001, 2001:db8:0:1:1:1:1:1",
        "1:2:3:4:5:6:7::, 00010002000300040005000600070000, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 00000002000300040005000600070008, 0:2:3:4:5:6:7:8",
        "fe80::0001, fe800000000000000000000000000001, fe80::1",
        "::ffff:192.0.2.1, 00000000000000000000ffffc0000201, ::ffff:192.0.2.1",
        "64:ff9b::192.0.2.33, 0064ff9b0000000000000000c0000221, 64:ff9b::c000:221"
    })
    void shouldConvertIp6(String text, String hex, String canonical) {
        assertThat(hex(StrPlugin.parseIp6(text))).isEqualTo(hex);
        assertThat(StrPlugin.formatIp6(blob(hex), 0)).isEqualTo(canonical);
        assertThat(StrPlugin.isIp6(canonical)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":::",
                "1",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                ":1::2",
                "1::2:",
                "12345::",
                "g::",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "::1.2.3.4:5",
                "1.2.3.4",
                "::1.2.3",
                "fe80::1%eth0",
                "1.2.3.4::",
                "::1 "
            })
    void shouldRefuseWhatIsNoIp6(String text) {
        assertThat(StrPlugin.isIp6(text)).isZero();
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> StrPlugin.parseIp6(text))
                .withMessage("\"" + text + "\" is not an IPv6 address");
    }

    @Test
    void shouldAgreeWithTheJdk() throws UnknownHostException {
        var random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[16];
            for (int j = 0; j < 16; j++) {
                bytes[j] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : 0);
            }
            String text = StrPlugin.formatIp6(Blob.of(bytes), 0);
            assertThat(StrPlugin.parseIp6(text).toByteArray()).as(text).isEqualTo(bytes);
            if (InetAddress.getByName(text) instanceof Inet6Address address) {
                assertThat(address.getAddress()).isEqualTo(bytes);
            }
        }
    }

    @Test
    void shouldNotReadBehindTheBlob() {
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> StrPlugin.formatIp4(new Blob(4), 1))
                .withMessage("an address has 4 bytes, but at offset 1 the blob of 4 bytes does not have so many");
        assertThatExceptionOfType(ScriptError.class).isThrownBy(() -> StrPlugin.formatIp6(new Blob(15), 0));
        assertThatExceptionOfType(ScriptError.class).isThrownBy(() -> StrPlugin.formatIp4(new Blob(4), -1));
        assertThatExceptionOfType(ScriptError.class).isThrownBy(() -> StrPlugin.formatIp4(new Blob(4), 1L << 32));
    }

    private static Blob blob(String hex) {
        return Blob.of(HexFormat.of().parseHex(hex));
    }

    private static String hex(Blob blob) {
        return HexFormat.of().formatHex(blob.toByteArray());
    }
}
