package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.BoundStmt;
import dev.domin.lang.bind.FieldType;
import dev.domin.lang.bind.Target;

/**
 * Decides which loops are strip-mined: split into an outer loop that polls the safepoint and an inner one that counts its turns
 * and does not poll. {@link LoopEmitter} writes both kinds.
 *
 * <p>Between two polls the JVM's compiler may keep a blob's array and length in registers, check indices for many turns at once,
 * and unroll the loop. It does so in a loop that counts; a single loop that polls now and then it treats as one that always
 * polls. So this pays for loops of little work on bytes. Loops of nothing but arithmetic gain nothing and poll at each turn, and
 * so do loops whose turns may be long: those that call, loop, copy, or compare what may be long.
 */
final class StripMining implements BoundStmt.Visitor, BoundExpr.Visitor, Target.Visitor {

    /** The most turns between two polls: enough to make a poll cheap, a few microseconds at the most. */
    private static final int MOST_TURNS = 1000;

    /** The most steps between two polls: the interpreter, too, must finish them in well under a millisecond. */
    private static final int MOST_STEPS = 20_000;

    private int steps;
    private boolean isBounded = true;
    private boolean usesBytes;

    private StripMining() {}

    /** {@return how many turns a loop may take between two polls; 1 where it is not worth strip-mining} */
    static int turns(BoundStmt.Loop loop) {
        var work = new StripMining();
        work.statement(loop.body());
        work.expression(loop.condition());
        work.expression(loop.update());
        return work.isBounded && work.usesBytes ? Math.clamp(MOST_STEPS / (work.steps + 1), 1, MOST_TURNS) : 1;
    }

    private void statement(BoundStmt statement) {
        if (isBounded && statement != null) {
            steps++;
            statement.accept(this);
        }
    }

    private void expression(BoundExpr expr) {
        if (isBounded && expr != null) {
            steps++;
            expr.accept(this);
        }
    }

    @Override
    public void visit(BoundStmt.Block block) {
        for (var inner : block.statements()) {
            statement(inner);
        }
    }

    @Override
    public void visit(BoundStmt.Declare declare) {
        isBounded &= declare.local().type().isNumeric();
        expression(declare.initializer());
    }

    @Override
    public void visit(BoundStmt.DeclareRef declare) {
        isBounded = false;
    }

    @Override
    public void visit(BoundStmt.AssignOverlay overlay) {
        isBounded = false;
    }

    @Override
    public void visit(BoundStmt.Evaluate evaluate) {
        expression(evaluate.expression());
    }

    @Override
    public void visit(BoundStmt.If branch) {
        expression(branch.condition());
        statement(branch.whenTrue());
        statement(branch.whenFalse());
    }

    @Override
    public void visit(BoundStmt.Loop loop) {
        isBounded = false;
    }

    @Override
    public void visit(BoundStmt.Switch choice) {
        isBounded &= choice.selector().type().isInteger();
        expression(choice.selector());
        for (var branch : choice.cases()) {
            statement(branch.body());
        }
    }

    @Override
    public void visit(BoundStmt.Break leave) {
        // one step, which has been counted
    }

    @Override
    public void visit(BoundStmt.Continue next) {
        // one step, which has been counted
    }

    @Override
    public void visit(BoundStmt.Return leave) {
        expression(leave.value());
    }

    @Override
    public void visit(BoundExpr.IntConstant constant) {
        // one step, which has been counted
    }

    @Override
    public void visit(BoundExpr.LongConstant constant) {
        // one step, which has been counted
    }

    @Override
    public void visit(BoundExpr.DoubleConstant constant) {
        // one step, which has been counted
    }

    @Override
    public void visit(BoundExpr.StringConstant constant) {
        isBounded = false;
    }

    @Override
    public void visit(BoundExpr.Read read) {
        isBounded &= read.local().type().isNumeric();
    }

    @Override
    public void visit(BoundExpr.Convert convert) {
        expression(convert.operand());
    }

    @Override
    public void visit(BoundExpr.Narrow narrow) {
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
        isBounded = false;
    }

    @Override
    public void visit(BoundExpr.Assign assign) {
        assign.target().accept(this);
        expression(assign.value());
    }

    @Override
    public void visit(BoundExpr.Fill fill) {
        isBounded = false;
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
        isBounded = false;
    }

    @Override
    public void visit(BoundExpr.PluginCall call) {
        isBounded = false;
    }

    @Override
    public void visit(BoundExpr.Reference reference) {
        isBounded = false;
    }

    @Override
    public void visit(BoundExpr.Index index) {
        usesBytes = true;
        bytes(index.base());
        expression(index.index());
    }

    @Override
    public void visit(BoundExpr.Slice slice) {
        isBounded = false;
    }

    @Override
    public void visit(BoundExpr.Length length) {
        bytes(length.base());
    }

    @Override
    public void visit(BoundExpr.Field field) {
        usesBytes = true;
        isBounded &= field.type().isNumeric();
    }

    @Override
    public void visit(Target.Variable target) {
        isBounded &= target.type().isNumeric();
    }

    @Override
    public void visit(Target.BlobByte target) {
        usesBytes = true;
        bytes(target.blob());
        expression(target.index());
    }

    @Override
    public void visit(Target.Slice target) {
        isBounded = false;
    }

    @Override
    public void visit(Target.Field target) {
        usesBytes = true;
        isBounded &= target.type().isNumeric();
    }

    @Override
    public void visit(Target.FieldByte target) {
        usesBytes = true;
        expression(target.index());
    }

    /** What has bytes: a variable is at hand, and so is a blob field; anything else has to be made first. */
    private void bytes(BoundExpr base) {
        isBounded &= base instanceof BoundExpr.Read
                || base instanceof BoundExpr.Field field && field.field().type() == FieldType.BLOB;
    }
}
