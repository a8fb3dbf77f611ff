package dev.domin.lang.support;

import dev.domin.spi.Blob;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.ScriptError;

/**
 * Reads and writes the string and blob fields of a struct that is laid over a blob, in place, whole or byte by byte.
 * Stateless. The parameters {@code offset}, {@code size} and {@code demand} are those of {@link Overlays}.
 */
public final class OverlayBytes {

    private OverlayBytes() {}

    /**
     * Reads a string field: its bytes before the first 0.
     *
     * @param blob the blob
     * @param offset the field's offset
     * @param length the field's bytes
     * @param size the struct's bytes
     * @param demand the beginning of the error message
     * @return the string
     */
    public static String getString(Blob blob, int offset, int length, int size, String demand) {
        return ByteStrings.fromBytes(Overlays.bytes(blob, size, demand), offset, length);
    }

    /**
     * Assigns a string field as {@code =} does; the rest of the field is set to 0.
     *
     * @param blob the blob
     * @param value the new value
     * @param offset the field's offset
     * @param length the field's bytes
     * @param size the struct's bytes
     * @param demand the beginning of the error message
     * @throws ScriptError if the value is longer than the field
     */
    public static void setString(Blob blob, String value, int offset, int length, int size, String demand) {
        byte[] bytes = Overlays.bytes(blob, size, demand);
        if (value.length() > length) {
            throw tooLong("string", value.length(), length);
        }
        copy(value, bytes, offset, value.length());
        zero(bytes, offset + value.length(), offset + length);
    }

    /**
     * Assigns a string field as {@code :=} does: what fits is written, and the rest of the field is unchanged.
     *
     * @param blob the blob
     * @param value the new value
     * @param offset the field's offset
     * @param length the field's bytes
     * @param size the struct's bytes
     * @param demand the beginning of the error message
     */
    public static void fillString(Blob blob, String value, int offset, int length, int size, String demand) {
        copy(value, Overlays.bytes(blob, size, demand), offset, Math.min(value.length(), length));
    }

    /**
     * Reads a blob field.
     *
     * @param blob the blob
     * @param offset the field's offset
     * @param length the field's bytes
     * @param size the struct's bytes
     * @param demand the beginning of the error message
     * @return a copy of its bytes
     */
    public static Blob getBlob(Blob blob, int offset, int length, int size, String demand) {
        Overlays.check(blob, size, demand);
        return blob.slice(offset, (long) offset + length);
    }

    /**
     * Assigns a blob field as {@code =} does; the rest of the field is set to 0.
     *
     * @param blob the blob
     * @param value the new value
     * @param offset the field's offset
     * @param length the field's bytes
     * @param size the struct's bytes
     * @param demand the beginning of the error message
     * @throws ScriptError if the value is longer than the field
     */
    public static void setBlob(Blob blob, Blob value, int offset, int length, int size, String demand) {
        byte[] bytes = Overlays.bytes(blob, size, demand);
        int count = value.length();
        if (count > length) {
            throw tooLong("blob", count, length);
        }
        System.arraycopy(value.array(), 0, bytes, offset, count);
        zero(bytes, offset + count, offset + length);
    }

    /**
     * Assigns a blob field as {@code :=} does: what fits is written, and the rest of the field is unchanged.
     *
     * @param blob the blob
     * @param value the new value
     * @param offset the field's offset
     * @param length the field's bytes
     * @param size the struct's bytes
     * @param demand the beginning of the error message
     */
    public static void fillBlob(Blob blob, Blob value, int offset, int length, int size, String demand) {
        byte[] bytes = Overlays.bytes(blob, size, demand);
        System.arraycopy(value.array(), 0, bytes, offset, Math.min(value.length(), length));
    }

    /**
     * Reads a byte of a blob field.
     *
     * @param blob the blob
     * @param index which byte of the field
     * @param offset the field's offset
     * @param length the field's bytes
     * @param size the struct's bytes
     * @param demand the beginning of the error message
     * @return its value, 0 to 255
     * @throws ScriptError if the index is outside the field
     */
    public static int getByte(Blob blob, long index, int offset, int length, int size, String demand) {
        byte[] bytes = Overlays.bytes(blob, size, demand);
        checkIndex(index, length);
        return bytes[offset + (int) index] & 0xFF;
    }

    /**
     * Writes a byte of a string or blob field.
     *
     * @param blob the blob
     * @param index which byte of the field
     * @param value the value, of which the low 8 bits are stored
     * @param offset the field's offset
     * @param length the field's bytes
     * @param size the struct's bytes
     * @param demand the beginning of the error message
     * @throws ScriptError if the index is outside the field
     */
    public static void putByte(Blob blob, long index, int value, int offset, int length, int size, String demand) {
        byte[] bytes = Overlays.bytes(blob, size, demand);
        checkIndex(index, length);
        bytes[offset + (int) index] = (byte) value;
    }

    private static void checkIndex(long index, int length) {
        if (index < 0 || index >= length) {
            throw new ScriptError("index " + index + " is outside the field, which has " + length + " bytes");
        }
    }

    private static ScriptError tooLong(String kind, int length, int fieldLength) {
        return new ScriptError(
                "the " + kind + " field has " + fieldLength + " bytes, the value assigned to it has " + length,
                "`:=` stores what fits");
    }

    private static void copy(String value, byte[] bytes, int offset, int count) {
        for (int i = 0; i < count; i++) {
            bytes[offset + i] = (byte) value.charAt(i);
        }
    }

    private static void zero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            bytes[i] = 0;
        }
    }
}
