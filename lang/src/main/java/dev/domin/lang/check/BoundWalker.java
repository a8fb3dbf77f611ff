package dev.domin.lang.check;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.BoundStmt;
import dev.domin.lang.bind.OperandWalker;
import dev.domin.lang.bind.StatementWalker;
import dev.domin.lang.bind.Target;
import org.jspecify.annotations.Nullable;

/** Visits every statement and expression of a function. A check overrides what it looks at. */
abstract class BoundWalker implements StatementWalker, OperandWalker, Target.Visitor {

    @Override
    public void statement(BoundStmt statement) {
        statement.accept(this);
    }

    @Override
    public void expression(BoundExpr expression) {
        expression.accept(this);
    }

    @Override
    public void operand(BoundExpr operand) {
        expression(operand);
    }

    private void optional(@Nullable BoundExpr expression) {
        if (expression != null) {
            expression(expression);
        }
    }

    @Override
    public void visit(BoundStmt.Declare declare) {
        optional(declare.capacity());
        optional(declare.initializer());
    }

    @Override
    public void visit(BoundStmt.DeclareRef declare) {
        expression(declare.source());
    }

    @Override
    public void visit(BoundStmt.AssignOverlay overlay) {
        // has no parts
    }

    @Override
    public void visit(BoundStmt.Loop loop) {
        if (loop.initializer() != null) {
            statement(loop.initializer());
        }
        optional(loop.condition());
        if (loop.update() != null) {
            update(loop.update());
        }
        statement(loop.body());
    }

    /** Handles the update of a loop, whose value is not used. */
    void update(BoundExpr update) {
        expression(update);
    }

    @Override
    public void visit(BoundStmt.Switch choice) {
        expression(choice.selector());
        for (var each : choice.cases()) {
            statement(each.body());
        }
    }

    @Override
    public void visit(BoundExpr.StringConstant constant) {
        // has no operand
    }

    @Override
    public void visit(BoundExpr.Read read) {
        // has no operand
    }

    @Override
    public void visit(BoundExpr.Concat concat) {
        expression(concat.left());
        expression(concat.right());
    }

    @Override
    public void visit(BoundExpr.Assign assign) {
        assign.target().accept(this);
        expression(assign.value());
    }

    @Override
    public void visit(BoundExpr.Fill fill) {
        fill.target().accept(this);
        expression(fill.value());
    }

    @Override
    public void visit(BoundExpr.CompoundAssign assign) {
        assign.target().accept(this);
        expression(assign.value());
    }

    @Override
    public void visit(BoundExpr.IncDec step) {
        step.target().accept(this);
    }

    @Override
    public void visit(BoundExpr.UserCall call) {
        call.arguments().forEach(this::expression);
    }

    @Override
    public void visit(BoundExpr.PluginCall call) {
        call.arguments().forEach(this::expression);
    }

    @Override
    public void visit(BoundExpr.Reference reference) {
        // has no operand
    }

    @Override
    public void visit(BoundExpr.Index index) {
        expression(index.base());
        expression(index.index());
    }

    @Override
    public void visit(BoundExpr.Slice slice) {
        expression(slice.base());
        optional(slice.from());
        optional(slice.to());
    }

    @Override
    public void visit(BoundExpr.Length length) {
        expression(length.base());
    }

    @Override
    public void visit(BoundExpr.Field field) {
        // has no operand
    }

    @Override
    public void visit(Target.Variable target) {
        // has no operand
    }

    @Override
    public void visit(Target.BlobByte target) {
        expression(target.blob());
        expression(target.index());
    }

    @Override
    public void visit(Target.Slice target) {
        expression(target.blob());
        optional(target.from());
        optional(target.to());
    }

    @Override
    public void visit(Target.Field target) {
        // has no operand
    }

    @Override
    public void visit(Target.FieldByte target) {
        expression(target.index());
    }
}
