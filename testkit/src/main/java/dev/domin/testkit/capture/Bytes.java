package dev.domin.testkit.capture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in byte arrays, in either byte order. */
final class Bytes {

    private static final VarHandle SHORT = view(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = view(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = view(long[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    private static VarHandle view(Class<?> type, ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(type, order);
    }

    /** {@return an unsigned byte} */
    static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xFF;
    }

    /** {@return an unsigned number of two bytes in network byte order} */
    static int u16(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at) & 0xFFFF;
    }

    /** {@return an unsigned number of two bytes} */
    static int u16(byte[] bytes, int at, boolean little) {
        short value = (short) SHORT.get(bytes, at);
        return (little ? Short.reverseBytes(value) : value) & 0xFFFF;
    }

    /** {@return a number of four bytes in network byte order} */
    static int i32(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    /** {@return a number of four bytes} */
    static int i32(byte[] bytes, int at, boolean little) {
        int value = (int) INT.get(bytes, at);
        return little ? Integer.reverseBytes(value) : value;
    }

    /** {@return an unsigned number of four bytes} */
    static long u32(byte[] bytes, int at, boolean little) {
        return i32(bytes, at, little) & 0xFFFF_FFFFL;
    }

    /** {@return a number of eight bytes in network byte order} */
    static long i64(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    /** {@return a number of eight bytes} */
    static long i64(byte[] bytes, int at, boolean little) {
        long value = (long) LONG.get(bytes, at);
        return little ? Long.reverseBytes(value) : value;
    }

    /** Writes a number of two bytes in network byte order. */
    static void put16(byte[] bytes, int at, int value) {
        SHORT.set(bytes, at, (short) value);
    }

    /** Writes a number of four bytes in network byte order. */
    static void put32(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }
}
