package dev.domin.lang.check;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.BoundStmt;
import dev.domin.lang.bind.Local;
import dev.domin.lang.bind.Target;
import dev.domin.lang.source.Diagnostics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Warns of variables of one function that are never read. A parameter need not be read. The value of an assignment that
 * is part of another expression counts as read.
 */
final class VariableCheck extends BoundWalker {

    private final List<Local> declared = new ArrayList<>();
    private final Set<Local> usedAsValues = new HashSet<>();

    /** Reports what was found. */
    void report(Diagnostics problems) {
        for (var local : declared) {
            if (!local.isRead() && !usedAsValues.contains(local) && !Warnings.isUnusedOnPurpose(local.name())) {
                problems.warning(
                        local.span(),
                        "`" + local.shownName() + "` is never read",
                        "remove it, or rename it to `" + (local.shownName().startsWith("$") ? "$" : "") + "_"
                                + local.name() + "` to keep it");
            }
        }
    }

    @Override
    public void visit(BoundStmt.Declare declare) {
        declared.add(declare.local());
        super.visit(declare);
    }

    @Override
    public void visit(BoundStmt.DeclareRef declare) {
        declared.add(declare.local());
        super.visit(declare);
    }

    @Override
    public void visit(BoundStmt.Evaluate evaluate) {
        unused(evaluate.expression());
    }

    @Override
    void update(BoundExpr update) {
        unused(update);
    }

    /** Visits an expression whose value is not used. */
    private void unused(BoundExpr expression) {
        expression.accept(this);
    }

    @Override
    public void expression(BoundExpr expression) {
        if (expression instanceof BoundExpr.Change change && change.target() instanceof Target.Variable variable) {
            usedAsValues.add(variable.local());
        }
        super.expression(expression);
    }
}
