package dev.domin.lang.bind;

import dev.domin.lang.syntax.Expr;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Binds {@code [i]}, {@code [a:b]}, {@code .Length} and the fields of structs. */
final class MemberBinder {

    private final Body body;
    private final ExprBinder expressions;
    private final CallBinder calls;

    MemberBinder(Body body, ExprBinder expressions, CallBinder calls) {
        this.body = body;
        this.expressions = expressions;
        this.calls = calls;
    }

    /** Binds a byte of a string or blob. */
    BoundExpr index(Expr.Index expr) {
        var base = bytes(expr.base(), "an index");
        var index = expressions.integer(expr.index(), "an index");
        return base == null || index.type() == Type.ERROR
                ? Body.mistake(expr.span())
                : new BoundExpr.Index(expr.span(), base, index);
    }

    /** Binds a part of a string or blob. */
    BoundExpr slice(Expr.Slice expr) {
        var base = bytes(expr.base(), "a slice");
        var from = expressions.wide(expr.from(), "a slice");
        var to = expressions.wide(expr.to(), "a slice");
        return base == null ? Body.mistake(expr.span()) : new BoundExpr.Slice(expr.span(), base, from, to);
    }

    /** {@return a string or a blob; null for anything else, which is reported} */
    @Nullable
    BoundExpr bytes(Expr expr, String what) {
        var base = expressions.value(expr);
        if (base.type() == Type.ERROR) {
            return null;
        }
        if (base.type() != Type.STRING && base.type() != Type.BLOB) {
            body.error(expr.span(), what + " needs a string or a blob before it, got " + base.type());
            return null;
        }
        return base;
    }

    /** Binds a field or a length; also a plugin's function without parentheses. */
    BoundExpr member(Expr.Member member) {
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
                        : new BoundExpr.Field(member.span(), local, body.flow.requireOverlay(local), field);
            }
        }
        var base = expressions.value(member.base());
        if (base.type() == Type.ERROR) {
            return base;
        }
        if (!name.equals("Length")) {
            return expressions.refuse(
                    member.name().span(),
                    "only a variable has fields, got a " + base.type(),
                    name.equalsIgnoreCase("length")
                            ? "did you mean `.Length`?"
                            : "store it in a blob variable and lay a struct over that with `assign`");
        }
        if (base.type() != Type.STRING && base.type() != Type.BLOB) {
            return expressions.refuse(
                    member.name().span(), "`.Length` needs a string or a blob, got " + base.type(), "");
        }
        return new BoundExpr.Length(member.span(), base);
    }

    /** {@return the field of the struct that is laid over a variable here; null if there is none, which is reported} */
    StructLayout.@Nullable Field field(Expr.Member member, Local local) {
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
            if (!body.noteOverlayReported(local)) {
                return null;
            }
            if (name.equalsIgnoreCase("length")) {
                body.error(member.name().span(), "a blob has no field `" + name + "`", "did you mean `.Length`?");
            } else if (struct == null) {
                body.error(
                        member.span(),
                        "no struct is laid over `" + shown + "` here, so there is no field `" + name + "`",
                        "lay one over it before, on every path: `" + shown + " assign NAME;`");
            } else {
                body.error(
                        member.span(),
                        "different structs are laid over `" + shown + "` here, depending on the path",
                        "lay one over it again: `" + shown + " assign NAME;`");
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
        return field.size() == 0 ? null : field; // a field that is itself a mistake has been reported
    }
}
