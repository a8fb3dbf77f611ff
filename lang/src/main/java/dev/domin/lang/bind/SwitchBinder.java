package dev.domin.lang.bind;

import dev.domin.lang.syntax.Expr;
import dev.domin.lang.syntax.Stmt;
import java.util.ArrayList;
import java.util.HashSet;

/** Binds {@code switch}. */
final class SwitchBinder {

    private final Body body;
    private final ExprBinder expressions;
    private final StmtBinder statements;
    private final LoopBinder loops;

    SwitchBinder(Body body, ExprBinder expressions, StmtBinder statements, LoopBinder loops) {
        this.body = body;
        this.expressions = expressions;
        this.statements = statements;
        this.loops = loops;
    }

    BoundStmt bind(Stmt.Switch choice) {
        var selector = expressions.value(choice.selector());
        var type = selector.type();
        if (type != Type.ERROR && !type.isInteger() && type != Type.STRING) {
            selector = expressions.refuse(
                    choice.selector().span(),
                    "`switch` takes a whole number or a string, got " + type,
                    type == Type.DOUBLE ? "a cast removes the fraction: `(i64)`" : "compare with `if` and `else if`");
            type = Type.ERROR;
        }
        loops.enterSwitch();
        var before = body.flow;
        var exit = before.deadCopy();
        boolean hasDefault = false;
        var seen = new HashSet<Object>();
        var cases = new ArrayList<BoundStmt.Case>(choice.cases().size());
        for (int i = 0; i < choice.cases().size(); i++) {
            var tree = choice.cases().get(i);
            var labels = new ArrayList<BoundExpr>(tree.labels().size());
            for (int k = 0; k < tree.labels().size(); k++) {
                labels.add(label(tree.labels().get(k), type, seen));
            }
            hasDefault |= tree.isDefault();
            body.flow = before.copy();
            cases.add(new BoundStmt.Case(labels, tree.isDefault(), statements.block(tree.span(), tree.statements())));
            exit = FlowState.join(exit, body.flow);
        }
        if (!hasDefault) {
            exit = FlowState.join(exit, before);
        }
        body.flow = loops.leaveSwitch(exit);
        return new BoundStmt.Switch(choice.span(), selector, cases);
    }

    private BoundExpr label(Expr expr, Type type, HashSet<Object> seen) {
        var value = expressions.value(expr);
        if (value.type() == Type.ERROR || type == Type.ERROR) {
            return value;
        }
        if (!(value instanceof BoundExpr.Constant)) {
            return expressions.refuse(expr.span(), "a `case` must be a constant", "compare with `if` and `else if`");
        }
        var label = Conversions.store(body.symbols, value, type, ""); // a constant, so there is no check at run time
        if (label == null) {
            return expressions.refuse(
                    expr.span(),
                    "this `switch` is on " + type + ", its `case` got " + Conversions.shown(value, type),
                    type == Type.STRING
                            ? Conversions.quotes(body.symbols, value, type)
                            : Conversions.helpForByte(body.symbols, value, type));
        }
        Object key = type == Type.STRING
                ? ((BoundExpr.StringConstant) label).value()
                : (Object) ((BoundExpr.NumberConstant) label).longValue();
        if (!seen.add(key)) {
            return expressions.refuse(expr.span(), "this `switch` already has this case", "");
        }
        return label;
    }
}
