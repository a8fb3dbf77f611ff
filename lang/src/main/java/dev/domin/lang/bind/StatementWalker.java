package dev.domin.lang.bind;

/**
 * Visits the parts of statements that only evaluate, branch and jump. All other kinds of statement are left to the
 * classes that implement this, so that these do not compile until they handle a new kind.
 */
public interface StatementWalker extends BoundStmt.Visitor {

    /** Handles a statement inside the one that is visited. */
    void statement(BoundStmt statement);

    /** Handles an expression of the statement that is visited. */
    void expression(BoundExpr expression);

    @Override
    default void visit(BoundStmt.Block block) {
        for (var inner : block.statements()) {
            statement(inner);
        }
    }

    @Override
    default void visit(BoundStmt.Evaluate evaluate) {
        expression(evaluate.expression());
    }

    @Override
    default void visit(BoundStmt.If branch) {
        expression(branch.condition());
        statement(branch.whenTrue());
        if (branch.whenFalse() != null) {
            statement(branch.whenFalse());
        }
    }

    @Override
    default void visit(BoundStmt.Break leave) {
        // has no parts
    }

    @Override
    default void visit(BoundStmt.Continue next) {
        // has no parts
    }

    @Override
    default void visit(BoundStmt.Return leave) {
        if (leave.value() != null) {
            expression(leave.value());
        }
    }
}
