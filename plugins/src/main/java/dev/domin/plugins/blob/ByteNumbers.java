package dev.domin.plugins.blob;

import dev.domin.spi.Blob;
import dev.domin.spi.ScriptError;

/** Integers of 1 to 8 bytes and floating-point numbers of 4 or 8 inside blobs. */
final class ByteNumbers {

    private static final int MOST_BYTES = 8;

    private ByteNumbers() {}

    static long get(Blob blob, long offset, long bytes, boolean bigEndian) {
        int start = checkedStart(blob, offset, bytes);
        byte[] array = blob.array();
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            int at = bigEndian ? i : (int) bytes - 1 - i;
            value = (value << 8) | (array[start + at] & 0xFF);
        }
        return value;
    }

    static Blob make(long bytes, boolean bigEndian, long value) {
        checkSize(bytes);
        var blob = new Blob(bytes);
        store(blob.array(), 0, (int) bytes, bigEndian, value);
        return blob;
    }

    static void set(Blob blob, long offset, long bytes, boolean bigEndian, long value) {
        int start = checkedStart(blob, offset, bytes);
        store(blob.array(), start, (int) bytes, bigEndian, value);
    }

    static double getFloat(Blob blob, long offset, long bytes, boolean bigEndian) {
        checkFloatSize(bytes);
        long bits = get(blob, offset, bytes, bigEndian);
        return bytes == Float.BYTES ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
    }

    static void setFloat(Blob blob, long offset, long bytes, boolean bigEndian, double value) {
        checkFloatSize(bytes);
        long bits = bytes == Float.BYTES ? Float.floatToRawIntBits((float) value) : Double.doubleToRawLongBits(value);
        set(blob, offset, bytes, bigEndian, bits);
    }

    private static void checkFloatSize(long bytes) {
        if (bytes != Float.BYTES && bytes != Double.BYTES) {
            throw new ScriptError("bytes is " + bytes + ", but a floating-point number has 4 or 8 bytes");
        }
    }

    private static void store(byte[] array, int start, int bytes, boolean bigEndian, long value) {
        long rest = value;
        for (int i = 0; i < bytes; i++) {
            array[start + (bigEndian ? bytes - 1 - i : i)] = (byte) rest;
            rest >>= 8;
        }
    }

    private static int checkedStart(Blob blob, long offset, long bytes) {
        checkSize(bytes);
        if (offset < 0 || offset > blob.length() - bytes) {
            throw new ScriptError(bytes + (bytes == 1 ? " byte" : " bytes") + " at offset " + offset
                    + " are not inside the blob, which has " + blob.length());
        }
        return (int) offset;
    }

    private static void checkSize(long bytes) {
        if (bytes < 1 || bytes > MOST_BYTES) {
            throw new ScriptError("bytes is " + bytes + ", but a number has 1 to 8 bytes");
        }
    }
}
