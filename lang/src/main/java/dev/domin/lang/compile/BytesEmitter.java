package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.FieldType;
import dev.domin.lang.bind.Type;
import java.lang.classfile.CodeBuilder;

/** Emits reads of bytes, slices and lengths of strings and blobs. */
final class BytesEmitter {

    private final CodeWriter writer;
    private final CodeBuilder code;
    private final ExprEmitter exprs;
    private final FieldEmitter fields;

    BytesEmitter(CodeWriter writer, ExprEmitter exprs, FieldEmitter fields) {
        this.writer = writer;
        this.code = writer.code();
        this.exprs = exprs;
        this.fields = fields;
    }

    /** Pushes a byte, an {@code i32}. */
    void index(BoundExpr.Index index) {
        if (index.base() instanceof BoundExpr.Field field && field.field().type() == FieldType.BLOB) {
            writer.read(field.blob());
            exprs.bound(index.index());
            fields.readByte(field);
            return;
        }
        exprs.value(index.base());
        exprs.value(index.index());
        writer.at(index.span());
        String width = index.index().type() == Type.I64 ? "J" : "I";
        if (index.base().type() == Type.BLOB) {
            writer.virtual(Classes.BLOB, "get", "(" + width + ")I");
        } else {
            writer.statics(Classes.STRINGS, "at", "(Ljava/lang/String;" + width + ")I");
        }
    }

    /** Pushes a copy of a part. */
    void slice(BoundExpr.Slice slice) {
        exprs.value(slice.base());
        exprs.bound(slice.from());
        boolean isBlob = slice.type() == Type.BLOB;
        if (slice.to() != null) {
            exprs.bound(slice.to());
        }
        writer.at(slice.span());
        if (slice.to() == null) {
            writer.statics(
                    isBlob ? Classes.BLOBS : Classes.STRINGS,
                    "tail",
                    isBlob ? "(Ldev/domin/spi/Blob;J)Ldev/domin/spi/Blob;" : "(Ljava/lang/String;J)Ljava/lang/String;");
        } else if (isBlob) {
            writer.virtual(Classes.BLOB, "slice", "(JJ)Ldev/domin/spi/Blob;");
        } else {
            writer.statics(Classes.STRINGS, "slice", "(Ljava/lang/String;JJ)Ljava/lang/String;");
        }
    }

    /** Pushes the length. */
    void length(BoundExpr.Length length) {
        if (length.base() instanceof BoundExpr.Field field && field.field().type() == FieldType.BLOB) {
            fields.check(field.span(), field.blob(), field.struct());
            code.loadConstant(field.field().size());
            return;
        }
        if (length.base() instanceof BoundExpr.Read read
                && read.type() == Type.STRING
                && read.local().isHeld()) {
            code.aload(writer.slot(read.local()));
            writer.virtual(Classes.STRING_REF, "length", "()I");
            return;
        }
        exprs.value(length.base());
        writer.virtual(length.base().type() == Type.BLOB ? Classes.BLOB : Classes.STRING, "length", "()I");
    }
}
