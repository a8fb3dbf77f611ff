package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.Target;
import dev.domin.lang.source.Span;

/** Emits assignments to a byte of a field. Its address is the blob and the index in the field. */
final class FieldByteEmitter extends TargetEmitter {

    private final Target.FieldByte target;
    private final FieldEmitter fields;

    FieldByteEmitter(Target.FieldByte target, CodeWriter writer, ExprEmitter exprs, FieldEmitter fields) {
        super(target, writer, exprs);
        this.target = target;
        this.fields = fields;
    }

    @Override
    void address() {
        code.aload(writer.slot(target.blob()));
        exprs.bound(target.index());
    }

    @Override
    void addressTwice() {
        address();
        copyBlobAndLong();
    }

    @Override
    void load() {
        fields.readByte(new BoundExpr.Field(target.span(), target.blob(), target.struct(), target.field()));
    }

    @Override
    void storeBehind(Span span) {
        fields.storeByte(target.span(), target.blob(), target.struct(), target.field());
    }
}
