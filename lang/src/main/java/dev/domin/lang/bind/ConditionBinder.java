package dev.domin.lang.bind;

import dev.domin.lang.source.Span;
import dev.domin.lang.syntax.BinaryOp;
import dev.domin.lang.syntax.Expr;
import dev.domin.lang.syntax.UnaryOp;
import java.util.ArrayList;

/** Binds conditions, and determines the flow state where they are true and where they are false. */
final class ConditionBinder {

    private final Body body;
    private final ExprBinder expressions;

    /** The flow state where the condition bound last is true. */
    FlowState whenTrue;

    /** The flow state where it is false. */
    FlowState whenFalse;

    ConditionBinder(Body body, ExprBinder expressions) {
        this.body = body;
        this.expressions = expressions;
        this.whenTrue = body.flow;
        this.whenFalse = body.flow;
    }

    /** Binds a condition whose value is used as a number. */
    BoundExpr value(Expr expr) {
        var condition = condition(expr);
        body.flow = FlowState.join(whenTrue, whenFalse);
        return condition;
    }

    /**
     * Binds a number that is used as a condition, and leaves the flow states after it in {@link #whenTrue} and {@link
     * #whenFalse}, which share no data. The caller sets {@link Body#flow}.
     */
    BoundExpr condition(Expr expr) {
        if (expr instanceof Expr.Logical logical) {
            return logical(logical);
        }
        if (expr instanceof Expr.Unary unary && unary.op() == UnaryOp.NOT) {
            var operand = condition(unary.operand());
            var swap = whenTrue;
            whenTrue = whenFalse;
            whenFalse = swap;
            return operand instanceof BoundExpr.NumberConstant
                    ? Constants.truth(expr.span(), Constants.isFalse(operand))
                    : new BoundExpr.Not(expr.span(), operand);
        }
        var value = expressions.value(expr);
        if (!value.type().isNumeric() && value.type() != Type.ERROR) {
            body.error(
                    expr.span(),
                    "a condition takes a number, got " + value.type(),
                    value.type() == Type.STRING
                            ? "compare it, as in `$s != \"\"`, or use its `.Length`"
                            : "compare it, or use its `.Length`");
            value = Body.mistake(expr.span());
        }
        whenTrue = body.flow;
        whenFalse = body.flow.copy();
        return value;
    }

    /** Binds a chain iteratively, as {@link OperatorBinder#binary} does. */
    private BoundExpr logical(Expr.Logical last) {
        var chain = new ArrayList<Expr.Logical>(2);
        Expr expr = last;
        while (expr instanceof Expr.Logical logical) {
            chain.add(logical);
            expr = logical.left();
        }
        var bound = condition(expr);
        for (int i = chain.size() - 1; i >= 0; i--) {
            bound = logical(chain.get(i), bound);
        }
        return bound;
    }

    /**
     * If a constant left operand decides the result, no code is generated for the unreachable operand, so that the flow
     * state agrees with the generated code.
     */
    private BoundExpr logical(Expr.Logical logical, BoundExpr left) {
        var decided = logical.and() ? whenFalse : whenTrue;
        body.flow = logical.and() ? whenTrue : whenFalse;
        boolean constant = left instanceof BoundExpr.NumberConstant;
        if (constant && Constants.isTrue(left) != logical.and()) {
            body.flow = body.flow.deadCopy();
            condition(logical.right());
            whenTrue = decided;
            whenFalse = decided.copy();
            return Constants.truth(logical.span(), !logical.and());
        }
        var right = condition(logical.right());
        if (constant) {
            return truthOf(logical.span(), right);
        }
        if (logical.and()) {
            whenFalse = FlowState.join(decided, whenFalse);
        } else {
            whenTrue = FlowState.join(decided, whenTrue);
        }
        if (left.type() == Type.ERROR || right.type() == Type.ERROR) {
            return Body.mistake(logical.span());
        }
        return new BoundExpr.Logical(logical.span(), logical.and(), left, right);
    }

    private static BoundExpr truthOf(Span span, BoundExpr number) {
        if (number.type() == Type.ERROR) {
            return number;
        }
        if (number instanceof BoundExpr.NumberConstant constant) {
            return Constants.truth(span, !constant.isZero());
        }
        if (number instanceof BoundExpr.Condition) {
            return number;
        }
        var zero = Constants.convert(span, new BoundExpr.IntConstant(span, 0), number.type());
        return new BoundExpr.Compare(span, BinaryOp.NOT_EQUAL, number, zero);
    }

    /** Binds {@code a ? b : c}. */
    BoundExpr conditional(Expr.Conditional expr) {
        var condition = condition(expr.condition());
        var otherFlow = whenFalse;
        boolean always = Constants.isTrue(condition);
        boolean never = Constants.isFalse(condition);
        body.flow = never ? whenTrue.deadCopy() : whenTrue;
        var yes = expressions.value(expr.whenTrue());
        var yesFlow = body.flow;
        body.flow = always ? otherFlow.deadCopy() : otherFlow;
        var no = expressions.value(expr.whenFalse());
        body.flow = FlowState.join(yesFlow, body.flow);
        if (condition.type() == Type.ERROR || yes.type() == Type.ERROR || no.type() == Type.ERROR) {
            return Body.mistake(expr.span());
        }
        var type = yes.type();
        if (yes.type().isNumeric() && no.type().isNumeric()) {
            type = Conversions.common(yes.type(), no.type());
            yes = Conversions.cast(yes, type);
            no = Conversions.cast(no, type);
        } else if (yes.type() != no.type()) {
            body.error(
                    expr.whenFalse().span(),
                    "both values of `?:` must have the same type, got " + yes.type() + " and " + no.type(),
                    Conversions.help(body.symbols, no, yes.type()));
            return Body.mistake(expr.span());
        }
        if (always || never) {
            return always ? yes : no;
        }
        return new BoundExpr.Conditional(expr.span(), condition, yes, no, type);
    }
}
