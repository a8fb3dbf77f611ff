package dev.domin.lang.bind;

import dev.domin.lang.source.Span;
import dev.domin.lang.syntax.BinaryOp;
import dev.domin.lang.syntax.Expr;
import dev.domin.lang.syntax.UnaryOp;
import java.util.ArrayList;

/** Binds operators and casts: checks the operands, determines the type of the operation, and folds constants. */
final class OperatorBinder {

    private final Body body;
    private final ExprBinder expressions;

    OperatorBinder(Body body, ExprBinder expressions) {
        this.body = body;
        this.expressions = expressions;
    }

    /** Binds {@code -}, {@code +} and {@code ~}; {@code !} is a condition. */
    BoundExpr unary(Expr.Unary unary) {
        var span = unary.span();
        var operand = expressions.value(unary.operand());
        var type = operand.type();
        if (type == Type.ERROR) {
            return operand;
        }
        if (unary.op() == UnaryOp.COMPLEMENT) {
            if (!type.isInteger()) {
                return expressions.refuse(
                        span,
                        "`~` takes a whole number, got " + type,
                        Conversions.help(body.symbols, operand, Type.I64));
            }
            return operand instanceof BoundExpr.NumberConstant constant
                    ? Constants.complement(span, constant)
                    : new BoundExpr.Complement(span, operand);
        }
        if (!type.isNumeric()) {
            return expressions.refuse(
                    span,
                    "`" + unary.op().symbol() + "` takes a number, got " + type,
                    Conversions.help(body.symbols, operand, Type.I64));
        }
        if (unary.op() == UnaryOp.PLUS) {
            return operand;
        }
        return operand instanceof BoundExpr.NumberConstant constant
                ? Constants.negate(span, constant)
                : new BoundExpr.Negate(span, operand);
    }

    /** Binds a chain such as {@code a + b + c} iteratively, since the tree of a long chain is deep on its left side. */
    BoundExpr binary(Expr.Binary last) {
        if (!(last.left() instanceof Expr.Binary)) {
            return binary(last, expressions.value(last.left()));
        }
        var chain = new ArrayList<Expr.Binary>();
        Expr expr = last;
        while (expr instanceof Expr.Binary binary) {
            chain.add(binary);
            expr = binary.left();
        }
        var bound = expressions.value(expr);
        for (int i = chain.size() - 1; i >= 0; i--) {
            bound = binary(chain.get(i), bound);
        }
        return bound;
    }

    private BoundExpr binary(Expr.Binary binary, BoundExpr left) {
        var right = expressions.value(binary.right());
        if (left.type() == Type.ERROR || right.type() == Type.ERROR) {
            return Body.mistake(binary.span());
        }
        var op = binary.op();
        return op.isComparison()
                ? compare(binary, op, left, right)
                : operate(binary.span(), binary.opSpan(), op, left, right);
    }

    private BoundExpr compare(Expr.Binary binary, BinaryOp op, BoundExpr left, BoundExpr right) {
        var a = left.type();
        var b = right.type();
        if (a.isNumeric() && b.isNumeric()) {
            var type = Conversions.common(a, b);
            left = Conversions.cast(left, type);
            right = Conversions.cast(right, type);
        } else if (a != b) {
            return expressions.refuse(
                    binary.opSpan(),
                    "`" + op.symbol() + "` cannot compare " + a + " with " + b,
                    left instanceof BoundExpr.Constant ? comparedHelp(left, right) : comparedHelp(right, left));
        } else if (a == Type.BLOB && op != BinaryOp.EQUAL && op != BinaryOp.NOT_EQUAL) {
            return expressions.refuse(
                    binary.opSpan(),
                    "`" + op.symbol() + "` cannot compare blobs",
                    "blobs have no order, only `==` and `!=`; compare `.Length` or single bytes");
        }
        var constant = Constants.compare(binary.span(), op, left, right);
        return constant != null ? constant : new BoundExpr.Compare(binary.span(), op, left, right);
    }

    private String comparedHelp(BoundExpr value, BoundExpr other) {
        String ofByte = other instanceof BoundExpr.Index ? Conversions.ofByte(value) : "";
        return ofByte.isEmpty() ? Conversions.help(body.symbols, value, other.type()) : ofByte;
    }

    /** Binds arithmetic on two values. */
    private BoundExpr operate(Span span, Span opSpan, BinaryOp op, BoundExpr left, BoundExpr right) {
        if (op == BinaryOp.ADD && left.type() == Type.STRING && right.type() == Type.STRING) {
            return left instanceof BoundExpr.StringConstant a && right instanceof BoundExpr.StringConstant b
                    ? new BoundExpr.StringConstant(span, a.value() + b.value())
                    : new BoundExpr.Concat(span, left, right);
        }
        var type = resultType(opSpan, "`" + op.symbol() + "`", op, left, right);
        if (type == Type.ERROR) {
            return Body.mistake(span);
        }
        left = Conversions.cast(left, type);
        if (!op.isShift()) {
            right = Conversions.cast(right, type);
        }
        var constant = Constants.arithmetic(span, op, left, right, type);
        return constant != null ? constant : new BoundExpr.Arithmetic(span, op, left, right, type);
    }

    /**
     * {@return the type in which an operation on numbers is computed; {@link Type#ERROR} for a mistake, which is
     * reported}
     */
    Type resultType(Span opSpan, String symbol, BinaryOp op, BoundExpr left, BoundExpr right) {
        var a = left.type();
        var b = right.type();
        if (!a.isNumeric() || !b.isNumeric()) {
            String quotes = "";
            if (op != BinaryOp.ADD || a == Type.STRING || b == Type.STRING) {
                quotes = Conversions.quotes(body.symbols, left, op == BinaryOp.ADD ? Type.STRING : b);
                quotes += Conversions.quotes(body.symbols, right, op == BinaryOp.ADD ? Type.STRING : a);
            }
            boolean string = a == Type.STRING || b == Type.STRING;
            boolean add = op == BinaryOp.ADD;
            String wanted = add && string ? " joins strings with strings only, got " : " takes numbers, got ";
            String help = "";
            if (add && string) {
                help = a == Type.BLOB || b == Type.BLOB
                        ? "`blob.ToText` converts a blob to a string"
                        : "`str.FromInt` or `string.Format` converts a number to a string";
            } else if (string) {
                help = "`str.ToInt` converts a string to a number";
            } else if (add) {
                help = "`blob.Concat` joins blobs";
            }
            body.error(opSpan, symbol + wanted + a + " and " + b, quotes.isEmpty() ? help : quotes);
            return Type.ERROR;
        }
        if ((op.isBitwise() || op == BinaryOp.REMAINDER) && !(a.isInteger() && b.isInteger())) {
            body.error(
                    opSpan,
                    symbol + " takes whole numbers, got " + a + " and " + b,
                    "a cast removes the fraction: `(i64)`");
            return Type.ERROR;
        }
        return op.isShift() ? a : Conversions.common(a, b);
    }

    /** Binds {@code (i32)x}. */
    BoundExpr cast(Expr.Cast cast) {
        var type = Symbols.type(cast.type());
        var operand = expressions.value(cast.operand());
        if (operand.type() == Type.ERROR) {
            return operand;
        }
        if (!type.isNumeric() || !operand.type().isNumeric()) {
            return expressions.refuse(
                    cast.span(),
                    "a cast converts between numbers only, not from " + operand.type() + " to " + type,
                    Conversions.help(body.symbols, operand, type));
        }
        return Conversions.cast(operand, type);
    }
}
