package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.BoundScript.BoundFunction;
import dev.domin.lang.bind.BoundStmt;
import dev.domin.lang.bind.Local;
import dev.domin.lang.bind.Type;
import dev.domin.lang.syntax.BinaryOp;
import java.util.List;

/** How much of the stack one call of a function may take, and whether the function does nothing but compute with numbers. */
@SuppressWarnings("IfChainToSwitch") // see ExprEmitter
final class FrameSurvey {

    /** The JVM's own part of a frame, and what its compiler may add by taking in the functions that are called. */
    private static final int FIXED_BYTES = 192;

    /** Every variable and every value on the operand stack takes one or two words. */
    private static final int BYTES_EACH = 16;

    private int variables;
    private int nodes; // of the expression that is being looked at
    private int mostNodes;
    private boolean onlyNumbers = true;

    private FrameSurvey() {}

    static FrameSurvey of(BoundFunction function) {
        var survey = new FrameSurvey();
        for (var parameter : function.parameters()) {
            survey.declare(parameter);
        }
        survey.statement(function.body());
        return survey;
    }

    /** {@return how many bytes of the stack a call takes at the most, roughly} */
    int bytes() {
        return FIXED_BYTES + BYTES_EACH * (variables + mostNodes);
    }

    /**
     * {@return whether the function itself runs no code but the JVM's instructions for numbers and calls of other functions, so
     * that nothing is left half done where the stack ends inside it}
     */
    boolean onlyNumbers() {
        return onlyNumbers;
    }

    private void declare(Local local) {
        variables++;
        onlyNumbers &= local.type().isNumeric() && !local.isHeld();
    }

    private void statement(BoundStmt statement) {
        if (statement instanceof BoundStmt.Block block) {
            for (var inner : block.statements()) {
                statement(inner);
            }
        } else if (statement instanceof BoundStmt.Evaluate evaluate) {
            root(evaluate.expression());
        } else if (statement instanceof BoundStmt.Declare declare) {
            declare(declare.local());
            root(declare.capacity());
            root(declare.initializer());
        } else if (statement instanceof BoundStmt.If branch) {
            root(branch.condition());
            statement(branch.whenTrue());
            if (branch.whenFalse() != null) {
                statement(branch.whenFalse());
            }
        } else if (statement instanceof BoundStmt.Loop loop) {
            variables++; // what counts its turns
            if (loop.initializer() != null) {
                statement(loop.initializer());
            }
            root(loop.condition());
            root(loop.update());
            statement(loop.body());
        } else if (statement instanceof BoundStmt.Switch choice) {
            variables++; // what is compared
            onlyNumbers &= choice.selector().type().isNumeric();
            root(choice.selector());
            for (var branch : choice.cases()) {
                statement(branch.body());
            }
        } else if (statement instanceof BoundStmt.Return ret) {
            root(ret.value());
        } else if (statement instanceof BoundStmt.DeclareRef declare) {
            declare(declare.local());
            root(declare.source());
        } else if (!(statement instanceof BoundStmt.Break || statement instanceof BoundStmt.Continue)) {
            onlyNumbers = false;
        }
    }

    private void root(BoundExpr expr) {
        if (expr != null) {
            nodes = 0;
            expression(expr);
            mostNodes = Math.max(mostNodes, nodes);
        }
    }

    private void expressions(List<BoundExpr> all) {
        for (var expr : all) {
            expression(expr);
        }
    }

    private void expression(BoundExpr expr) {
        if (expr == null) {
            return;
        }
        nodes++;
        if (expr instanceof BoundExpr.Read read) {
            onlyNumbers &= read.type().isNumeric();
        } else if (expr instanceof BoundExpr.Arithmetic arithmetic) {
            onlyNumbers &= !mayFail(arithmetic.op(), arithmetic.type());
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
        } else if (expr instanceof BoundExpr.Assign assign) {
            target(assign.target());
            expression(assign.value());
        } else if (expr instanceof BoundExpr.CompoundAssign assign) {
            onlyNumbers &= !mayFail(assign.op(), assign.computeType());
            target(assign.target());
            expression(assign.value());
        } else if (expr instanceof BoundExpr.IncDec step) {
            target(step.target());
        } else if (expr instanceof BoundExpr.UserCall call) {
            expressions(call.arguments());
        } else if (!(expr instanceof BoundExpr.IntConstant
                || expr instanceof BoundExpr.LongConstant
                || expr instanceof BoundExpr.DoubleConstant)) {
            onlyNumbers = false;
            beyondNumbers(expr);
        }
    }

    private void beyondNumbers(BoundExpr expr) {
        if (expr instanceof BoundExpr.PluginCall call) {
            nodes++; // the plugin itself
            expressions(call.arguments());
        } else if (expr instanceof BoundExpr.Narrow narrow) {
            nodes += 2; // the texts of its message
            expression(narrow.operand());
        } else if (expr instanceof BoundExpr.Concat concat) {
            expression(concat.left());
            expression(concat.right());
        } else if (expr instanceof BoundExpr.Fill fill) {
            target(fill.target());
            expression(fill.value());
        } else if (expr instanceof BoundExpr.Index index) {
            expression(index.base());
            expression(index.index());
        } else if (expr instanceof BoundExpr.Slice slice) {
            expression(slice.base());
            expression(slice.from());
            expression(slice.to());
        } else if (expr instanceof BoundExpr.Length length) {
            expression(length.base());
        }
    }

    private void target(BoundExpr.Target target) {
        nodes += 2; // what it is stored in, and a copy of what is stored
        onlyNumbers &= target instanceof BoundExpr.LocalTarget && target.type().isNumeric();
        if (target instanceof BoundExpr.IndexTarget index) {
            expression(index.blob());
            expression(index.index());
        } else if (target instanceof BoundExpr.SliceTarget slice) {
            expression(slice.blob());
            expression(slice.from());
            expression(slice.to());
        } else if (target instanceof BoundExpr.FieldByteTarget field) {
            expression(field.index());
        }
    }

    /** Whether an operation may raise an error of ours: a whole number divided by 0. */
    private static boolean mayFail(BinaryOp op, Type type) {
        return (op == BinaryOp.DIVIDE || op == BinaryOp.REMAINDER) && type.isInteger();
    }
}
