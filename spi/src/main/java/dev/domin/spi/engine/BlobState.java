package dev.domin.spi.engine;

/**
 * The fields of a blob. {@link BlobAccess} changes them for domin's own modules, {@code Blob} for everybody.
 *
 * <p>A blob either owns its array or borrows it. A borrowed array belongs to another owner, so an assignment replaces
 * it instead of writing into it.
 */
public abstract class BlobState {

    /** The array of a blob without content. */
    protected static final byte[] NOTHING = {};

    /** The array whose first {@link #length} bytes are the content. */
    protected byte[] bytes;

    /** The length of the content. */
    protected int length;

    /** The length that {@code :=} never exceeds. */
    protected int declaredLength;

    /** Whether the last {@code :=} had to cut its source. */
    protected boolean overflowed;

    /** Whether {@code =} has been used since the blob was created or borrowed its array. */
    protected boolean assigned;

    /** Whether the array is borrowed. */
    protected boolean borrowed;

    /**
     * Creates the state of a blob that owns its array.
     *
     * @param bytes the array
     * @param length the length of the content, which is also the declared length
     */
    protected BlobState(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
        this.declaredLength = length;
    }
}
