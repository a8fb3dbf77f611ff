package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.Target;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Chooses the emitter for the target of each assignment. */
final class TargetEmitters implements Target.Visitor {

    private final CodeWriter writer;
    private final ExprEmitter exprs;
    private final FieldEmitter fields;
    private @Nullable TargetEmitter chosen; // by the last visit

    TargetEmitters(CodeWriter writer, ExprEmitter exprs, FieldEmitter fields) {
        this.writer = writer;
        this.exprs = exprs;
        this.fields = fields;
    }

    /** Emits a change of a target; pushes the value of the expression if {@code keep}. */
    void emit(BoundExpr.Change change, boolean keep) {
        change.target().accept(this);
        change.accept(new Emission(Objects.requireNonNull(chosen), keep));
    }

    private record Emission(TargetEmitter target, boolean keep) implements BoundExpr.ChangeVisitor {
        @Override
        public void visit(BoundExpr.Assign assign) {
            target.assign(assign, keep);
        }

        @Override
        public void visit(BoundExpr.Fill fill) {
            target.fill(fill, keep);
        }

        @Override
        public void visit(BoundExpr.CompoundAssign assign) {
            target.compound(assign, keep);
        }

        @Override
        public void visit(BoundExpr.IncDec incDec) {
            target.incDec(incDec, keep);
        }
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
