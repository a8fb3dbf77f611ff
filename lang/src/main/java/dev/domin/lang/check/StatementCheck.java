package dev.domin.lang.check;

import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.SourceFile;
import dev.domin.lang.syntax.BinaryOp;
import dev.domin.lang.syntax.Expr;
import dev.domin.lang.syntax.Stmt;
import java.util.List;

/**
 * Warns of statements that are valid but hardly meant. It reads the script as written, since the binder omits empty
 * statements and what a constant condition excludes.
 */
final class StatementCheck implements Stmt.Visitor {

    private static final UnusedValue UNUSED = new UnusedValue();

    private final SourceFile source;
    private final Diagnostics problems;

    StatementCheck(SourceFile source, Diagnostics problems) {
        this.source = source;
        this.problems = problems;
    }

    /** Checks the statements of a block. */
    void all(List<Stmt> statements) {
        for (int i = 0; i < statements.size(); i++) {
            var statement = statements.get(i);
            statement.accept(this);
            if (i + 1 < statements.size() && statements.get(i + 1) instanceof Stmt.Block) {
                if (statement instanceof Stmt.While loop && loop.body() instanceof Stmt.Empty empty) {
                    warnOfEmpty(empty, "while", "the block after it is not part of the loop: remove the `;`");
                } else if (statement instanceof Stmt.For loop && loop.body() instanceof Stmt.Empty empty) {
                    warnOfEmpty(empty, "for", "the block after it is not part of the loop: remove the `;`");
                }
            }
        }
    }

    private void warnOfEmpty(Stmt.Empty empty, String keyword, String help) {
        problems.warning(empty.span(), "this `" + keyword + "` ends here, with an empty statement", help);
    }

    @Override
    public void visit(Stmt.Block block) {
        all(block.statements());
    }

    @Override
    public void visit(Stmt.Declare declare) {
        // contains no statement
    }

    @Override
    public void visit(Stmt.DeclareRef declare) {
        // contains no statement
    }

    @Override
    public void visit(Stmt.AssignOverlay assign) {
        // contains no statement
    }

    @Override
    public void visit(Stmt.Evaluate evaluate) {
        var expr = evaluate.expression();
        if (expr instanceof Expr.Binary binary && binary.op().isComparison()) {
            problems.warning(
                    expr.span(),
                    "this comparison has no effect",
                    binary.op() == BinaryOp.EQUAL
                            ? "to assign, write `=`; to compare, use the result, as in `if (...)`"
                            : "use its result, as in `if (...)`, or remove it");
        } else if (expr.accept(UNUSED)) {
            problems.warning(
                    expr.span(), "the value of this expression is not used", "assign it, or remove the statement");
        }
    }

    /** Checks a chain of {@code else if} iteratively, since a long one would overflow the stack. */
    @Override
    public void visit(Stmt.If first) {
        Stmt rest = first;
        while (rest instanceof Stmt.If choice) {
            condition(choice.condition());
            branch(choice.whenTrue(), "if");
            rest = choice.whenFalse();
        }
        if (rest != null) {
            branch(rest, "else");
        }
    }

    private void branch(Stmt statement, String keyword) {
        if (statement instanceof Stmt.Empty empty) {
            warnOfEmpty(empty, keyword, "remove the `;`, or write `{}` if nothing is to be done");
        }
        statement.accept(this);
    }

    @Override
    public void visit(Stmt.While loop) {
        condition(loop.condition());
        loop.body().accept(this);
    }

    @Override
    public void visit(Stmt.DoWhile loop) {
        loop.body().accept(this);
        condition(loop.condition());
    }

    @Override
    public void visit(Stmt.For loop) {
        if (loop.initializer() != null) {
            loop.initializer().accept(this);
        }
        if (loop.condition() != null) {
            condition(loop.condition());
        }
        loop.body().accept(this);
    }

    @Override
    public void visit(Stmt.Switch choice) {
        for (var each : choice.cases()) {
            all(each.statements());
        }
    }

    @Override
    public void visit(Stmt.Break leave) {
        // contains no statement
    }

    @Override
    public void visit(Stmt.Continue next) {
        // contains no statement
    }

    @Override
    public void visit(Stmt.Return leave) {
        // contains no statement
    }

    @Override
    public void visit(Stmt.Empty empty) {
        // allowed between statements
    }

    private void condition(Expr condition) {
        if (condition instanceof Expr.Assign assign && !isInTwoParentheses(assign)) {
            problems.warning(
                    assign.span(),
                    "this condition assigns, and does not compare",
                    "to compare, write `==`; if it is to assign, put it in a second pair of parentheses");
        }
    }

    private boolean isInTwoParentheses(Expr.Assign assign) {
        String text = source.text();
        int at = assign.span().start();
        int count = 0;
        while (at >= 0 && at < text.length()) {
            char c = text.charAt(at);
            if (c == '(') {
                count++;
            } else if (!Character.isWhitespace(c) && at != assign.span().start()) {
                break;
            }
            at--;
        }
        return count >= 2;
    }
}
