package dev.domin.lang.check;

import dev.domin.lang.syntax.Expr;

/** Answers whether an expression does nothing as a statement, so that its value must have been meant. Stateless. */
final class UnusedValue implements Expr.Visitor<Boolean> {

    @Override
    public Boolean visit(Expr.IntLiteral literal) {
        return true;
    }

    @Override
    public Boolean visit(Expr.DoubleLiteral literal) {
        return true;
    }

    @Override
    public Boolean visit(Expr.StringLiteral literal) {
        return true;
    }

    @Override
    public Boolean visit(Expr.Variable variable) {
        return true;
    }

    @Override
    public Boolean visit(Expr.Unary unary) {
        return true;
    }

    @Override
    public Boolean visit(Expr.IncDec step) {
        return false;
    }

    @Override
    public Boolean visit(Expr.Binary binary) {
        return true;
    }

    @Override
    public Boolean visit(Expr.Logical logical) {
        return false; // its right operand may be a call, as in `$ok || Fail();`
    }

    @Override
    public Boolean visit(Expr.Conditional conditional) {
        return false; // its operands may be calls
    }

    @Override
    public Boolean visit(Expr.Assign assign) {
        return false;
    }

    @Override
    public Boolean visit(Expr.Fill fill) {
        return false;
    }

    @Override
    public Boolean visit(Expr.CompoundAssign assign) {
        return false;
    }

    @Override
    public Boolean visit(Expr.Cast cast) {
        return cast.operand().accept(this);
    }

    @Override
    public Boolean visit(Expr.Call call) {
        return false;
    }

    @Override
    public Boolean visit(Expr.StructSize size) {
        return true;
    }

    @Override
    public Boolean visit(Expr.Index index) {
        return true;
    }

    @Override
    public Boolean visit(Expr.Slice slice) {
        return true;
    }

    @Override
    public Boolean visit(Expr.Member member) {
        return false; // a function of a plugin may be called without parentheses
    }

    @Override
    public Boolean visit(Expr.Broken broken) {
        return false; // reported already
    }
}
