package dev.domin.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.domin.spi.engine.BlobAccess;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlobTest {

    @Test
    void shouldStartWithZeros() {
        assertThat(new Blob(3).toByteArray()).containsExactly(0, 0, 0);
        assertThat(new Blob().length()).isZero();
        assertThat(new Blob(0).toByteArray()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void shouldRefuseANegativeLength(long length) {
        assertThatThrownBy(() -> new Blob(length))
                .isInstanceOf(ScriptError.class)
                .hasMessage("a blob cannot have " + length + " bytes; it may have 0 or more");
    }

    @ParameterizedTest
    @ValueSource(longs = {67_108_865, Blob.MAXIMUM_LENGTH + 1L, 1L << 32, Long.MAX_VALUE})
    void shouldNameTheLimitOfARunForALengthThatNoBlobCanHave(long length) {
        assertThatThrownBy(() -> new Blob(length))
                .isInstanceOf(ScriptError.class)
                .hasMessage("the value would have " + length + " bytes, and the limit is 67108864");
    }

    @Test
    void shouldReadBytesAsNumbersFrom0To255() {
        var blob = Blob.of(new byte[] {1, -1});
        assertThat(blob.get(0)).isEqualTo(1);
        assertThat(blob.get(1L)).isEqualTo(255);
    }

    @Test
    void shouldKeepTheLow8BitsOfAValue() {
        var blob = new Blob(2);
        blob.set(0, 0x141);
        blob.set(1L, -1);
        assertThat(blob.toByteArray()).containsExactly(0x41, -1);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 3, Long.MIN_VALUE, 1L << 32})
    void shouldRefuseAnIndexOutsideTheContent(long index) {
        var blob = blob("abcdef");
        blob.assign(blob("xyz")); // the array is longer than the content
        String message = "index " + index + " is outside the blob, which has 3 bytes";
        assertThatThrownBy(() -> blob.get(index))
                .isInstanceOf(ScriptError.class)
                .hasMessage(message);
        assertThatThrownBy(() -> blob.set(index, 1))
                .isInstanceOf(ScriptError.class)
                .hasMessage(message);
        if ((int) index == index) {
            assertThatThrownBy(() -> blob.get((int) index)).hasMessage(message);
            assertThatThrownBy(() -> blob.set((int) index, 1)).hasMessage(message);
        }
    }

    @Test
    void shouldCopyAPart() {
        var blob = blob("abcdef");
        var part = blob.slice(2, 4);
        part.set(0, 'X');
        assertThat(text(part)).isEqualTo("Xd");
        assertThat(text(blob)).isEqualTo("abcdef");
        assertThat(blob.slice(6, 6).length()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"-1, 2", "0, 7", "4, 3", "7, 7", "0, 4294967296"})
    void shouldRefuseAPartOutsideTheContent(long from, long to) {
        var blob = blob("abcdef");
        String message = "the slice [" + from + ":" + to + "] is not inside the blob, which has 6 bytes";
        assertThatThrownBy(() -> blob.slice(from, to)).hasMessage(message);
        assertThatThrownBy(() -> blob.setSlice(from, to, blob("x"))).hasMessage(message);
    }

    @Test
    void shouldOverwriteAPartWithAsManyBytes() {
        var blob = blob("abcdef");
        blob.setSlice(1, 3, blob("XY"));
        assertThat(text(blob)).isEqualTo("aXYdef");
        blob.setSlice(0, 6, blob);
        assertThat(text(blob)).isEqualTo("aXYdef");
        assertThatThrownBy(() -> blob.setSlice(0, 2, blob("abc")))
                .hasMessage("the slice [0:2] has 2 bytes, the value assigned to it has 3");
    }

    @Test
    void shouldTakeTheLengthOfWhatIsAssigned() {
        var blob = blob("abc");
        blob.assign(blob("longer text"));
        assertThat(text(blob)).isEqualTo("longer text");
        blob.assign(blob("x"));
        assertThat(text(blob)).isEqualTo("x");
        blob.assign(blob);
        assertThat(text(blob)).isEqualTo("x");
        blob.assign(new Blob());
        assertThat(blob.length()).isZero();
    }

    @Test
    void shouldCopyWhatIsAssigned() {
        var source = blob("abc");
        var blob = new Blob();
        blob.assign(source);
        source.set(0, 'X');
        assertThat(text(blob)).isEqualTo("abc");
    }

    @Test
    void shouldKnowWhetherItWasAssigned() {
        var blob = blob("abc");
        assertThat(blob.wasAssigned()).isFalse();
        blob.set(0, 'x');
        blob.setSlice(0, 1, blob("y"));
        BlobAccess.fill(blob, blob("z"));
        assertThat(blob.wasAssigned()).isFalse();
        blob.assign(blob);
        assertThat(blob.wasAssigned()).isTrue();
    }

    @Test
    void shouldCompareContentsAlone() {
        var blob = blob("abcdef");
        blob.assign(blob("abc"));
        assertThat(blob.contentEquals(blob("abc"))).isTrue();
        assertThat(blob.contentEquals(blob("abd"))).isFalse();
        assertThat(blob.contentEquals(blob("abcdef"))).isFalse();
        assertThat(new Blob().contentEquals(new Blob(0))).isTrue();
    }

    static Blob blob(String text) {
        return Blob.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    static String text(Blob blob) {
        return new String(blob.array(), 0, blob.length(), StandardCharsets.US_ASCII);
    }
}
