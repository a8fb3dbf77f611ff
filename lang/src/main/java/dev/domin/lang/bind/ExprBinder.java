package dev.domin.lang.bind;

import dev.domin.lang.source.Span;
import dev.domin.lang.syntax.BinaryOp;
import dev.domin.lang.syntax.Expr;
import dev.domin.lang.syntax.UnaryOp;
import java.util.ArrayList;
import java.util.List;

/**
 * Binds the expressions of one function. Families of nodes are told apart by {@code instanceof} chains, not by a pattern
 * switch: this runs at every start, and the first pattern switch of a JVM costs milliseconds.
 */
final class ExprBinder {

    private final Body body;
    private final AssignBinder assignments;
    private final CallBinder calls;

    /** What is known where the condition bound last holds, and where it does not. */
    FlowState whenTrue;

    FlowState whenFalse;

    ExprBinder(Body body) {
        this.body = body;
        this.assignments = new AssignBinder(body, this);
        this.calls = new CallBinder(body, this);
    }

    /** {@return an expression that has to have a value} */
    BoundExpr value(Expr expr) {
        return required(any(expr));
    }

    /** {@return the expression, or a mistake, which is reported, where it has no value} */
    BoundExpr required(BoundExpr bound) {
        if (bound.type() == Type.VOID) {
            String name = bound instanceof BoundExpr.PluginCall call
                    ? body.symbols.plugins.shownName(call)
                    : ((BoundExpr.UserCall) bound).function().name();
            return refuse(bound.span(), "`" + name + "` returns nothing, so there is no value to use here", "");
        }
        return bound;
    }

    /** {@return a whole number as an {@code i64}, null for null} */
    BoundExpr wide(Expr expr, String what) {
        if (expr == null) {
            return null;
        }
        var bound = integer(expr, what);
        return bound.type() == Type.ERROR ? bound : Conversions.cast(bound, Type.I64);
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
        var span = expr.span();
        if (expr instanceof Expr.Variable variable) {
            return read(variable);
        }
        if (expr instanceof Expr.IntLiteral literal) {
            return literal.wide()
                    ? new BoundExpr.LongConstant(span, literal.value())
                    : new BoundExpr.IntConstant(span, (int) literal.value());
        }
        if (expr instanceof Expr.StringLiteral literal) {
            return new BoundExpr.StringConstant(span, literal.value());
        }
        if (expr instanceof Expr.Call call) {
            return calls.call(call);
        }
        if (expr instanceof Expr.Binary binary) {
            return binary(binary);
        }
        if (expr instanceof Expr.Assign assign) {
            return assignments.assign(assign);
        }
        if (expr instanceof Expr.CompoundAssign assign) {
            return assignments.compound(assign);
        }
        if (expr instanceof Expr.IncDec step) {
            return assignments.step(step);
        }
        if (expr instanceof Expr.Member member) {
            return member(member);
        }
        if (expr instanceof Expr.Index index) {
            return index(index);
        }
        if (expr instanceof Expr.Logical) {
            return joined(condition(expr));
        }
        if (expr instanceof Expr.Unary unary) {
            return unary.op() == UnaryOp.NOT ? joined(condition(expr)) : unary(unary);
        }
        if (expr instanceof Expr.Slice slice) {
            return slice(slice);
        }
        if (expr instanceof Expr.Cast cast) {
            return cast(cast);
        }
        if (expr instanceof Expr.Conditional conditional) {
            return conditional(conditional);
        }
        if (expr instanceof Expr.DoubleLiteral literal) {
            return new BoundExpr.DoubleConstant(span, literal.value());
        }
        if (expr instanceof Expr.Fill fill) {
            return assignments.fill(fill);
        }
        if (expr instanceof Expr.StructSize size) {
            var struct = body.symbols.struct(size.struct());
            return struct == null ? Body.mistake(span) : new BoundExpr.IntConstant(span, struct.size());
        }
        return Body.mistake(span); // what could not be parsed has been reported
    }

    private BoundExpr read(Expr.Variable variable) {
        var local = body.variable(variable);
        if (local == null) {
            return Body.mistake(variable.span());
        }
        body.checkAssigned(local, variable.span());
        return new BoundExpr.Read(variable.span(), local);
    }

    private BoundExpr joined(BoundExpr condition) {
        body.flow = FlowState.join(whenTrue, whenFalse);
        return condition;
    }

    /**
     * Binds a number that is asked for its truth, and leaves what is known afterwards in {@link #whenTrue} and
     * {@link #whenFalse}, two states that share nothing. {@link Body#flow} is theirs to set.
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
            return Constants.isNumber(operand)
                    ? Constants.truth(expr.span(), Constants.isFalse(operand))
                    : new BoundExpr.Not(expr.span(), operand);
        }
        var value = value(expr);
        if (!value.type().isNumeric() && value.type() != Type.ERROR) {
            body.error(
                    expr.span(),
                    "a condition takes a number, got " + value.type(),
                    value.type() == Type.STRING
                            ? "compare it, as in `$s != \"\"`, or ask for its `.Length`"
                            : "compare it, or ask for its `.Length`");
            value = Body.mistake(expr.span());
        }
        whenTrue = body.flow;
        whenFalse = body.flow.copy();
        return value;
    }

    /** Binds a chain in one loop, as {@link #binary(Expr.Binary)} does. */
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
     * A constant left operand decides at once, and the code of the operand that is never reached is left out: so what is
     * known of the variables agrees with the code that there is.
     */
    private BoundExpr logical(Expr.Logical logical, BoundExpr left) {
        var decided = logical.and() ? whenFalse : whenTrue;
        body.flow = logical.and() ? whenTrue : whenFalse;
        boolean constant = Constants.isNumber(left);
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
        if (Constants.isNumber(number)) {
            return Constants.truth(span, Constants.isTrue(number));
        }
        if (number instanceof BoundExpr.Compare
                || number instanceof BoundExpr.Logical
                || number instanceof BoundExpr.Not) {
            return number;
        }
        var zero = Constants.convert(span, new BoundExpr.IntConstant(span, 0), number.type());
        return new BoundExpr.Compare(span, BinaryOp.NOT_EQUAL, number, zero);
    }

    private BoundExpr conditional(Expr.Conditional expr) {
        var condition = condition(expr.condition());
        var otherFlow = whenFalse;
        boolean always = Constants.isTrue(condition);
        boolean never = Constants.isFalse(condition);
        body.flow = never ? whenTrue.deadCopy() : whenTrue;
        var yes = value(expr.whenTrue());
        var yesFlow = body.flow;
        body.flow = always ? otherFlow.deadCopy() : otherFlow;
        var no = value(expr.whenFalse());
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
                    "both values of `?:` take one type, got " + yes.type() + " and " + no.type(),
                    Conversions.help(body.symbols, no, yes.type()));
            return Body.mistake(expr.span());
        }
        if (always || never) {
            return always ? yes : no;
        }
        return new BoundExpr.Conditional(expr.span(), condition, yes, no, type);
    }

    private BoundExpr unary(Expr.Unary unary) {
        var span = unary.span();
        var operand = value(unary.operand());
        var type = operand.type();
        if (type == Type.ERROR) {
            return operand;
        }
        if (unary.op() == UnaryOp.COMPLEMENT) {
            if (!type.isInteger()) {
                return refuse(
                        span,
                        "`~` takes a whole number, got " + type,
                        Conversions.help(body.symbols, operand, Type.I64));
            }
            return Constants.isNumber(operand)
                    ? Constants.complement(span, operand)
                    : new BoundExpr.Complement(span, operand);
        }
        if (!type.isNumeric()) {
            return refuse(
                    span,
                    "`" + unary.op().symbol() + "` takes a number, got " + type,
                    Conversions.help(body.symbols, operand, Type.I64));
        }
        if (unary.op() == UnaryOp.PLUS) {
            return operand;
        }
        return Constants.isNumber(operand) ? Constants.negate(span, operand) : new BoundExpr.Negate(span, operand);
    }

    /** Binds a chain such as {@code a + b + c} in one loop, since the tree of a long one is deep on its left side. */
    private BoundExpr binary(Expr.Binary last) {
        if (!(last.left() instanceof Expr.Binary)) {
            return binary(last, value(last.left()));
        }
        var chain = new ArrayList<Expr.Binary>();
        Expr expr = last;
        while (expr instanceof Expr.Binary binary) {
            chain.add(binary);
            expr = binary.left();
        }
        var bound = value(expr);
        for (int i = chain.size() - 1; i >= 0; i--) {
            bound = binary(chain.get(i), bound);
        }
        return bound;
    }

    private BoundExpr binary(Expr.Binary binary, BoundExpr left) {
        var right = value(binary.right());
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
            return refuse(
                    binary.opSpan(),
                    "`" + op.symbol() + "` cannot compare " + a + " with " + b,
                    Constants.isConstant(left) ? comparedHelp(left, right) : comparedHelp(right, left));
        } else if (a == Type.BLOB && op != BinaryOp.EQUAL && op != BinaryOp.NOT_EQUAL) {
            return refuse(
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

    /** Binds arithmetic on two values that are there. */
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

    /** {@return the type that an operation on numbers works in; {@link Type#ERROR} where there is none, which is reported} */
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
                        ? "`blob.ToText` makes a string of a blob"
                        : "`str.FromInt` or `string.Format` make a string of a number";
            } else if (string) {
                help = "`str.ToInt` makes a number of a string";
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
                    "a cast cuts the fraction off: `(i64)`");
            return Type.ERROR;
        }
        return op.isShift() ? a : Conversions.common(a, b);
    }

    private BoundExpr cast(Expr.Cast cast) {
        var type = Symbols.type(cast.type());
        var operand = value(cast.operand());
        if (operand.type() == Type.ERROR) {
            return operand;
        }
        if (!type.isNumeric() || !operand.type().isNumeric()) {
            return refuse(
                    cast.span(),
                    "a cast goes between numbers only, not from " + operand.type() + " to " + type,
                    Conversions.help(body.symbols, operand, type));
        }
        return Conversions.cast(operand, type);
    }

    private BoundExpr index(Expr.Index expr) {
        var base = bytes(expr.base(), "an index");
        var index = integer(expr.index(), "an index");
        return base == null || index.type() == Type.ERROR
                ? Body.mistake(expr.span())
                : new BoundExpr.Index(expr.span(), base, index);
    }

    private BoundExpr slice(Expr.Slice expr) {
        var base = bytes(expr.base(), "a slice");
        var from = wide(expr.from(), "a slice");
        var to = wide(expr.to(), "a slice");
        return base == null ? Body.mistake(expr.span()) : new BoundExpr.Slice(expr.span(), base, from, to);
    }

    /** {@return a string or a blob; null where it is neither, which is reported} */
    BoundExpr bytes(Expr expr, String what) {
        var base = value(expr);
        if (base.type() == Type.ERROR) {
            return null;
        }
        if (base.type() != Type.STRING && base.type() != Type.BLOB) {
            body.error(expr.span(), what + " needs a string or a blob before it, got " + base.type());
            return null;
        }
        return base;
    }

    private BoundExpr member(Expr.Member member) {
        String name = member.name().text();
        if (member.base() instanceof Expr.Variable variable) {
            if (variable.bare() && body.scope.find(variable.name()) == null) {
                return calls.bareMember(member, variable);
            }
            var local = body.variable(variable);
            if (local == null || local.type() == Type.ERROR) {
                return Body.mistake(member.span());
            }
            if (!name.equals("Length")) {
                var field = field(member, local);
                return field == null
                        ? Body.mistake(member.span())
                        : new BoundExpr.Field(member.span(), local, body.flow.overlay(local), field);
            }
        }
        var base = value(member.base());
        if (base.type() == Type.ERROR) {
            return base;
        }
        if (!name.equals("Length")) {
            return refuse(
                    member.name().span(),
                    "fields are read from a variable only, here is a " + base.type(),
                    name.equalsIgnoreCase("length")
                            ? "did you mean `.Length`?"
                            : "store it in a blob variable and lay a struct over that with `assign`");
        }
        if (base.type() != Type.STRING && base.type() != Type.BLOB) {
            return refuse(member.name().span(), "`.Length` needs a string or a blob, got " + base.type(), "");
        }
        return new BoundExpr.Length(member.span(), base);
    }

    /** {@return the field of the struct that lies over a variable here; null where there is none, which is reported} */
    StructLayout.Field field(Expr.Member member, Local local) {
        String name = member.name().text();
        String shown = Body.shownName(local);
        if (local.type() != Type.BLOB) {
            body.error(
                    member.name().span(),
                    "`" + shown + "` is " + local.type() + ", which has no field `" + name + "`",
                    name.equalsIgnoreCase("length") && local.type() == Type.STRING
                            ? "did you mean `.Length`?"
                            : "only a blob has fields, once a struct is laid over it with `assign`");
            return null;
        }
        var struct = body.flow.overlay(local);
        if (struct == null || FlowState.isConflict(struct)) {
            if (local.reportedOverlay) {
                return null;
            }
            local.reportedOverlay = true;
            if (name.equalsIgnoreCase("length")) {
                body.error(member.name().span(), "a blob has no field `" + name + "`", "did you mean `.Length`?");
            } else if (struct == null) {
                body.error(
                        member.span(),
                        "no struct is laid over `" + shown + "` here, so there is no field `" + name + "`",
                        "say which one before, on every path: `" + shown + " assign NAME;`");
            } else {
                body.error(
                        member.span(),
                        "different structs are laid over `" + shown + "` here, depending on the path",
                        "say again which one it is: `" + shown + " assign NAME;`");
            }
            return null;
        }
        var field = struct.field(name);
        if (field == null) {
            var names = new ArrayList<String>();
            for (var candidate : struct.fields()) {
                names.add(candidate.name());
            }
            names.add("Length");
            String near = Symbols.closest(name, names);
            names.removeLast();
            body.error(
                    member.name().span(),
                    "struct `" + struct.name() + "` has no field `" + name + "`",
                    near != null ? "did you mean `" + near + "`?" : "it has " + Symbols.list(names));
            return null;
        }
        return field.size() == 0 ? null : field; // of one that is itself a mistake, everything has been said
    }

    /** Reports a mistake. */
    BoundExpr refuse(Span span, String message, String help) {
        body.error(span, message, help);
        return Body.mistake(span);
    }

    /** Binds arguments for the mistakes in them, where it is not known what takes them. */
    void bindAll(List<Expr> expressions) {
        for (int i = 0; i < expressions.size(); i++) {
            value(expressions.get(i));
        }
    }
}
