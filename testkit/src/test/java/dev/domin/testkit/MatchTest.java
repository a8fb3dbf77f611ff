package dev.domin.testkit;

import static dev.domin.testkit.Match.any;
import static dev.domin.testkit.Match.contains;
import static dev.domin.testkit.Match.hex;
import static dev.domin.testkit.Match.hexAt;
import static dev.domin.testkit.Match.hexExactly;
import static dev.domin.testkit.Match.length;
import static dev.domin.testkit.Match.not;
import static dev.domin.testkit.Match.prefix;
import static dev.domin.testkit.Match.text;
import static dev.domin.testkit.Match.that;
import static dev.domin.testkit.Match.u16;
import static dev.domin.testkit.Match.u32;
import static dev.domin.testkit.Match.u8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatchTest {

    @Test
    void shouldMatchTexts() {
        Packet packet = packet("GET /a");
        assertThat(any().matches(packet)).isTrue();
        assertThat(text("GET /a").matches(packet)).isTrue();
        assertThat(text("GET /").matches(packet)).isFalse();
        assertThat(prefix("GET /").matches(packet)).isTrue();
        assertThat(prefix("GET /ab").matches(packet)).isFalse();
        assertThat(contains("T /").matches(packet)).isTrue();
        assertThat(contains("x").matches(packet)).isFalse();
        assertThat(Match.matching("GET /.").matches(packet)).isTrue();
        assertThat(Match.matching("GET").matches(packet)).isFalse();
        assertThat(text("é").matches(packet("é"))).isTrue();
        assertThat(text("").matches(packet(""))).isTrue();
    }

    @Test
    void shouldMatchBytesWithWildcards() {
        Packet query = hexPacket("1234 0100 0001");
        assertThat(hex("?? ?? 01 00").matches(query)).isTrue();
        assertThat(hex("????01?0").matches(query)).isTrue();
        assertThat(hex("?? ?? 01 01").matches(query)).isFalse();
        assertThat(hex("?? ?? 01 00 00 01 00").matches(query)).isFalse();
        assertThat(hexAt(2, "01 0?").matches(query)).isTrue();
        assertThat(hexAt(5, "01 00").matches(query)).isFalse();
        assertThat(hexExactly("???? 0100 0001").matches(query)).isTrue();
        assertThat(hexExactly("???? 0100").matches(query)).isFalse();
        assertThat(Match.bytes((byte) 0x12, (byte) 0x34).matches(query)).isFalse();
    }

    @Test
    void shouldMatchNumbersWithoutSign() {
        Packet packet = hexPacket("ff fffe fffffffd");
        assertThat(u8(0, 255).matches(packet)).isTrue();
        assertThat(u16(1, 65534).matches(packet)).isTrue();
        assertThat(u32(3, 4294967293L).matches(packet)).isTrue();
        assertThat(u32(4, 4294967293L).matches(packet)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> u8(0, 256)).withMessageContaining("0 to 255, not 256");
        assertThatIllegalArgumentException().isThrownBy(() -> u8(-1, 0)).withMessageContaining("offset");
    }

    @Test
    void shouldCombineMatches() {
        Packet packet = packet("abc");
        assertThat(prefix("a").and(length(3)).matches(packet)).isTrue();
        assertThat(prefix("a").and(length(4)).matches(packet)).isFalse();
        assertThat(prefix("x").or(length(3)).matches(packet)).isTrue();
        assertThat(not(prefix("a")).matches(packet)).isFalse();
        assertThat(that("has b", p -> p.text().contains("b")).matches(packet)).isTrue();
        assertThat(prefix("a").and(not(text("abc"))).or(hex("6?")))
                .hasToString("(prefix \"a\" and not (text \"abc\") or hex \"6?\")");
    }

    @Test
    void shouldShowTheNameOfAMatch() {
        var named = hex("61 ?? 63").as("a word");
        assertThat(named).hasToString("a word");
        assertThat(named.matches(packet("abc"))).isTrue();
        assertThat(named.matches(packet("xbc"))).isFalse();
        assertThat(named.explain(packet("xbc"))).isEqualTo(hex("61 ?? 63").explain(packet("xbc")));
        assertThat(named.and(length(3))).hasToString("a word and length 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "zz", "01 0", "0x01", "٠٠"})
    void shouldRefuseWhatIsNoPattern(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hex(pattern))
                .withMessageContaining("`" + pattern + "` is no hexadecimal pattern");
    }

    @Test
    void shouldShowWhereBytesDiffer() {
        assertThat(hex("?? ?? 01 00").explain(hexPacket("1234 0120 0001")))
                .isEqualTo(String.join(
                        "\n",
                        "wanted: hex \"?? ?? 01 00\"",
                        "        ?? ?? 01 00  from byte 0",
                        "came:   12 34 01 20 ...",
                        "                 ^^"));
        assertThat(text("abcd").explain(packet("abc")))
                .contains("wanted: text \"abcd\"", "61 62 63 64", "61 62 63 --", "length: wanted 4, came 3");
        assertThat(text("ab").explain(packet("abcd")))
                .contains("61 62 -- --", "61 62 63 64", "length: wanted 2, came 4");
        assertThat(prefix("a").and(length(2)).explain(packet("b"))).contains("prefix \"a\"", "length 2");
    }

    static Packet packet(String text) {
        return packet(text.getBytes(UTF_8));
    }

    static Packet hexPacket(String digits) {
        return packet(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    static Packet packet(byte[] payload) {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", 9);
        return new Packet(new Entry(Direction.IN, 1, System.nanoTime(), address, address, payload, 0, false, null));
    }
}
