package dev.domin.lang.syntax;

import dev.domin.lang.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Parses branches and loops. */
final class ControlParser {

    private static final String FOR_HELP = "a loop is written `for ($i = 0; $i < 10; $i++) { ... }`";

    private final Cursor cursor;
    private final ExpressionParser expressions;
    private final DeclarationParser declarations;
    private final StatementParser statements;

    ControlParser(
            Cursor cursor, ExpressionParser expressions, DeclarationParser declarations, StatementParser statements) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.declarations = declarations;
        this.statements = statements;
    }

    /**
     * Parses {@code if} and all its {@code else if} iteratively: a long chain is nested in the tree, not in the text.
     */
    Stmt ifStatement() {
        List<Token> starts = new ArrayList<>();
        List<Expr> conditions = new ArrayList<>();
        List<Stmt> bodies = new ArrayList<>();
        Stmt last = null;
        while (true) {
            cursor.enter(1);
            starts.add(cursor.advance());
            conditions.add(condition(cursor.previous().text));
            bodies.add(body("if", conditions.getLast()));
            if (isElseIf()) {
                cursor.error(
                        cursor.current().span(), "unknown keyword `" + cursor.current().text + "`", "write `else if`");
                continue;
            }
            if (!cursor.accept(TokenKind.ELSE)) {
                break;
            }
            if (!cursor.at(TokenKind.IF)) {
                last = body("else", null);
                break;
            }
        }
        for (int i = starts.size() - 1; i >= 0; i--) {
            last = new Stmt.If(cursor.since(starts.get(i).start), conditions.get(i), bodies.get(i), last);
        }
        cursor.leave(starts.size());
        return Objects.requireNonNull(last);
    }

    private boolean isElseIf() {
        Token token = cursor.current();
        return token.kind == TokenKind.WORD
                && (token.text.equals("elif") || token.text.equals("elsif") || token.text.equals("elseif"));
    }

    Stmt whileStatement() {
        Token start = cursor.advance();
        Expr condition = condition("while");
        Stmt body = body("while", condition);
        return new Stmt.While(cursor.since(start.start), condition, body);
    }

    Stmt doStatement() {
        Token start = cursor.advance();
        Stmt body = body("do", null);
        cursor.expect(TokenKind.WHILE, "after the body of `do`", "a loop is written `do { ... } while (condition);`");
        Expr condition = condition("while");
        cursor.semicolon("");
        return new Stmt.DoWhile(cursor.since(start.start), body, condition);
    }

    Stmt forStatement() {
        Token start = cursor.advance();
        Stmt initializer = null;
        Expr condition = null;
        Expr update = null;
        int depth = cursor.depth();
        boolean parenthesis = cursor.at(TokenKind.LEFT_PAREN);
        try {
            cursor.expect(TokenKind.LEFT_PAREN, "after `for`", FOR_HELP);
            initializer = forInitializer();
            condition = cursor.at(TokenKind.SEMICOLON) ? null : expressions.expression();
            forSemicolon("the condition");
            update = cursor.at(TokenKind.RIGHT_PAREN) ? null : expressions.expression();
            if (cursor.at(TokenKind.COMMA)) {
                throw cursor.unexpected("`)`", "there is no comma operator: put one of the two into the body");
            }
            cursor.close(TokenKind.RIGHT_PAREN, "the head of `for`");
        } catch (Abort abort) {
            if (abort != Abort.STATEMENT) {
                throw abort;
            }
            cursor.resetDepth(depth);
            Recovery.skipHead(cursor, parenthesis);
            condition = new Expr.Broken(cursor.since(start.start));
        }
        Stmt body = body("for", condition);
        return new Stmt.For(cursor.since(start.start), initializer, condition, update, body);
    }

    private @Nullable Stmt forInitializer() {
        Token start = cursor.current();
        if (cursor.accept(TokenKind.SEMICOLON)) {
            return null;
        }
        if (start.kind.isType() && cursor.peek(1).kind != TokenKind.DOT) {
            cursor.advance();
            TypeName type = new TypeName(start.span(), start.text);
            List<Stmt.Variable> variables = declarations.variables(type);
            Span span = cursor.since(start.start);
            forSemicolon("the start");
            return new Stmt.Declare(span, variables);
        }
        if (start.kind == TokenKind.WORD
                && (cursor.peek(1).kind == TokenKind.VARIABLE || cursor.peek(1).kind == TokenKind.WORD)
                && ForeignWords.ofType(start.text) != null) {
            throw cursor.fail(
                    start.span(),
                    "there is no type `" + start.text + "`",
                    Objects.requireNonNull(ForeignWords.ofType(start.text)));
        }
        Expr expression = expressions.expression();
        Span span = cursor.since(start.start);
        forSemicolon("the start");
        return new Stmt.Evaluate(span, expression);
    }

    private void forSemicolon(String what) {
        if (cursor.accept(TokenKind.SEMICOLON)) {
            return;
        }
        throw cursor.fail(
                cursor.behind(),
                "expected `;` after " + what + " of `for`",
                cursor.at(TokenKind.COMMA)
                        ? "there is no comma operator: put one of the two before the loop"
                        : FOR_HELP);
    }

    /** Parses a condition in parentheses; after a mistake in it the body is still parsed. */
    Expr condition(String what) {
        int depth = cursor.depth();
        int start = cursor.current().start;
        boolean parenthesis = cursor.at(TokenKind.LEFT_PAREN);
        try {
            if (!parenthesis) {
                throw cursor.unexpected(
                        "`(` after `" + what + "`",
                        what.equals("switch") ? "" : "the condition is enclosed in parentheses");
            }
            cursor.advance();
            Expr condition = expressions.expression();
            if (!cursor.accept(TokenKind.RIGHT_PAREN)) {
                cursor.close(TokenKind.RIGHT_PAREN, "the `(` of `" + what + "`");
            }
            return condition;
        } catch (Abort abort) {
            if (abort != Abort.STATEMENT) {
                throw abort;
            }
            cursor.resetDepth(depth);
            Recovery.skipHead(cursor, parenthesis);
            return new Expr.Broken(cursor.since(start));
        }
    }

    /**
     * Parses the statement after a head; a declaration is an error, since nothing could use it.
     *
     * @param what the head
     * @param head its condition, or null; {@link Expr.Broken} if it has been reported
     */
    private Stmt body(String what, @Nullable Expr head) {
        mark(what);
        Token token = cursor.current();
        if (token.kind == TokenKind.RIGHT_BRACE || token.kind == TokenKind.END) {
            if (head instanceof Expr.Broken) {
                throw Abort.STATEMENT;
            }
            throw cursor.fail(cursor.behind(), "expected a statement for `" + what + "`", "an empty one is `{}`");
        }
        int begun = cursor.taken();
        int depth = cursor.depth();
        Stmt body;
        try {
            body = statements.statement();
        } catch (Abort abort) {
            if (abort != Abort.STATEMENT) {
                throw abort;
            }
            cursor.resetDepth(depth);
            Recovery.skipStatement(cursor, begun);
            return new Stmt.Empty(token.span());
        }
        if (body instanceof Stmt.Declaration && !cursor.isReported()) {
            cursor.error(
                    token.span(),
                    "a declaration cannot be the only statement of `" + what + "`",
                    "enclose it in braces, or declare the variable before");
        }
        return body;
    }

    /** Reports and skips what other languages have between a head and its statement. */
    private void mark(String what) {
        Token token = cursor.current();
        if (token.kind == TokenKind.COLON) {
            cursor.error(
                    token.span(), "unexpected `:` after `" + what + "`", "the statements are enclosed in `{` and `}`");
            cursor.advance();
        } else if (cursor.atWord("then") && statements.isForeign(token, cursor.peek(1))) {
            cursor.error(
                    token.span(), "unknown keyword `then`", Objects.requireNonNull(ForeignWords.ofStatement("then")));
            cursor.advance();
        }
    }
}
