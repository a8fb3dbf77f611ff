package dev.domin.lang.support;

import dev.domin.spi.Blob;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.ScriptError;
import dev.domin.spi.engine.BlobAccess;

/** Operations of compiled scripts on blobs, in addition to the methods of {@link Blob}. Stateless. */
public final class Blobs {

    private Blobs() {}

    /**
     * Creates a blob of zeros.
     *
     * @param length its length in bytes
     * @return the blob
     * @throws ScriptError if no blob can have that length
     */
    public static Blob create(long length) {
        return new Blob(length);
    }

    /**
     * Checks what a plugin function returned.
     *
     * @param result the blob
     * @return the same blob
     * @throws ScriptError if it is over the limit for a value
     */
    public static Blob checked(Blob result) {
        ByteStrings.checkLength(result.length());
        return result;
    }

    /**
     * Copies a blob, as passing or returning it by value does.
     *
     * @param blob the original
     * @return a new blob
     */
    public static Blob copy(Blob blob) {
        return Blob.of(blob.toByteArray());
    }

    /**
     * Assigns as {@code :=} does, in place: never beyond the declared length. The end of a longer old content stays.
     *
     * @param blob the blob
     * @param source the blob to copy from; it may be the same
     */
    public static void fill(Blob blob, Blob source) {
        BlobAccess.fill(blob, source);
    }

    /**
     * Copies the part from an index to the end.
     *
     * @param blob where
     * @param from the first byte
     * @return a new blob
     * @throws ScriptError if the part begins outside of the blob
     */
    public static Blob tail(Blob blob, long from) {
        checkTail(blob, from);
        return blob.slice(from, blob.length());
    }

    /**
     * Overwrites the part from an index to the end, in place.
     *
     * @param blob where
     * @param from the first byte
     * @param source the new bytes, as many as the part has
     * @throws ScriptError if the part begins outside of the blob, or the source has another length
     */
    public static void setTail(Blob blob, long from, Blob source) {
        checkTail(blob, from);
        blob.setSlice(from, blob.length(), source);
    }

    private static void checkTail(Blob blob, long from) {
        if (from < 0 || from > blob.length()) {
            throw new ScriptError(
                    "the slice [" + from + ":] is not inside the blob, which has " + blob.length() + " bytes");
        }
    }
}
