package dev.domin.lang.bind;

import dev.domin.lang.source.Span;
import dev.domin.lang.syntax.Expr;
import dev.domin.lang.syntax.Stmt;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Binds loops, {@code break} and {@code continue}. */
final class LoopBinder {

    private final Body body;
    private final ExprBinder expressions;
    private final StmtBinder statements;
    private @Nullable Jump jump; // the innermost, or null

    LoopBinder(Body body, ExprBinder expressions, StmtBinder statements) {
        this.body = body;
        this.expressions = expressions;
        this.statements = statements;
    }

    /** A loop or switch that {@code break} can leave. */
    private static final class Jump {

        final @Nullable Jump outer;
        final boolean loop;

        @Nullable
        FlowState breaks;

        @Nullable
        FlowState continues;

        Jump(@Nullable Jump outer, boolean loop) {
            this.outer = outer;
            this.loop = loop;
        }
    }

    /** Binds {@code while} and {@code for}; each part but the body may be null. */
    BoundStmt loop(
            Span span, @Nullable Stmt initializer, @Nullable Expr condition, @Nullable Expr update, Stmt loopBody) {
        int mark = body.scope.open();
        BoundStmt first = null;
        if (initializer != null) {
            var declared = new ArrayList<BoundStmt>(1);
            statements.statement(initializer, declared);
            first = declared.size() == 1 ? declared.getFirst() : null;
            if (declared.size() > 1) {
                // Several variables are declared before the loop, in a block around both.
                var around = new ArrayList<>(declared);
                around.add(bindLoop(span, null, condition, update, loopBody));
                body.scope.close(mark);
                return new BoundStmt.Block(span, around);
            }
        }
        var bound = bindLoop(span, first, condition, update, loopBody);
        body.scope.close(mark);
        return bound;
    }

    private BoundStmt bindLoop(
            Span span,
            @Nullable BoundStmt initializer,
            @Nullable Expr condition,
            @Nullable Expr update,
            Stmt loopBody) {
        OverlayScan.enterLoop(body, loopBody);
        BoundExpr test = null;
        FlowState exit;
        boolean never = false;
        if (condition == null) {
            exit = body.flow.deadCopy();
        } else {
            test = expressions.conditions.condition(condition);
            exit = expressions.conditions.whenFalse;
            body.flow = expressions.conditions.whenTrue;
            if (Constants.isTrue(test)) {
                test = null;
                exit.die();
            } else if (Constants.isFalse(test)) {
                never = true;
                body.flow.die();
            }
        }
        var entered = new Jump(jump, true);
        jump = entered;
        body.loops++;
        var bound = statements.inner(loopBody);
        body.loops--;
        body.flow = FlowState.join(entered.continues, body.flow);
        var step = update == null ? null : expressions.any(update);
        body.flow = FlowState.join(entered.breaks, exit);
        jump = entered.outer;
        if (never) {
            return new BoundStmt.Block(span, initializer == null ? List.of() : List.of(initializer));
        }
        return new BoundStmt.Loop(span, initializer, test, step, bound, true);
    }

    /** Binds {@code do ... while}. */
    BoundStmt doWhile(Stmt.DoWhile loop) {
        OverlayScan.enterLoop(body, loop.body());
        var entered = new Jump(jump, true);
        jump = entered;
        body.loops++;
        var bound = statements.inner(loop.body());
        body.loops--;
        body.flow = FlowState.join(entered.continues, body.flow);
        var test = expressions.conditions.condition(loop.condition());
        var exit = expressions.conditions.whenFalse;
        if (Constants.isTrue(test)) {
            test = null;
            exit.die();
        }
        body.flow = FlowState.join(entered.breaks, exit);
        jump = entered.outer;
        return new BoundStmt.Loop(loop.span(), null, test, null, bound, false);
    }

    /** Enters a {@code switch}, which {@code break} can leave too. */
    void enterSwitch() {
        jump = new Jump(jump, false);
    }

    /**
     * {@return the flow state after a switch: those of its {@code break}s, joined with that at the end of its cases}
     */
    FlowState leaveSwitch(FlowState exit) {
        var left = Objects.requireNonNull(jump, "no switch was entered");
        jump = left.outer;
        return FlowState.join(left.breaks, exit);
    }

    /** Binds {@code break}. */
    BoundStmt leave(Span span) {
        if (jump == null) {
            body.error(span, "`break` outside of a loop or `switch`", "");
            return new BoundStmt.Break(span);
        }
        jump.breaks = FlowState.join(jump.breaks, body.flow.copy());
        body.flow.die();
        return new BoundStmt.Break(span);
    }

    /** Binds {@code continue}. */
    BoundStmt next(Span span) {
        var loop = jump;
        while (loop != null && !loop.loop) {
            loop = loop.outer;
        }
        if (loop == null) {
            body.error(span, "`continue` outside of a loop", "");
            return new BoundStmt.Continue(span);
        }
        loop.continues = FlowState.join(loop.continues, body.flow.copy());
        body.flow.die();
        return new BoundStmt.Continue(span);
    }
}
