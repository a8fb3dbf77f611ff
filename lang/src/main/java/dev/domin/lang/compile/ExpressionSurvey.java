package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.OperandWalker;
import dev.domin.lang.bind.Target;
import dev.domin.lang.bind.Type;
import dev.domin.lang.syntax.BinaryOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts the nodes of expressions, and finds out whether they only compute with numbers. */
final class ExpressionSurvey implements OperandWalker, Target.Visitor {

    private int nodes; // of the current expression
    private boolean onlyNumbers = true;

    /** {@return roughly the maximum number of values that an expression has on the operand stack} */
    int nodes(BoundExpr expr) {
        nodes = 0;
        operand(expr);
        return nodes;
    }

    /** {@return whether all expressions so far use only numbers and cannot fail} */
    boolean onlyNumbers() {
        return onlyNumbers;
    }

    private void operands(List<BoundExpr> all) {
        for (var one : all) {
            operand(one);
        }
    }

    @Override
    public void operand(BoundExpr operand) {
        nodes++;
        operand.accept(this);
    }

    private void bound(@Nullable BoundExpr bound) {
        if (bound != null) {
            operand(bound);
        }
    }

    @Override
    public void visit(BoundExpr.StringConstant constant) {
        onlyNumbers = false;
    }

    @Override
    public void visit(BoundExpr.Read read) {
        onlyNumbers &= read.type().isNumeric();
    }

    @Override
    public void visit(BoundExpr.Narrow narrow) {
        onlyNumbers = false;
        nodes += 2; // the texts of its message
        operand(narrow.operand());
    }

    @Override
    public void visit(BoundExpr.Arithmetic arithmetic) {
        onlyNumbers &= !mayFail(arithmetic.op(), arithmetic.type());
        operand(arithmetic.left());
        operand(arithmetic.right());
    }

    @Override
    public void visit(BoundExpr.Concat concat) {
        onlyNumbers = false;
        operand(concat.left());
        operand(concat.right());
    }

    @Override
    public void visit(BoundExpr.Assign assign) {
        target(assign.target());
        operand(assign.value());
    }

    @Override
    public void visit(BoundExpr.Fill fill) {
        onlyNumbers = false;
        target(fill.target());
        operand(fill.value());
    }

    @Override
    public void visit(BoundExpr.CompoundAssign assign) {
        onlyNumbers &= !mayFail(assign.op(), assign.computeType());
        target(assign.target());
        operand(assign.value());
    }

    @Override
    public void visit(BoundExpr.IncDec step) {
        target(step.target());
    }

    @Override
    public void visit(BoundExpr.UserCall call) {
        operands(call.arguments());
    }

    @Override
    public void visit(BoundExpr.PluginCall call) {
        onlyNumbers = false;
        nodes++; // the plugin itself
        operands(call.arguments());
    }

    @Override
    public void visit(BoundExpr.Reference reference) {
        onlyNumbers = false;
    }

    @Override
    public void visit(BoundExpr.Index index) {
        onlyNumbers = false;
        operand(index.base());
        operand(index.index());
    }

    @Override
    public void visit(BoundExpr.Slice slice) {
        onlyNumbers = false;
        operand(slice.base());
        bound(slice.from());
        bound(slice.to());
    }

    @Override
    public void visit(BoundExpr.Length length) {
        onlyNumbers = false;
        operand(length.base());
    }

    @Override
    public void visit(BoundExpr.Field field) {
        onlyNumbers = false;
    }

    private void target(Target target) {
        nodes += 2; // the address, and a copy of the value
        onlyNumbers &= target.type().isNumeric();
        target.accept(this);
    }

    @Override
    public void visit(Target.Variable variable) {
        // the variable is counted at its declaration
    }

    @Override
    public void visit(Target.BlobByte target) {
        onlyNumbers = false;
        operand(target.blob());
        operand(target.index());
    }

    @Override
    public void visit(Target.Slice target) {
        onlyNumbers = false;
        operand(target.blob());
        bound(target.from());
        bound(target.to());
    }

    @Override
    public void visit(Target.Field target) {
        onlyNumbers = false;
    }

    @Override
    public void visit(Target.FieldByte target) {
        onlyNumbers = false;
        operand(target.index());
    }

    /** Whether an operation may raise an error: the division of a whole number by 0. */
    private static boolean mayFail(BinaryOp op, Type type) {
        return (op == BinaryOp.DIVIDE || op == BinaryOp.REMAINDER) && type.isInteger();
    }
}
