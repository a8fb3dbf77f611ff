package dev.domin.spi.engine;

import java.util.Arrays;

/** What domin's own modules do with blobs beyond the public methods of {@code Blob}. Stateless. */
public final class BlobAccess {

    private BlobAccess() {}

    /**
     * Makes a blob a view of an array that belongs to the caller. Its old content and state are lost.
     *
     * @param blob the blob
     * @param array the array, whose first bytes are the content
     * @param length the length of the content
     */
    public static void borrow(BlobState blob, byte[] array, int length) {
        blob.bytes = array;
        blob.length = length;
        blob.declaredLength = length;
        blob.overflowed = false;
        blob.assigned = false;
        blob.borrowed = true;
    }

    /**
     * Assigns as {@code :=} does, in place: never beyond the declared length. The end of a longer old content stays.
     *
     * @param blob the blob
     * @param source the blob to copy from; it may be the same
     */
    public static void fill(BlobState blob, BlobState source) {
        int count = Math.min(source.length, blob.declaredLength);
        byte[] from = source.bytes;
        if (count > blob.bytes.length) {
            blob.bytes = Arrays.copyOf(blob.bytes, blob.declaredLength);
            blob.borrowed = false;
        }
        System.arraycopy(from, 0, blob.bytes, 0, count);
        blob.length = Math.max(blob.length, count);
        blob.overflowed = source.length > blob.declaredLength;
    }

    /**
     * Returns whether the last {@code :=} had to cut its source. Any other assignment clears this.
     *
     * @param blob the blob
     * @return whether it cut
     */
    public static boolean overflowed(BlobState blob) {
        return blob.overflowed;
    }
}
