package dev.domin.lang.bind;

/**
 * Visits the operands of expressions that compute a number from numbers and have no other effect. All other kinds of
 * expression are left to the classes that implement this, so that these do not compile until they handle a new kind.
 */
public interface OperandWalker extends BoundExpr.Visitor {

    /** Handles an operand of the expression that is visited. */
    void operand(BoundExpr operand);

    @Override
    default void visit(BoundExpr.IntConstant constant) {
        // has no operand
    }

    @Override
    default void visit(BoundExpr.LongConstant constant) {
        // has no operand
    }

    @Override
    default void visit(BoundExpr.DoubleConstant constant) {
        // has no operand
    }

    @Override
    default void visit(BoundExpr.Convert convert) {
        operand(convert.operand());
    }

    @Override
    default void visit(BoundExpr.Narrow narrow) {
        operand(narrow.operand());
    }

    @Override
    default void visit(BoundExpr.Negate negate) {
        operand(negate.operand());
    }

    @Override
    default void visit(BoundExpr.Complement complement) {
        operand(complement.operand());
    }

    @Override
    default void visit(BoundExpr.Not not) {
        operand(not.operand());
    }

    @Override
    default void visit(BoundExpr.Arithmetic arithmetic) {
        operand(arithmetic.left());
        operand(arithmetic.right());
    }

    @Override
    default void visit(BoundExpr.Compare compare) {
        operand(compare.left());
        operand(compare.right());
    }

    @Override
    default void visit(BoundExpr.Logical logical) {
        operand(logical.left());
        operand(logical.right());
    }

    @Override
    default void visit(BoundExpr.Conditional conditional) {
        operand(conditional.condition());
        operand(conditional.whenTrue());
        operand(conditional.whenFalse());
    }
}
