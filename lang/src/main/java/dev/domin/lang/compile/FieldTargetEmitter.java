package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.Target;
import dev.domin.lang.source.Span;

/** Emits assignments to a field of a struct that is laid over a blob. Its address is the blob. */
final class FieldTargetEmitter extends TargetEmitter {

    private final Target.Field target;
    private final FieldEmitter fields;

    FieldTargetEmitter(Target.Field target, CodeWriter writer, ExprEmitter exprs, FieldEmitter fields) {
        super(target, writer, exprs);
        this.target = target;
        this.fields = fields;
    }

    @Override
    void fill(BoundExpr.Fill fill, boolean keep) {
        address();
        exprs.value(fill.value());
        fields.store(fill.span(), target.blob(), target.struct(), target.field(), true);
        if (keep) {
            reload();
        }
    }

    @Override
    void address() {
        code.aload(writer.slot(target.blob()));
    }

    @Override
    void addressTwice() {
        address();
        code.dup();
    }

    @Override
    void load() {
        fields.load(target.span(), target.blob(), target.struct(), target.field());
    }

    @Override
    void store(Span span, boolean keep) {
        if (target.type().isNumeric()) {
            super.store(span, keep);
            return;
        }
        fields.store(span, target.blob(), target.struct(), target.field(), false);
        if (keep) {
            reload();
        }
    }

    @Override
    void storeBehind(Span span) {
        fields.store(target.span(), target.blob(), target.struct(), target.field(), false);
    }

    @Override
    void cut() {
        fields.cut(target.field().type());
    }

    private void reload() {
        fields.read(new BoundExpr.Field(target.span(), target.blob(), target.struct(), target.field()));
    }
}
