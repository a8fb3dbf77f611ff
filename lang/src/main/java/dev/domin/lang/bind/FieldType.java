package dev.domin.lang.bind;

/** The types of struct fields. */
public enum FieldType {
    I8(1, Type.I32),
    U8(1, Type.I32),
    I16(2, Type.I32),
    U16(2, Type.I32),
    I32(4, Type.I32),
    U32(4, Type.I64),
    I64(8, Type.I64),
    F32(4, Type.DOUBLE),
    DOUBLE(8, Type.DOUBLE),
    /** A fixed number of bytes, read as text up to the first 0. */
    STRING(1, Type.STRING),
    /** A fixed number of bytes. */
    BLOB(1, Type.BLOB);

    private final int width;
    private final Type type;

    FieldType(int width, Type type) {
        this.width = width;
        this.type = type;
    }

    /** {@return the bytes of one element, which is also its natural alignment} */
    public int width() {
        return width;
    }

    /** {@return the type of its value} */
    public Type type() {
        return type;
    }
}
