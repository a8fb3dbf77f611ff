package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.FieldType;
import dev.domin.lang.bind.Local;
import dev.domin.lang.bind.StructLayout;
import dev.domin.lang.bind.Type;
import dev.domin.lang.source.Span;
import java.lang.classfile.CodeBuilder;

/**
 * Fields of a struct that is laid over a blob. All methods except {@link #check} and {@link #read} expect the blob on
 * the stack.
 */
final class FieldEmitter {

    private static final String PLACE = "II" + "Ljava/lang/String;)";
    private static final String RUN = "III" + "Ljava/lang/String;)";
    private static final String BLOB = "Ldev/domin/spi/Blob;";

    private final CodeWriter writer;
    private final CodeBuilder code;

    FieldEmitter(CodeWriter writer) {
        this.writer = writer;
        this.code = writer.code();
    }

    /** Emits the check that the blob is not shorter than the struct. */
    void check(Span span, Local blob, StructLayout struct) {
        writer.read(blob);
        code.loadConstant(struct.size());
        code.ldc(demand(blob, struct));
        writer.at(span);
        writer.statics(Classes.OVERLAYS, "check", "(" + BLOB + "ILjava/lang/String;)V");
    }

    /** Pushes a field's value. */
    void read(BoundExpr.Field field) {
        writer.read(field.blob());
        load(field.span(), field.blob(), field.struct(), field.field());
    }

    /** Pushes a byte of a blob field; the blob and the index, as a {@code long}, are on the stack. */
    void readByte(BoundExpr.Field field) {
        run(field.span(), field.blob(), field.struct(), field.field());
        writer.statics(Classes.OVERLAY_BYTES, "getByte", "(" + BLOB + "J" + RUN + "I");
    }

    /** Pops the blob and pushes the value of the field. */
    void load(Span span, Local blob, StructLayout struct, StructLayout.Field field) {
        FieldType type = field.type();
        if (type == FieldType.STRING || type == FieldType.BLOB) {
            run(span, blob, struct, field);
            if (type == FieldType.STRING) {
                writer.statics(Classes.OVERLAY_BYTES, "getString", "(" + BLOB + RUN + "Ljava/lang/String;");
            } else {
                writer.statics(Classes.OVERLAY_BYTES, "getBlob", "(" + BLOB + RUN + BLOB);
            }
            return;
        }
        place(span, blob, struct, field);
        String descriptor =
                "(" + BLOB + PLACE + Classes.kind(type.type()).upperBound().descriptorString();
        writer.statics(Classes.OVERLAYS, reader(type) + order(field), descriptor);
    }

    /** Pops the blob and a value, and stores the value; {@code fill} for {@code :=}. */
    void store(Span span, Local blob, StructLayout struct, StructLayout.Field field, boolean fill) {
        FieldType type = field.type();
        if (type == FieldType.STRING || type == FieldType.BLOB) {
            run(span, blob, struct, field);
            String name = (fill ? "fill" : "set") + (type == FieldType.STRING ? "String" : "Blob");
            String value = type == FieldType.STRING ? "Ljava/lang/String;" : BLOB;
            writer.statics(Classes.OVERLAY_BYTES, name, "(" + BLOB + value + RUN + "V");
            return;
        }
        String name;
        String value = "I";
        if (type.type() == Type.DOUBLE) {
            name = type == FieldType.F32 ? "putF32" : "putF64";
            value = "D";
        } else if (field.size() == 8) {
            name = "put64";
            value = "J";
        } else {
            if (type.type() == Type.I64) {
                code.l2i();
            }
            name = field.size() == 4 ? "put32" : field.size() == 2 ? "put16" : "put8";
        }
        place(span, blob, struct, field);
        writer.statics(Classes.OVERLAYS, name + order(field), "(" + BLOB + value + PLACE + "V");
    }

    /** Pops the blob, the index as a {@code long} and a value, and stores the value in a byte of the field. */
    void storeByte(Span span, Local blob, StructLayout struct, StructLayout.Field field) {
        run(span, blob, struct, field);
        writer.statics(Classes.OVERLAY_BYTES, "putByte", "(" + BLOB + "JI" + RUN + "V");
    }

    /** Truncates the number on the stack to the width of the field. */
    void cut(FieldType type) {
        switch (type) {
            case I8 -> code.i2b();
            case U8 -> {
                code.loadConstant(0xFF);
                code.iand();
            }
            case I16 -> code.i2s();
            case U16 -> code.i2c();
            case U32 -> {
                code.loadConstant(0xFFFF_FFFFL);
                code.land();
            }
            case F32 -> {
                code.d2f();
                code.f2d();
            }
            case I32, I64, DOUBLE, STRING, BLOB -> {}
        }
    }

    private void place(Span span, Local blob, StructLayout struct, StructLayout.Field field) {
        code.loadConstant(field.offset());
        code.loadConstant(struct.size());
        code.ldc(demand(blob, struct));
        writer.at(span);
    }

    private void run(Span span, Local blob, StructLayout struct, StructLayout.Field field) {
        code.loadConstant(field.offset());
        code.loadConstant(field.size());
        code.loadConstant(struct.size());
        code.ldc(demand(blob, struct));
        writer.at(span);
    }

    private static String demand(Local blob, StructLayout struct) {
        return "a struct " + struct.name() + " needs " + struct.size() + " bytes, `$" + blob.name() + "`";
    }

    private static String order(StructLayout.Field field) {
        return field.bigEndian() && field.size() > 1 ? "be" : "";
    }

    private static String reader(FieldType type) {
        return switch (type) {
            case I8 -> "i8";
            case U8 -> "u8";
            case I16 -> "i16";
            case U16 -> "u16";
            case I32 -> "i32";
            case U32 -> "u32";
            case I64 -> "i64";
            case F32 -> "f32";
            case DOUBLE -> "f64";
            case STRING, BLOB -> throw new IllegalArgumentException("not a number: " + type);
        };
    }
}
