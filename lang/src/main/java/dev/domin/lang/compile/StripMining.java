package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.BoundStmt;
import dev.domin.lang.bind.FieldType;
import dev.domin.lang.bind.OperandWalker;
import dev.domin.lang.bind.StatementWalker;
import dev.domin.lang.bind.Target;

/**
 * Decides which loops are strip-mined: split into an outer loop that polls the safepoint and an inner one that counts
 * its iterations and does not poll. {@link LoopEmitter} emits both kinds.
 *
 * <p>Between two polls the JVM's compiler can keep a blob's array and length in registers, check indices for many
 * iterations at once, and unroll the loop. It does so in a counted loop; it treats a single loop that polls now and
 * then like one that always polls. So strip-mining is worthwhile for short loops over bytes. Loops of arithmetic only
 * would not become faster, and poll in each iteration, as do loops whose iterations may be long: those that call, loop,
 * copy, or compare strings or blobs.
 */
final class StripMining implements StatementWalker, OperandWalker, Target.Visitor {

    /**
     * The maximum number of iterations between two polls: enough to make the cost of polling negligible, but only a few
     * microseconds.
     */
    private static final int MAX_ITERATIONS = 1000;

    /**
     * The maximum number of steps between two polls: the interpreter, too, must execute them in well under a
     * millisecond.
     */
    private static final int MAX_STEPS = 20_000;

    private int steps;
    private boolean isBounded = true;
    private boolean usesBytes;

    private StripMining() {}

    /** {@return how many iterations a loop may run between two polls; 1 if strip-mining is not worthwhile} */
    static int iterations(BoundStmt.Loop loop) {
        var work = new StripMining();
        work.statement(loop.body());
        if (loop.condition() != null) {
            work.expression(loop.condition());
        }
        if (loop.update() != null) {
            work.expression(loop.update());
        }
        return work.isBounded && work.usesBytes ? Math.clamp(MAX_STEPS / (work.steps + 1), 1, MAX_ITERATIONS) : 1;
    }

    @Override
    public void statement(BoundStmt statement) {
        if (isBounded) {
            steps++;
            statement.accept(this);
        }
    }

    @Override
    public void expression(BoundExpr expression) {
        operand(expression);
    }

    @Override
    public void operand(BoundExpr operand) {
        if (isBounded) {
            steps++;
            operand.accept(this);
        }
    }

    @Override
    public void visit(BoundStmt.Declare declare) {
        isBounded &= declare.local().type().isNumeric();
        if (declare.initializer() != null) {
            expression(declare.initializer());
        }
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
    public void visit(BoundExpr.StringConstant constant) {
        isBounded = false;
    }

    @Override
    public void visit(BoundExpr.Read read) {
        isBounded &= read.local().type().isNumeric();
    }

    @Override
    public void visit(BoundExpr.Concat concat) {
        isBounded = false;
    }

    @Override
    public void visit(BoundExpr.Assign assign) {
        assign.target().accept(this);
        operand(assign.value());
    }

    @Override
    public void visit(BoundExpr.Fill fill) {
        isBounded = false;
    }

    @Override
    public void visit(BoundExpr.CompoundAssign assign) {
        assign.target().accept(this);
        operand(assign.value());
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
        operand(index.index());
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
        operand(target.index());
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
        operand(target.index());
    }

    /**
     * Checks an expression whose bytes are read: variables and blob fields need no evaluation, others may take long.
     */
    private void bytes(BoundExpr base) {
        isBounded &= base instanceof BoundExpr.Read
                || base instanceof BoundExpr.Field field && field.field().type() == FieldType.BLOB;
    }
}
