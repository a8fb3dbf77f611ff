package dev.domin.lang.support;

import dev.domin.spi.Blob;
import dev.domin.spi.ScriptError;

/**
 * Reads and writes the number fields of a struct that is laid over a blob, in place; {@link OverlayBytes} does so for
 * the other fields. Stateless.
 *
 * <p>Every method takes the field's {@code offset} in the blob, the {@code size} of the whole struct, which is checked
 * on each access since an assignment may have changed the length of the blob, and {@code demand}, the beginning of the
 * error for a shorter blob: {@code a struct Header needs 12 bytes, `$X`}. Methods without a suffix use little-endian
 * order, those with {@code be} network byte order. Storing keeps the low bits of the field's width.
 */
public final class Overlays {

    private Overlays() {}

    /**
     * Checks that a struct fits.
     *
     * @param blob the blob
     * @param size the struct's bytes
     * @param demand the beginning of the error message
     * @throws ScriptError if the blob is shorter than the struct
     */
    public static void check(Blob blob, int size, String demand) {
        if (blob.length() < size) {
            throw tooShort(blob, demand);
        }
    }

    /** Reads an {@code i8}. */
    public static int i8(Blob blob, int offset, int size, String demand) {
        return bytes(blob, size, demand)[offset];
    }

    /** Reads a {@code u8}. */
    public static int u8(Blob blob, int offset, int size, String demand) {
        return bytes(blob, size, demand)[offset] & 0xFF;
    }

    /** Reads an {@code i16}. */
    public static int i16(Blob blob, int offset, int size, String demand) {
        return (short) little16(bytes(blob, size, demand), offset);
    }

    /** Reads an {@code i16be}. */
    public static int i16be(Blob blob, int offset, int size, String demand) {
        return (short) big16(bytes(blob, size, demand), offset);
    }

    /** Reads a {@code u16}. */
    public static int u16(Blob blob, int offset, int size, String demand) {
        return little16(bytes(blob, size, demand), offset);
    }

    /** Reads a {@code u16be}. */
    public static int u16be(Blob blob, int offset, int size, String demand) {
        return big16(bytes(blob, size, demand), offset);
    }

    /** Reads an {@code i32}. */
    public static int i32(Blob blob, int offset, int size, String demand) {
        return little32(bytes(blob, size, demand), offset);
    }

    /** Reads an {@code i32be}. */
    public static int i32be(Blob blob, int offset, int size, String demand) {
        return big32(bytes(blob, size, demand), offset);
    }

    /** Reads a {@code u32}. */
    public static long u32(Blob blob, int offset, int size, String demand) {
        return little32(bytes(blob, size, demand), offset) & 0xFFFF_FFFFL;
    }

    /** Reads a {@code u32be}. */
    public static long u32be(Blob blob, int offset, int size, String demand) {
        return big32(bytes(blob, size, demand), offset) & 0xFFFF_FFFFL;
    }

    /** Reads an {@code i64}. */
    public static long i64(Blob blob, int offset, int size, String demand) {
        return little64(bytes(blob, size, demand), offset);
    }

    /** Reads an {@code i64be}. */
    public static long i64be(Blob blob, int offset, int size, String demand) {
        return big64(bytes(blob, size, demand), offset);
    }

    /** Reads an {@code f32}. */
    public static double f32(Blob blob, int offset, int size, String demand) {
        return Float.intBitsToFloat(i32(blob, offset, size, demand));
    }

    /** Reads an {@code f32be}. */
    public static double f32be(Blob blob, int offset, int size, String demand) {
        return Float.intBitsToFloat(i32be(blob, offset, size, demand));
    }

    /** Reads a {@code double}. */
    public static double f64(Blob blob, int offset, int size, String demand) {
        return Double.longBitsToDouble(little64(bytes(blob, size, demand), offset));
    }

    /** Reads a {@code doublebe}. */
    public static double f64be(Blob blob, int offset, int size, String demand) {
        return Double.longBitsToDouble(big64(bytes(blob, size, demand), offset));
    }

    /** Writes one byte. */
    public static void put8(Blob blob, int value, int offset, int size, String demand) {
        bytes(blob, size, demand)[offset] = (byte) value;
    }

    /** Writes two bytes. */
    public static void put16(Blob blob, int value, int offset, int size, String demand) {
        byte[] bytes = bytes(blob, size, demand);
        bytes[offset] = (byte) value;
        bytes[offset + 1] = (byte) (value >> 8);
    }

    /** Writes two bytes in network byte order. */
    public static void put16be(Blob blob, int value, int offset, int size, String demand) {
        byte[] bytes = bytes(blob, size, demand);
        bytes[offset] = (byte) (value >> 8);
        bytes[offset + 1] = (byte) value;
    }

    /** Writes four bytes. */
    public static void put32(Blob blob, int value, int offset, int size, String demand) {
        putLittle32(bytes(blob, size, demand), offset, value);
    }

    /** Writes four bytes in network byte order. */
    public static void put32be(Blob blob, int value, int offset, int size, String demand) {
        putBig32(bytes(blob, size, demand), offset, value);
    }

    /** Writes eight bytes. */
    public static void put64(Blob blob, long value, int offset, int size, String demand) {
        byte[] bytes = bytes(blob, size, demand);
        putLittle32(bytes, offset, (int) value);
        putLittle32(bytes, offset + 4, (int) (value >> 32));
    }

    /** Writes eight bytes in network byte order. */
    public static void put64be(Blob blob, long value, int offset, int size, String demand) {
        byte[] bytes = bytes(blob, size, demand);
        putBig32(bytes, offset, (int) (value >> 32));
        putBig32(bytes, offset + 4, (int) value);
    }

    /** Writes an {@code f32}: the nearest number that it can hold, infinity beyond its range. */
    public static void putF32(Blob blob, double value, int offset, int size, String demand) {
        put32(blob, Float.floatToRawIntBits((float) value), offset, size, demand);
    }

    /** Writes an {@code f32be}. */
    public static void putF32be(Blob blob, double value, int offset, int size, String demand) {
        put32be(blob, Float.floatToRawIntBits((float) value), offset, size, demand);
    }

    /** Writes a {@code double}. */
    public static void putF64(Blob blob, double value, int offset, int size, String demand) {
        put64(blob, Double.doubleToRawLongBits(value), offset, size, demand);
    }

    /** Writes a {@code doublebe}. */
    public static void putF64be(Blob blob, double value, int offset, int size, String demand) {
        put64be(blob, Double.doubleToRawLongBits(value), offset, size, demand);
    }

    /** {@return the bytes of a blob, which must be long enough for a struct} */
    static byte[] bytes(Blob blob, int size, String demand) {
        if (blob.length() < size) {
            throw tooShort(blob, demand);
        }
        return blob.array();
    }

    private static ScriptError tooShort(Blob blob, String demand) {
        return new ScriptError(demand + " has " + blob.length());
    }

    private static int little16(byte[] bytes, int offset) {
        return bytes[offset] & 0xFF | (bytes[offset + 1] & 0xFF) << 8;
    }

    private static int big16(byte[] bytes, int offset) {
        return (bytes[offset] & 0xFF) << 8 | bytes[offset + 1] & 0xFF;
    }

    private static int little32(byte[] bytes, int offset) {
        return little16(bytes, offset) | little16(bytes, offset + 2) << 16;
    }

    private static int big32(byte[] bytes, int offset) {
        return big16(bytes, offset) << 16 | big16(bytes, offset + 2);
    }

    private static long little64(byte[] bytes, int offset) {
        return little32(bytes, offset) & 0xFFFF_FFFFL | (long) little32(bytes, offset + 4) << 32;
    }

    private static long big64(byte[] bytes, int offset) {
        return (long) big32(bytes, offset) << 32 | big32(bytes, offset + 4) & 0xFFFF_FFFFL;
    }

    private static void putLittle32(byte[] bytes, int offset, int value) {
        bytes[offset] = (byte) value;
        bytes[offset + 1] = (byte) (value >> 8);
        bytes[offset + 2] = (byte) (value >> 16);
        bytes[offset + 3] = (byte) (value >> 24);
    }

    private static void putBig32(byte[] bytes, int offset, int value) {
        bytes[offset] = (byte) (value >> 24);
        bytes[offset + 1] = (byte) (value >> 16);
        bytes[offset + 2] = (byte) (value >> 8);
        bytes[offset + 3] = (byte) value;
    }
}
