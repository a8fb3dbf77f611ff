package dev.domin.lang.bind;

import dev.domin.lang.syntax.BinaryOp;
import dev.domin.lang.syntax.Expr;
import org.jspecify.annotations.Nullable;

/** Binds assignments to a variable, a byte, a slice or a field. */
final class AssignBinder implements Expr.TargetVisitor {

    private final Body body;
    private final ExprBinder expressions;
    private boolean readsTarget; // whether the target that is bound now is read before it is changed
    private @Nullable Target bound; // by the last visit; null for a mistake, which is reported

    AssignBinder(Body body, ExprBinder expressions) {
        this.body = body;
        this.expressions = expressions;
    }

    BoundExpr assign(Expr.Assign assign) {
        var target = target(assign.target(), false);
        var value = expressions.value(assign.value());
        assigned(target);
        if (target == null || value.type() == Type.ERROR) {
            return Body.mistake(assign.span());
        }
        var stored = stored(target, value);
        if (stored == null) {
            return Body.mistake(assign.span());
        }
        if (target instanceof Target.Variable variable) {
            Appending.noteAssignment(body, variable.local(), stored);
        }
        return new BoundExpr.Assign(assign.span(), target, stored);
    }

    BoundExpr fill(Expr.Fill fill) {
        var target = target(fill.target(), true);
        var value = expressions.value(fill.value());
        if (target == null || value.type() == Type.ERROR) {
            return Body.mistake(fill.span());
        }
        var type = target.type();
        if (!target.isFillable()) {
            return expressions.refuse(
                    fill.target().span(),
                    "`:=` fills a whole string or blob, not " + target.shown(),
                    "assign with `=`");
        }
        if (target instanceof Target.Variable variable
                && type == Type.STRING
                && !variable.local().isReference()
                && !variable.local().hasCapacity) {
            String name = Body.shownName(variable.local());
            return expressions.refuse(
                    fill.target().span(),
                    "`:=` fills a string up to its declared capacity, and `" + name + "` has none",
                    "declare it with a capacity, as in `string " + name + "[64];`, or assign with `=`");
        }
        if (value.type() != type) {
            return refuseValue(target, value);
        }
        return new BoundExpr.Fill(fill.span(), target, value);
    }

    BoundExpr compound(Expr.CompoundAssign assign) {
        var target = target(assign.target(), true);
        var value = expressions.value(assign.value());
        if (target == null || value.type() == Type.ERROR) {
            return Body.mistake(assign.span());
        }
        var op = assign.op();
        var span = assign.span();
        if (op == BinaryOp.ADD && target.type() == Type.STRING && value.type() == Type.STRING) {
            if (target instanceof Target.Variable variable) {
                Appending.note(body, variable.local());
            }
            return new BoundExpr.CompoundAssign(span, op, target, value, Type.STRING);
        }
        var old = new BoundExpr.Read(span, new Local("", span, target.type(), false));
        var type = expressions.operators.resultType(assign.opSpan(), "`" + op.symbol() + "=`", op, old, value);
        if (type == Type.ERROR) {
            return Body.mistake(span);
        }
        return new BoundExpr.CompoundAssign(
                span, op, target, op.isShift() ? value : Conversions.cast(value, type), type);
    }

    BoundExpr step(Expr.IncDec step) {
        var target = target(step.target(), true);
        if (target == null) {
            return Body.mistake(step.span());
        }
        if (!target.type().isNumeric()) {
            return expressions.refuse(
                    step.span(), "`" + (step.delta() > 0 ? "++" : "--") + "` takes a number, got " + target.type(), "");
        }
        return new BoundExpr.IncDec(step.span(), target, step.delta(), step.prefix());
    }

    private void assigned(@Nullable Target target) {
        if (target instanceof Target.Variable variable) {
            body.flow.assign(variable.local());
        }
    }

    /** {@return the value converted to the target's type; null if that is impossible, which is reported} */
    private @Nullable BoundExpr stored(Target target, BoundExpr value) {
        boolean keepsLowBits = !(target instanceof Target.Variable);
        if (keepsLowBits && target.type() == Type.I32 && value.type() == Type.I64) {
            return Conversions.cast(value, Type.I32);
        }
        String what =
                target instanceof Target.Variable variable ? "for `" + Body.shownName(variable.local()) + "`" : "";
        var stored = Conversions.store(body.symbols, value, target.type(), what);
        if (stored == null) {
            refuseValue(target, value);
        }
        return stored;
    }

    private BoundExpr refuseValue(Target target, BoundExpr value) {
        boolean mayBeByte = !(target instanceof Target.Field);
        return expressions.refuse(
                value.span(),
                "cannot assign " + Conversions.shown(value, target.type()) + " to " + target.shown(),
                mayBeByte
                        ? Conversions.helpForByte(body.symbols, value, target.type())
                        : Conversions.help(body.symbols, value, target.type()));
    }

    /**
     * Binds the left side of an assignment.
     *
     * @param expr the left side
     * @param reads whether the old value is read first
     * @return the target; null for a mistake, which is reported
     */
    private @Nullable Target target(Expr.Assignable expr, boolean reads) {
        readsTarget = reads;
        expr.accept(this);
        return bound;
    }

    @Override
    public void visit(Expr.Variable target) {
        bound = variable(target);
    }

    @Override
    public void visit(Expr.Member target) {
        bound = field(target);
    }

    @Override
    public void visit(Expr.Index target) {
        bound = item(target);
    }

    @Override
    public void visit(Expr.Slice target) {
        bound = slice(target);
    }

    @Override
    public void visit(Expr.Broken target) {
        bound = null;
    }

    private @Nullable Target variable(Expr.Variable variable) {
        var local = body.target(variable);
        if (local == null || local.type() == Type.ERROR) {
            return null;
        }
        if (local.isReference()) {
            local.noteRead();
        }
        if (readsTarget) {
            body.checkAssigned(local, variable.span());
        }
        return new Target.Variable(variable.span(), local);
    }

    private @Nullable Target field(Expr.Member member) {
        var local = fieldBase(member);
        if (local == null) {
            return null;
        }
        var field = expressions.members.field(member, local);
        return field == null ? null : new Target.Field(member.span(), local, body.flow.requireOverlay(local), field);
    }

    private @Nullable Target item(Expr.Index expr) {
        if (expr.base() instanceof Expr.Member member && !member.name().text().equals("Length")) {
            var local = fieldBase(member);
            var field = local == null ? null : expressions.members.field(member, local);
            var index = expressions.integer(expr.index(), "an index");
            if (local == null || field == null || index.type() == Type.ERROR) {
                return null;
            }
            if (field.type() != FieldType.STRING && field.type() != FieldType.BLOB) {
                body.error(
                        expr.base().span(),
                        "an index needs a string or a blob before it, got " + StructBinder.typeName(field));
                return null;
            }
            return new Target.FieldByte(expr.span(), local, body.flow.requireOverlay(local), field, index);
        }
        var base = blob(expr.base(), "an index", "a string's bytes cannot be changed one by one");
        var index = expressions.integer(expr.index(), "an index");
        return base == null || index.type() == Type.ERROR ? null : new Target.BlobByte(expr.span(), base, index);
    }

    private @Nullable Target slice(Expr.Slice expr) {
        var base = blob(expr.base(), "a slice", "a part of a string cannot be assigned");
        var from = expressions.wide(expr.from(), "a slice");
        var to = expressions.wide(expr.to(), "a slice");
        return base == null || isMistake(from) || isMistake(to) ? null : new Target.Slice(expr.span(), base, from, to);
    }

    private static boolean isMistake(@Nullable BoundExpr expr) {
        return expr != null && expr.type() == Type.ERROR;
    }

    /** {@return the blob variable to write into; null for anything else, which is reported} */
    private @Nullable BoundExpr blob(Expr expr, String what, String refusal) {
        var base = expressions.members.bytes(expr, what);
        if (base == null) {
            return null;
        }
        if (base.type() == Type.STRING) {
            body.error(
                    expr.span(), refusal, "build a new one with `+` and slices, or work on a blob (`blob.FromText`)");
            return null;
        }
        if (base instanceof BoundExpr.Field) {
            body.error(
                    expr.span(), "a part of a field cannot be assigned", "assign the field, or its bytes one by one");
            return null;
        }
        if (!(base instanceof BoundExpr.Read)) {
            body.error(
                    expr.span(),
                    "this blob is not stored in a variable, so the change would be lost",
                    "store it in a variable first");
            return null;
        }
        return base;
    }

    /** {@return the variable whose field is assigned; null for a mistake, which is reported} */
    private @Nullable Local fieldBase(Expr.Member member) {
        if (member.name().text().equals("Length")) {
            expressions.any(member);
            body.error(
                    member.name().span(),
                    "`.Length` cannot be assigned",
                    "assign a value of the required length, as in `$b = $b[:8];`");
            return null;
        }
        if (!(member.base() instanceof Expr.Variable variable)) {
            expressions.any(member);
            return null;
        }
        var local = body.variable(variable);
        return local == null || local.type() == Type.ERROR ? null : local;
    }
}
