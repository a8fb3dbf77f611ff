package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.Target;
import dev.domin.lang.bind.Type;
import dev.domin.lang.syntax.BinaryOp;
import java.util.List;

/** Counts the nodes of expressions, and finds out whether they do nothing but compute with numbers. */
final class ExpressionSurvey implements BoundExpr.Visitor, Target.Visitor {

    private int nodes; // of the expression at hand
    private boolean onlyNumbers = true;

    /** {@return how many values an expression may have on the operand stack at the most, roughly} */
    int nodes(BoundExpr expr) {
        nodes = 0;
        expression(expr);
        return nodes;
    }

    /** {@return whether all expressions so far work on numbers alone and cannot fail} */
    boolean onlyNumbers() {
        return onlyNumbers;
    }

    private void expressions(List<BoundExpr> all) {
        for (var expr : all) {
            expression(expr);
        }
    }

    private void expression(BoundExpr expr) {
        if (expr != null) {
            nodes++;
            expr.accept(this);
        }
    }

    @Override
    public void visit(BoundExpr.IntConstant constant) {
        // one node, which has been counted
    }

    @Override
    public void visit(BoundExpr.LongConstant constant) {
        // one node, which has been counted
    }

    @Override
    public void visit(BoundExpr.DoubleConstant constant) {
        // one node, which has been counted
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
    public void visit(BoundExpr.Convert convert) {
        expression(convert.operand());
    }

    @Override
    public void visit(BoundExpr.Narrow narrow) {
        onlyNumbers = false;
        nodes += 2; // the texts of its message
        expression(narrow.operand());
    }

    @Override
    public void visit(BoundExpr.Negate negate) {
        expression(negate.operand());
    }

    @Override
    public void visit(BoundExpr.Complement complement) {
        expression(complement.operand());
    }

    @Override
    public void visit(BoundExpr.Not not) {
        expression(not.operand());
    }

    @Override
    public void visit(BoundExpr.Arithmetic arithmetic) {
        onlyNumbers &= !mayFail(arithmetic.op(), arithmetic.type());
        expression(arithmetic.left());
        expression(arithmetic.right());
    }

    @Override
    public void visit(BoundExpr.Compare compare) {
        expression(compare.left());
        expression(compare.right());
    }

    @Override
    public void visit(BoundExpr.Logical logical) {
        expression(logical.left());
        expression(logical.right());
    }

    @Override
    public void visit(BoundExpr.Conditional conditional) {
        expression(conditional.condition());
        expression(conditional.whenTrue());
        expression(conditional.whenFalse());
    }

    @Override
    public void visit(BoundExpr.Concat concat) {
        onlyNumbers = false;
        expression(concat.left());
        expression(concat.right());
    }

    @Override
    public void visit(BoundExpr.Assign assign) {
        target(assign.target());
        expression(assign.value());
    }

    @Override
    public void visit(BoundExpr.Fill fill) {
        onlyNumbers = false;
        target(fill.target());
        expression(fill.value());
    }

    @Override
    public void visit(BoundExpr.CompoundAssign assign) {
        onlyNumbers &= !mayFail(assign.op(), assign.computeType());
        target(assign.target());
        expression(assign.value());
    }

    @Override
    public void visit(BoundExpr.IncDec step) {
        target(step.target());
    }

    @Override
    public void visit(BoundExpr.UserCall call) {
        expressions(call.arguments());
    }

    @Override
    public void visit(BoundExpr.PluginCall call) {
        onlyNumbers = false;
        nodes++; // the plugin itself
        expressions(call.arguments());
    }

    @Override
    public void visit(BoundExpr.Reference reference) {
        onlyNumbers = false;
    }

    @Override
    public void visit(BoundExpr.Index index) {
        onlyNumbers = false;
        expression(index.base());
        expression(index.index());
    }

    @Override
    public void visit(BoundExpr.Slice slice) {
        onlyNumbers = false;
        expression(slice.base());
        expression(slice.from());
        expression(slice.to());
    }

    @Override
    public void visit(BoundExpr.Length length) {
        onlyNumbers = false;
        expression(length.base());
    }

    @Override
    public void visit(BoundExpr.Field field) {
        onlyNumbers = false;
    }

    private void target(Target target) {
        nodes += 2; // what it is stored in, and a copy of what is stored
        onlyNumbers &= target.type().isNumeric();
        target.accept(this);
    }

    @Override
    public void visit(Target.Variable variable) {
        // the variable has been counted where it is declared
    }

    @Override
    public void visit(Target.BlobByte target) {
        onlyNumbers = false;
        expression(target.blob());
        expression(target.index());
    }

    @Override
    public void visit(Target.Slice target) {
        onlyNumbers = false;
        expression(target.blob());
        expression(target.from());
        expression(target.to());
    }

    @Override
    public void visit(Target.Field target) {
        onlyNumbers = false;
    }

    @Override
    public void visit(Target.FieldByte target) {
        onlyNumbers = false;
        expression(target.index());
    }

    /** Whether an operation may raise an error of ours: a whole number divided by 0. */
    private static boolean mayFail(BinaryOp op, Type type) {
        return (op == BinaryOp.DIVIDE || op == BinaryOp.REMAINDER) && type.isInteger();
    }
}
