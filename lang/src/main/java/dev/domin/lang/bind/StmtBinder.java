package dev.domin.lang.bind;

import dev.domin.lang.source.Span;
import dev.domin.lang.syntax.Expr;
import dev.domin.lang.syntax.Stmt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Binds the statements of one function. */
final class StmtBinder {

    private final Body body;
    private final ExprBinder expressions;
    private Jump jump;

    StmtBinder(Body body) {
        this.body = body;
        this.expressions = new ExprBinder(body);
    }

    /** A loop or switch that {@code break} can leave. */
    private static final class Jump {

        final Jump outer;
        final boolean loop;
        FlowState breaks;
        FlowState continues;

        Jump(Jump outer, boolean loop) {
            this.outer = outer;
            this.loop = loop;
        }
    }

    /** Binds statements into the block that is open. */
    List<BoundStmt> statements(List<Stmt> statements) {
        var bound = new ArrayList<BoundStmt>(statements.size());
        for (int i = 0; i < statements.size(); i++) {
            statement(statements.get(i), bound);
        }
        return bound;
    }

    private BoundStmt.Block block(Span span, List<Stmt> statements) {
        int mark = body.scope.open();
        var bound = statements(statements);
        body.scope.close(mark);
        return new BoundStmt.Block(span, bound);
    }

    /** Binds the statement of an {@code if} or a loop, which is a block of its own even without braces. */
    private BoundStmt.Block inner(Stmt statement) {
        if (statement instanceof Stmt.Block block) {
            return block(block.span(), block.statements());
        }
        return block(statement.span(), List.of(statement));
    }

    private void statement(Stmt statement, List<BoundStmt> out) {
        var span = statement.span();
        if (statement instanceof Stmt.Evaluate evaluate) {
            out.add(new BoundStmt.Evaluate(span, expressions.any(evaluate.expression())));
        } else if (statement instanceof Stmt.Declare declare) {
            for (int i = 0; i < declare.variables().size(); i++) {
                out.add(declare(declare.variables().get(i)));
            }
        } else if (statement instanceof Stmt.If choice) {
            out.add(choice(choice));
        } else if (statement instanceof Stmt.Return leave) {
            out.add(leave(leave));
        } else if (statement instanceof Stmt.While loop) {
            loop(span, null, loop.condition(), null, loop.body(), out);
        } else if (statement instanceof Stmt.For loop) {
            loop(span, loop.initializer(), loop.condition(), loop.update(), loop.body(), out);
        } else if (statement instanceof Stmt.AssignOverlay overlay) {
            overlay(overlay, out);
        } else if (statement instanceof Stmt.Block block) {
            out.add(block(span, block.statements()));
        } else if (statement instanceof Stmt.Break) {
            out.add(leaveLoop(span));
        } else if (statement instanceof Stmt.Continue) {
            out.add(nextTurn(span));
        } else if (statement instanceof Stmt.DeclareRef declare) {
            out.add(declareRef(declare));
        } else if (statement instanceof Stmt.DoWhile loop) {
            out.add(doWhile(loop));
        } else if (statement instanceof Stmt.Switch choice) {
            out.add(choose(choice));
        }
    }

    private BoundStmt declare(Stmt.Variable variable) {
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
                        "there are no arrays: keep the values in a `blob`, or in a map (`map.Create`)");
            }
        } else if (type == Type.BLOB) {
            body.error(
                    variable.name().span(),
                    "blob `" + name + "` is declared without a size",
                    "say how many bytes it starts with, `blob " + name
                            + "[64];`; an assignment with `=` may make it longer");
        }
        if (type == Type.VOID) {
            body.error(
                    variable.type().span(),
                    "a variable cannot be void",
                    "the types are `i32`, `i64`, `double`, `string` and `blob`");
            type = Type.ERROR;
        }
        // The variable comes into sight behind its initializer, so `i32 $x = $x;` in an inner block means the outer
        // one,
        // which is what its author meant if there is one.
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

    private BoundStmt declareRef(Stmt.DeclareRef declare) {
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

    private void overlay(Stmt.AssignOverlay overlay, List<BoundStmt> out) {
        var local = body.variable(overlay.variable());
        var struct = body.symbols.struct(overlay.struct());
        if (local == null || local.type() == Type.ERROR) {
            return;
        }
        if (local.type() != Type.BLOB) {
            body.error(
                    overlay.variable().span(),
                    "a struct is laid over a blob, and `" + Body.shownName(local) + "` is " + local.type(),
                    Conversions.help(body.symbols, new BoundExpr.Read(overlay.span(), local), Type.BLOB));
            return;
        }
        if (struct == null) {
            local.reportedOverlay = true; // its fields are not known, and that has been said
            return;
        }
        body.flow.lay(local, struct);
        out.add(new BoundStmt.AssignOverlay(overlay.span(), local, struct));
    }

    /** Binds a whole chain of {@code else if} in one loop, since such a chain may be longer than the stack is deep. */
    private BoundStmt choice(Stmt.If first) {
        var spans = new ArrayList<Span>();
        var conditions = new ArrayList<BoundExpr>();
        var branches = new ArrayList<BoundStmt>();
        FlowState after = null;
        Stmt rest = first;
        while (rest instanceof Stmt.If choice) {
            var condition = expressions.condition(choice.condition());
            var otherwise = expressions.whenFalse;
            body.flow = expressions.whenTrue;
            if (Constants.isFalse(condition)) {
                body.flow.die();
            } else if (Constants.isTrue(condition)) {
                otherwise.die();
            }
            spans.add(choice.span());
            conditions.add(condition);
            branches.add(inner(choice.whenTrue()));
            after = FlowState.join(after, body.flow);
            body.flow = otherwise;
            rest = choice.whenFalse();
        }
        BoundStmt chain = rest == null ? null : inner(rest);
        body.flow = FlowState.join(after, body.flow);
        // A branch that is never taken is left out, so what is known of the variables agrees with the code that there
        // is.
        for (int i = conditions.size() - 1; i >= 0; i--) {
            if (Constants.isTrue(conditions.get(i))) {
                chain = branches.get(i);
            } else if (!Constants.isFalse(conditions.get(i))) {
                chain = new BoundStmt.If(spans.get(i), conditions.get(i), branches.get(i), chain);
            }
        }
        return chain != null ? chain : new BoundStmt.Block(first.span(), List.of());
    }

    private void loop(Span span, Stmt initializer, Expr condition, Expr update, Stmt loopBody, List<BoundStmt> out) {
        int mark = body.scope.open();
        BoundStmt first = null;
        if (initializer != null) {
            var bound = new ArrayList<BoundStmt>(1);
            statement(initializer, bound);
            first = bound.size() == 1 ? bound.getFirst() : null;
            if (bound.size() > 1) {
                // Several variables: they stand before the loop in a block around both.
                var around = new ArrayList<>(bound);
                around.add(turns(span, null, condition, update, loopBody));
                body.scope.close(mark);
                out.add(new BoundStmt.Block(span, around));
                return;
            }
        }
        out.add(turns(span, first, condition, update, loopBody));
        body.scope.close(mark);
    }

    private BoundStmt turns(Span span, BoundStmt initializer, Expr condition, Expr update, Stmt loopBody) {
        OverlayScan.enterLoop(body, loopBody);
        BoundExpr test = null;
        FlowState exit;
        boolean never = false;
        if (condition == null) {
            exit = body.flow.deadCopy();
        } else {
            test = expressions.condition(condition);
            exit = expressions.whenFalse;
            body.flow = expressions.whenTrue;
            if (Constants.isTrue(test)) {
                test = null;
                exit.die();
            } else if (Constants.isFalse(test)) {
                never = true;
                body.flow.die();
            }
        }
        jump = new Jump(jump, true);
        body.loops++;
        var turn = inner(loopBody);
        body.loops--;
        body.flow = FlowState.join(jump.continues, body.flow);
        var step = update == null ? null : expressions.any(update);
        body.flow = FlowState.join(jump.breaks, exit);
        jump = jump.outer;
        if (never) {
            return new BoundStmt.Block(span, initializer == null ? List.of() : List.of(initializer));
        }
        return new BoundStmt.Loop(span, initializer, test, step, turn, true);
    }

    private BoundStmt doWhile(Stmt.DoWhile loop) {
        OverlayScan.enterLoop(body, loop.body());
        jump = new Jump(jump, true);
        body.loops++;
        var turn = inner(loop.body());
        body.loops--;
        body.flow = FlowState.join(jump.continues, body.flow);
        var test = expressions.condition(loop.condition());
        var exit = expressions.whenFalse;
        if (Constants.isTrue(test)) {
            test = null;
            exit.die();
        }
        body.flow = FlowState.join(jump.breaks, exit);
        jump = jump.outer;
        return new BoundStmt.Loop(loop.span(), null, test, null, turn, false);
    }

    private BoundStmt choose(Stmt.Switch choice) {
        var selector = expressions.value(choice.selector());
        var type = selector.type();
        if (type != Type.ERROR && !type.isInteger() && type != Type.STRING) {
            selector = expressions.refuse(
                    choice.selector().span(),
                    "`switch` takes a whole number or a string, got " + type,
                    type == Type.DOUBLE ? "a cast cuts the fraction off: `(i64)`" : "compare with `if` and `else if`");
            type = Type.ERROR;
        }
        jump = new Jump(jump, false);
        var before = body.flow;
        FlowState exit = null;
        boolean hasDefault = false;
        var seen = new HashSet<Object>();
        var cases = new ArrayList<BoundStmt.Case>(choice.cases().size());
        for (int i = 0; i < choice.cases().size(); i++) {
            var tree = choice.cases().get(i);
            var labels = new ArrayList<BoundExpr>(tree.labels().size());
            for (int k = 0; k < tree.labels().size(); k++) {
                labels.add(label(tree.labels().get(k), type, seen));
            }
            if (tree.isDefault() && hasDefault) {
                body.error(tree.span(), "this `switch` has a second `default`", "");
            }
            hasDefault |= tree.isDefault();
            body.flow = before.copy();
            cases.add(new BoundStmt.Case(labels, tree.isDefault(), block(tree.span(), tree.statements())));
            exit = FlowState.join(exit, body.flow);
        }
        if (!hasDefault) {
            exit = FlowState.join(exit, before);
        }
        body.flow = FlowState.join(jump.breaks, exit);
        jump = jump.outer;
        return new BoundStmt.Switch(choice.span(), selector, cases);
    }

    private BoundExpr label(Expr expr, Type type, HashSet<Object> seen) {
        var value = expressions.value(expr);
        if (value.type() == Type.ERROR || type == Type.ERROR) {
            return value;
        }
        if (!Constants.isConstant(value)) {
            return expressions.refuse(expr.span(), "a `case` takes a constant", "compare with `if` and `else if`");
        }
        var label = Conversions.store(body.symbols, value, type, ""); // a constant, so nothing is left to the run
        if (label == null) {
            return expressions.refuse(
                    expr.span(),
                    "this `switch` is on " + type + ", its `case` got " + Conversions.shown(value, type),
                    type == Type.STRING
                            ? Conversions.quotes(body.symbols, value, type)
                            : Conversions.helpForByte(body.symbols, value, type));
        }
        Object key =
                label instanceof BoundExpr.StringConstant text ? text.value() : (Object) Constants.longValue(label);
        if (!seen.add(key)) {
            return expressions.refuse(expr.span(), "this `switch` has the case already", "");
        }
        return label;
    }

    private BoundStmt leaveLoop(Span span) {
        if (jump == null) {
            body.error(span, "`break` stands in no loop and no `switch`", "");
            return new BoundStmt.Break(span);
        }
        jump.breaks = FlowState.join(jump.breaks, body.flow.copy());
        body.flow.die();
        return new BoundStmt.Break(span);
    }

    private BoundStmt nextTurn(Span span) {
        var loop = jump;
        while (loop != null && !loop.loop) {
            loop = loop.outer;
        }
        if (loop == null) {
            body.error(span, "`continue` stands in no loop", "");
            return new BoundStmt.Continue(span);
        }
        loop.continues = FlowState.join(loop.continues, body.flow.copy());
        body.flow.die();
        return new BoundStmt.Continue(span);
    }

    private BoundStmt leave(Stmt.Return leave) {
        var function = body.function;
        var type = function.result();
        BoundExpr value = null;
        if (leave.value() != null) {
            var given = expressions.any(leave.value());
            if (type == Type.VOID) {
                body.error(
                        leave.value().span(),
                        "`" + function.name() + "` returns nothing, so its `return` takes no value",
                        "write `return;`, or declare it with a result: `i32 " + function.name() + "`");
            } else {
                given = expressions.required(given);
                value = Conversions.store(body.symbols, given, type, "of the result of `" + function.name() + "`");
                if (value == null) {
                    body.error(
                            leave.value().span(),
                            "`" + function.name() + "` returns " + type + ", got " + Conversions.shown(given, type),
                            Conversions.help(body.symbols, given, type));
                }
            }
        } else if (body.isScript) {
            value = new BoundExpr.IntConstant(leave.span(), 0);
        } else if (type != Type.VOID) {
            body.error(
                    leave.span(),
                    "`" + function.name() + "` returns " + type + ", so its `return` needs a value",
                    type.isNumeric() ? "write `return(0);`" : "");
        }
        body.flow.die();
        return new BoundStmt.Return(leave.span(), value);
    }
}
