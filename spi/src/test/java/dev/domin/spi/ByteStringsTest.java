package dev.domin.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.spi.engine.BlobAccess;
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

    @Test
    void shouldKeepTheTailThatReachesBeyondTheCapacityAsABlobDoes() {
        assertThat(ByteStrings.fill("0123456", "ab", 4)).isEqualTo("ab23456");
        assertThat(ByteStrings.fill("0123456", "abcdefgh", 4)).isEqualTo("abcd456");
        var blob = new Blob(4);
        blob.assign(Blob.of(ByteStrings.toBytes("0123456")));
        BlobAccess.fill(blob, Blob.of(ByteStrings.toBytes("abcdefgh")));
        assertThat(ByteStrings.fromBytes(blob.toByteArray())).isEqualTo("abcd456");
    }
}
