package dev.domin.spi;

import dev.domin.spi.engine.BlobState;
import java.util.Arrays;

/**
 * A script's {@code blob}: bytes with a length. Not safe for use by several threads at once; the script lock orders the
 * accesses of scripts and of plugin functions.
 *
 * <p>The blob that a callback gets may be a view of an array that belongs to the caller, until the callback returns. An
 * assignment gives such a blob an array of its own, so only writes in place change the caller's bytes.
 */
@SuppressWarnings("exports") // the superclass is for domin's own modules
public final class Blob extends BlobState {

    /** The longest blob there can be, in bytes. */
    public static final int MAXIMUM_LENGTH = Integer.MAX_VALUE - 16;

    /**
     * A length is never negative. The mask shows this to the JIT compiler, which can then move checks of an index out
     * of loops.
     */
    private static final int NOT_NEGATIVE = Integer.MAX_VALUE;

    /** Creates an empty blob. */
    public Blob() {
        super(NOTHING, 0);
    }

    /**
     * Creates a blob of zeros, as {@code blob $B[n]} does.
     *
     * @param length its length in bytes, which is also its declared length
     * @throws ScriptError if the length is negative or over the run's limit for a value, or there is not enough memory
     */
    public Blob(long length) {
        super(zeros(length), (int) length);
    }

    private Blob(byte[] bytes) {
        super(bytes, bytes.length);
    }

    private static byte[] zeros(long length) {
        if (length < 0) {
            throw new ScriptError("a blob cannot have " + length + " bytes; it may have 0 or more");
        }
        ByteStrings.checkLength(length);
        try {
            return length == 0 ? NOTHING : new byte[(int) length];
        } catch (OutOfMemoryError e) {
            var error = new ScriptError(
                    "out of memory: cannot allocate a blob of " + length + " bytes",
                    "make it smaller, or give the JVM more memory, for example with DOMIN_JAVA_OPTS=-Xmx1g");
            error.initCause(e); // its stack trace exists even if there is no memory for another
            throw error;
        }
    }

    /**
     * Makes a blob of an array.
     *
     * @param bytes the content; the blob owns the array from now on
     * @return the blob
     */
    public static Blob of(byte[] bytes) {
        return new Blob(bytes);
    }

    /** {@return the length in bytes} */
    public int length() {
        return length & NOT_NEGATIVE;
    }

    /**
     * {@return the array that holds the content in its first {@link #length} bytes, for reading and for writing in
     * place. Do not keep it, because an assignment may replace it}
     */
    public byte[] array() {
        return bytes;
    }

    /** {@return a copy of the content} */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** {@return whether {@code =} has been used on the blob since it was created, or since the callback got it} */
    public boolean wasAssigned() {
        return assigned;
    }

    /**
     * Reads a byte.
     *
     * @param index the position of the byte
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
     * @param index the position of the byte
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
     * @param index the position of the byte
     * @param value the value, of which the low 8 bits are kept
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
     * @param index the position of the byte
     * @param value the value, of which the low 8 bits are kept
     * @throws ScriptError if the index is outside the blob
     */
    public void set(long index, int value) {
        if (index < 0 || index >= (length & NOT_NEGATIVE)) {
            throw outside(index);
        }
        bytes[(int) index] = (byte) value;
    }

    /**
     * Copies a part of the content.
     *
     * @param from the index of the first byte
     * @param to the index after the last byte
     * @return a new blob
     * @throws ScriptError if the part is not inside the blob
     */
    public Blob slice(long from, long to) {
        checkSlice(from, to);
        return new Blob(Arrays.copyOfRange(bytes, (int) from, (int) to));
    }

    /**
     * Overwrites a part of the content in place.
     *
     * @param from the index of the first byte
     * @param to the index after the last byte
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
     * @param source the blob to copy; it may be this one
     * @throws ScriptError if it is larger than the run's limit for a value
     */
    public void assign(Blob source) {
        overflowed = false;
        assigned = true;
        if (source == this) {
            return;
        }
        ByteStrings.checkLength(source.length);
        if (borrowed || bytes.length < source.length) {
            bytes = Arrays.copyOf(source.bytes, source.length);
            borrowed = false;
        } else {
            System.arraycopy(source.bytes, 0, bytes, 0, source.length);
        }
        length = source.length;
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
