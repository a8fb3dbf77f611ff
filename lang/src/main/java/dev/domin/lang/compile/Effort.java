package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.BoundStmt;
import dev.domin.lang.bind.FieldType;

/**
 * Tells how much work one turn of a loop is, so that a loop of little work on bytes need not ask at each turn whether it has to
 * give way: between two questions the JVM's compiler may keep a blob's array and length in registers, check indices for many
 * turns at once, and take several turns in one. Loops of nothing but arithmetic gain nothing from that and ask at each turn.
 */
@SuppressWarnings("IfChainToSwitch") // see ExprEmitter
final class Effort {

    /** The most turns between two questions: enough to make the question cheap, a few microseconds at the most. */
    private static final int MOST_TURNS = 1000;

    /** The most steps between two questions: the interpreter, too, has to be through with them in well under a millisecond. */
    private static final int MOST_STEPS = 20_000;

    private int steps;
    private boolean isBounded = true;
    private boolean usesBytes;

    private Effort() {}

    /**
     * {@return how many turns a loop may take between two questions whether to give way; 1 where a turn may be long: it calls,
     * loops, copies, or compares what may be long, or where it uses no bytes}
     */
    static int turns(BoundStmt.Loop loop) {
        var effort = new Effort();
        effort.statement(loop.body());
        if (loop.condition() != null) {
            effort.expression(loop.condition());
        }
        if (loop.update() != null) {
            effort.expression(loop.update());
        }
        return effort.isBounded && effort.usesBytes ? Math.clamp(MOST_STEPS / (effort.steps + 1), 1, MOST_TURNS) : 1;
    }

    private void statement(BoundStmt statement) {
        if (!isBounded) {
            return;
        }
        steps++;
        if (statement instanceof BoundStmt.Evaluate evaluate) {
            expression(evaluate.expression());
        } else if (statement instanceof BoundStmt.Block block) {
            for (var inner : block.statements()) {
                statement(inner);
            }
        } else if (statement instanceof BoundStmt.If branch) {
            expression(branch.condition());
            statement(branch.whenTrue());
            if (branch.whenFalse() != null) {
                statement(branch.whenFalse());
            }
        } else if (statement instanceof BoundStmt.Declare declare) {
            isBounded &= declare.local().type().isNumeric();
            if (declare.initializer() != null) {
                expression(declare.initializer());
            }
        } else if (statement instanceof BoundStmt.Switch choice) {
            isBounded &= choice.selector().type().isInteger();
            expression(choice.selector());
            for (var branch : choice.cases()) {
                statement(branch.body());
            }
        } else if (statement instanceof BoundStmt.Return ret) {
            if (ret.value() != null) {
                expression(ret.value());
            }
        } else if (!(statement instanceof BoundStmt.Break || statement instanceof BoundStmt.Continue)) {
            isBounded = false;
        }
    }

    private void expression(BoundExpr expr) {
        if (!isBounded) {
            return;
        }
        steps++;
        if (expr instanceof BoundExpr.Read read) {
            isBounded &= read.local().type().isNumeric();
        } else if (expr instanceof BoundExpr.Arithmetic arithmetic) {
            expression(arithmetic.left());
            expression(arithmetic.right());
        } else if (expr instanceof BoundExpr.Compare compare) {
            expression(compare.left());
            expression(compare.right());
        } else if (expr instanceof BoundExpr.Logical logical) {
            expression(logical.left());
            expression(logical.right());
        } else if (expr instanceof BoundExpr.Convert convert) {
            expression(convert.operand());
        } else if (expr instanceof BoundExpr.Narrow narrow) {
            expression(narrow.operand());
        } else if (expr instanceof BoundExpr.Not not) {
            expression(not.operand());
        } else if (expr instanceof BoundExpr.Negate negate) {
            expression(negate.operand());
        } else if (expr instanceof BoundExpr.Complement complement) {
            expression(complement.operand());
        } else if (expr instanceof BoundExpr.Conditional conditional) {
            expression(conditional.condition());
            expression(conditional.whenTrue());
            expression(conditional.whenFalse());
        } else if (expr instanceof BoundExpr.Index index) {
            usesBytes = true;
            bytes(index.base());
            expression(index.index());
        } else if (expr instanceof BoundExpr.Length length) {
            bytes(length.base());
        } else if (expr instanceof BoundExpr.Field field) {
            usesBytes = true;
            isBounded &= field.type().isNumeric();
        } else if (expr instanceof BoundExpr.Assign assign) {
            target(assign.target());
            expression(assign.value());
        } else if (expr instanceof BoundExpr.CompoundAssign assign) {
            target(assign.target());
            expression(assign.value());
        } else if (expr instanceof BoundExpr.IncDec step) {
            target(step.target());
        } else {
            isBounded &= expr instanceof BoundExpr.IntConstant
                    || expr instanceof BoundExpr.LongConstant
                    || expr instanceof BoundExpr.DoubleConstant;
        }
    }

    private void target(BoundExpr.Target target) {
        if (target instanceof BoundExpr.IndexTarget index) {
            usesBytes = true;
            bytes(index.blob());
            expression(index.index());
        } else if (target instanceof BoundExpr.FieldByteTarget field) {
            usesBytes = true;
            expression(field.index());
        } else {
            usesBytes |= target instanceof BoundExpr.FieldTarget;
            isBounded &= target.type().isNumeric();
        }
    }

    /** What has bytes: a variable is at hand, and so is a blob field; anything else has to be made first. */
    private void bytes(BoundExpr base) {
        isBounded &= base instanceof BoundExpr.Read
                || base instanceof BoundExpr.Field field && field.field().type() == FieldType.BLOB;
    }
}
