package dev.domin.conformance.fuzz.program;

import dev.domin.conformance.fuzz.program.Ex.T;
import dev.domin.conformance.fuzz.program.Scope.Field;

/** The bytes of a struct's fields. */
final class Fields {

    private Fields() {}

    static Object read(byte[] blob, Field field) {
        long bits = 0;
        int width = Math.abs(field.width());
        for (int i = 0; i < width; i++) {
            bits = bits << 8 | blob[field.at() + (field.bigEndian() ? i : width - 1 - i)] & 0xFF;
        }
        if (field.real()) {
            return width == 8 ? Double.longBitsToDouble(bits) : (double) Float.intBitsToFloat((int) bits);
        }
        if (field.width() > 0) {
            int unused = 64 - 8 * width;
            bits = bits << unused >> unused;
        }
        return field.type() == T.I32 ? (Object) (int) bits : (Object) bits;
    }

    static void write(byte[] blob, Field field, Object value) {
        int width = Math.abs(field.width());
        long bits = !field.real()
                ? ((Number) value).longValue()
                : width == 8
                        ? Double.doubleToRawLongBits((Double) value)
                        : Float.floatToRawIntBits((float) (double) (Double) value);
        for (int i = 0; i < width; i++) {
            blob[field.at() + (field.bigEndian() ? width - 1 - i : i)] = (byte) (bits >> 8 * i);
        }
    }
}
