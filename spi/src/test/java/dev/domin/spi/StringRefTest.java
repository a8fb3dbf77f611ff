package dev.domin.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StringRefTest {

    @Test
    void shouldGrowPieceByPiece() {
        var ref = new StringRef("a", StringRef.NO_CAPACITY);
        var expected = new StringBuilder("a");
        for (int i = 0; i < 1000; i++) {
            ref.append("piece");
            expected.append("piece");
            assertThat(ref.length()).isEqualTo(expected.length());
            if (i % 7 == 0) {
                assertThat(ref.value()).isEqualTo(expected.toString());
            }
        }
        assertThat(ref.value()).isEqualTo(expected.toString());
        assertThat(ref.capacity()).isEqualTo(expected.length());
    }

    @Test
    void shouldDropAppendedTextWhenAssigned() {
        var ref = new StringRef("", 4);
        ref.append("abcdef");
        ref.assign("x");
        assertThat(ref.value()).isEqualTo("x");
        assertThat(ref.length()).isEqualTo(1);
        ref.append("y");
        assertThat(ref.value()).isEqualTo("xy");
        assertThat(ref.capacity()).isEqualTo(6);
    }

    @Test
    void shouldFillOverWhatWasAppended() {
        var ref = new StringRef("", 4);
        ref.append("abcdef");
        ref.fill("12345");
        assertThat(ref.value()).isEqualTo("1234ef");
        assertThat(ref.overflowed()).isTrue();
        ref.append("!");
        assertThat(ref.value()).isEqualTo("1234ef!");
        assertThat(ref.overflowed()).isFalse();
    }
}
