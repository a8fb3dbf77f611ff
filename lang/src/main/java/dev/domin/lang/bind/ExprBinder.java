package dev.domin.lang.bind;

import dev.domin.lang.source.Span;
import dev.domin.lang.syntax.Expr;
import dev.domin.lang.syntax.UnaryOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds the expressions of one function. */
final class ExprBinder implements Expr.Visitor<BoundExpr> {

    final ConditionBinder conditions;
    final OperatorBinder operators;
    final MemberBinder members;

    private final Body body;
    private final AssignBinder assignments;
    private final CallBinder calls;

    ExprBinder(Body body) {
        this.body = body;
        this.assignments = new AssignBinder(body, this);
        this.calls = new CallBinder(body, this);
        this.conditions = new ConditionBinder(body, this);
        this.operators = new OperatorBinder(body, this);
        this.members = new MemberBinder(body, this, calls);
    }

    /** {@return an expression that must have a value} */
    BoundExpr value(Expr expr) {
        return required(any(expr));
    }

    /** {@return the expression; if it has no value, that is reported} */
    BoundExpr required(BoundExpr bound) {
        if (bound instanceof BoundExpr.Call call && call.type() == Type.VOID) {
            String name = call.functionName(body.symbols.plugins);
            return refuse(bound.span(), "`" + name + "` returns nothing, so there is no value to use here", "");
        }
        return bound;
    }

    /** {@return a whole number as an {@code i64}, null for null} */
    @Nullable
    BoundExpr wide(@Nullable Expr expr, String what) {
        return expr == null ? null : Conversions.cast(integer(expr, what), Type.I64);
    }

    /** {@return a whole number of either width} */
    BoundExpr integer(Expr expr, String what) {
        var bound = value(expr);
        if (!bound.type().isInteger() && bound.type() != Type.ERROR) {
            body.error(
                    expr.span(),
                    what + " takes a whole number, got " + bound.type(),
                    Conversions.help(body.symbols, bound, Type.I64));
            return Body.mistake(expr.span());
        }
        return bound;
    }

    /** {@return an expression whose value may be unused or absent} */
    BoundExpr any(Expr expr) {
        body.symbols.problems.checkTime(expr.span().start());
        return expr.accept(this);
    }

    @Override
    public BoundExpr visit(Expr.IntLiteral literal) {
        return literal.wide()
                ? new BoundExpr.LongConstant(literal.span(), literal.value())
                : new BoundExpr.IntConstant(literal.span(), (int) literal.value());
    }

    @Override
    public BoundExpr visit(Expr.DoubleLiteral literal) {
        return new BoundExpr.DoubleConstant(literal.span(), literal.value());
    }

    @Override
    public BoundExpr visit(Expr.StringLiteral literal) {
        return new BoundExpr.StringConstant(literal.span(), literal.value());
    }

    @Override
    public BoundExpr visit(Expr.Variable variable) {
        var local = body.variable(variable);
        if (local == null) {
            return Body.mistake(variable.span());
        }
        body.checkAssigned(local, variable.span());
        return new BoundExpr.Read(variable.span(), local);
    }

    @Override
    public BoundExpr visit(Expr.Unary unary) {
        return unary.op() == UnaryOp.NOT ? conditions.value(unary) : operators.unary(unary);
    }

    @Override
    public BoundExpr visit(Expr.IncDec step) {
        return assignments.step(step);
    }

    @Override
    public BoundExpr visit(Expr.Binary binary) {
        return operators.binary(binary);
    }

    @Override
    public BoundExpr visit(Expr.Logical logical) {
        return conditions.value(logical);
    }

    @Override
    public BoundExpr visit(Expr.Conditional conditional) {
        return conditions.conditional(conditional);
    }

    @Override
    public BoundExpr visit(Expr.Assign assign) {
        return assignments.assign(assign);
    }

    @Override
    public BoundExpr visit(Expr.Fill fill) {
        return assignments.fill(fill);
    }

    @Override
    public BoundExpr visit(Expr.CompoundAssign assign) {
        return assignments.compound(assign);
    }

    @Override
    public BoundExpr visit(Expr.Cast cast) {
        return operators.cast(cast);
    }

    @Override
    public BoundExpr visit(Expr.Call call) {
        return calls.call(call);
    }

    @Override
    public BoundExpr visit(Expr.StructSize size) {
        var struct = body.symbols.struct(size.struct());
        return struct == null ? Body.mistake(size.span()) : new BoundExpr.IntConstant(size.span(), struct.size());
    }

    @Override
    public BoundExpr visit(Expr.Index index) {
        return members.index(index);
    }

    @Override
    public BoundExpr visit(Expr.Slice slice) {
        return members.slice(slice);
    }

    @Override
    public BoundExpr visit(Expr.Member member) {
        return members.member(member);
    }

    @Override
    public BoundExpr visit(Expr.Broken broken) {
        return Body.mistake(broken.span()); // it has been reported
    }

    /** Reports a mistake. */
    BoundExpr refuse(Span span, String message, String help) {
        body.error(span, message, help);
        return Body.mistake(span);
    }

    /** Binds arguments of an unknown function, to report the mistakes in them. */
    void bindAll(List<Expr> expressions) {
        for (int i = 0; i < expressions.size(); i++) {
            value(expressions.get(i));
        }
    }
}
