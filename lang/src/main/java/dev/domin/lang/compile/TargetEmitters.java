package dev.domin.lang.compile;

import dev.domin.lang.bind.Target;

/** Gives each assignment's target the code that it takes. */
final class TargetEmitters implements Target.Visitor {

    private final CodeWriter writer;
    private final ExprEmitter exprs;
    private final FieldEmitter fields;
    private TargetEmitter chosen; // by the visit at hand

    TargetEmitters(CodeWriter writer, ExprEmitter exprs, FieldEmitter fields) {
        this.writer = writer;
        this.exprs = exprs;
        this.fields = fields;
    }

    TargetEmitter of(Target target) {
        target.accept(this);
        return chosen;
    }

    @Override
    public void visit(Target.Variable target) {
        chosen = new VariableEmitter(target, writer, exprs);
    }

    @Override
    public void visit(Target.BlobByte target) {
        chosen = new ByteEmitter(target, writer, exprs);
    }

    @Override
    public void visit(Target.Slice target) {
        chosen = new SliceEmitter(target, writer, exprs);
    }

    @Override
    public void visit(Target.Field target) {
        chosen = new FieldTargetEmitter(target, writer, exprs, fields);
    }

    @Override
    public void visit(Target.FieldByte target) {
        chosen = new FieldByteEmitter(target, writer, exprs, fields);
    }
}
