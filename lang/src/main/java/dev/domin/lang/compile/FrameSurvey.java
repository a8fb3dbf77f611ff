package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.BoundScript.BoundFunction;
import dev.domin.lang.bind.BoundStmt;
import dev.domin.lang.bind.Local;
import dev.domin.lang.bind.StatementWalker;
import org.jspecify.annotations.Nullable;

/** Estimates the stack frame of a function, and finds out whether the function only computes with numbers. */
final class FrameSurvey implements StatementWalker {

    /** The JVM's own part of a frame, and what its compiler may add by inlining. */
    private static final int FIXED_BYTES = 192;

    /** Each variable and each value on the operand stack takes one or two words. */
    private static final int BYTES_EACH = 16;

    private int variables;
    private int mostNodes;
    private boolean onlyNumbers = true;
    private final ExpressionSurvey expressions = new ExpressionSurvey();

    private FrameSurvey() {}

    static FrameSurvey of(BoundFunction function) {
        var survey = new FrameSurvey();
        for (var parameter : function.parameters()) {
            survey.declare(parameter);
        }
        survey.statement(function.body());
        return survey;
    }

    /** {@return roughly the maximum number of bytes of a frame} */
    int bytes() {
        return FIXED_BYTES + BYTES_EACH * (variables + mostNodes);
    }

    /**
     * {@return whether the function itself only computes with numbers and calls other functions, so that a stack
     * overflow in it leaves nothing half done}
     */
    boolean onlyNumbers() {
        return onlyNumbers && expressions.onlyNumbers();
    }

    private void declare(Local local) {
        variables++;
        onlyNumbers &= local.type().isNumeric() && !local.isHeld();
    }

    @Override
    public void statement(BoundStmt statement) {
        statement.accept(this);
    }

    @Override
    public void visit(BoundStmt.Declare declare) {
        declare(declare.local());
        optional(declare.capacity());
        optional(declare.initializer());
    }

    @Override
    public void visit(BoundStmt.DeclareRef declare) {
        declare(declare.local());
        expression(declare.source());
    }

    @Override
    public void visit(BoundStmt.AssignOverlay overlay) {
        onlyNumbers = false;
    }

    @Override
    public void visit(BoundStmt.Loop loop) {
        variables++; // the counter of a strip-mined loop
        if (loop.initializer() != null) {
            statement(loop.initializer());
        }
        optional(loop.condition());
        optional(loop.update());
        statement(loop.body());
    }

    @Override
    public void visit(BoundStmt.Switch choice) {
        variables++; // the selector
        onlyNumbers &= choice.selector().type().isNumeric();
        expression(choice.selector());
        for (var branch : choice.cases()) {
            statement(branch.body());
        }
    }

    @Override
    public void expression(BoundExpr expression) {
        mostNodes = Math.max(mostNodes, expressions.nodes(expression));
    }

    private void optional(@Nullable BoundExpr expression) {
        if (expression != null) {
            expression(expression);
        }
    }
}
