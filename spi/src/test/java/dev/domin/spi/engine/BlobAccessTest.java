package dev.domin.spi.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.spi.Blob;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BlobAccessTest {

    private final byte[] array = bytes("abcdef");
    private final Blob blob = new Blob(2);

    @Test
    void shouldShowTheFirstBytesOfABorrowedArray() {
        BlobAccess.borrow(blob, array, 4);
        assertThat(text()).isEqualTo("abcd");
        assertThat(blob.array()).isSameAs(array);
        blob.set(0, 'X');
        assertThat(array[0]).isEqualTo((byte) 'X');
    }

    @Test
    void shouldResetItsStateWhenItBorrows() {
        blob.assign(new Blob(3));
        BlobAccess.fill(blob, Blob.of(bytes("too long")));
        assertThat(blob.wasAssigned()).isTrue();
        assertThat(BlobAccess.overflowed(blob)).isTrue();

        BlobAccess.borrow(blob, array, 4);

        assertThat(blob.wasAssigned()).isFalse();
        assertThat(BlobAccess.overflowed(blob)).isFalse();
        BlobAccess.fill(blob, Blob.of(bytes("1234")));
        assertThat(BlobAccess.overflowed(blob)).isFalse();
    }

    @Test
    void shouldNotWriteIntoABorrowedArrayWhenItIsAssigned() {
        BlobAccess.borrow(blob, array, 4);
        blob.assign(Blob.of(bytes("xy")));
        assertThat(text()).isEqualTo("xy");
        assertThat(array).isEqualTo(bytes("abcdef"));
        blob.assign(Blob.of(bytes("z"))); // now into its own array
        assertThat(text()).isEqualTo("z");
        assertThat(array).isEqualTo(bytes("abcdef"));
    }

    @Test
    void shouldFillABorrowedArrayInPlace() {
        BlobAccess.borrow(blob, array, 4);
        BlobAccess.fill(blob, Blob.of(bytes("XY")));
        assertThat(text()).isEqualTo("XYcd");
        assertThat(array).isEqualTo(bytes("XYcdef"));
        assertThat(blob.wasAssigned()).isFalse();
    }

    @Test
    void shouldNeverFillBeyondTheDeclaredLength() {
        BlobAccess.fill(blob, Blob.of(bytes("xyz")));
        assertThat(text()).isEqualTo("xy");
        assertThat(BlobAccess.overflowed(blob)).isTrue();
        BlobAccess.fill(blob, Blob.of(bytes("a")));
        assertThat(text()).isEqualTo("ay");
        assertThat(BlobAccess.overflowed(blob)).isFalse();
    }

    @Test
    void shouldFillUpToTheDeclaredLengthAgainAfterAShortAssignment() {
        BlobAccess.borrow(blob, array, 4);
        blob.assign(Blob.of(bytes("z"))); // its own array has 1 byte
        BlobAccess.fill(blob, Blob.of(bytes("12345")));
        assertThat(text()).isEqualTo("1234");
        assertThat(array).isEqualTo(bytes("abcdef"));
    }

    @Test
    void shouldFillFromItself() {
        BlobAccess.borrow(blob, array, 4);
        BlobAccess.fill(blob, blob);
        assertThat(text()).isEqualTo("abcd");
    }

    @Test
    void shouldClearTheOverflowByAnAssignment() {
        BlobAccess.fill(blob, Blob.of(bytes("xyz")));
        blob.assign(Blob.of(bytes("xyz")));
        assertThat(BlobAccess.overflowed(blob)).isFalse();
    }

    private String text() {
        return new String(blob.toByteArray(), StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
