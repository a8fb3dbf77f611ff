package dev.domin.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ByteStringsTest {

    @Test
    void shouldKeepTextThatGoesToBytesAndBack() {
        assertThat(ByteStrings.toText(ByteStrings.fromText("grüße €"))).isEqualTo("grüße €");
    }

    @Test
    void shouldHoldOneCharPerByte() {
        assertThat(ByteStrings.fromText("ü")).hasSize(2);
        assertThat(ByteStrings.toBytes(ByteStrings.fromText("ü"))).isEqualTo("ü".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldEndAtTheFirstZeroByte() {
        assertThat(ByteStrings.fromBytes(new byte[] {'a', 0, 'b'})).isEqualTo("a");
    }

    @Test
    void shouldKeepTheOldTailWhenFillingWithLess() {
        assertThat(ByteStrings.fill("abcdef", "XY", 6)).isEqualTo("XYcdef");
    }

    @Test
    void shouldCutAtTheCapacityWhenFillingWithMore() {
        assertThat(ByteStrings.fill("", "abcdefgh", 4)).isEqualTo("abcd");
    }
}
