package dev.domin.lang.bind;

import dev.domin.lang.source.Span;
import dev.domin.lang.syntax.Stmt;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Binds the statements of one function. */
final class StmtBinder {

    private final Body body;
    private final ExprBinder expressions;
    private final DeclarationBinder declarations;
    private final LoopBinder loops;

    StmtBinder(Body body) {
        this.body = body;
        this.expressions = new ExprBinder(body);
        this.declarations = new DeclarationBinder(body, expressions);
        this.loops = new LoopBinder(body, expressions, this);
    }

    /** Binds statements of the current block. */
    List<BoundStmt> statements(List<Stmt> statements) {
        var bound = new ArrayList<BoundStmt>(statements.size());
        var into = new Into(bound);
        for (int i = 0; i < statements.size(); i++) {
            statements.get(i).accept(into);
        }
        return bound;
    }

    BoundStmt.Block block(Span span, List<Stmt> statements) {
        int mark = body.scope.open();
        var bound = statements(statements);
        body.scope.close(mark);
        return new BoundStmt.Block(span, bound);
    }

    /** Binds the statement of an {@code if} or a loop, which is a block even without braces. */
    BoundStmt.Block inner(Stmt statement) {
        if (statement instanceof Stmt.Block block) {
            return block(block.span(), block.statements());
        }
        return block(statement.span(), List.of(statement));
    }

    /** Binds a statement and adds the result to a list: one statement, several or none. */
    void statement(Stmt statement, List<BoundStmt> out) {
        statement.accept(new Into(out));
    }

    private final class Into implements Stmt.Visitor {

        private final List<BoundStmt> out;

        Into(List<BoundStmt> out) {
            this.out = out;
        }

        @Override
        public void visit(Stmt.Block block) {
            out.add(block(block.span(), block.statements()));
        }

        @Override
        public void visit(Stmt.Declare declare) {
            for (int i = 0; i < declare.variables().size(); i++) {
                out.add(declarations.declare(declare.variables().get(i)));
            }
        }

        @Override
        public void visit(Stmt.DeclareRef declare) {
            out.add(declarations.declareRef(declare));
        }

        @Override
        public void visit(Stmt.AssignOverlay assign) {
            var overlay = declarations.overlay(assign);
            if (overlay != null) {
                out.add(overlay);
            }
        }

        @Override
        public void visit(Stmt.Evaluate evaluate) {
            out.add(new BoundStmt.Evaluate(evaluate.span(), expressions.any(evaluate.expression())));
        }

        @Override
        public void visit(Stmt.If choice) {
            out.add(choice(choice));
        }

        @Override
        public void visit(Stmt.While loop) {
            out.add(loops.loop(loop.span(), null, loop.condition(), null, loop.body()));
        }

        @Override
        public void visit(Stmt.DoWhile loop) {
            out.add(loops.doWhile(loop));
        }

        @Override
        public void visit(Stmt.For loop) {
            out.add(loops.loop(loop.span(), loop.initializer(), loop.condition(), loop.update(), loop.body()));
        }

        @Override
        public void visit(Stmt.Switch choice) {
            out.add(new SwitchBinder(body, expressions, StmtBinder.this, loops).bind(choice));
        }

        @Override
        public void visit(Stmt.Break leave) {
            out.add(loops.leave(leave.span()));
        }

        @Override
        public void visit(Stmt.Continue next) {
            out.add(loops.next(next.span()));
        }

        @Override
        public void visit(Stmt.Return leave) {
            out.add(leave(leave));
        }

        @Override
        public void visit(Stmt.Empty empty) {
            // has no result
        }
    }

    /** Binds a whole chain of {@code else if} iteratively, since a long chain would overflow the stack. */
    private BoundStmt choice(Stmt.If first) {
        var spans = new ArrayList<Span>();
        var conditions = new ArrayList<BoundExpr>();
        var branches = new ArrayList<BoundStmt>();
        FlowState after = null;
        Stmt rest = first;
        while (rest instanceof Stmt.If choice) {
            var condition = expressions.conditions.condition(choice.condition());
            var otherwise = expressions.conditions.whenFalse;
            body.flow = expressions.conditions.whenTrue;
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
        // An unreachable branch is omitted, so that the flow state agrees with the generated code.
        for (int i = conditions.size() - 1; i >= 0; i--) {
            if (Constants.isTrue(conditions.get(i))) {
                chain = branches.get(i);
            } else if (!Constants.isFalse(conditions.get(i))) {
                chain = new BoundStmt.If(spans.get(i), conditions.get(i), branches.get(i), chain);
            }
        }
        return chain != null ? chain : new BoundStmt.Block(first.span(), List.of());
    }

    private BoundStmt leave(Stmt.Return leave) {
        var function = Objects.requireNonNull(body.function, "a return outside of a function");
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
