package dev.domin.spi;

import java.util.Arrays;

/**
 * A script's {@code blob}: a run of bytes with a length. Not safe for use by several threads at once; the script lock orders
 * the accesses of scripts and of plugin functions.
 *
 * <p>A blob is either owned, with an array of its own, or borrowed, a view of an array that belongs to somebody else until
 * the callback that got it returns ({@link #borrow}). Assigning to a borrowed blob gives it an array of its own, so the
 * lender's bytes change only by writes in place.
 */
public final class Blob {

    /** The longest blob there can be, in bytes. */
    public static final int MAXIMUM_LENGTH = Integer.MAX_VALUE - 16;

    private static final byte[] NOTHING = {};

    /** No length is negative. Said by this mask, the JVM's compiler sees it, and can lift checks of an index out of loops. */
    private static final int NOT_NEGATIVE = Integer.MAX_VALUE;

    private byte[] bytes;
    private int length;
    private int declaredLength;
    private boolean overflowed;
    private boolean assigned;
    private boolean borrowed;

    /** Creates an empty blob. */
    public Blob() {
        this.bytes = NOTHING;
    }

    /**
     * Creates a blob of zeros, as {@code blob $B[n]} does.
     *
     * @param length its length in bytes, which is also its declared capacity
     * @throws ScriptError if there can be no blob of that length
     */
    public Blob(long length) {
        if (length < 0 || length > MAXIMUM_LENGTH) {
            throw new ScriptError("a blob cannot have " + length + " bytes; it may have 0 to " + MAXIMUM_LENGTH);
        }
        try {
            this.bytes = length == 0 ? NOTHING : new byte[(int) length];
        } catch (OutOfMemoryError e) {
            var error = new ScriptError(
                    "out of memory: no room for a blob of " + length + " bytes",
                    "make it smaller, or give the JVM more memory, for example with DOMIN_JAVA_OPTS=-Xmx1g");
            error.initCause(e); // which has a stack trace even where there is no memory for another
            throw error;
        }
        this.length = (int) length;
        this.declaredLength = (int) length;
    }

    private Blob(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
        this.declaredLength = length;
    }

    /**
     * Makes a blob of an array.
     *
     * @param bytes the content; the blob owns the array from now on
     * @return the blob
     */
    public static Blob of(byte[] bytes) {
        return new Blob(bytes, bytes.length);
    }

    /**
     * Makes this blob a view of somebody else's array, and forgets what it was.
     *
     * @param lent the array, whose first bytes are the content
     * @param lentLength how many of them
     */
    public void borrow(byte[] lent, int lentLength) {
        bytes = lent;
        length = lentLength;
        declaredLength = lentLength;
        overflowed = false;
        assigned = false;
        borrowed = true;
    }

    /** {@return the length in bytes} */
    public int length() {
        return length & NOT_NEGATIVE;
    }

    /**
     * {@return the array behind the blob: its first {@link #length} bytes are the content; for reading and for writing in
     * place, and not to be kept, since an assignment may replace it}
     */
    public byte[] array() {
        return bytes;
    }

    /** {@return a copy of the content} */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** {@return whether {@code =} has been used on it since it was created or {@linkplain #borrow lent}} */
    public boolean wasAssigned() {
        return assigned;
    }

    /** {@return whether the last {@code :=} had to cut; any other assignment clears it} */
    public boolean overflowed() {
        return overflowed;
    }

    /** {@return the length it was declared with, which {@code :=} never exceeds} */
    public int declaredLength() {
        return declaredLength;
    }

    /**
     * Reads a byte.
     *
     * @param index where
     * @return its value, 0 to 255
     * @throws ScriptError if the index is outside the blob
     */
    public int get(int index) {
        if (index < 0 || index >= (length & NOT_NEGATIVE)) {
            throw outside(index);
        }
        return bytes[index] & 0xFF;
    }

    /**
     * Reads a byte.
     *
     * @param index where
     * @return its value, 0 to 255
     * @throws ScriptError if the index is outside the blob
     */
    public int get(long index) {
        if (index < 0 || index >= (length & NOT_NEGATIVE)) {
            throw outside(index);
        }
        return bytes[(int) index] & 0xFF;
    }

    /**
     * Writes a byte in place.
     *
     * @param index where
     * @param value what, of which the low 8 bits are kept
     * @throws ScriptError if the index is outside the blob
     */
    public void set(int index, int value) {
        if (index < 0 || index >= (length & NOT_NEGATIVE)) {
            throw outside(index);
        }
        bytes[index] = (byte) value;
    }

    /**
     * Writes a byte in place.
     *
     * @param index where
     * @param value what, of which the low 8 bits are kept
     * @throws ScriptError if the index is outside the blob
     */
    public void set(long index, int value) {
        if (index < 0 || index >= (length & NOT_NEGATIVE)) {
            throw outside(index);
        }
        bytes[(int) index] = (byte) value;
    }

    /**
     * Copies a part.
     *
     * @param from the first byte
     * @param to the byte after the last
     * @return a blob of its own
     * @throws ScriptError if the part is not inside the blob
     */
    public Blob slice(long from, long to) {
        checkSlice(from, to);
        return new Blob(Arrays.copyOfRange(bytes, (int) from, (int) to), (int) (to - from));
    }

    /**
     * Overwrites a part in place.
     *
     * @param from the first byte
     * @param to the byte after the last
     * @param source the new bytes, as many as the part has
     * @throws ScriptError if the part is not inside the blob, or the source has another length
     */
    public void setSlice(long from, long to, Blob source) {
        checkSlice(from, to);
        if (source.length != to - from) {
            throw new ScriptError("the slice [" + from + ":" + to + "] has " + (to - from)
                    + " bytes, the value assigned to it has " + source.length);
        }
        System.arraycopy(source.bytes, 0, bytes, (int) from, source.length);
    }

    /**
     * Assigns as {@code =} does: the content becomes a copy of the source's, whatever its length.
     *
     * @param source what to copy; it may be this blob
     */
    public void assign(Blob source) {
        overflowed = false;
        assigned = true;
        if (source == this) {
            return;
        }
        if (borrowed || bytes.length < source.length) {
            bytes = Arrays.copyOf(source.bytes, source.length);
            borrowed = false;
        } else {
            System.arraycopy(source.bytes, 0, bytes, 0, source.length);
        }
        length = source.length;
    }

    /**
     * Assigns as {@code :=} does, in place: never beyond the declared capacity, keeping the tail of a longer old content.
     *
     * @param source what to copy; it may be this blob
     */
    public void fill(Blob source) {
        int count = Math.min(source.length, declaredLength);
        byte[] from = source.bytes;
        if (count > bytes.length) {
            bytes = Arrays.copyOf(bytes, declaredLength);
            borrowed = false;
        }
        System.arraycopy(from, 0, bytes, 0, count);
        length = Math.max(length, count);
        overflowed = source.length > declaredLength;
    }

    /**
     * Compares contents.
     *
     * @param other the other blob
     * @return whether both have the same bytes
     */
    public boolean contentEquals(Blob other) {
        return Arrays.equals(bytes, 0, length, other.bytes, 0, other.length);
    }

    private void checkSlice(long from, long to) {
        if (from < 0 || to > length || from > to) {
            throw new ScriptError(
                    "the slice [" + from + ":" + to + "] is not inside the blob, which has " + length + " bytes");
        }
    }

    private ScriptError outside(long index) {
        return new ScriptError("index " + index + " is outside the blob, which has " + length + " bytes");
    }
}
