package dev.domin.lang.bind;

import dev.domin.lang.syntax.Expr;
import dev.domin.lang.syntax.Stmt;
import org.jspecify.annotations.Nullable;

/** Binds declarations of variables, and {@code assign}, which lays a struct over a blob. */
final class DeclarationBinder {

    private final Body body;
    private final ExprBinder expressions;

    DeclarationBinder(Body body, ExprBinder expressions) {
        this.body = body;
        this.expressions = expressions;
    }

    /** Binds a declared variable. */
    BoundStmt declare(Stmt.Variable variable) {
        var type = Symbols.type(variable.type());
        String name = "$" + variable.name().text();
        boolean sized = type == Type.STRING || type == Type.BLOB;
        BoundExpr capacity = null;
        if (variable.capacity() != null) {
            capacity = expressions.wide(variable.capacity(), "a size");
            if (!sized && type != Type.ERROR) {
                body.error(
                        variable.capacity().span(),
                        "`" + name + "` is " + type + ", which takes no size",
                        "there are no arrays: store the values in a `blob` or in a map (`map.Create`)");
            }
        } else if (type == Type.BLOB && variable.initializer() == null) {
            body.error(
                    variable.name().span(),
                    "blob `" + name + "` is declared without a size or a value",
                    "give its initial length in bytes, `blob " + name + "[64];`, or its value, `blob " + name
                            + " = packet.Payload($X);`");
        }
        if (type == Type.VOID) {
            body.error(
                    variable.type().span(),
                    "a variable cannot be void",
                    "the types are `i32`, `i64`, `double`, `string` and `blob`");
            type = Type.ERROR;
        }
        // The variable is visible only after its initializer, so `i32 $x = $x;` in an inner block refers to the outer
        // one.
        BoundExpr initializer = null;
        if (variable.initializer() != null) {
            var value = expressions.value(variable.initializer());
            initializer = Conversions.store(body.symbols, value, type, "for `" + name + "`");
            if (initializer == null) {
                body.error(
                        variable.initializer().span(),
                        "cannot assign " + Conversions.shown(value, type) + " to `" + name + "`, which is " + type,
                        Conversions.helpForByte(body.symbols, value, type));
            }
        }
        var local = body.declare(variable.name(), type, false);
        local.hasCapacity = variable.capacity() != null;
        body.flow.forget(local);
        if (variable.initializer() != null || type == Type.BLOB || local.hasCapacity) {
            body.flow.assign(local);
        }
        return new BoundStmt.Declare(variable.span(), local, capacity, initializer);
    }

    /** Binds a local reference. */
    BoundStmt declareRef(Stmt.DeclareRef declare) {
        var type = Symbols.type(declare.type());
        BoundExpr source;
        if (declare.initializer() instanceof Expr.Variable variable) {
            var of = body.variable(variable);
            if (of == null || of.type() == Type.ERROR) {
                source = Body.mistake(variable.span());
            } else {
                body.checkAssigned(of, variable.span());
                of.hold();
                source = new BoundExpr.Reference(variable.span(), of);
            }
        } else {
            source = expressions.value(declare.initializer());
            if (type != Type.BLOB && source.type() == type) {
                source = expressions.refuse(
                        source.span(),
                        "a reference to " + type + " takes a variable, got a value",
                        "only a blob may be referred to without a variable");
            }
        }
        if (source.type() != type && source.type() != Type.ERROR) {
            source = expressions.refuse(
                    source.span(),
                    "a reference to " + type + " takes a variable of that type, got " + source.type(),
                    "");
        }
        var local = body.declare(declare.name(), type, true);
        local.declaredByAmpersand = true;
        body.flow.forget(local);
        body.flow.assign(local);
        return new BoundStmt.DeclareRef(declare.span(), local, source);
    }

    /** {@return the statement that lays a struct over a blob; null for a mistake, which is reported} */
    @Nullable
    BoundStmt overlay(Stmt.AssignOverlay overlay) {
        var local = body.variable(overlay.variable());
        var struct = body.symbols.struct(overlay.struct());
        if (local == null || local.type() == Type.ERROR) {
            return null;
        }
        if (local.type() != Type.BLOB) {
            body.error(
                    overlay.variable().span(),
                    "a struct is laid over a blob, and `" + Body.shownName(local) + "` is " + local.type(),
                    Conversions.help(body.symbols, new BoundExpr.Read(overlay.span(), local), Type.BLOB));
            return null;
        }
        if (struct == null) {
            body.noteOverlayReported(local); // its fields are unknown, which has been reported
            return null;
        }
        body.flow.lay(local, struct);
        return new BoundStmt.AssignOverlay(overlay.span(), local, struct);
    }
}
